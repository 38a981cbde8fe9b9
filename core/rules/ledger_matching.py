"""What importing records of a ledger would do: each row against the ledger and against the rows before it."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from core.errors import Problem
from core.model.ledger import Field
from core.model.ledger_view import LedgerDraft, LedgerLine, LedgerReading
from core.model.roster import FieldChange, Verdict
from core.rules.ledger_checks import missing_fields, record_key, wrong_order
from core.rules.ledger_titles import LinkBook
from core.rules.ledger_values import NOTHING, blank_record, shown_value


def judged(reading: LedgerReading, records: Iterable[Any], links: LinkBook) -> tuple[LedgerLine, ...]:
    """Each row's verdict; nothing is stored."""
    matching = _Matching(reading, records, links)
    return tuple(matching.judge(row) for row in reading.rows)


class _Matching:
    """The records of a ledger by what makes them the same, and the rows judged so far.

    Where the file has no column for a key field, records are matched by the other ones.
    """

    def __init__(self, reading: LedgerReading, records: Iterable[Any], links: LinkBook) -> None:
        self._ledger = reading.ledger
        self._links = links
        self._said = set(reading.mapping.values())
        self._by_key: dict[tuple[object, ...], Any] = {}
        self._by_part: dict[tuple[object, ...], list[Any]] = {}
        self._first: dict[tuple[object, ...], tuple[LedgerDraft, Any]] = {}
        for record in records:
            key = record_key(self._ledger, record)
            self._by_key[key] = record
            self._by_part.setdefault(self._part(key), []).append(record)

    def judge(self, row: LedgerDraft) -> LedgerLine:
        """The row's verdict; a row that is taken counts as the first of its kind."""
        if row.problems:
            return LedgerLine(row, Verdict.REFUSED, problems=row.problems)
        drafted = replace(blank_record(self._ledger), **row.values)
        key = record_key(self._ledger, drafted)
        if self._part(key) in self._first:
            first, kept = self._first[self._part(key)]
            changes = self._changes(kept, replace(kept, **row.values))
            return LedgerLine(row, Verdict.DUPLICATE, changes=changes, duplicate_of=first.number)
        found = [self._by_key[key]] if key in self._by_key else self._by_part.get(self._part(key), [])
        if len(found) > 1:
            return self._refused(row, f"台账里有 {len(found)} 条这样的记录，分不清是哪一条", self._remedy())
        record = replace(found[0], **row.values) if found else drafted
        if problem := self._problem(row, record):
            return LedgerLine(row, Verdict.REFUSED, problems=(problem,))
        self._first[self._part(key)] = (row, record)
        if not found:
            return LedgerLine(row, Verdict.NEW, record)
        changes = self._changes(found[0], record)
        return LedgerLine(row, Verdict.CHANGED if changes else Verdict.SAME, record, changes)

    def _part(self, key: tuple[object, ...]) -> tuple[object, ...]:
        """The key without the fields that the file has no column for; the whole key if none is left."""
        pairs = zip(self._ledger.key_fields, key, strict=True)
        return tuple(value for name, value in pairs if name in self._said) or key

    def _remedy(self) -> str:
        names = [name for name in self._ledger.key_fields if name not in self._said]
        labels = "、".join(f"“{self._ledger.field(name).label}”" for name in names)
        return f"请在文件里加上{labels}" if labels else "请先在台账里删去重复的记录"

    def _problem(self, row: LedgerDraft, record: Any) -> Problem | None:
        if missing := missing_fields(self._ledger, record):
            names = "、".join(f"“{each}”" for each in missing)
            return Problem(f"第 {row.number} 行", f"没有填{names}", "请补上，或删去这一行")
        if message := wrong_order(self._ledger, record):
            return Problem(f"第 {row.number} 行", message, "请核对这两个日期")
        return None

    def _refused(self, row: LedgerDraft, message: str, remedy: str) -> LedgerLine:
        return LedgerLine(row, Verdict.REFUSED, problems=(Problem(f"第 {row.number} 行", message, remedy),))

    def _changes(self, old: Any, new: Any) -> tuple[FieldChange, ...]:
        return tuple(
            FieldChange(each.label, self._shown(each, before), self._shown(each, after))
            for each in self._ledger.fields
            if (before := getattr(old, each.name)) != (after := getattr(new, each.name))
        )

    def _shown(self, field: Field, value: Any) -> str:
        text = shown_value(field, value, self._links, masked=False)
        return "" if text == NOTHING else text
