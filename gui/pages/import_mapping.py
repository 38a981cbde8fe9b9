"""The second step of an import: which sheet, which rows are the head, what each column means.

step = MappingStep(desk.settings); step.show_look("activities", fields, look, place)
step.place_changed(place)           the clerk points elsewhere: look again and show it
step.next_asked; step.left; step.place()
"""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.model.ledger import Field
from core.model.reading import ANYWHERE, FileLook, TablePlace
from gui.pages.import_top import ColumnChoice, TopTable
from gui.settings_store import SettingsStore
from gui.theme import fix_height
from gui.widgets.banner import Banner
from gui.widgets.buttons import push_button
from gui.widgets.choice import Choice
from gui.widgets.labels import IconLabel, label

HINT = "单击表头所在的行\uff08没有表头就再单击\uff09；在每列上面选它导入到哪一项。"


class MappingStep(QWidget):
    """The proposal can be corrected by eye; what was said of a title is remembered on this PC."""

    place_changed = Signal(object)
    next_asked = Signal()
    left = Signal()

    def __init__(self, settings: SettingsStore) -> None:
        super().__init__()
        self._settings = settings
        self._code = ""
        self._fields: tuple[Field, ...] = ()
        self.look: FileLook | None = None
        self._place = ANYWHERE
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

    def show_look(self, code: str, fields: Sequence[Field], look: FileLook, place: TablePlace) -> None:
        """Show a table that is to go into the list of this code, looked at in this place."""
        self._code, self._fields = code, tuple(fields)
        self.look, self._place = look, replace(place, sheet=look.sheet)
        self.sheets.clear()
        for top in look.tops:
            self.sheets.addItem(top.name, top.name)
        self.sheets.choose(look.sheet)
        self._sheet_label.setVisible(len(look.tops) > 1)
        self.sheets.setVisible(len(look.tops) > 1)
        self.trouble.set_text(look.message)
        self._said.setVisible(bool(look.message))
        self._show_columns(look)

    def _show_columns(self, look: FileLook) -> None:
        rows = next(top.rows for top in look.tops if top.name == look.sheet)
        self.table.top.show_rows(rows, look.head)
        offered = [(each.name, f"{each.label} *" if each.required else each.label) for each in self._fields]
        self.choices = []
        for place in range(self.table.top.columnCount()):
            choice = ColumnChoice(offered, f"第 {place + 1} 列“{self._title(place)}”导入为")
            choice.choose(look.mapping.get(place))
            choice.activated.connect(lambda _at, chosen=choice: self._settle(chosen))
            self.choices.append(choice)
        self.table.put_choices(self.choices)
        self._tell()

    def _title(self, place: int) -> str:
        """The title of a column; empty without a head."""
        return self.look.titles[place] if self.look and place < len(self.look.titles) else ""

    def _settle(self, chosen: Choice) -> None:
        """A field is filled from one column: the one chosen last."""
        for other in self.choices:
            if other is not chosen and other.chosen() == chosen.chosen():
                other.choose(None)
        self._tell()
        # Who has said what every column is knows more than the search for a head.
        in_doubt = self.look is not None and bool(self.look.message) and not self.next_button.isEnabled()
        self._said.setVisible(in_doubt)

    def _tell(self) -> None:
        given = set(self._mapping().values())
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

    def place(self) -> TablePlace:
        """Where the table is and what its columns mean."""
        return replace(self._place, mapping=self._mapping())

    def _mapping(self) -> dict[int, str]:
        return {
            place: str(choice.chosen())
            for place, choice in enumerate(self.choices)
            if choice.chosen() is not None
        }

    def _choose_head(self, row: int) -> None:
        self._ask(self._place.sheet, row)

    def _choose_sheet(self) -> None:
        self._ask(str(self.sheets.chosen()), None)

    def _ask(self, sheet: str | None, header_row: int | None) -> None:
        known = self._settings.column_meanings(self._code)
        self.place_changed.emit(TablePlace(sheet, header_row, titles=known))

    def _go_on(self) -> None:
        titles = [self._title(place) for place in range(len(self.choices))]
        # Which one of several columns with the same title was meant cannot be remembered.
        said = {
            title: str(choice.chosen() or "")
            for title, choice in zip(titles, self.choices, strict=True)
            if title and titles.count(title) == 1
        }
        self._settings.set_column_meanings(self._code, said)
        self.next_asked.emit()
