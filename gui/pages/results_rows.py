"""The rows of the results list: rank, grade, award and marks as they are shown."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from core.model.assessment import WAITS, Result, ResultState, Subject
from core.model.cycle_view import CycleView, place_in_list, ranked_among
from core.model.outcome import AwardFilling
from gui.pages.assessment_state import YearState, grade_face
from gui.table_model import Column
from gui.widgets.badge import BadgeFace

DECIDED = ("复核", "核定")
HELD = BadgeFace("异议未结", "warn", "time-line")


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One subject with its result; `rank` is as shown, 并列2 where it is shared."""

    subject: Subject
    result: Result
    rank: str
    final: str
    grade: BadgeFace | None
    badges: tuple[BadgeFace, ...]

    @property
    def id(self) -> str:
        return self.subject.id

    @property
    def word(self) -> str:
        """The grade, or why there is none."""
        return self.result.grade or self.result.state.label

    @property
    def awards(self) -> frozenset[str]:
        """What the award filter looks for."""
        waiting = {WAITS} if self.result.waits else set()
        return frozenset({self.result.award, *waiting} - {""})


def result_rows(state: YearState) -> tuple[ResultRow, ...]:
    """All subjects in the order of their ranks; those without one after them."""
    view = state.view
    if view is None:
        return ()
    results = {
        each.subject_id: each for each in (state.computed.outcome.results if state.computed else view.results)
    }
    pairs = [(subject, results[subject.id]) for subject in view.subjects if subject.id in results]
    pairs.sort(key=place_in_list)
    shared = Counter(_rank_key(view, subject, result) for subject, result in pairs)
    faces = {grade: grade_face(view, grade) for grade in view.scheme.grades()}
    held = view.held
    return tuple(
        ResultRow(
            subject,
            result,
            _rank_text(result, shared[_rank_key(view, subject, result)]),
            final_text(view, result),
            faces[result.grade] if result.grade else None,
            _badges(view, result, held),
        )
        for subject, result in pairs
    )


def final_text(view: CycleView, result: Result) -> str:
    """The final with the scheme's decimals; empty where there is none."""
    return "" if result.final is None else f"{result.final:.{view.scheme.rounding.places}f}"


def _rank_key(view: CycleView, subject: Subject, result: Result) -> tuple[str, int]:
    return ranked_among(view.scheme.rank_within, subject), result.rank


def _rank_text(result: Result, sharing: int) -> str:
    if not result.rank:
        return ""
    return f"并列{result.rank}" if sharing > 1 else str(result.rank)


def _badges(view: CycleView, result: Result, held: Collection[str]) -> tuple[BadgeFace, ...]:
    """At most two: the award or the veto first, then what else is to be known."""
    found = []
    if result.award:
        first = view.scheme.awards and view.scheme.awards[0].name == result.award
        short = result.award.replace("社会组织", "") or result.award
        found.append(BadgeFace(short, "accent" if first else "info", "award-line"))
    if result.subject_id in held:
        found.append(HELD)
    if result.state is ResultState.INCOMPLETE:
        found.append(BadgeFace("未完成", "warn", "time-line"))
    gaps = 0
    for note in result.notes:
        head, _, _rest = note.partition("：")
        gaps += head.startswith("缺") and head.endswith("评分")
        if face := _note_face(head):
            found.append(face)
    if gaps:
        found.append(BadgeFace(f"缺 {gaps} 份评分", "line", "time-line"))
    return tuple(dict.fromkeys(found))[:2]


def _note_face(head: str) -> BadgeFace | None:
    if head.startswith(DECIDED):
        return BadgeFace(head[:2], "line", "scales-3-line")
    if head.startswith("距"):
        return BadgeFace(head.removesuffix(" 分"), "line", "focus-3-line")
    return {
        WAITS: BadgeFace(WAITS, "warn", "scales-3-line"),
        "一票否决": BadgeFace("一票否决", "err", "forbid-2-line"),
        "不得评奖": BadgeFace("不得评奖", "err", "forbid-2-line"),
        "不参评": BadgeFace("不参评", "mute"),
        "已撤销": BadgeFace("已撤销", "err", "forbid-2-line"),
    }.get(head)


def tie_words(state: YearState, filling: AwardFilling) -> tuple[str, str]:
    """What waits for the leading group's decision, in two lines."""
    computed = state.computed
    assert computed is not None
    tied = next(each for each in computed.outcome.results if each.subject_id == filling.undecided[0])
    count = len(filling.undecided)
    place = f"（{filling.category}）" if filling.category else ""
    return (
        f"{filling.name}{place}还剩 {filling.open_places} 个名额，{count} 个对象并列第 {tied.rank} 名"
        f"（{final_text(computed.view, tied)} 分），按并列规则仍分不出先后",
        f"请由领导小组表决。表决前名额保留，这 {count} 个对象暂不参加后面奖项的评定。",
    )


RESULT_COLUMNS: tuple[Column[ResultRow], ...] = (
    Column(
        "名次",
        lambda row: row.rank,
        width=76,
        align_right=True,
        bold=True,
        sort_key=lambda row: row.result.rank or None,
    ),
    Column("考核对象", lambda row: row.subject.name, stretch=True),
    Column("类别", lambda row: row.subject.category, width=112, quiet=True, narrow=False),
    Column(
        "最后得分",
        lambda row: row.final,
        width=100,
        align_right=True,
        bold=True,
        sort_key=lambda row: row.result.final,
    ),
    Column(
        "等次",
        lambda row: row.result.grade,
        width=104,
        badges=lambda row: (row.grade,) if row.grade else (),
        sort_key=lambda row: row.grade.kind if row.grade else None,
    ),
    Column(
        "奖项与标记",
        lambda row: "、".join(face.text for face in row.badges),
        width=180,
        badges=lambda row: row.badges,
        tooltip=lambda row: "\n".join(row.result.notes),
    ),
)
