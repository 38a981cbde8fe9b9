"""What tells who somebody is: numbers as messages show them, and what becomes of data on request."""

import re
from dataclasses import dataclass, replace

from core.model.journal import Act

LOOKED, PRINTED_WHOLE, EXPORTED_WHOLE = "查看号码", "打印完整号码", "导出完整号码"
ERASED = "删除个人信息"
"""Verbs of the acts that keep who looked at numbers or took them out, and that data were erased."""

LOOKS = (LOOKED, PRINTED_WHOLE, EXPORTED_WHOLE)
"""Every way to come by whole numbers."""

# ID numbers have 15 or 18 characters, mobile telephones 11; mistyped ones have some more.
_PERSONAL = re.compile(r"(?<![0-9A-Za-z])\d{11,19}[\dXx]?(?![0-9A-Za-z])")


@dataclass(frozen=True, slots=True)
class Erasure:
    """What would be erased of a person: labels of what goes, and what stays with the reason for it.

    `whole` says that the record goes altogether.
    """

    person_id: str
    name: str
    goes: tuple[str, ...]
    stays: tuple[tuple[str, str], ...]
    whole: bool


def masked_numbers(text: str) -> str:
    """A message whose ID numbers and telephone numbers have lost their middle: 138****0104.

    What a message is about stands in a row and column that it names; nobody needs the number from there.
    """
    return _PERSONAL.sub(lambda found: f"{found[0][:3]}****{found[0][-4:]}", text)


def masked_act(act: Act) -> Act:
    """The act as the log shows it: numbers in its reason have lost their middle."""
    return replace(act, reason=masked_numbers(act.reason)) if act.reason else act
