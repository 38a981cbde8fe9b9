"""What an award may ask for beyond a grade: frozen facts and earlier years (R13, R20)."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

OPENED_ON = "opened_on"
"""The frozen fact that says on which day the facts were frozen: years back are counted from it."""


class Fact(StrEnum):
    """A fact that an award may ask for (R13): a field of the subject or one of its frozen facts.

    Frozen facts are texts as the register shows them; several tags are joined by 、. The grade of earlier
    years comes from their results (R20).
    """

    CATEGORY = "category"
    COMMUNITY = "community"
    PREVIOUS_GRADE = "previous_grade"
    FILED_ON = "filed_on"
    KIND = "kind"
    STANDING = "standing"
    STATUS = "status"
    PARTY_ORGANIZATION = "party_organization"
    LAST_PENALTY_ON = "last_penalty_on"
    MEMBERS = "members"
    VOLUNTEERS = "volunteers"
    TAGS = "tags"
    EARLIER_GRADE = "earlier_grade"

    @property
    def label(self) -> str:
        """The fact in Chinese."""
        return _FACT_LABELS[self]


_FACT_LABELS = {
    Fact.CATEGORY: "类别",
    Fact.COMMUNITY: "所属社区（村）",
    Fact.PREVIOUS_GRADE: "上年等次",
    Fact.FILED_ON: "备案（登记）日期",
    Fact.KIND: "对象种类",
    Fact.STANDING: "登记备案情况",
    Fact.STATUS: "状态",
    Fact.PARTY_ORGANIZATION: "党组织",
    Fact.LAST_PENALTY_ON: "最近一次处罚",
    Fact.MEMBERS: "成员数",
    Fact.VOLUNTEERS: "志愿者数",
    Fact.TAGS: "标签",
    Fact.EARLIER_GRADE: "往年等次",
}


@dataclass(frozen=True, slots=True)
class Condition:
    """What an award asks of a fact: one of these texts if there are any, none of those, not later than a day.

    `until` compares ISO texts; an unknown date does not meet it. `at_least` belongs to numbers. `years` tells
    how far back to look: no penalty in these years; in each of these years in a row one of the grades (R20).
    """

    fact: Fact
    one_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()
    until: str = ""
    at_least: Decimal | None = None
    years: int = 0
