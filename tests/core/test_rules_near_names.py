"""Names that are nearly the same are found, and no others: the index against all pairs."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.rules.near_names import NearNames, edits_allowed, edits_between
from tests.laws import examples

NAMES = st.text("东西南北社区合唱", min_size=1, max_size=9)


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("东湖社区合唱队", ("东湖社区合唱团", 1)),
        ("东湖社区合唱", ("东湖社区合唱团", 1)),
        ("东湖社合唱队", ("东湖社区合唱团", 2)),
        ("西湖小区合唱队", None),
        ("平安队", None),
        ("平安二队", ("平安一队", 1)),
        ("安平二队", None),
        ("东" * 30 + "团", ("东" * 30 + "队", 1)),
        ("东" * 29 + "队团", ("东" * 30 + "队", 2)),
    ],
)
def test_the_nearest_name(name: str, near: tuple[str, int] | None) -> None:
    names = NearNames(("平安队长", "东湖社区合唱团", "平安一队", "东" * 30 + "队"))
    assert names.nearest(name) == near


def test_of_equally_near_ones_it_is_the_first() -> None:
    assert NearNames(("平安一队", "平安三队")).nearest("平安二队") == ("平安一队", 1)
    assert NearNames(("平安三队", "平安一队")).nearest("平安二队") == ("平安三队", 1)
    assert NearNames(()).nearest("平安二队") is None


@cache
def slowly(one: str, other: str) -> int:
    """The edit distance as its definition says."""
    if not one or not other:
        return len(one) + len(other)
    return min(
        slowly(one[1:], other) + 1,
        slowly(one, other[1:]) + 1,
        slowly(one[1:], other[1:]) + (one[0] != other[0]),
    )


@settings(max_examples=examples(100))
@given(st.lists(NAMES, min_size=1, max_size=8), NAMES)
def test_the_index_finds_what_all_pairs_find(names: list[str], asked: str) -> None:
    pairs = [(slowly(asked, each), place, each) for place, each in enumerate(names) if edits_allowed(each)]
    edits, _place, name = min(pairs, default=(9, 0, ""))

    found = NearNames(names).nearest(asked)

    assert found == ((name, edits) if edits <= edits_allowed(asked) else None)


@settings(max_examples=examples(100))
@given(NAMES, NAMES, st.integers(1, 4))
def test_edits_are_counted_up_to_a_limit(one: str, other: str, most: int) -> None:
    assert edits_between(one, other, most) == min(slowly(one, other), most)
