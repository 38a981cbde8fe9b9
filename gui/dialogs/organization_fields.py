"""The fields of an organization's form, by the sections of the paper form (备案表).

SECTIONS                      names of fields: roster columns, PARTY, TAGS, else fields of the particulars
LINES                         label, width and hint of what the organization itself says in a line
"""

from typing import NamedTuple

from core.model.register import Places
from core.model.roster import RosterColumn
from gui.dialogs.ledger_fields import COUNT, DATE, MIDDLE, WIDE, LineEdit

PARTY, TAGS = "party_organization", "tags"
C = RosterColumn
CODE = MIDDLE
GRADES = ("优秀", "良好", "合格", "基本合格", "不合格", "未参评")
LONGEST_TAG = 20

SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("基本信息", (C.NAME, C.COMMUNITY, C.CATEGORY, C.STATUS)),
    ("备案或登记", (C.STANDING, C.FILING_NUMBER, C.CREDIT_CODE, C.FOUNDED_ON, "supervisory_unit")),
    (
        "负责人",
        (
            C.PRINCIPAL,
            "principal_sex",
            "principal_title",
            C.POLITICAL_STATUS,
            C.PHONES,
            "principal_id_number",
        ),
    ),
    (
        "人员与党建",
        (C.MEMBERS, C.PARTY_MEMBERS, C.VOLUNTEERS, "staff", PARTY, "party_organization_name"),
    ),
    (
        "宗旨与业务",
        (
            "purpose",
            "scope_registered",
            "scope_printed",
            "activity_area",
            "has_charter",
            "charter_version",
            C.ACTIVITIES,
            C.VISITS,
        ),
    ),
    ("场所与经费", (C.PREMISES, "address", "floor_area", "shared_with", "funds", "fund_sources")),
    ("标签与备注", (TAGS, C.PREVIOUS_GRADE, C.REMARKS)),
)


class Line(NamedTuple):
    """How a line of the organization itself stands in the form."""

    label: str
    width: int = CODE
    hint: str = ""


LINES: dict[str, Line] = {
    C.NAME: Line("名称", WIDE),
    C.FILING_NUMBER: Line("备案号"),
    C.CREDIT_CODE: Line("信用代码", CODE, "18 位"),
    C.FOUNDED_ON: Line("日期", DATE, "如 2018-03-05，不知道日的写 2018-03"),
    C.PRINCIPAL: Line("姓名"),
    C.POLITICAL_STATUS: Line("政治面貌"),
    C.PHONES: Line("联系电话", CODE, "几个号码用顿号隔开"),
    C.MEMBERS: Line("成员数", COUNT),
    C.PARTY_MEMBERS: Line("党员数", COUNT),
    C.VOLUNTEERS: Line("志愿者数", COUNT),
    C.ACTIVITIES: Line("活动次数", COUNT, "次，全年"),
    C.VISITS: Line("服务人次", COUNT, "人次，全年"),
    C.PREMISES: Line("活动场所", WIDE),
    C.REMARKS: Line("备注", WIDE),
    TAGS: Line("标签", CODE, "几个用顿号隔开"),
}


SHORT: dict[str, str] = {
    "principal_sex": "性别",
    "principal_title": "职务",
    "principal_id_number": "身份证号",
    "scope_registered": "登记业务范围",
    "scope_printed": "印发业务范围",
}
"""What the section says already need not stand in the label."""


class TagLine(LineEdit):
    """The office's own words for an organization."""

    def doubt(self) -> str:
        long = next((tag for tag in tags_of(self.text()) if len(tag) > LONGEST_TAG), "")
        return f"标签“{long}”超过 {LONGEST_TAG} 个字，请写短些。" if long else ""


def tags_of(text: str) -> tuple[str, ...]:
    """The tags in a line, each once."""
    words = "、".join(text.replace("，", "、").replace(",", "、").split())
    return tuple(dict.fromkeys(filter(None, words.split("、"))))


def category_choices(places: Places) -> list[tuple[str, str]]:
    """The categories, each with the group that looks after it."""
    groups = {each.category_id: f"　归口：{each.name}" for each in places.work_groups}
    return [(each.id, f"{each.name}{groups.get(each.id, '')}") for each in places.categories]


def grade_choices(own: str) -> list[tuple[str, str]]:
    """The grades, and the organization's own one where it is another word."""
    words = GRADES if own in ("", *GRADES) else (*GRADES, own)
    return [(word, word) for word in words]
