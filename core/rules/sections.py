"""Reading a table of TOML or JSON key by key, keeping every finding instead of stopping at the first."""

import difflib
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Self, TypeVar

from core.errors import Problem
from core.model.assessment import MARK_PLACES

MOST_DIGITS = 12
"""Before the decimal point."""
MOST_LETTERS = 500
SMALLEST = Decimal(1).scaleb(-MARK_PLACES)
E = TypeVar("E", bound=StrEnum)
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


class Section:
    """One table: asks for keys, notes what is wrong, and in the end which keys nobody asked for."""

    def __init__(self, table: dict[str, object], place: str, findings: list[Problem]) -> None:
        self.place = place
        self.findings = findings
        self._table = table
        self._asked: set[str] = set()

    def find(self, key: str, message: str, remedy: str) -> None:
        """Note a finding about one key."""
        place = f"{self.place}的 {key}" if self.place else key
        self.findings.append(Problem(place, message, remedy))

    def has(self, key: str) -> bool:
        """Whether a key is written, whatever it holds."""
        return key in self._table

    def written(self) -> tuple[str, ...]:
        """The keys that are written."""
        return tuple(self._table)

    def _take(self, key: str, required: bool, example: str) -> object:
        self._asked.add(key)
        value = self._table.get(key)
        if value is None and required:
            self.find(key, "没有写", f"请补上，例如 {example}")
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """A text; required without a default."""
        value = self._take(key, default is None, '"…"')
        if value is None:
            return default or ""
        if not isinstance(value, str) or (default is None and not value.strip()):
            self.find(key, "应是不空的文字", "请写成加引号的文字")
            return ""
        return value.strip() if self._is_seemly(key, value) else ""

    def _is_seemly(self, key: str, text: str) -> bool:
        """Whether a text can be shown and printed; what is wrong is noted."""
        if _UNSEEN.search(text):
            self.find(key, "有看不见的控制字符或残缺的字", "请删去后重写这段文字")
            return False
        if len(text) > MOST_LETTERS:
            self.find(key, f"有 {len(text)} 个字，超过 {MOST_LETTERS} 个字", "请缩短")
            return False
        return True

    def number(self, key: str, default: Decimal | None = None) -> Decimal:
        """A number; required without a default."""
        value = self.optional_number(key, required=default is None)
        return value if value is not None else default or Decimal(0)

    def optional_number(self, key: str, required: bool = False) -> Decimal | None:
        """A number, or None where the key is not written."""
        value = self._take(key, required, "10")
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            self.find(key, "应是数字", "请写成不加引号的数字，例如 10")
            return Decimal(0)
        number = Decimal(value)
        if not number.is_finite() or number.adjusted() >= MOST_DIGITS or number != number.quantize(SMALLEST):
            self.find(key, "数字太大或小数超过六位", "请改成通常的数字")
            return Decimal(0)
        return number

    def whole(self, key: str, default: int) -> int:
        """A whole number."""
        value = self.number(key, Decimal(default))
        if value != value.to_integral_value():
            self.find(key, "应是整数", f"请写成整数，例如 {default}")
            return default
        return int(value)

    def flag(self, key: str, default: bool = False) -> bool:
        """True or false."""
        value = self._take(key, False, "true")
        if value is None:
            return default
        if not isinstance(value, bool):
            self.find(key, "应是 true 或 false", "请写 true 或 false，不加引号")
            return default
        return value

    def day(self, key: str) -> date | None:
        """A day as TOML writes it, or None."""
        value = self._take(key, False, "2026-12-01")
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        self.find(key, "应是日期", "请写成 2026-12-01 这样，不加引号")
        return None

    def choice(self, key: str, kind: type[E], default: E | None = None) -> E:
        """One of the words of an enum; required without a default."""
        words = [member.value for member in kind]
        value = self.text(key, default.value if default else None)
        if value in words:
            return kind(value)
        if value:
            self.find(key, f"不认识“{value}”", nearest(value, words))
        return default or next(iter(kind))

    def texts(self, key: str, required: bool = False, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """A list of texts."""
        value = self._take(key, required, '["…"]')
        if value is None:
            return default
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self.find(key, "应是一列文字", '请写成 ["…", "…"]')
            return ()
        if required and not value:
            self.find(key, "一项也没有写", '请至少写一项，例如 ["…"]')
        return tuple(one.strip() for one in value if self._is_seemly(key, one))

    def section(self, key: str) -> Self | None:
        """The table under a key, None where it is not written."""
        value = self._take(key, False, "")
        if value is None:
            return None
        if not isinstance(value, dict):
            self.find(key, "应是一节", "请写成 { … } 一节")
            return None
        return type(self)(value, f"{self.place}[{key}]", self.findings)

    def sections(self, key: str, word: str, required: bool = False) -> Iterator[Self]:
        """The tables under a key, each placed by its number and name; `word` is what one is called."""
        value = self._take(key, False, "")
        if value is None:
            value = []
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self.find(key, f"应是一项或多项{word}", "请写成 [ { … }, { … } ]")
            return
        if required and not value:
            self.find(key, f"没有写{word}", f"请至少写一项{word}")
        for number, table in enumerate(value, start=1):
            name = table.get("name", "")
            label = f"“{name}”" if isinstance(name, str) and name else ""
            yield type(self)(table, f"{self.place}第 {number} 项{word}{label}", self.findings)

    def close(self) -> None:
        """Note the keys that nobody asked for, each with the nearest known one."""
        for key in self._table:
            if key not in self._asked:
                self.find(key, "不认识这个键", nearest(key, sorted(self._asked)))


def nearest(word: str, known: Sequence[str]) -> str:
    """The remedy for an unknown word: the nearest known one, or all of them."""
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    return f"是不是想写 {near[0]}？" if near else f"可以写：{'、'.join(known)}"
