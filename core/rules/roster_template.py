"""The empty roster to fill in, with lists to choose from; what comes back is read like any other roster."""

from collections.abc import Sequence

from core.model.organization import Standing, Status
from core.model.roster import RosterColumn
from core.model.tables import OutColumn, OutSheet

_COLUMNS = (
    (RosterColumn.COMMUNITY, 16, "填社区（村）全称；名册里没有的，导入时会先问"),
    (RosterColumn.NAME, 32, "必填，填全称"),
    (RosterColumn.CATEGORY, 12, "从列表里选"),
    (RosterColumn.STANDING, 10, "从列表里选"),
    (RosterColumn.NUMBER, 24, "备案的填备案号，登记的填 18 位统一社会信用代码"),
    (RosterColumn.FOUNDED_ON, 14, "如 2019-03-05；不知道日的写 2019-03"),
    (RosterColumn.PRINCIPAL, 12, "姓名"),
    (RosterColumn.POLITICAL_STATUS, 12, "如 中共党员、群众"),
    (RosterColumn.PHONES, 18, "11 位手机号，或带区号的固定电话；两个号码用顿号隔开"),
    (RosterColumn.MEMBERS, 10, "整数"),
    (RosterColumn.PARTY_MEMBERS, 10, "整数"),
    (RosterColumn.VOLUNTEERS, 10, "整数"),
    (RosterColumn.PREMISES, 24, "活动地点"),
    (RosterColumn.ACTIVITIES, 10, "本年活动次数，整数"),
    (RosterColumn.VISITS, 10, "本年服务人次，同一人来两次算两次"),
    (RosterColumn.PREVIOUS_GRADE, 12, "上年考核等次，没有的不填"),
    (RosterColumn.STATUS, 12, "从列表里选，不填就是正常"),
    (RosterColumn.REMARKS, 24, ""),
)
_AS_TEXT = frozenset({RosterColumn.NUMBER, RosterColumn.PHONES, RosterColumn.FOUNDED_ON})


def roster_template(office: str, communities: Sequence[str], categories: Sequence[str]) -> OutSheet:
    """The sheet; `communities` and `categories` are the names that the office has."""
    choices = {
        RosterColumn.COMMUNITY: tuple(communities),
        RosterColumn.CATEGORY: tuple(categories),
        RosterColumn.STANDING: tuple(each.label for each in Standing),
        RosterColumn.STATUS: tuple(each.label for each in Status),
    }
    return OutSheet(
        "花名册",
        f"{office}社会组织花名册（填报表）",
        tuple(
            OutColumn(column.label, width, choices=choices.get(column, ()), as_text=column in _AS_TEXT)
            for column, width, _hint in _COLUMNS
        ),
        (),
        subtitle="各列怎么填，见“填写说明”",
        guide=tuple((column.label, hint) for column, _width, hint in _COLUMNS if hint),
    )
