"""A report in a window of its own.

ReportDialog(desk, "催交名单", "2025年度评分表催交名单", make, "没有要催的。", parent).open()
dialog.head.addWidget(choice)           beside the heading
"""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from core.model.tables import OutSheet
from gui.desk import Desk
from gui.pages.report import ReportPane
from gui.widgets.framed_dialog import FramedDialog
from gui.widgets.labels import label

SIZE = (1080, 600)


class ReportDialog(FramedDialog):
    """One table with its buttons, or the words that there is nothing."""

    def __init__(
        self,
        desk: Desk,
        title: str,
        heading: str,
        make: Callable[[], OutSheet],
        nothing: str,
        parent: QWidget,
    ) -> None:
        super().__init__(title, SIZE, parent)
        self.report = ReportPane(desk, title, make, nothing)
        self.head.addWidget(label(heading, "heading"))
        self.head.addStretch(1)
        self.middle.addWidget(self.report)
        self.close_below()
