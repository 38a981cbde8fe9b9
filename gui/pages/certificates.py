"""The tab of certificates: who gets one at the left, the sheet in the middle, printer and box at the right.

A form is kept a moment after its last change, an adjustment too: there is no button to forget. What goes out
is told in `gui.pages.certificates_acts`, what is drawn in `gui.pages.certificates_drawing`.
"""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QMenu

from core.errors import AppError, InvalidInput
from core.model.assessment import Cycle
from core.model.certificate import CertificateEventKind
from core.model.certificate_form import Adjustment, CertificateForm, Output, PrintProfile
from core.services.files import read_bytes
from gui.actions import PRINT, SAVE_PDF, Command, command_action, command_button
from gui.desk import Desk
from gui.dialogs.calibration_readings import CalibrationReadings
from gui.dialogs.certificate_event import CertificateEventForm
from gui.dialogs.certificate_forms import CertificateForms
from gui.dialogs.certificate_register import CertificateRegister
from gui.dialogs.certificate_stock import CertificateStock
from gui.dialogs.certificate_words import SHEET_WORDS, said_in_form
from gui.dialogs.printing import ChoosePrinter, choose_printer
from gui.dialogs.verify_certificate import VerifyCertificate
from gui.pages.certificates_acts import CertificateActs, Out
from gui.pages.certificates_drawing import FormDrawing, with_box, with_field, with_placed, without_box
from gui.pages.certificates_list import CertificateList
from gui.pages.certificates_sheet import CertificateSheet
from gui.pages.certificates_side import CertificateSide
from gui.pages.certificates_view import Asked, CertificateRow, CertificatesView, Key, read_view
from gui.pages.documents_pane import DocumentsPane
from gui.pages.documents_place import WAYS_OUT
from gui.rights import Way, needs
from gui.theme import bound_width, scaled
from gui.undo import do_undoably
from gui.widgets.buttons import push_button, rename
from gui.widgets.sheet_canvas import SheetBox

FIRST_KIND = "certificate"
KEEP_AFTER_MS = 300
ROOMY, LEAST_WIDTH = 1000, 632
PICTURES_IN = "图片 (*.png *.jpg *.jpeg)"


class CertificatesPane(DocumentsPane):
    """See the module."""

    title = "证书"

    def __init__(self, desk: Desk, choose: ChoosePrinter = choose_printer) -> None:
        super().__init__()
        self._desk = desk
        self._asked = Asked(FIRST_KIND, desk.year, desk.cycle)
        self._wanted = ""
        self._view: CertificatesView | None = None
        self._profiles: tuple[PrintProfile, ...] = ()
        self.list = CertificateList(desk)
        self.sheet = CertificateSheet()
        self.side = CertificateSide(
            readings=self._ask_readings, underlay=self._ask_underlay, forms=self._open_forms
        )
        self.drawing = FormDrawing(desk, self.sheet)
        self.acts = CertificateActs(desk, self, choose)
        self._calibrate = push_button("打印校准页", self._print_calibration, icon_name="ruler-2-line")
        self._preview = push_button("预览全部", self._show_all, icon_name="file-list-2-line")
        self._more = push_button("更多", icon_name="more-2-line")
        self._print = command_button(PRINT, self._print_chosen, kind="primary")
        self._keep_profile = QTimer(self)
        self._build()
        self._connect()

    def _build(self) -> None:
        self._keep_profile.setSingleShot(True)
        self._keep_profile.setInterval(KEEP_AFTER_MS)
        menu = QMenu(self._more)
        self._export_actions = tuple(
            command_action(command, handler, self)
            for command, handler in (
                (replace(SAVE_PDF, text="导出为一个 PDF……"), self._export_one),
                (Command("导出为每张一个文件……", "folder-download-line"), self._export_each),
            )
        )
        # On the page too: keys of an action that only stands in a closed menu do nothing.
        self.addActions(self._export_actions)
        menu.addActions(self._export_actions)
        menu.addSeparator()
        for words, handler in (
            ("证书登记簿……", self._open_register),
            ("空白证书纸……", self._open_stock),
            ("核验证书……", self._open_verification),
            ("管理版式……", self._open_forms),
        ):
            menu.addAction(words, handler)
        self._more.setMenu(menu)
        self._more.setProperty("menu", True)
        # Less than its parts need side by side: in a small window they take turns.
        bound_width(self, least=LEAST_WIDTH)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.list)
        row.addWidget(self.sheet, 1)
        row.addWidget(self.side)

    def _connect(self) -> None:
        self.list.kind_asked.connect(self._ask_kind)
        self.list.row_chosen.connect(self._show_row)
        self.list.ticks_changed.connect(self._count)
        self.list.event_asked.connect(self._ask_event)
        self.sheet.side_button.toggled.connect(lambda _shown: self._arrange())
        self.sheet.turned.connect(self.list.go)
        canvas, side = self.sheet.canvas, self.side
        canvas.box_chosen.connect(side.show_field)
        canvas.box_changed.connect(self._place_box)
        canvas.box_removed.connect(side.field_removed)
        side.field_chosen.connect(canvas.choose)
        side.field_edited.connect(lambda field: self._change_form(with_field(self._form(), field)))
        side.field_removed.connect(lambda key: self._change_form(without_box(self._form(), key)))
        side.field_added.connect(self._add_box)
        side.form_asked.connect(self._ask_form)
        side.output_changed.connect(self._change_output)
        side.profile_asked.connect(self._show_profile)
        side.adjustment_edited.connect(self._keep_profile.start)
        self._keep_profile.timeout.connect(self._save_profile)
        self.drawing.kept.connect(lambda: side.show_trouble(""))
        self.drawing.refused.connect(lambda error: side.show_trouble(_first_words(error), error.remedy_zh))
        self.acts.printer_chosen.connect(self._name_printer)

    # The pane

    def buttons(self) -> Sequence[QAbstractButton]:
        if self._view is None:
            return ()
        some = (self._preview,) if self._view.prepared else ()
        return (self._calibrate, *some, self._more, self._print)

    def take_focus(self) -> None:
        self.list.table.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Where there is little room the right side stands in place of the list, by a button."""
        narrow = self.width() < scaled(ROOMY)
        wants_side = self.sheet.side_button.isChecked()
        self.sheet.offer_side(narrow)
        self.list.set_narrow(narrow)
        self.list.setHidden(narrow and wants_side)
        self.side.setHidden(narrow and not wants_side)

    def may_leave(self) -> bool:
        """What was changed is kept, not asked about."""
        self._flush()
        return True

    def reload(self) -> None:
        services = self._desk.services
        self._asked = asked = replace(self._asked, year=self._desk.year, cycle=self._desk.cycle)
        self._desk.jobs.start(
            lambda _report: read_view(services, asked),
            self._show,
            title="读取证书",
            failed=self._lost,
            owner=self,
        )

    def open_certificate(self, paper_id: str) -> None:
        """Show this certificate among those of its kind and its assessment."""
        register = self._desk.services.certificate_register
        self._desk.jobs.start(
            lambda _report: register.place_of(paper_id),
            lambda found: self._open(paper_id, *found),
            title="查找证书",
            owner=self,
        )

    def _open(self, paper_id: str, kind: str, cycle: Cycle | None) -> None:
        self._flush()
        self._wanted = paper_id
        if cycle is not None:
            self._desk.choose_year(cycle.year, cycle.code)
        self._ask_kind(kind)

    def _show_wanted(self, view: CertificatesView) -> None:
        """Choose the one that was asked for; one that is not in the list stands in the register."""
        if not self._wanted or view.kind.code != self._asked.kind:
            return
        wanted, self._wanted = self._wanted, ""
        row = next((each for each in view.rows if each.paper and each.paper.id == wanted), None)
        if row is None:
            self._open_register()
        else:
            self.list.choose(row.key)

    def _lost(self, error: AppError) -> None:
        """A kind or a form that is there no more: go back to the first ones."""
        if self._asked == Asked(FIRST_KIND, self._asked.year, self._asked.cycle):
            self._desk.messages.show_error(error)
            return
        self._asked = Asked(FIRST_KIND, self._desk.year, self._desk.cycle)
        self.reload()

    def _show(self, view: CertificatesView) -> None:
        self._view = view
        is_moving = self.sheet.canvas.is_busy() and self.drawing.has(view.form.code)
        if not is_moving:
            self.drawing.take(view)
        form = self._form()
        printers = (*QPrinterInfo.availablePrinterNames(), *(each.printer for each in view.profiles))
        self.side.show_printers(
            tuple(dict.fromkeys(printers)), tuple(each.tray for each in view.profiles if each.tray)
        )
        self.side.show_forms(view.forms, form.code)
        self.list.show_view(view)
        self._show_wanted(view)
        if not is_moving:
            self._show_form()
        self._show_row(self.list.current())
        if view.profiles != self._profiles or not self._keep_profile.isActive():
            self._profiles = view.profiles
            self._show_profile()
        self.retitled.emit(f"证书 {len(view.rows)}" if view.rows else "证书")
        self.rearranged.emit()

    def _form(self) -> CertificateForm:
        return self.drawing.form()

    def _show_form(self) -> None:
        form = self._form()
        self.sheet.show_form(form, self.side.output())
        self.side.show_form(form, self.sheet.canvas.chosen_key())

    def _show_row(self, row: CertificateRow | None) -> None:
        view = self._view
        if view is None:
            return
        place = row.place if row is not None else -1
        count = len(view.prepared.lines) if view.prepared else 0
        self.sheet.show_place(place, count)
        self.drawing.be_silent()
        if view.trouble is not None:
            self._tell_trouble(view.trouble)
        elif row is not None and row.place < 0:
            self.sheet.say(
                "info", f"这张证书{row.state.label}，不再打印", "下面是样张。经过见“更多”里的证书登记簿。"
            )
        self.drawing.show(view.shown(place, self._form()))

    def _tell_trouble(self, trouble: AppError) -> None:
        way = WAYS_OUT.get(trouble.code)
        verb, go = (way[2], Way(self._desk, way[1])) if way else ("", None)
        self.sheet.say("warn", trouble.message_zh, f"{trouble.remedy_zh}下面是样张。", verb, go)

    def _count(self) -> None:
        rows = self._printable()
        ticked = bool(self.list.ticked())
        words = f"打印选中的 {len(rows)} 张" if ticked else f"打印全部 {len(rows)} 张"
        rename(self._print, words if rows else "打印")
        self._print.setEnabled(bool(rows))
        for action in self._export_actions:
            action.setEnabled(bool(rows))

    # Which kind, which form, which printer

    def _ask_kind(self, code: str) -> None:
        self._flush()
        self.list.model.clear_checks()
        self._asked = Asked(code, self._desk.year, self._desk.cycle)
        self.reload()

    def _ask_form(self, code: str) -> None:
        self._flush()
        self._asked = replace(self._asked, form=code)
        self.reload()

    def _change_output(self) -> None:
        if self._view is not None:
            self.sheet.show_form(self._form(), self.side.output())

    def _name_printer(self, name: str) -> None:
        if name and not self.side.printer.currentText():
            self.side.printer.setEditText(name)

    def _profile(self) -> PrintProfile | None:
        """The profile of what the right side names."""
        wanted = (
            self.side.printer.currentText().strip(),
            self.side.tray.currentText().strip(),
            self._form().code,
        )
        return next((each for each in self._profiles if (each.printer, each.tray, each.form) == wanted), None)

    def _show_profile(self) -> None:
        if self._view is not None and not self._keep_profile.isActive():
            self.side.show_profile(self._profile())

    def _save_profile(self) -> None:
        self._keep_adjustment(self.side.adjustment())

    @needs("certificate_designs.save_profile")
    def _keep_adjustment(self, adjustment: Adjustment) -> None:
        if self._view is None:
            return
        designs, form = self._desk.services.certificate_designs, self._form().code
        printer = self.side.printer.currentText().strip()
        tray = self.side.tray.currentText().strip()
        do_undoably(
            self._desk,
            lambda: designs.save_profile(printer, tray, form, adjustment),
            title="套打校准",
            told=lambda profile: f"已保存套打校准“{profile.printer}”",
            done=lambda _profile: self.side.show_trouble(""),
            failed=lambda error: self.side.show_trouble(error.message_zh, error.remedy_zh),
            owner=self,
        )

    @needs("certificate_designs.save_profile")
    def _ask_readings(self) -> None:
        if self._view is None:
            return
        form = CalibrationReadings(self._desk, self._form(), self.side.printer.currentText(), self)
        form.found.connect(self._take_readings)
        form.check_asked.connect(lambda adjustment: self.acts.print_calibration(self._form(), adjustment))
        form.open()

    def _take_readings(self, printer: str, adjustment: Adjustment) -> None:
        self.side.printer.setEditText(printer)
        self._keep_adjustment(adjustment)

    # The form

    @needs("certificate_designs.save_form")
    def _place_box(self, box: SheetBox) -> None:
        self._change_form(with_placed(self._form(), box))

    @needs("certificate_designs.save_form")
    def _add_box(self, key: str) -> None:
        self._change_form(with_box(self._form(), key))
        self.sheet.canvas.choose(key)

    @needs("certificate_designs.save_form")
    def _change_form(self, form: CertificateForm) -> None:
        self.drawing.change(form)
        self._show_form()

    @needs("certificate_designs.keep_picture")
    def _ask_underlay(self) -> None:
        if self._view is None:
            return
        path = self._desk.messages.choose_open_file("选择证书纸的扫描件", PICTURES_IN, purpose="picture")
        if path is None:
            return
        designs, form = self._desk.services.certificate_designs, self._form()
        do_undoably(
            self._desk,
            lambda: designs.save_form(replace(form, underlay=designs.keep_picture(read_bytes(path)))),
            title="更换证书底图",
            told=lambda kept: f"已换“{kept.name}”的底图",
            done=lambda _form: self._forget_drawing(),
            failed=lambda error: self.side.show_trouble(error.message_zh, error.remedy_zh),
            owner=self,
        )

    def _forget_drawing(self) -> None:
        self.side.show_trouble("")
        self.drawing.forget()

    def _flush(self) -> None:
        """Keep what was changed a moment ago, before anything else is done."""
        self.drawing.flush()
        if self._keep_profile.isActive():
            self._keep_profile.stop()
            self._save_profile()

    # Out

    def _printable(self) -> tuple[CertificateRow, ...]:
        """The ticked ones, without any all that are shown; those that are given at all."""
        rows = self.list.ticked() or self.list.model.shown()
        return tuple(each for each in rows if each.place >= 0)

    def _out(self, *, printing: bool) -> Out | None:
        view, rows = self._view, self._printable()
        if view is None or not rows:
            return None
        self._flush()
        output, profile = self.side.output(), self._profile()
        moves = printing or output is not Output.BOTH
        keys: tuple[Key, ...] = tuple(each.key for each in rows)
        everyone = len(keys) == len(view.prepared.lines) if view.prepared else False
        return Out(
            request=self._asked.request(() if everyone else keys),
            count=len(rows),
            title=f"{self._desk.year}年度{view.kind.name}（{len(rows)}张）",
            form=self._form(),
            output=output,
            adjustment=self.side.adjustment() if moves else Adjustment(),
            profile=profile.printer if profile else "",
        )

    @needs("certificates.issue", "certificate_register.record_print")
    def _print_chosen(self) -> None:
        if out := self._out(printing=True):
            self.acts.print_out(out)

    def _show_all(self) -> None:
        if out := self._out(printing=False):
            self.acts.preview(out)

    @needs("certificates.issue")
    def _export_one(self) -> None:
        if out := self._out(printing=False):
            self.acts.export_one(out)

    @needs("certificates.issue")
    def _export_each(self) -> None:
        if out := self._out(printing=False):
            self.acts.export_each(out)

    def _print_calibration(self) -> None:
        if self._view is not None:
            self.acts.print_calibration(self._form())

    # Books

    @needs("certificate_register.record")
    def _ask_event(self, kind: CertificateEventKind) -> None:
        rows = self.list.chosen_rows()
        if rows:
            chosen = [(each.paper.id if each.paper else each.words, each.words) for each in rows]
            CertificateEventForm(self._desk, kind, chosen, self).open()

    def _open_register(self) -> None:
        CertificateRegister(self._desk, self).open()

    def _open_stock(self) -> None:
        CertificateStock(self._desk, self._form().name if self._view else "", self).open()

    def _open_verification(self) -> None:
        VerifyCertificate(self._desk, self).open()

    @needs("certificate_designs.save_form")
    def _open_forms(self) -> None:
        self._flush()
        dialog = CertificateForms(self._desk, self._form() if self._view else None, self)
        dialog.form_asked.connect(self._ask_form)
        dialog.open()


def _first_words(error: AppError) -> str:
    """What is wrong first, in the words of its place."""
    problems = error.problems if isinstance(error, InvalidInput) else ()
    return said_in_form(problems[0], SHEET_WORDS) if problems else error.message_zh
