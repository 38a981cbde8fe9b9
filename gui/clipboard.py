"""Blocks of cells to Excel and WPS: tab-separated text on the clipboard."""

import csv
import io
from collections.abc import Iterable, Sequence

from PySide6.QtGui import QGuiApplication


def format_block(rows: Iterable[Sequence[str]]) -> str:
    """The text Excel understands: tabs between cells, quotes around cells with breaks."""
    target = io.StringIO()
    csv.writer(target, dialect="excel-tab", lineterminator="\r\n").writerows(rows)
    return target.getvalue()


def take_block() -> list[list[str]]:
    """The cells on the clipboard, row by row; none if it holds no text."""
    text = QGuiApplication.clipboard().text()
    try:
        return [row or [""] for row in csv.reader(io.StringIO(text, newline=""), "excel-tab")]
    except csv.Error:
        return []


def put_block(rows: Iterable[Sequence[str]]) -> None:
    """Put cells on the clipboard."""
    QGuiApplication.clipboard().setText(format_block(rows))
