"""Facts of one subject's result that only its own paper tells: bonuses, vetoes, why there is no score."""

from core.model.assessment import EntryKind, Result, ResultState, Subject
from core.model.cycle_view import CycleView
from core.model.facts import FactName, Row
from core.model.scheme import plain
from core.rules.facts_assessment import LIST, NUMBER
from core.rules.facts_cycle import SUBJECT_FACTS, CycleFacts, vetoes_of

_STATES = {
    ResultState.COMPLETE: "正常",
    ResultState.INCOMPLETE: "评分不全",
    ResultState.VETOED: "一票否决",
    ResultState.REVOKED: "已撤销",
    ResultState.NOT_ASSESSED: "不参加考核",
}
_MISSING = "缺"
PAPER_FACTS = (
    *SUBJECT_FACTS,
    FactName("结果状态", f"{'、'.join(_STATES.values())}之一"),
    FactName("不参评原因", "不参加考核的原因；参加的为空"),
    FactName("否决事由", "一票否决或不得评奖的事由；没有时为空"),
    FactName("缺评说明", "缺哪些环节或评分方的评分；不缺时为空"),
    FactName("撤销原因", "结果为什么撤销；没有撤销时为空"),
    FactName(
        "加分扣分",
        "加分和扣分的事项",
        LIST,
        (
            FactName("事由", "加分或扣分的事由"),
            FactName("加减", "加分或者扣分"),
            FactName("分值", "多少分"),
        ),
    ),
    FactName("需要整改", "被一票否决或者得到最低等次的是 1，其他是 0", NUMBER),
    FactName("整改原因", "否决的事由，或者得分和等次；不用整改时为空"),
)


def paper_row(facts: CycleFacts, subject_id: str) -> Row:
    """The facts of `PAPER_FACTS` of a subject that may be named."""
    subject, result = facts.pair(subject_id)
    view = facts.computed.view
    failing = facts.failing(subject, result)
    return {
        **facts.subject(subject_id),
        "结果状态": _STATES[result.state],
        "不参评原因": subject.barred,
        "否决事由": "；".join(vetoes_of(view, subject_id)),
        "缺评说明": "；".join(_missing(subject, result)),
        "撤销原因": _revoked(view, subject_id),
        "加分扣分": _changes(view, subject_id),
        "需要整改": int(bool(failing)),
        "整改原因": failing,
    }


def _missing(subject: Subject, result: Result) -> list[str]:
    """What is missing, as the notes of the result say it (`core.rules.result_notes`)."""
    return [] if subject.barred else [each for each in result.notes if each.startswith(_MISSING)]


def _revoked(view: CycleView, subject_id: str) -> str:
    standing = (each for each in view.revocations if each.subject_id == subject_id and not each.lifted)
    return next((each.reason for each in standing), "")


def _changes(view: CycleView, subject_id: str) -> tuple[Row, ...]:
    words = {EntryKind.BONUS: "加", EntryKind.DEDUCTION: "扣"}
    return tuple(
        {"事由": each.reason, "加减": words[each.kind], "分值": plain(each.points)}
        for each in view.entries
        if each.subject_id == subject_id and each.kind in words and each.points and not each.lifted
    )
