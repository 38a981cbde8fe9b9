"""Where and how a delegate shall paint a cell: what Qt's style option holds and its typing leaves out."""

from typing import Protocol, cast

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem


class ViewOption(Protocol):
    """The two values of a style option that the painters read."""

    rect: QRect
    state: QStyle.StateFlag


def read_option(option: QStyleOptionViewItem) -> ViewOption:
    """The option with its values typed."""
    return cast(ViewOption, option)
