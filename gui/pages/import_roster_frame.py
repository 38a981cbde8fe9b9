"""What stands over and under the import preview: five figures that filter, and the sum with the way on.

tiles = VerdictTiles("名册"); tiles.show_preview(preview); tiles.set_chosen(verdict or None)
tiles.chosen(verdict or None)
foot = ImportFoot("名册", "个"); foot.show_counts(counts)
foot.import_asked, foot.export_asked, foot.left, foot.communities_asked
"""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from core.model.ledger_view import LedgerCounts
from core.model.roster import FieldChange, Verdict
from core.services.roster_import import RosterCounts
from gui.pages.import_roster_rows import VERDICTS
from gui.theme import row_height
from gui.widgets.buttons import push_button, rename
from gui.widgets.labels import IconLabel, label
from gui.widgets.tile import Tile


class JudgedRow(Protocol):
    """A row of a preview."""

    @property
    def changes(self) -> tuple[FieldChange, ...]: ...


class Preview(Protocol):
    """The preview of any import."""

    def of(self, *verdicts: Verdict) -> Sequence[JudgedRow]: ...


class VerdictTiles(QFrame):
    """One at a time can be pressed; pressing it again shows all rows."""

    chosen = Signal(object)

    def __init__(self, where: str) -> None:
        super().__init__()
        self.setProperty("kind", "header")
        self.setAccessibleName("按判定筛选")
        self.tiles = {
            verdict: Tile(face.icon, face.token, verdict.label, face.second.format(where=where))
            for verdict, face in VERDICTS.items()
        }
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 10)
        row.setSpacing(10)
        for verdict, tile in self.tiles.items():
            row.addWidget(tile, 1)
            tile.clicked.connect(lambda on, verdict=verdict: self.chosen.emit(verdict if on else None))

    def show_preview(self, preview: Preview) -> None:
        for verdict, tile in self.tiles.items():
            rows = preview.of(verdict)
            changes = f"共 {sum(len(row.changes) for row in rows):,} 处"
            tile.set_figure(len(rows), changes if verdict is Verdict.CHANGED else None)

    def set_chosen(self, verdict: object) -> None:
        for each, tile in self.tiles.items():
            tile.setChecked(each == verdict)


class ImportFoot(QFrame):
    """What importing comes to, in figures; the primary button says how many rows it takes."""

    import_asked = Signal()
    export_asked = Signal()
    communities_asked = Signal()
    left = Signal()

    def __init__(self, where: str, unit: str) -> None:
        super().__init__()
        self._unit = unit
        self.setProperty("kind", "foot")
        self.setMinimumHeight(row_height(60))
        self._sum = label("", wrap=True)
        self.communities = push_button("", self.communities_asked.emit, kind="link", dense=True)
        self.communities.setToolTip("看看将新建哪些社区\uff08村\uff09")
        self.export_button = push_button("", self.export_asked.emit, icon_name="file-excel-2-line")
        self.import_button = push_button("", self.import_asked.emit, icon_name="check-line", kind="primary")
        self.import_button.setShortcut("Ctrl+Return")
        self.import_button.setToolTip(f"写入{where}\uff08Ctrl+Enter\uff09")
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 10, 24, 10)
        row.setSpacing(8)
        row.addWidget(IconLabel("information-line", "info", 18))
        row.addWidget(self._sum, 1)
        for button in (self.communities, self.export_button, push_button("取消", self.left.emit)):
            row.addWidget(button)
        row.addWidget(self.import_button)

    def show_counts(self, found: RosterCounts | LedgerCounts) -> None:
        taken = found.added + found.changed
        left = f"相同 {found.same:,} 行、重复 {found.duplicates:,} 行、有误 {found.refused:,} 行不写入。"
        unit = self._unit
        self._sum.setText(f"将新增 {found.added:,} {unit}、更改 {found.changed:,} {unit}；{left}")
        made = found.new_communities if isinstance(found, RosterCounts) else 0
        self.communities.setText(f"将新建 {made} 个社区\uff08村\uff09")
        self.communities.setVisible(made > 0)
        rename(self.export_button, f"导出有误的 {found.refused:,} 行")
        self.export_button.setVisible(found.refused > 0)
        rename(self.import_button, f"导入 {taken:,} 行" if taken else "没有要导入的行")
        self.import_button.setEnabled(taken > 0)
