"""The columns of the marks grid: number and name, a mark for each indicator, total, the others', state."""

from collections.abc import Callable

from core.model.assessment import Subject
from core.model.scheme import Indicator
from core.model.visibility import Seen
from gui.pages.marks_book import SheetBook, points_text
from gui.pages.marks_seen import SEEN_KEYS, SEEN_TEXTS, totals_words
from gui.table_model import CellIcon, Column

NUMBER, NAME, TOTAL, STATE = ":number", ":name", ":total", ":state"
SEEN = {each: f":{each.value}" for each in Seen}
"""Keys that no indicator has."""

Take = Callable[[Subject, str, str], bool]
"""Takes the text typed for an indicator; says whether it belongs there."""

_FAULT = CellIcon("error-warning-fill", "err")
_NOTE = CellIcon("draft-line", "info")


def mark_columns(book: SheetBook, take: Take) -> tuple[Column[Subject], ...]:
    """The columns of a book: two that stand still, its indicators, and others that stand still.

    Those of the other raters are there where the scheme ever shows them; whether now, the grid looks up.
    """
    return (
        Column("序号", lambda each: str(each.position), key=NUMBER, align_right=True, quiet=True,
               sort_key=lambda each: each.position),
        Column("考核对象", lambda each: each.name, key=NAME),
        *(_leaf_column(book, leaf, take) for leaf in book.leaves),
        Column("合计", lambda each: _total_text(book, each), key=TOTAL, align_right=True, bold=True,
               sort_key=book.total, tint=lambda each: "" if book.is_whole(each) else "mute"),
        *(_seen_column(book, seen) for seen in book.offered),
        Column("状态", lambda each: book.badge(each).text, key=STATE,
               badges=lambda each: (book.badge(each),)),
    )  # fmt: skip


def _leaf_column(book: SheetBook, leaf: Indicator, take: Take) -> Column[Subject]:
    code = leaf.code
    return Column(
        leaf.name,
        lambda each: book.text(each, code),
        key=code,
        align_right=True,
        sort_key=lambda each: book.mark(each, code),
        tint=lambda each: book.tint(each, code),
        icon=lambda each: _icon(book, each, code),
        tooltip=lambda each: book.fault(each, code) or book.said(each, code),
        edit=lambda each, text: take(each, code, text),
        typed=lambda each: book.typed(each, code),
    )


def _seen_column(book: SheetBook, seen: Seen) -> Column[Subject]:
    return Column(
        seen.label,
        lambda each: SEEN_TEXTS[seen](book.seen_of(each)),
        key=SEEN[seen],
        align_right=True,
        quiet=True,
        sort_key=lambda each: SEEN_KEYS[seen](book.seen_of(each)),
        tooltip=(lambda each: totals_words(book.seen, each.id)) if seen is Seen.SHEETS else None,
    )


def _icon(book: SheetBook, subject: Subject, code: str) -> CellIcon | None:
    if book.is_faulty(subject, code):
        return _FAULT
    return _NOTE if book.note(subject, code) else None


def _total_text(book: SheetBook, subject: Subject) -> str:
    total = book.total(subject)
    return "" if total is None else points_text(total)
