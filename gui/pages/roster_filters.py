"""The filter bar over a list: search, chips that fold when there is no room, what is shown of how many.

bar = FilterBar("名称、负责人、拼音", (("category", "类别"), ("community", "社区\uff08村\uff09")), unit="个")
bar.set_choices("category", ((id, "作风建设类"), ...)); bar.choose("category", id); bar.clear()
bar.changed.connect(refilter); bar.needle(), bar.chosen() -> {"category": id}
bar.set_count(58, 60); bar.add_widget(check_box); bar.add_end(button)
bar.state() -> text, "" when everything is shown; bar.restore(text)
"""

import json
from collections.abc import Collection, Hashable, Mapping, Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from gui.icons import icon
from gui.theme import fix_height, font, scaled, set_kind
from gui.widgets.buttons import push_button
from gui.widgets.chip import ARROW_ROOM, ChipFilter
from gui.widgets.labels import label
from gui.widgets.search_field import PAUSE_MS, SearchField

SPACING = 8


class _MoreChip(QToolButton):
    """Stands for the chips that have no room: its menu holds theirs."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("chip", True)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setIcon(icon("arrow-down-s-line"))
        self.setIconSize(QSize(16, 16))
        menu = QMenu(self)
        menu.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setMenu(menu)

    def stand_for(self, chips: Mapping[str, ChipFilter]) -> None:
        """Offer the menus of these chips, by their titles."""
        self.menu().clear()
        for title, chip in chips.items():
            action = self.menu().addMenu(chip.menu())
            action.setText(chip.text() if chip.chosen() is not None else title)
        active = sum(chip.chosen() is not None for chip in chips.values())
        self.setText(f"更多筛选\uff08{active}\uff09" if active else "更多筛选")
        self.setAccessibleName(self.text())
        set_kind(self, "active", bool(active))
        self.setFixedWidth(self.wanted_width())
        self.setVisible(bool(chips))

    def wanted_width(self) -> int:
        text = self.text() or "更多筛选"
        return QFontMetrics(font(14, bold=True)).horizontalAdvance(text) + ARROW_ROOM


class FilterBar(QFrame):
    """One line, as wide as its list."""

    changed = Signal()

    def __init__(
        self,
        hint: str,
        chips: Sequence[tuple[str, str]],
        *,
        unit: str = "个",
        width: int = 184,
        pause_ms: int = PAUSE_MS,
    ) -> None:
        super().__init__()
        self.setProperty("kind", "filters")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._unit = unit
        self._titles = dict(chips)
        self._chips = {key: ChipFilter(title) for key, title in chips}
        self.search = SearchField(hint, keys="Ctrl+F", pause_ms=pause_ms)
        self._search_width = width
        self._more = _MoreChip()
        self._clear = push_button("清除筛选", self.clear, kind="link", dense=True)
        self._count = label("", "hint")
        self._kept: list[QWidget] = [self._count]
        self._build()
        self._connect()

    def _build(self) -> None:
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(24, 0, 16, 0)
        self._row.setSpacing(SPACING)
        for part in (self.search, *self._chips.values(), self._more, self._clear):
            self._row.addWidget(part)
        self._row.addStretch(1)
        self._row.addWidget(self._count)
        self._clear.hide()
        self._more.hide()
        fix_height(self, 32, spare=20)

    def _connect(self) -> None:
        self.search.changed.connect(self._tell)
        for chip in self._chips.values():
            chip.changed.connect(self._tell)

    def needle(self) -> str:
        return self.search.needle()

    def chosen(self) -> dict[str, Hashable]:
        """The keys chosen, by chip; chips without a choice are left out."""
        return {key: chip.chosen() for key, chip in self._chips.items() if chip.chosen() is not None}

    def set_choices(self, key: str, choices: Sequence[tuple[Hashable, str]]) -> None:
        self._chips[key].set_choices(choices)
        self._fold()

    def choose(self, key: str, choice: Hashable | None) -> None:
        """Choose for a chip; what it does not offer is no choice."""
        self._chips[key].set_chosen(choice)

    def clear(self) -> None:
        """Show everything again."""
        self.search.clear()
        for chip in self._chips.values():
            chip.clear()

    def words(self) -> str:
        """What is filtered by, in words for a heading; empty when everything is shown."""
        chosen = [chip.chosen_text() for chip in self._chips.values() if chip.chosen() is not None]
        return "，".join([*chosen, *([f"含“{self.needle()}”"] if self.needle() else [])])

    def state(self) -> str:
        """What is filtered by, as a text that a kept filter holds; empty when everything is shown."""
        chosen = {key: str(choice) for key, choice in self.chosen().items()}
        said = {"needle": self.needle(), "chosen": chosen}
        return json.dumps(said, ensure_ascii=False) if self.needle() or chosen else ""

    def restore(self, state: str) -> None:
        """Filter as a kept text says; choices that are offered no longer are left out."""
        said = json.loads(state)
        self.search.setText(said["needle"])
        for key, chip in self._chips.items():
            chip.set_chosen(said["chosen"].get(key))

    def set_count(self, shown: int, total: int) -> None:
        words = f"{shown:,} / {total:,} {self._unit}" if shown != total else f"{total:,} {self._unit}"
        self._count.setText(words)
        self._count.setAccessibleName(f"显示 {shown} {self._unit}，共 {total} {self._unit}")
        self._fold()

    def add_widget(self, widget: QWidget) -> None:
        """Add something that filters too, after the chips."""
        self._row.insertWidget(self._row.indexOf(self._clear), widget)
        self._kept.append(widget)

    def add_end(self, widget: QWidget) -> None:
        """Add something at the right end."""
        self._row.addWidget(widget)
        self._kept.append(widget)

    def set_narrow(self, narrow: bool) -> None:
        self._row.setContentsMargins(16 if narrow else 24, 0, 16, 0)
        self._fold()

    def _tell(self) -> None:
        self.changed.emit()
        self._clear.setVisible(bool(self.needle() or self.chosen()))
        self._fold()

    def _fold(self) -> None:
        """Show as many chips as there is room for, those in use first; the rest goes into 更多筛选.

        What is left over is for the hint of the search.
        """
        margins, least = self._row.contentsMargins(), scaled(self._search_width)
        room = self.width() - margins.left() - margins.right() - least - 2 * SPACING
        room -= sum(_wanted_by(part) + SPACING for part in self._kept if not part.isHidden())
        if not self._clear.isHidden():
            room -= self._clear.sizeHint().width() + SPACING
        shown = self._fitting(room) if self._widths(self._chips) > room else set(self._chips)
        for key, chip in self._chips.items():
            chip.setVisible(key in shown)
        folded = {self._titles[key]: chip for key, chip in self._chips.items() if key not in shown}
        self._more.stand_for(folded)
        spare = room - self._widths(shown) - (self._more.wanted_width() + SPACING if folded else 0)
        self.search.setFixedWidth(max(least, min(least + spare, self.search.sizeHint().width())))

    def _widths(self, keys: Collection[str]) -> int:
        return sum(self._chips[key].wanted_width() + SPACING for key in keys)

    def _fitting(self, room: int) -> set[str]:
        room -= self._more.wanted_width() + SPACING
        shown: set[str] = set()
        for key, chip in sorted(self._chips.items(), key=lambda item: item[1].chosen() is None):
            room -= chip.wanted_width() + SPACING
            if room < 0:
                break
            shown.add(key)
        return shown

    def event(self, event: QEvent) -> bool:
        """Where a part of the line has another width now, as with larger text, others may have no room."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fold()
        return done

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fold()


def _wanted_by(part: QWidget) -> int:
    """The width a part takes: its own, or the one it was given."""
    return max(part.sizeHint().width(), part.minimumWidth())
