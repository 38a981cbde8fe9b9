"""What one rater may see of the others in its stage; what the scheme hides is refused in words."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from core.cli.terminal import table
from core.model.assessment import Subject
from core.model.scheme import Rater
from core.model.visibility import Seen, SeenStage, SeenSubject

_NOTHING = "—"


def seen_data(stage: SeenStage) -> dict[str, object]:
    """With stable keys, exact numbers as texts; `subjects` have only what may be seen."""
    return {
        "stage": stage.stage.code,
        "rater": stage.rater.code,
        "own_delivered": stage.own_delivered,
        "may_see": {
            each.value: {"now": each in stage.shown, "setting": each.setting(stage.stage).value}
            for each in Seen
        },
        "subjects": [_subject(stage, each) for each in stage.subjects] if stage.shown else [],
    }


def seen_lines(stage: SeenStage) -> list[str]:
    """For a person: why something is not seen, then a table of what is."""
    told = [f"{stage.stage.name}　{stage.rater.name}　看得到的别人的评分：", *_refusals(stage)]
    return [*told, *(_table(stage) if stage.shown else ())]


def _refusals(stage: SeenStage) -> Iterator[str]:
    enough = "测评票收够" if stage.rater.ballots else "评分表交齐"
    for each in Seen:
        if each in stage.waiting:
            yield f"{each.label}：本方的{enough}以后才看得到。"
        elif each not in stage.shown:
            yield f"{each.label}：考核方案规定不给评分方看。"


def _subject(stage: SeenStage, subject: Subject) -> dict[str, object]:
    seen = stage.of(subject.id)
    found: dict[Seen, dict[str, object]] = {
        Seen.SHEETS: {
            "others": [
                {"rater": rater.code, "name": rater.name, "total": None if total is None else str(total)}
                for rater, total in zip(stage.others, seen.totals, strict=False)
            ]
        },
        Seen.MEANS: {"mean": None if seen.mean is None else str(seen.mean)},
        Seen.RANKS: {"rank": seen.rank or None},
    }
    told: dict[str, object] = {"subject": subject.id, "name": subject.name}
    for each, values in found.items():
        if each in stage.shown:
            told |= values
    return told


def _table(stage: SeenStage) -> list[str]:
    columns = list(_columns(stage))
    heads = ("考核对象", *(head for head, _ in columns))
    rows = [
        (subject.name, *(text(stage.of(subject.id)) for _, text in columns)) for subject in stage.subjects
    ]
    return table(heads, rows, frozenset(range(1, len(heads))))


def _columns(stage: SeenStage) -> Iterator[tuple[str, Callable[[SeenSubject], str]]]:
    if Seen.SHEETS in stage.shown:
        yield from map(_of_rater, range(len(stage.others)), stage.others)
    if Seen.MEANS in stage.shown:
        yield Seen.MEANS.label, lambda seen: _points(seen.mean)
    if Seen.RANKS in stage.shown:
        yield Seen.RANKS.label, lambda seen: str(seen.rank or _NOTHING)


def _of_rater(place: int, rater: Rater) -> tuple[str, Callable[[SeenSubject], str]]:
    return rater.name, lambda seen: _points(seen.totals[place]) if seen.totals else _NOTHING


def _points(value: Decimal | None) -> str:
    return _NOTHING if value is None else str(value)
