"""The Tab key's way through widgets that are made anew while the page stands.

put_in_place(self, buttons)                 they come where `self` stands, not after everything else
"""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def put_in_place(holder: QWidget, stops: Sequence[QWidget]) -> None:
    """Let the Tab key come to these where their holder was made; Qt puts what is new at the end."""
    policy = holder.focusPolicy()
    # Qt orders only what the key stops at.
    holder.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    for before, stop in pairwise((holder, *stops)):
        QWidget.setTabOrder(before, stop)
    holder.setFocusPolicy(policy)
