"""Conditions of a template: `获奖数 = 0`, `列入名单`, `没有 等次`, `分数 > 60 且 等次 = 优秀`."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from core.model.facts import Fact

Find: TypeAlias = Callable[[str], Fact]
"""What a name stands for."""

_COMPARED: Mapping[str, Callable[[int], bool]] = {
    "=": lambda order: order == 0,
    "≠": lambda order: order != 0,
    ">": lambda order: order > 0,
    "<": lambda order: order < 0,
    "≥": lambda order: order >= 0,
    "≤": lambda order: order <= 0,
}
_SAME = {"!=": "≠", ">=": "≥", "<=": "≤", "==": "="}
_RESERVED = ("没有", "且", "或")
_SIGN = re.compile(r"\s*(!=|>=|<=|==|[=≠><≥≤])\s*")


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparison; without a sign it asks whether there is anything of that name."""

    name: str
    sign: str = ""
    value: str = ""
    negated: bool = False

    def holds(self, find: Find) -> bool:
        """Whether it is true of these facts; a list counts by its length."""
        fact = find(self.name)
        if not self.sign:
            return bool(fact) != self.negated
        return _COMPARED[self.sign](_order(fact, self.value))


@dataclass(frozen=True, slots=True)
class Condition:
    """Alternatives (或), each of tests that all hold (且)."""

    alternatives: tuple[tuple[Comparison, ...], ...]

    def holds(self, find: Find) -> bool:
        """Whether it is true of these facts; the empty condition is."""
        return not self.alternatives or any(
            all(test.holds(find) for test in tests) for tests in self.alternatives
        )

    @property
    def names(self) -> tuple[str, ...]:
        """The facts that it asks for."""
        return tuple(test.name for tests in self.alternatives for test in tests)


@lru_cache(maxsize=512)
def read_condition(text: str) -> Condition:
    """The condition that a text writes.

    Raises:
        ValueError: it is none; the message says which piece is not understood.
    """
    if not text.strip():
        return Condition(())
    return Condition(
        tuple(
            tuple(_test(each) for each in re.split(r"\s+且\s+", alternative))
            for alternative in re.split(r"\s+或\s+", text.strip())
        )
    )


def _test(text: str) -> Comparison:
    pieces = _SIGN.split(text.strip())
    if len(pieces) == 1:
        negated = pieces[0].startswith("没有 ")
        name = pieces[0].removeprefix("没有 ").strip()
        if not name or name in _RESERVED or re.search(r"\s", name):
            raise ValueError(text)
        return Comparison(name, negated=negated)
    if len(pieces) != 3 or not pieces[0] or not pieces[2]:
        raise ValueError(text)
    return Comparison(pieces[0], _SAME.get(pieces[1], pieces[1]), pieces[2].strip("“”\"'"))


def _order(fact: Fact, value: str) -> int:
    """Below 0, 0 or above it: as numbers where both are, else as texts."""
    known = len(fact) if isinstance(fact, tuple) else fact
    if isinstance(known, int):
        wanted = int(value) if re.fullmatch(r"-?\d{1,12}", value) else None
        return 1 if wanted is None else (known > wanted) - (known < wanted)
    return (known > value) - (known < value)
