"""Blocks of cells to and from Excel and WPS: tab-separated text on the clipboard.

put_block(rows); take_block() -> rows of texts
"""

import csv
import io
from collections.abc import Iterable, Sequence

from PySide6.QtGui import QGuiApplication

Block = tuple[tuple[str, ...], ...]


def format_block(rows: Iterable[Sequence[str]]) -> str:
    """The text Excel understands: tabs between cells, quotes around cells with breaks."""
    target = io.StringIO()
    csv.writer(target, dialect="excel-tab", lineterminator="\r\n").writerows(rows)
    return target.getvalue()


def parse_block(text: str) -> Block:
    """Cells of a text that Excel or WPS has copied; empty rows at the end are dropped."""
    rows = [
        tuple(row) for row in csv.reader(io.StringIO(text.rstrip("\r\n"), newline=""), dialect="excel-tab")
    ]
    return tuple(rows)


def put_block(rows: Iterable[Sequence[str]]) -> None:
    """Put cells on the clipboard."""
    QGuiApplication.clipboard().setText(format_block(rows))


def take_block() -> Block:
    """The cells on the clipboard."""
    return parse_block(QGuiApplication.clipboard().text())
