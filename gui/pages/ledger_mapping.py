"""The second step of an import: which sheet, which row is the head, what each column means.

step = MappingStep(desk.settings); step.show_source(ledger, fields, tops, reading or None, message)
step.place_changed(sheet, header row)     the clerk points elsewhere: read the proposal again
step.next_asked; step.left; step.sheet(), step.header_row(), step.mapping()
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.model.ledger import Field, Ledger
from core.model.ledger_view import LedgerReading, SheetTop
from gui.dialogs.record_form import Choice
from gui.pages.ledger_top import COLUMN_WIDTH, TopTable
from gui.settings_store import SettingsStore
from gui.theme import fix_height
from gui.widgets.banner import Banner
from gui.widgets.buttons import push_button
from gui.widgets.labels import IconLabel, label

LEFT_OUT = "（不导入）"
HINT = "单击表头所在的行；在每一列的上面选它导入到哪一项。"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file the table is; the row counts from 1, 0 is no head at all."""

    sheet: str
    header_row: int


class MappingStep(QWidget):
    """The proposal can be corrected by eye; what was said of a title is remembered on this PC."""

    place_changed = Signal()
    next_asked = Signal()
    left = Signal()

    def __init__(self, settings: SettingsStore) -> None:
        super().__init__()
        self._settings = settings
        self._ledger: Ledger | None = None
        self._fields: tuple[Field, ...] = ()
        self._tops: tuple[SheetTop, ...] = ()
        self._place = Place("", 1)
        self.choices: list[Choice] = []
        self.table = TopTable()
        self.sheets = Choice((), width=280, empty="")
        self._sheet_label = label("工作表", "secondary")
        self._sheet_label.setBuddy(self.sheets)
        self.sheets.setAccessibleName("工作表")
        self.trouble = Banner("warn", "")
        self._sum = label("", wrap=True)
        self.next_button = push_button("下一步：核对", self._go_on, icon_name="check-line", kind="primary")
        self.next_button.setShortcut("Ctrl+Return")
        self.next_button.setToolTip("核对每一行会怎样\uff08Ctrl+Enter\uff09")
        self._build()
        self.table.head_chosen.connect(self._choose_head)
        self.sheets.activated.connect(lambda _place: self._choose_sheet())

    def _build(self) -> None:
        bar = QFrame()
        bar.setProperty("kind", "filters")
        row = QHBoxLayout(bar)
        row.setContentsMargins(24, 8, 16, 8)
        row.setSpacing(8)
        row.addWidget(self._sheet_label)
        row.addWidget(self.sheets)
        row.addWidget(label(HINT, "hint", wrap=True), 1)
        said = QWidget()
        line = QVBoxLayout(said)
        line.setContentsMargins(16, 8, 16, 8)
        line.addWidget(self.trouble)
        self._said = said
        foot = QFrame()
        foot.setProperty("kind", "foot")
        fix_height(foot, 60)
        lower = QHBoxLayout(foot)
        lower.setContentsMargins(24, 10, 24, 10)
        lower.setSpacing(8)
        lower.addWidget(IconLabel("information-line", "info", 18))
        lower.addWidget(self._sum, 1)
        lower.addWidget(push_button("取消", self.left.emit))
        lower.addWidget(self.next_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(said)
        column.addWidget(self.table, 1)
        column.addWidget(foot)

    # What is shown

    def show_source(
        self,
        ledger: Ledger,
        fields: Sequence[Field],
        tops: Sequence[SheetTop],
        reading: LedgerReading | None,
        message: str,
        place: Place | None = None,
    ) -> None:
        """Show a file; `reading` is how it was understood, `message` why it was not."""
        self._ledger, self._fields = ledger, tuple(fields)
        self._tops = tuple(top for top in tops if not top.hidden) or tuple(tops)
        if reading is not None:
            self._place = Place(reading.sheet, reading.header_row)
        else:
            self._place = place or Place(self._tops[0].name, 1)
        self.sheets.clear()
        for top in self._tops:
            self.sheets.addItem(top.name, top.name)
        self.sheets.choose(self._place.sheet)
        self._sheet_label.setVisible(len(self._tops) > 1)
        self.sheets.setVisible(len(self._tops) > 1)
        self.trouble.set_text(message)
        self._said.setVisible(bool(message))
        self._show_columns(dict(reading.mapping) if reading else {})

    def _show_columns(self, understood: Mapping[int, str]) -> None:
        rows = next(top.rows for top in self._tops if top.name == self._place.sheet)
        self.table.top.show_rows(rows, self._place.header_row)
        known = self._settings.column_meanings(self._ledger.code) if self._ledger else {}
        names = {field.name for field in self._fields}
        offered = [(each.name, f"{each.label} *" if each.required else each.label) for each in self._fields]
        self.choices = []
        taken: set[str] = set()
        for place in range(self.table.top.columnCount()):
            choice = Choice(offered, width=COLUMN_WIDTH - 8, empty=LEFT_OUT)
            title = self.title(place)
            choice.setAccessibleName(f"第 {place + 1} 列“{title}”导入为")
            meaning = known.get(title, understood.get(place, ""))
            if meaning in names - taken:
                choice.choose(meaning)
                taken.add(meaning)
            choice.activated.connect(lambda _at, chosen=choice: self._settle(chosen))
            self.choices.append(choice)
        self.table.put_choices(self.choices)
        self._tell()

    def title(self, place: int) -> str:
        """The title of a column; empty without a head."""
        rows = next(top.rows for top in self._tops if top.name == self._place.sheet)
        row = rows[self._place.header_row - 1] if 0 < self._place.header_row <= len(rows) else ()
        return " ".join(row[place].split()) if place < len(row) else ""

    def _settle(self, chosen: Choice) -> None:
        """A field is filled from one column: the one chosen last."""
        for other in self.choices:
            if other is not chosen and other.chosen() == chosen.chosen():
                other.choose(None)
        self._tell()

    def _tell(self) -> None:
        given = set(self.mapping().values())
        missing = [each.label for each in self._fields if each.required and each.name not in given]
        if missing:
            names = "、".join(f"“{name}”" for name in missing)
            self._sum.setText(f"还没有指定{names}是哪一列。")
        else:
            total = len(self.choices)
            rest = f"，其余 {total - len(given)} 列不读" if total > len(given) else ""
            self._sum.setText(f"导入 {len(given)} 列{rest}。")
        self.next_button.setEnabled(not missing)

    # What was said

    def place(self) -> Place:
        return self._place

    def mapping(self) -> dict[int, str]:
        """Field names by column."""
        return {
            place: str(choice.chosen())
            for place, choice in enumerate(self.choices)
            if choice.chosen() is not None
        }

    def _choose_head(self, row: int) -> None:
        self._place = Place(self._place.sheet, row)
        self.place_changed.emit()

    def _choose_sheet(self) -> None:
        self._place = Place(str(self.sheets.chosen()), -1)
        self.place_changed.emit()

    def _go_on(self) -> None:
        if self._ledger is not None:
            said = {self.title(place): str(each.chosen() or "") for place, each in enumerate(self.choices)}
            said.pop("", None)
            self._settings.set_column_meanings(self._ledger.code, said)
        self.next_asked.emit()
