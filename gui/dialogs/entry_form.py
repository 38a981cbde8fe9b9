"""The form of a bonus, a deduction or a veto put in by hand, with what proves it.

EntryForm(desk, view, subject, parent).open(); saved()         without a subject it asks for one

The items are the scheme's; where one says what it is worth, the points need not be written.
"""

import re
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from core.errors import AppError, InvalidInput
from core.model.assessment import Entry, EntryKind, Subject
from core.model.cycle_view import CycleView
from core.model.scheme import ChangeItem, plain
from gui.desk import Desk
from gui.dialogs.subject_edit import SubjectEdit
from gui.theme import bound_width, fix_width
from gui.undo import do_undoably
from gui.widgets.choice import Choice
from gui.widgets.fitted_dialog import FittedDialog
from gui.widgets.foot import FormFoot
from gui.widgets.form_row import FormRow
from gui.widgets.labels import label

WIDTH, WIDE, SHORT = 600, 400, 112
KINDS = ((EntryKind.DEDUCTION, "扣分"), (EntryKind.BONUS, "加分"), (EntryKind.VETO, "一票否决"))
DIRECT = (EntryKind.DIRECT, "直接认定")
NO_ITEM = "不按条目"
_POINTS = re.compile(r"\d{1,6}(\.\d{1,6})?")


class EntryForm(FittedDialog):
    """What does not belong to the kind is hidden."""

    saved = Signal()

    def __init__(self, desk: Desk, view: CycleView, subject: Subject | None, parent: QWidget) -> None:
        super().__init__(WIDTH, parent)
        self._desk, self._view, self._subject = desk, view, subject
        self.setWindowTitle("加分、扣分、一票否决")
        self.subject = SubjectEdit(view.assessed)
        self.kind = Choice((*KINDS, DIRECT) if view.scheme.awards else KINDS, width=168, empty="")
        self.item = Choice((), width=WIDE)
        self.level = Choice((), width=168)
        self.points, self.reason, self.evidence = QLineEdit(), QLineEdit(), QLineEdit()
        self.dated_on = QLineEdit(desk.services.clock().date().isoformat())
        self._rows = {
            "subject": FormRow("考核对象", self.subject, required=True),
            "kind": FormRow("类型", self.kind, required=True),
            "item": FormRow("条目", self.item),
            "level": FormRow("级别", self.level, required=True),
            "points": FormRow("分值", self.points, required=True, hint="加分、扣分都写正数"),
            "reason": FormRow("事由", self.reason, required=True),
            "evidence": FormRow("依据", self.evidence, required=True),
            "dated_on": FormRow("日期", self.dated_on, hint="如 2025-11-20"),
        }
        self._build()
        self.kind.currentIndexChanged.connect(self._offer_items)
        self.item.currentIndexChanged.connect(self._offer_levels)
        self.level.currentIndexChanged.connect(self._tell_worth)
        self._offer_items()

    def _build(self) -> None:
        for field in (self.reason, self.evidence):
            bound_width(field, least=WIDE)
        self.evidence.setPlaceholderText("文件、通报、材料的名称和文号")
        fix_width(self.points, SHORT)
        fix_width(self.dated_on, 168)
        self.words.setSpacing(10)
        self.words.addWidget(label(self._subject.name if self._subject else "登记一条", "heading", wrap=True))
        if known := self._known():
            self.words.addWidget(label(f"已经登记：{known}", "secondary", wrap=True))
        for row in self._rows.values():
            self.words.addWidget(row)
        self._rows["subject"].setVisible(self._subject is None)
        self.end_with(FormFoot(self, "保存"))

    def row(self, name: str) -> FormRow:
        """The row of a field."""
        return self._rows[name]

    def _known(self) -> str:
        """What the subject has already, so that nothing is entered twice."""
        subject, words = self._subject, dict((*KINDS, DIRECT))
        known = [each for each in self._view.entries if subject and each.subject_id == subject.id]
        return "；".join(
            f"{words[each.kind]}{f' {plain(each.points)} 分' if each.points else ''} {each.reason}"
            for each in known
            if not each.lifted
        )

    # What belongs together

    def _kind(self) -> EntryKind:
        return EntryKind(str(self.kind.chosen()))

    def _item(self) -> ChangeItem | None:
        """The item of the scheme that was chosen."""
        return next((each for each in self._items() if each.code == self.item.chosen()), None)

    def _items(self) -> tuple[ChangeItem, ...]:
        scheme = self._view.scheme
        return {EntryKind.BONUS: scheme.bonuses, EntryKind.DEDUCTION: scheme.deductions}.get(self._kind(), ())

    def _named_items(self) -> tuple[tuple[str, str], ...]:
        """Code and name of whatever the kind can name: items, vetoes, for a direct award the awards."""
        scheme, kind = self._view.scheme, self._kind()
        if kind is EntryKind.VETO:
            return tuple((each.code, each.name) for each in scheme.vetoes)
        if kind is EntryKind.DIRECT:
            return tuple((each.code, each.name) for each in scheme.awards)
        return tuple((each.code, each.name) for each in self._items())

    def _offer_items(self) -> None:
        named, kind = self._named_items(), self._kind()
        self.item.clear()
        for code, name in named:
            self.item.addItem(name, code)
        if kind is not EntryKind.DIRECT:
            self.item.addItem(NO_ITEM, "")
        self._rows["item"].setVisible(bool(named))
        self._clear_messages()
        self._offer_levels()

    def _offer_levels(self) -> None:
        item = self._item()
        self.level.clear()
        for each in item.levels if item else ():
            self.level.addItem(each.level, each.level)
        self._rows["level"].setVisible(bool(item and item.levels))
        self._tell_worth()

    def _tell_worth(self) -> None:
        """Say what the item is worth; only where it does not say so the points are asked for."""
        worth = self._worth()
        takes_points = self._kind() in (EntryKind.BONUS, EntryKind.DEDUCTION)
        self._rows["points"].setVisible(worth is None and takes_points)
        for name in ("item", "level"):
            self._rows[name].clear_message()
        if worth is not None:
            self._rows["level" if self.level.count() else "item"].show_note(f"{plain(worth)} 分")

    def _worth(self) -> Decimal | None:
        item = self._item()
        return item.points_at(self.level.chosen_text()) if item else None

    def _clear_messages(self) -> None:
        for row in self._rows.values():
            row.clear_message()

    # Saving

    def accept(self) -> None:
        entry, subject = self._entry(), self._named()
        if entry and subject:
            service, year, code = self._desk.services.entries, self._view.cycle.year, self._view.cycle.code
            words = f"{self.kind.currentText()}：{subject.name}，{entry.reason}"
            do_undoably(
                self._desk,
                lambda: service.add(year, entry, code),
                title="登记加减分",
                told=lambda _entry: f"已登记{words}",
                done=lambda _entry: self._finish(),
                failed=self._refuse,
                owner=self,
            )

    def _named(self) -> Subject | None:
        """Whom it concerns: the form's subject, or the one that was chosen."""
        return self._subject or self.subject.subject()

    def _entry(self) -> Entry | None:
        """What stands in the fields; None after it was said what is missing."""
        subject = self._named()
        if self._tell_missing() or subject is None:
            return None
        asked = not self._rows["points"].isHidden()
        return Entry(
            id="",
            cycle_id="",
            subject_id=subject.id,
            kind=self._kind(),
            points=Decimal(self.points.text().strip()) if asked else None,
            reason=self.reason.text().strip(),
            item=str(self.item.chosen() or ""),
            evidence=self.evidence.text().strip(),
            dated_on=self.dated_on.text().strip(),
            level=self.level.chosen_text(),
        )

    def _tell_missing(self) -> bool:
        """Say what is missing first, at its field."""
        self._clear_messages()
        self._tell_worth()
        asked = not self._rows["points"].isHidden()
        checks = (
            ("subject", self._named() is None, self.subject.doubt()),
            (
                "points",
                asked and not _POINTS.fullmatch(self.points.text().strip()),
                "请写分数，如 2 或 0.5。",
            ),
            ("reason", not self.reason.text().strip(), "请写明事由。"),
            ("evidence", not self.evidence.text().strip(), "请写明依据。"),
        )
        for name, is_missing, words in checks:
            if is_missing:
                self._rows[name].show_error(words)
                self._rows[name].field.setFocus()
                return True
        return False

    def _finish(self) -> None:
        super().accept()
        self.saved.emit()

    def _refuse(self, error: AppError) -> None:
        problems = error.problems if isinstance(error, InvalidInput) else ()
        words = "；".join(f"{each.message}，{each.remedy}" for each in problems)
        name = "dated_on" if error.code == "day_odd" else "reason"
        self._rows[name].show_error(words or str(error))
        self._rows[name].field.setFocus()
