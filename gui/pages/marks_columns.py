"""The columns of the marks grid: number and name, a mark for each indicator, total and state."""

from collections.abc import Callable

from core.model.assessment import Subject
from core.model.scheme import Indicator
from gui.pages.marks_book import SheetBook, points_text
from gui.table_model import CellIcon, Column

NUMBER, NAME, TOTAL, STATE = ":number", ":name", ":total", ":state"
"""Keys that no indicator has."""

Take = Callable[[Subject, str, str], bool]
"""Takes the text typed for an indicator; says whether it belongs there."""

_FAULT = CellIcon("error-warning-fill", "err")
_NOTE = CellIcon("draft-line", "info")


def mark_columns(book: SheetBook, take: Take) -> tuple[Column[Subject], ...]:
    """The columns of a book: two that stand still, its indicators, two that stand still."""
    return (
        Column("序号", lambda each: str(each.position), key=NUMBER, align_right=True, quiet=True,
               sort_key=lambda each: each.position),
        Column("考核对象", lambda each: each.name, key=NAME),
        *(_leaf_column(book, leaf, take) for leaf in book.leaves),
        Column("合计", lambda each: _total_text(book, each), key=TOTAL, align_right=True, bold=True,
               sort_key=book.total, tint=lambda each: "" if book.is_whole(each) else "mute"),
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


def _icon(book: SheetBook, subject: Subject, code: str) -> CellIcon | None:
    if book.is_faulty(subject, code):
        return _FAULT
    return _NOTE if book.note(subject, code) else None


def _total_text(book: SheetBook, subject: Subject) -> str:
    total = book.total(subject)
    return "" if total is None else points_text(total)
