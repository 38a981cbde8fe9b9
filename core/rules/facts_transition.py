"""Facts of one matter of the filing ledger: whose it is, what was asked for, and how it was decided."""

from dataclasses import dataclass
from datetime import date

from core.model.facts import FactKind, FactName, Row
from core.model.filing import Particulars, Transition, TransitionKind
from core.model.organization import Organization
from core.rules.facts_office import dated_words, day_words
from core.rules.filing_papers import missing_papers
from core.rules.working_days import WorkingDays

SUPPLEMENT_DAYS = 10
"""Working days for handing in what is missing; a draft may say another day."""

_PAPER = (FactName("材料", "材料的名称"),)
ORGANIZATION_FACTS = (
    FactName("组织", "组织的名称"),
    FactName("社区", "所属社区（村）；不知道时为空"),
    FactName("类别", "组织的类别；不知道时为空"),
    FactName("负责人", "负责人的姓名；不知道时为空"),
    FactName("备案号", "这次给的或者原有的备案号；没有时为空"),
    FactName("信用代码", "统一社会信用代码；没有时为空"),
    FactName("业务范围", "印发用的业务范围，没有写时是登记的；都没有时为空"),
    FactName("活动地域", "活动地域；不知道时为空"),
    FactName("业务主管单位", "业务主管单位；没有时为空"),
)
DEADLINE_FACTS = (
    FactName("期限工作日", "给几个工作日", FactKind.NUMBER),
    FactName("期限", "从成文日期的下一天算起的最后一天"),
)
TRANSITION_FACTS = (
    *ORGANIZATION_FACTS,
    FactName("事项", "备案、登记、纳入管理、变更、暂停活动、恢复活动、注销、撤销"),
    FactName("办理结果", "同意、不同意、撤回；还没有办结时为空"),
    FactName("申请日期", "申请的日子；不知道时为空"),
    FactName("受理日期", "受理的日子；不知道时为空"),
    FactName("办结日期", "办结的日子；还没有时为空"),
    FactName("变更内容", "变更什么：名称、负责人……；不是变更时为空"),
    FactName("变更前", "变更前的内容；不知道时为空"),
    FactName("变更后", "变更后的内容"),
    FactName("理由", "事项的原因，没有写时是备案机关、街道的意见；都没有时为空"),
    FactName("已交材料", "已经交来的材料", FactKind.LIST, _PAPER),
    FactName("缺少材料", "按规定还缺的材料", FactKind.LIST, _PAPER),
    *DEADLINE_FACTS,
)
LACKING_FACTS = (
    *ORGANIZATION_FACTS,
    FactName(
        "缺少材料",
        "按规定还缺的材料",
        FactKind.LIST,
        (*_PAPER, FactName("用于", "办哪件事要的：备案、变更……；平时就要有的为空")),
    ),
    *DEADLINE_FACTS,
)


@dataclass(frozen=True, slots=True)
class Registered:
    """An organization with the names of what it belongs to, and what its filing form says."""

    organization: Organization
    community: str = ""
    category: str = ""
    particulars: Particulars | None = None


def transition_row(registered: Registered, transition: Transition, dated_on: date, days: WorkingDays) -> Row:
    """The facts of `TRANSITION_FACTS`.

    What has been changed since stands as it was when the matter was decided where the matter itself says it.
    """
    row = organization_row(registered)
    is_registration = transition.kind is TransitionKind.REGISTER
    number = {"信用代码" if is_registration else "备案号": transition.number} if transition.number else {}
    reasons = (transition.reason, transition.office_opinion, transition.street_opinion)
    return {
        **row,
        **number,
        "事项": transition.kind.label,
        "办理结果": transition.outcome.label if transition.outcome else "",
        "申请日期": dated_words(transition.applied_on),
        "受理日期": dated_words(transition.accepted_on),
        "办结日期": dated_words(transition.decided_on),
        "变更内容": transition.change_field,
        "变更前": transition.old_value,
        "变更后": transition.new_value,
        "理由": next((said for each in reasons if (said := _ended(each))), ""),
        "已交材料": tuple({"材料": each} for each in transition.papers),
        "缺少材料": tuple({"材料": each} for each in missing_papers(transition)),
        **deadline_row(dated_on, SUPPLEMENT_DAYS, days),
    }


def lacking_row(registered: Registered, missing: tuple[str, ...], dated_on: date, days: WorkingDays) -> Row:
    """The facts of `LACKING_FACTS`; `missing` are titles as `core.rules.completeness` gives them."""
    pairs = [each.rpartition("：") for each in missing]
    return {
        **organization_row(registered),
        "缺少材料": tuple({"材料": title, "用于": matter} for matter, _mark, title in pairs),
        **deadline_row(dated_on, SUPPLEMENT_DAYS, days),
    }


def organization_row(registered: Registered) -> Row:
    """The facts of `ORGANIZATION_FACTS`."""
    organization, form = registered.organization, registered.particulars
    return {
        "组织": organization.name,
        "社区": registered.community,
        "类别": registered.category,
        "负责人": organization.principal,
        "备案号": organization.filing_number,
        "信用代码": organization.credit_code,
        "业务范围": _ended(form.scope_printed or form.scope_registered) if form else "",
        "活动地域": form.activity_area if form else "",
        "业务主管单位": form.supervisory_unit if form else "",
    }


def deadline_row(dated_on: date, count: int, days: WorkingDays) -> Row:
    """The facts of `DEADLINE_FACTS`: so many working days after the day that the document bears."""
    return {"期限工作日": count, "期限": day_words(days.after(dated_on, count))}


def _ended(text: str) -> str:
    """A text in one line that a sentence can go on from."""
    return "".join(text.splitlines()).strip().rstrip("。；;.")
