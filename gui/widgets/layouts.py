"""What every part does that is filled anew.

clear(layout)            its widgets are out of sight at once, and gone with the next turn of the event loop
"""

from PySide6.QtWidgets import QLayout


def clear(layout: QLayout) -> None:
    """Take everything out; what is put in next does not stand beside it for a moment."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
