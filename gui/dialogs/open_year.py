"""Opening a cycle: which scheme for which year, who takes part, and what that settles.

OpenYearDialog(desk, years, cycles, parent).open()
"""

from collections import Counter
from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from core.errors import AppError, InvalidInput
from core.model.cycle_view import CycleLine, CycleView
from core.model.opening import SHIPPED_SCHEME, Opening, OpeningPreview, Participant
from core.model.scheme import Scheme, SubjectSource
from core.model.scheme_view import SchemeLine
from gui.desk import Desk
from gui.dialogs.ledger_fields import LineEdit
from gui.dialogs.opening_weights import OpeningWeights
from gui.dialogs.record_form import RecordForm
from gui.messages import EXCEL_IN
from gui.theme import bound_width
from gui.widgets.banner import Banner
from gui.widgets.buttons import push_button, rename
from gui.widgets.choice import Choice
from gui.widgets.form_row import FormRow
from gui.widgets.labels import label

SIZE = (660, 620)
WIDE, MIDDLE = 400, 240
NAMED = 12
LIST_HINT = "请选一张 Excel 表：表头写“名称”，一行一个；分种类、类别的再加这两列。"
FROZEN = "参评名单按今天的名册确定，以后名册再有变动，不影响这次考核。"
LISTED = "参评名单按这张表确定，以后表里再改，不影响这次考核。"


class OpenYearDialog(RecordForm):
    """Shows what opening would freeze before it is done; opening is one job."""

    def __init__(
        self, desk: Desk, years: Sequence[int], cycles: Sequence[CycleLine], parent: QWidget
    ) -> None:
        """`years` are those that can be opened, newest first; `cycles` are open already."""
        super().__init__(desk, "开启考核", "这次开启", parent, size=SIZE)
        self.setWindowTitle("开启考核")
        self._cycles = tuple(cycles)
        self._asked = 0
        self._shown: Scheme | None = None
        self._participants: tuple[Participant, ...] = ()
        self.year = Choice([(year, f"{year} 年度") for year in years], empty="")
        begun = [year for year in years if year <= desk.services.clock().year]
        self.year.choose(_first_year(desk.year, begun, cycles))
        self.scheme = Choice((), width=WIDE, empty="")
        self.title_edit, self.code = LineEdit(WIDE), LineEdit(MIDDLE)
        self.weights = OpeningWeights()
        self._list_words = label("", "secondary")
        self._frozen = Banner("info", FROZEN)
        self._taking_part, self._barred, self._stages = (_words() for _ in range(3))
        self._rows_of = self._make_rows()
        self._build()
        services = desk.services
        desk.jobs.start(
            lambda _report: services.schemes.all(), self._offer_schemes, title="读取方案", owner=self
        )

    def _make_rows(self) -> dict[str, FormRow]:
        choose = push_button("选择名单文件", self._choose_list, icon_name="upload-2-line")
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(10)
        line.addWidget(choose)
        line.addWidget(self._list_words)
        holder.setFocusProxy(choose)
        return {
            "year": FormRow("考核年度", self.year, required=True),
            "scheme": FormRow("考核方案", self.scheme, required=True),
            "title": FormRow("考核名称", self.title_edit, required=True),
            "code": FormRow("代号", self.code, required=True, hint="同一年几次考核靠它区分"),
            "stages": FormRow("环节日期", self._stages),
            "weights": FormRow("本次权重", self.weights),
            "list": FormRow("参加名单", holder, required=True),
            "taking_part": FormRow("参加考核", self._taking_part),
            "barred": FormRow("不参加", self._barred),
        }

    def _build(self) -> None:
        rename(self.save_button, "开启考核")
        self.save_button.setDefault(True)
        self.save_button.setEnabled(False)
        self.add_section("开启一次考核")
        for row in self._rows_of.values():
            self.add_row(row)
        self._pane.body.addWidget(self._frozen)
        self._show_only(())
        self.begin()
        self.year.currentIndexChanged.connect(lambda _index: self._propose())
        self.scheme.currentIndexChanged.connect(lambda _index: self._choose_scheme())
        for field in (self.title_edit, self.code):
            field.left.connect(self._preview)
        self.weights.changed.connect(self._preview)

    def _show_only(self, names: Sequence[str]) -> None:
        """Of the rows that not every cycle needs, only these are seen."""
        for name in ("code", "stages", "weights", "list"):
            self._rows_of[name].setVisible(name in names)

    # What is proposed

    def _offer_schemes(self, lines: Sequence[SchemeLine]) -> None:
        self.scheme.blockSignals(True)
        for line in lines:
            self.scheme.addItem(f"{line.name}\uff08本单位\uff09" if line.own else line.name, line.code)
        self.scheme.choose(SHIPPED_SCHEME)
        self.scheme.blockSignals(False)
        self._choose_scheme()

    def _choose_scheme(self) -> None:
        schemes, code = self.desk.services.schemes, str(self.scheme.chosen())
        self._participants = ()
        self._list_words.setText("还没有选择")
        self.desk.jobs.start(
            lambda _report: schemes.scheme(code), self._show_scheme, title="读取方案", owner=self
        )

    def _show_scheme(self, scheme: Scheme) -> None:
        self._shown = scheme
        self.weights.show_scheme(scheme)
        dated = [
            f"{stage.name} {stage.starts_on or ''} 至 {stage.ends_on or ''}"
            for stage in scheme.stages
            if stage.starts_on or stage.ends_on
        ]
        self._stages.setText("\n".join(dated))
        self._propose()

    def _propose(self) -> None:
        """A title and a code that no cycle of the year has yet."""
        scheme = self._shown
        if scheme is None:
            return
        here = [each for each in self._cycles if each.year == self.year.chosen()]
        times = 1 + sum(each.scheme_name == scheme.name for each in here)
        again = f"\uff08第 {times} 次\uff09" if times > 1 else ""
        self.title_edit.set_text(f"{scheme.name}{again}")
        self.code.set_text(f"{scheme.code}-{times}" if times > 1 else scheme.code)
        is_listed = scheme.subjects.source is SubjectSource.LIST
        self._frozen.set_text(LISTED if is_listed else FROZEN)
        needed = {
            "code": bool(here),
            "stages": bool(self._stages.text()),
            "weights": not self.weights.is_empty(),
            "list": is_listed,
        }
        self._show_only([name for name, is_needed in needed.items() if is_needed])
        self._preview()

    def _choose_list(self) -> None:
        path = self.desk.messages.choose_open_file("选择参加考核的名单", EXCEL_IN, purpose="import")
        if path is not None:
            assessments = self.desk.services.assessments
            self.desk.jobs.start(
                lambda _report: assessments.read_participants(path),
                self._take_list,
                title="读取名单",
                failed=partial(self._refuse, "list"),
                owner=self,
            )

    def _take_list(self, participants: tuple[Participant, ...]) -> None:
        self._participants = participants
        self._list_words.setText(f"{len(participants):,} 个")
        self._preview()

    # What opening comes to

    def _opening(self) -> Opening | None:
        """What stands in the fields; None after it was said what is wrong."""
        for row in self._rows_of.values():
            row.clear_message()
        weights = self.weights.chosen()
        if weights is None:
            self._rows_of["weights"].show_error("请写数字，例如 70。")
            self.show_faults()
            return None
        return Opening(
            str(self.scheme.chosen()),
            self.code.text().strip(),
            self.title_edit.text().strip(),
            weights,
            self._participants,
        )

    def _preview(self) -> None:
        opening, year, assessments = self._opening(), self._year(), self.desk.services.assessments
        self._asked += 1
        asked = self._asked
        self.save_button.setEnabled(False)
        if not self._rows_of["list"].isHidden() and not self._participants:
            self._rows_of["list"].show_note(LIST_HINT)
            self._show_nobody()
        elif opening is not None:
            self.desk.jobs.start(
                lambda _report: assessments.preview_opening(year, opening),
                lambda preview: self._show_preview(asked, preview),
                title="核对参评名单",
                failed=lambda error: self._refuse_preview(asked, error),
                owner=self,
            )

    def _show_preview(self, asked: int, preview: OpeningPreview) -> None:
        if asked != self._asked:
            return
        self._taking_part.setText(_count_words(preview))
        self._barred.setText(_barred_words(preview))
        if preview.findings:
            self._rows_of["scheme"].show_warning("\n".join(map(str, preview.findings)))
        self.show_faults()
        self.save_button.setEnabled(True)

    def _refuse_preview(self, asked: int, error: AppError) -> None:
        if asked != self._asked:
            return
        self._show_nobody()
        self._refuse(self._row_of(error), error)

    def _show_nobody(self) -> None:
        for words in (self._taking_part, self._barred):
            words.setText("—")

    def _row_of(self, error: AppError) -> str:
        row = {
            "weights_wrong": "weights",
            "roster_empty": "taking_part",
            "cycle_exists": "code",
            "text_not_accepted": "title",
        }.get(error.code, "year")
        return "year" if row == "code" and self._rows_of["code"].isHidden() else row

    def _refuse(self, name: str, error: AppError) -> None:
        problems = error.problems if isinstance(error, InvalidInput) else ()
        words = "\n".join(map(str, problems)) or str(error)
        self._rows_of[name].show_error(words)
        self.show_faults()

    # The form

    def _year(self) -> int:
        return int(str(self.year.chosen()))

    def texts(self) -> tuple[object, ...]:
        return (*self.weights.texts(), self._participants)

    def filled(self, row: FormRow) -> bool:
        return True

    def save(self) -> None:
        if not self.save_button.isEnabled():
            self._preview()
            return
        opening, year, assessments = self._opening(), self._year(), self.desk.services.assessments
        if opening is None:
            return
        self.save_button.setEnabled(False)
        self.desk.jobs.start(
            lambda _report: assessments.open_year(year, opening),
            self._opened,
            title=f"开启{year}年度考核",
            saves=True,
            failed=lambda error: self._refuse(self._row_of(error), error),
            ended=lambda: self.save_button.setEnabled(True),
            owner=self,
        )

    def _opened(self, view: CycleView) -> None:
        alone = all(each.year != view.cycle.year for each in self._cycles)
        self.desk.choose_year(view.cycle.year, "" if alone else view.cycle.code)
        self.finish(view.cycle.id)


def _first_year(chosen: int, years: Sequence[int], cycles: Sequence[CycleLine]) -> int:
    """The chosen year if it has no cycle yet, else the next one that has none; else another of that year."""
    opened = {each.year for each in cycles}
    free = sorted(year for year in years if year not in opened and year >= chosen)
    return free[0] if free else chosen


def _count_words(preview: OpeningPreview) -> str:
    taking_part = [each for each in preview.subjects if not each.barred]
    counts = Counter(each.category for each in taking_part if each.category)
    # Classes that a list of participants names itself follow those of the office.
    names = [name for name in dict.fromkeys((*preview.categories, *counts)) if counts[name]]
    among = "、".join(f"{name} {counts[name]}" for name in names)
    return f"{len(taking_part):,} 个" + (f"：{among}" if among else "")


def _barred_words(preview: OpeningPreview) -> str:
    lines = [f"{each.name}：{each.barred}" for each in preview.barred]
    if len(lines) > NAMED:
        counts = Counter(each.barred for each in preview.barred)
        among = "、".join(f"{reason} {count:,}" for reason, count in counts.items())
        lines = [f"{len(lines):,} 个：{among}", *lines[:NAMED], "……"]
    return "\n".join(lines) or "没有"


def _words() -> QLabel:
    made = label("……", wrap=True, selectable=True)
    bound_width(made, least=WIDE)
    return made
