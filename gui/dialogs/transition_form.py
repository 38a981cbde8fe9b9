"""The form of one matter of an organization (备案、变更、注销……): papers to tick, opinions, decision.

TransitionForm(desk, (organization id, name), kind, case or None for a new one, parent).open(); saved(id)

Saving keeps what became known; with a result chosen it also decides, which changes the organization.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from core.model.filing import Outcome, Transition, TransitionKind
from core.model.filing_view import FilingCase
from core.model.identity import new_id
from core.model.reading import Remark, RemarkKind
from core.model.register_ledgers import TRANSITIONS
from gui.desk import Desk
from gui.dialogs.ledger_fields import AnyEditor, KeyChoice, editor_of, hint_of
from gui.dialogs.paper_ticks import PaperTicks
from gui.dialogs.record_form import RecordForm
from gui.dialogs.transition_reading import FormStart, Reading, keep, read_start, read_words
from gui.undo import do_undoably
from gui.widgets.form_row import FormRow

CHANGE, OUTCOME, DECIDED, PAPERS, REMARKS = "change_field", "outcome", "decided_on", "papers", "remarks"
SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("申请", ("applied_on", CHANGE, "new_value", "reason")),
    ("材料", (PAPERS,)),
    (
        "受理与意见",
        (
            "accepted_on",
            "community_opinion",
            "community_opined_on",
            "street_opinion",
            "street_opined_on",
            "office_opinion",
            "office_opined_on",
        ),
    ),
    ("办结", (OUTCOME, DECIDED, "number", REMARKS)),
)
SHORT = {
    "community_opined_on": "签署日期",
    "street_opined_on": "签署日期",
    "office_opined_on": "签署日期",
    "office_opinion": "备案机关",
}
ONLY_OF_A_CHANGE = (CHANGE, "new_value")
NUMBERED = {TransitionKind.FILE: "备案号", TransitionKind.REGISTER: "信用代码"}


Editor = AnyEditor | PaperTicks


class TransitionForm(RecordForm):
    """A new matter, or one under way; a decided one takes papers and remarks only."""

    def __init__(
        self,
        desk: Desk,
        organization: tuple[str, str],
        kind: TransitionKind,
        case: FilingCase | None,
        parent: QWidget,
    ) -> None:
        key, name = organization
        super().__init__(desk, f"{kind.label}　{name}", f"这件{kind.label}", parent, size=(760, 660))
        self._kind = kind
        self._case = case
        self._base = case.transition if case else Transition(new_id(), key, kind)
        self._is_new = case is None
        self._start = FormStart({}, {}, date.min)
        self._fields: dict[str, Editor] = {}
        self._row_of: dict[str, FormRow] = {}
        self._left: set[str] = set()

    def open(self) -> None:
        """Read what the form begins with, then show it."""
        services, base = self.desk.services, self._base
        self.desk.jobs.start(lambda _report: read_start(services, base), self._begin, title="打开表单")

    def _begin(self, start: FormStart) -> None:
        self._start = start
        for title, names in SECTIONS:
            self.add_section(title)
            for name in names:
                if self._kind is TransitionKind.CHANGE or name not in ONLY_OF_A_CHANGE:
                    self._add(name)
        self._fill()
        if self._base.outcome:
            for name, field in self._fields.items():
                field.setEnabled(name in (PAPERS, REMARKS))
        self.begin()
        for name, editor in self._fields.items():
            editor.left.connect(lambda name=name: self._leave(name))
        super().open()

    # Building

    def _add(self, name: str) -> None:
        field = TRANSITIONS.field(name)
        # How days are written is said once.
        text, hint = SHORT.get(name, field.label), hint_of(field) if name == "applied_on" else ""
        editor: Editor
        if name == PAPERS:
            editor, text = PaperTicks(), "已交"
        elif name == CHANGE:
            editor = KeyChoice([(each, each) for each in self._start.papers if each])
            editor.left.connect(self._show_needed)
        elif name == OUTCOME:
            editor = KeyChoice([(each.value, each.label) for each in Outcome], empty="还没有办结")
            editor.left.connect(self._fill_decision_day)
        else:
            editor = editor_of(self.desk, field)
            text = NUMBERED.get(self._kind, "文号") if name == "number" else text
        self._fields[name] = editor
        self._row_of[name] = self.add_row(FormRow(text, editor, hint=hint))

    def _fill(self) -> None:
        texts = dict(self._start.texts)
        if self._case is None:
            texts["applied_on"] = self._start.today.isoformat()
        for name, editor in self._fields.items():
            editor.set_text(texts.get(name, ""))
        self._show_needed()
        if self._case is not None:
            self._papers().show_papers(self._base.papers, self._case.missing_papers)

    def _papers(self) -> PaperTicks:
        papers = self._fields[PAPERS]
        assert isinstance(papers, PaperTicks)
        return papers

    def _show_needed(self) -> None:
        about = self._fields[CHANGE].text() if CHANGE in self._fields else ""
        self._papers().show_needed(self._start.papers.get(about, ()))

    def _fill_decision_day(self) -> None:
        """Most decisions are entered on their day."""
        day = self._fields[DECIDED]
        if self._fields[OUTCOME].text() and not day.text():
            day.set_text(self._start.today.isoformat())

    # What stands in the fields

    def _words(self) -> dict[str, str]:
        return {name: each.text().strip() for name, each in self._fields.items()}

    def texts(self) -> tuple[object, ...]:
        return tuple(self._words().values())

    def filled(self, row: FormRow) -> bool:
        return any(each is row.field and each.text() for each in self._fields.values())

    # Checking

    def _read(self, done: Callable[[Reading], None], ended: Callable[[], None] | None = None) -> None:
        services, base, words = self.desk.services, self._base, self._words()
        self.desk.jobs.start(
            lambda _report: read_words(services, base, words), done, title="检查填写的内容", ended=ended
        )

    def _leave(self, name: str) -> None:
        if self.isVisible():
            self._left.add(name)
            self._read(self._show_reading)

    def _show_reading(self, reading: Reading) -> None:
        for name in self._left:
            if reading.words[name] == self._fields[name].text().strip():
                self._show_remark(name, reading.remarks.get(name))
        self._check_decision()
        self.show_faults()

    def _show_remark(self, name: str, remark: Remark | None) -> None:
        row = self._row_of[name]
        if remark is None:
            row.clear_message()
            return
        if remark.kind is RemarkKind.NOTE:
            row.show_note(remark.message)
        elif remark.kind is RemarkKind.QUESTION:
            row.show_warning(remark.sentence)
        else:
            row.show_error(remark.sentence)

    def _check_decision(self) -> None:
        """Result and day belong together."""
        if not {OUTCOME, DECIDED} & self._left:
            return
        outcome, day = self._fields[OUTCOME].text(), self._fields[DECIDED].text().strip()
        if day and not outcome:
            self._row_of[OUTCOME].show_error("写了办结日期，请选择结果；还没有办结的，请清空日期。")
        elif outcome and not day:
            self._row_of[DECIDED].show_error("请填写办结日期。")

    # Saving

    def save(self) -> None:
        self._left.update(self._fields)
        self.save_button.setEnabled(False)
        self._read(self._store, ended=lambda: self.save_button.setEnabled(True))

    def _store(self, reading: Reading) -> None:
        self._show_reading(reading)
        if self.wrong_rows():
            self.show_first_fault()
            return
        services, said, is_new = self.desk.services, reading.transition, self._is_new
        if said.outcome is not None and self._base.outcome is None:
            known = replace(said, outcome=None, decided_on=None)
            self.desk.jobs.start(
                lambda _report: keep(services, known, is_new=is_new),
                partial(self._decide, said),
                title=f"保存{self._kind.label}",
                saves=True,
                owner=self,
            )
            return
        do_undoably(
            self.desk,
            lambda: keep(services, said, is_new=is_new),
            title=f"保存{self._kind.label}",
            told=lambda _kept: f"已保存：{self.windowTitle()}",
            done=lambda kept: self.finish(kept.id),
            owner=self,
        )

    def _decide(self, said: Transition, kept: Transition) -> None:
        """What is known is kept; a decision that is refused can be put right and tried again."""
        self._base, self._is_new = kept, False
        outcome, day, filing = said.outcome, said.decided_on, self.desk.services.filing
        assert outcome is not None and day is not None
        do_undoably(
            self.desk,
            lambda: filing.decide(kept.id, outcome, day, said.number, said.reason),
            title=f"办结{self._kind.label}",
            told=lambda _none: f"已办结\uff08{outcome.label}\uff09：{self.windowTitle()}",
            done=lambda _none: self.finish(kept.id),
            owner=self,
        )
