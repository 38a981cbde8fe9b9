"""What the facts of a document know of names and figures, for the checks before it is issued."""

from collections.abc import Iterator
from dataclasses import replace

from core.model.document_check import Known
from core.model.facts import Row
from core.rules.amount_reading import read_figure

_COUNTS = (("参加考核", "参加数"), ("不参加考核", "不参加数"))
_COUNTED_LISTS = (("各等次", "等次"), ("各名单", "名单"))


def with_facts(known: Known, facts: Row) -> Known:
    """What is known with the results among the facts: subjects, counts of grades and lists, money.

    Facts that are not there, as those of a document about something else, add nothing.
    """
    subjects = list(_rows(facts, "考核结果"))
    names = dict.fromkeys((*known.names, *(str(each["对象名称"]) for each in subjects)))
    others = dict.fromkeys((*known.other_names, *(str(each["社区"]) for each in subjects if each["社区"])))
    return replace(
        known,
        names=tuple(names),
        other_names=tuple(others),
        counts={**known.counts, **_counts(facts)},
        amounts={**known.amounts, **_amounts(facts)},
    )


def _counts(facts: Row) -> dict[str, int]:
    counts = {word: number for word, fact in _COUNTS if isinstance(number := facts.get(fact), int)}
    for fact, name in _COUNTED_LISTS:
        for row in _rows(facts, fact):
            number = row["个数"]
            if isinstance(number, int):
                counts[str(row[name])] = number
    return counts


def _amounts(facts: Row) -> dict[str, tuple[int, ...]]:
    amounts: dict[str, tuple[int, ...]] = {}
    for row in _rows(facts, "各奖项"):
        fen = read_figure(str(row["每个奖金"]))
        if fen is not None:
            award = str(row["奖项"])
            amounts[award] = (*amounts.get(award, ()), fen)
    total = read_figure(str(facts.get("奖金合计", "")))
    return amounts if total is None else {**amounts, "扶持资金合计": (total,)}


def _rows(facts: Row, name: str) -> Iterator[Row]:
    found = facts.get(name, ())
    return iter(found) if isinstance(found, tuple) else iter(())
