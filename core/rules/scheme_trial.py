"""Trying another scheme on a cycle that has marks: what fits is taken over, what does not is told."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import chain
from typing import NamedTuple

from core.model.assessment import ChosenWeight, Entry, EntryKind, ScoreSheet, Subject
from core.model.decision import DecisionKind
from core.model.outcome import Outcome
from core.model.scheme import Indicator, Rater, Scheme
from core.model.scheme_trial import SchemeTrial, Standing, TrialLine
from core.model.settled import Settled
from core.model.tables import OutColumn, OutSheet, OutValue
from core.rules.amounts import yuan_text
from core.rules.assessing import assess
from core.rules.change_items import item_of
from core.rules.leaf_marks import Range

_SCORE_DECISIONS = (DecisionKind.SCORE, DecisionKind.RECHECK)
_NOT_COUNTED = "对并列、等次和名额空缺的决定没有计入，两边都只按方案算"


class TriedOn(NamedTuple):
    """What a cycle was computed from, under its own scheme."""

    scheme: Scheme
    subjects: Sequence[Subject]
    sheets: Sequence[ScoreSheet]
    entries: Sequence[Entry]
    settled: Settled


def try_on(scheme: Scheme, cycle: TriedOn, year: int, title: str) -> SchemeTrial:
    """Every subject of a cycle under its own scheme and under another one.

    Raises:
        InvalidInput: what was settled in the cycle goes against the scheme.
    """
    misfits: Counter[str] = Counter()
    settled = _kept(cycle.settled, misfits)
    before = _outcome(cycle.scheme, cycle.subjects, cycle.sheets, cycle.entries, settled)
    fitting = settled._replace(weights=tuple(_fitting_weights(scheme, settled)))
    sheets = list(_fitting_sheets(scheme, cycle, misfits))
    entries = list(_fitting_entries(scheme, cycle.entries, misfits))
    after = _outcome(scheme, cycle.subjects, sheets, entries, fitting)
    return SchemeTrial(
        year=year,
        cycle=title,
        scheme=scheme.name,
        lines=tuple(_lines(cycle.subjects, before, after)),
        money_before_fen=before.money_fen,
        money_after_fen=after.money_fen,
        remarks=tuple(text.format(count=count) for text, count in misfits.items()),
    )


def trial_sheet(trial: SchemeTrial) -> OutSheet:
    """Those whose grade or award would be another, as a table to hand out."""
    heads = (("得分", 10, _places(trial)), ("名次", 8, None), ("等次", 10, None), ("奖项", 20, None))
    columns = (
        OutColumn("考核对象", 32),
        *(
            OutColumn(f"{when}{what}", width, places)
            for what, width, places in heads
            for when in ("原", "新")
        ),
    )
    rows = tuple(
        (line.name, *chain.from_iterable(zip(_cells(line.before), _cells(line.after), strict=True)))
        for line in trial.moved
    )
    title = f"{trial.year}年度“{trial.cycle}”按方案“{trial.scheme}”试算"
    return OutSheet("方案试算", title, columns, rows, subtitle=trial_words(trial))


def trial_words(trial: SchemeTrial) -> str:
    """The trial in one sentence."""
    grades = sum(line.before.grade != line.after.grade for line in trial.lines)
    awards = sum(line.before.award != line.after.award for line in trial.lines)
    old, new = yuan_text(trial.money_before_fen), yuan_text(trial.money_after_fen)
    money = f"奖金由 {old} 变为 {new}" if old != new else f"奖金仍为 {old}"
    said = f"{len(trial.lines)} 个对象中，{grades} 个等次会变，{awards} 个奖项会变，{money}"
    return "；".join((said, *trial.remarks))


def _places(trial: SchemeTrial) -> int:
    """As many decimals as the scheme with more of them gives."""
    finals = (standing.final for line in trial.moved for standing in (line.before, line.after))
    return max((len(str(final).partition(".")[2]) for final in finals if final is not None), default=0)


def _cells(standing: Standing) -> tuple[OutValue, ...]:
    return standing.final, standing.rank or None, standing.grade or None, standing.award or None


def _outcome(
    scheme: Scheme,
    subjects: Sequence[Subject],
    sheets: Sequence[ScoreSheet],
    entries: Sequence[Entry],
    settled: Settled,
) -> Outcome:
    return assess(scheme, subjects, sheets, entries, **settled._asdict(), trace=False)


def _kept(settled: Settled, misfits: Counter[str]) -> Settled:
    """What people settled about scores counts on; what they settled about places may not fit."""
    decisions = tuple(each for each in settled.decisions if each.kind in _SCORE_DECISIONS)
    if decisions != settled.decisions:
        misfits[_NOT_COUNTED] += 1
    return settled._replace(decisions=decisions)


def _fitting_weights(scheme: Scheme, settled: Settled) -> Iterator[ChosenWeight]:
    """The chosen weights of raters that have a lower bound in the scheme too."""
    raters = _raters(scheme)
    for each in settled.weights:
        rater = raters.get((each.stage, each.rater))
        if rater and rater.weight_for(each.category)[1] is not None:
            yield each


def _raters(scheme: Scheme) -> dict[tuple[str, str], Rater]:
    return {(stage.code, rater.code): rater for stage in scheme.stages for rater in stage.raters}


def _fitting_sheets(scheme: Scheme, cycle: TriedOn, misfits: Counter[str]) -> Iterator[ScoreSheet]:
    raters = _raters(scheme)
    categories = {subject.id: subject.category for subject in cycle.subjects}
    columns = cache(
        lambda stage, category: _columns(cycle.scheme.leaves(stage, category), scheme.leaves(stage, category))
    )
    seen = set()
    for sheet in cycle.sheets:
        rater = raters.get((sheet.stage, sheet.rater))
        place = (sheet.stage, sheet.rater, sheet.subject_id)
        if rater is None or (place in seen and not rater.ballots):
            misfits["{count} 张评分表在方案里没有对应的评分方，没有计入"] += 1
            continue
        seen.add(place)
        fitting = _fitting_marks(columns(sheet.stage, categories[sheet.subject_id]), sheet.marks, misfits)
        yield replace(sheet, marks=tuple(fitting))


def _columns(old: Sequence[Indicator], new: Sequence[Indicator]) -> list[tuple[int | None, Range]]:
    """For each new leaf where the old ones have it, by its code, and what it can have earned."""
    places = {leaf.code: place for place, leaf in enumerate(old)}
    return [(places.get(leaf.code), Range(leaf)) for leaf in new]


def _fitting_marks(
    columns: Iterable[tuple[int | None, Range]], marks: Sequence[int | None], misfits: Counter[str]
) -> Iterator[int | None]:
    """The marks in the order of the new leaves."""
    for place, allowed in columns:
        mark = None if place is None else marks[place]
        if place is None:
            misfits["{count} 个评分方案要、往年没有，作为空格"] += 1
        elif not allowed[mark]:
            misfits["{count} 个评分不在方案的范围内，作为空格"] += 1
            mark = None
        yield mark


def _fitting_entries(scheme: Scheme, entries: Sequence[Entry], misfits: Counter[str]) -> Iterator[Entry]:
    """Bonuses and deductions at what the scheme gives for them, whenever they happened."""
    awards = {award.code for award in scheme.awards}
    for entry in entries:
        item = item_of(scheme, entry)
        if entry.kind is EntryKind.DIRECT and entry.item not in awards:
            misfits["{count} 个直接认定的奖项方案里没有，没有计入"] += 1
        elif entry.kind in (EntryKind.BONUS, EntryKind.DEDUCTION):
            worth = item.points_at(entry.level) if item else None
            yield replace(entry, item="", points=worth or entry.points)
        else:
            yield entry


def _lines(subjects: Sequence[Subject], before: Outcome, after: Outcome) -> list[TrialLine]:
    pairs = zip(subjects, before.results, after.results, strict=True)
    lines = [
        TrialLine(
            subject.name,
            *(Standing(each.final, each.grade, each.rank, each.award) for each in (old, new)),
        )
        for subject, old, new in pairs
    ]
    return sorted(lines, key=lambda line: (not line.after.rank, line.after.rank))
