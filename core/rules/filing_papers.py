"""The papers that a matter needs, and what a change can be about."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.model.filing import Particulars, Transition, TransitionKind
from core.model.organization import Organization
from core.rules.cell_values import name_key

K = TransitionKind


@dataclass(frozen=True, slots=True)
class RequiredPaper:
    """A paper that has to be handed in; one whose title holds one of `words` is taken for it."""

    title: str
    words: tuple[str, ...]


_CHARTER = RequiredPaper("章程", ("章程",))
_IDENTITY = RequiredPaper("负责人身份证明", ("身份证",))
_MEMBERS = RequiredPaper("成员名单", ("成员名", "会员名", "成员表", "会员表"))
_PREMISES = RequiredPaper("活动场所证明", ("场所", "场地", "房产", "房屋", "租赁"))
_FILING_PAPERS = (_CHARTER, _IDENTITY, _MEMBERS, _PREMISES)
_PAPERS: Mapping[TransitionKind, tuple[RequiredPaper, ...]] = {
    K.FILE: (RequiredPaper("备案申请书", ("申请",)), *_FILING_PAPERS),
    K.REGISTER: (
        RequiredPaper("登记申请书", ("申请",)),
        *_FILING_PAPERS,
        RequiredPaper("业务主管单位同意文件", ("主管单位", "批准", "同意")),
        RequiredPaper("资金证明", ("资金", "验资")),
    ),
    K.ENROLL: (RequiredPaper("纳入管理登记表", ("登记表", "申请")), _MEMBERS),
    K.CHANGE: (RequiredPaper("变更申请书", ("申请",)),),
    K.SUSPEND: (RequiredPaper("暂停活动申请", ("申请", "报告", "说明")),),
    K.RESUME: (RequiredPaper("恢复活动申请", ("申请", "报告", "说明")),),
    K.DEREGISTER: (
        RequiredPaper("注销申请书", ("申请",)),
        RequiredPaper("财物清理说明", ("清理", "清算", "清产")),
    ),
    K.REVOKE: (RequiredPaper("撤销事由说明", ("事由", "说明", "调查", "决定")),),
}


@dataclass(frozen=True, slots=True)
class ChangeTarget:
    """What a change can be about: the word for it, its other words, and the field that gets the new value."""

    label: str
    words: tuple[str, ...]
    kind: type[Organization] | type[Particulars]
    field: str
    papers: tuple[RequiredPaper, ...] = ()


CHANGE_TARGETS = (
    ChangeTarget("名称", ("组织名称", "改名"), Organization, "name", (_CHARTER,)),
    ChangeTarget("负责人", ("牵头人", "法定代表人", "会长", "队长"), Organization, "principal", (_IDENTITY,)),
    ChangeTarget("活动场所", ("场所", "场地", "活动地点"), Organization, "premises", (_PREMISES,)),
    ChangeTarget("住所", ("地址", "办公地址"), Particulars, "address", (_PREMISES,)),
    ChangeTarget("宗旨", (), Particulars, "purpose", (_CHARTER,)),
    ChangeTarget("业务范围", (), Particulars, "scope_registered", (_CHARTER,)),
    ChangeTarget("活动地域", ("活动区域",), Particulars, "activity_area", (_CHARTER,)),
    ChangeTarget("业务主管单位", ("主管单位",), Particulars, "supervisory_unit"),
)


def change_target(text: str) -> ChangeTarget | None:
    """What a change is about by the clerk's word for it; None if the program does not know the word."""
    word = name_key(text).removesuffix("变更").removeprefix("变更")
    return next((each for each in CHANGE_TARGETS if word in (each.label, *each.words)), None)


def required_papers(kind: TransitionKind, change_field: str = "") -> tuple[RequiredPaper, ...]:
    """The papers that a matter of this kind needs; a change needs more, by what it is about.

    Source: domain 2.2 for filing; what registration needs besides follows 社会团体登记管理条例, article 11;
    the rest is the office's practice.
    """
    target = change_target(change_field) if kind is K.CHANGE else None
    return _PAPERS[kind] + (target.papers if target else ())


def missing_papers(transition: Transition) -> tuple[str, ...]:
    """Titles of the papers that this matter needs and that were not handed in."""
    handed_in = [name_key(title) for title in transition.papers]
    return tuple(
        each.title
        for each in required_papers(transition.kind, transition.change_field)
        if not any(word in title for word in each.words for title in handed_in)
    )
