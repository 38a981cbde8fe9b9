"""The forms and wordings of certificates: shipped, changed, the office's own; brought in and out, set back.

dialog = CertificateForms(desk, shown_form, parent); dialog.form_asked (code); dialog.open()
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDoubleSpinBox, QLineEdit, QWidget

from core.errors import AppError, InvalidInput
from core.model.certificate import CertificateTemplate
from core.model.certificate_form import CertificateForm
from core.model.identity import new_id
from core.services.certificate_designs import CertificateDesignService
from core.services.files import read_text, write_file
from gui.desk import Desk
from gui.dialogs.certificate_wording import CertificateWording
from gui.dialogs.certificate_words import SHEET_WORDS, said_in_form
from gui.table_model import Column, RecordTableModel
from gui.table_view import RecordTable
from gui.theme import bound_width
from gui.undo import do_undoably
from gui.widgets.badge import BadgeFace
from gui.widgets.buttons import push_button, rename
from gui.widgets.fitted_dialog import FittedDialog
from gui.widgets.foot import FormFoot
from gui.widgets.form_row import FormRow
from gui.widgets.framed_dialog import FramedDialog
from gui.widgets.labels import label
from gui.widgets.measure_edit import MeasureEdit
from gui.widgets.notice_line import open_folder_of

SIZE = (980, 560)
MEASURES, WORDING = "名称和尺寸", "修改文字"
FORM_FILES, KIND_FILES = "证书版式 (*.toml)", "证书文字 (*.toml)"
SHIPPED, CHANGED, OWN = BadgeFace("自带", "mute"), BadgeFace("已修改", "warn"), BadgeFace("自己的", "info")


@dataclass(frozen=True, slots=True)
class DesignRow:
    """A form, or the wording of a kind."""

    code: str
    name: str
    what: str
    purpose: str
    face: BadgeFace
    form: CertificateForm | None = None
    kind: CertificateTemplate | None = None


COLUMNS: tuple[Column[DesignRow], ...] = (
    Column("名称", lambda row: row.name, width=250, bold=True),
    Column("是什么", lambda row: row.what, width=92, quiet=True),
    Column("说明", lambda row: row.purpose, stretch=True, quiet=True, tooltip=lambda row: row.purpose),
    Column("来源", lambda row: row.face.text, width=92, badges=lambda row: (row.face,)),
)


class CertificateForms(FramedDialog):
    """See the module."""

    form_asked = Signal(str)

    def __init__(self, desk: Desk, shown: CertificateForm | None, parent: QWidget) -> None:
        super().__init__("证书的版式和文字", SIZE, parent)
        self._desk = desk
        self._shown = shown.code if shown else ""
        self.model = RecordTableModel(COLUMNS, record_id=lambda row: (row.what, row.code), parent=self)
        self.table = RecordTable(self.model, desk.settings, "certificate-forms", label="证书的版式和文字")
        self.use = push_button("在这张纸上排", self._use, icon_name="ruler-2-line")
        self.copy = push_button("照它新建", self._ask_copy, icon_name="file-copy-2-line")
        self.edit = push_button(MEASURES, self._ask_edit, icon_name="pencil-line")
        self.export = push_button("导出", self._export, icon_name="download-2-line")
        self.restore = push_button("恢复自带", self._restore, icon_name="refresh-line")
        self._build()
        self._desk.jobs.saved.connect(self.reload)
        self.table.current_changed.connect(self._follow)
        self.table.opened.connect(self._open_row)
        self.reload()

    def _build(self) -> None:
        self.head.addWidget(label("版式是文字在纸上的位置，文字是证书怎么写", "heading"))
        self.head.addStretch(1)
        self.head.addWidget(push_button("从文件导入", self._import, icon_name="upload-2-line", dense=True))
        self.middle.addWidget(self.table)
        for button in (self.use, self.copy, self.edit, self.export, self.restore):
            self.foot.addWidget(button)
        self.close_below()
        self.table.setFocus()

    def reload(self) -> None:
        designs = self._desk.services.certificate_designs
        self._desk.jobs.start(lambda _report: read_designs(designs), self._show, title="读取版式", owner=self)

    def _show(self, rows: tuple[DesignRow, ...]) -> None:
        self.model.set_records(rows)
        if self.table.current_record() is None:
            chosen = [row for row, each in enumerate(self.model.shown()) if each.code == self._shown]
            self.table.selectRow(chosen[0] if chosen else 0)
        self._follow(self.table.current_record())

    def _follow(self, row: DesignRow | None) -> None:
        self.use.setEnabled(row is not None and row.form is not None)
        for button in (self.copy, self.edit, self.export):
            button.setEnabled(row is not None)
        rename(self.edit, WORDING if row is not None and row.kind is not None else MEASURES)
        own = row is not None and row.face is not SHIPPED
        self.restore.setEnabled(own)
        rename(self.restore, "删除" if row is not None and row.face is OWN else "恢复自带")

    def _open_row(self, row: DesignRow) -> None:
        if row.form is not None:
            self._use()
        else:
            self._ask_edit()

    def _use(self) -> None:
        row = self.table.current_record()
        if row is not None and row.form is not None:
            self.accept()
            self.form_asked.emit(row.code)

    def _ask_copy(self) -> None:
        row = self.table.current_record()
        if row is None:
            return
        code, name = f"own-{new_id()[-8:]}", f"{row.name}（自己的）"
        if row.form is not None:
            FormSheet(self._desk, replace(row.form, code=code, name=name), "新建版式", self).open()
        if row.kind is not None:
            CertificateWording(self._desk, replace(row.kind, code=code, name=name), "新建文字", self).open()

    def _ask_edit(self) -> None:
        row = self.table.current_record()
        if row is not None and row.form is not None:
            FormSheet(self._desk, row.form, MEASURES, self).open()
        elif row is not None and row.kind is not None:
            CertificateWording(self._desk, row.kind, WORDING, self).open()

    def _export(self) -> None:
        row = self.table.current_record()
        if row is None:
            return
        kinds = FORM_FILES if row.form else KIND_FILES
        path = self._desk.messages.choose_save_file(
            f"导出“{row.name}”", kinds, name=f"{row.code}.toml", purpose="export"
        )
        if path is None:
            return
        designs = self._desk.services.certificate_designs
        text: Callable[[str], str] = designs.export_form if row.form else designs.export_kind
        self._desk.jobs.start(
            lambda _report: write_file(path, text(row.code).encode()),
            lambda _none: self._desk.tell(f"已导出“{path.name}”", "打开文件夹", lambda: open_folder_of(path)),
            title="导出版式",
            owner=self,
        )

    def _import(self) -> None:
        path = self._desk.messages.choose_open_file(
            "导入证书的版式或文字", f"{FORM_FILES};;{KIND_FILES}", purpose="import"
        )
        if path is None:
            return
        designs = self._desk.services.certificate_designs
        do_undoably(
            self._desk,
            lambda: import_design(designs, read_text(path)),
            title="导入版式",
            told=lambda name: f"已导入“{name}”",
            owner=self,
        )

    def _restore(self) -> None:
        row = self.table.current_record()
        if row is None:
            return
        designs = self._desk.services.certificate_designs
        told = f"已删除“{row.name}”" if row.face is OWN else f"已恢复自带的“{row.name}”"
        do_undoably(
            self._desk,
            lambda: designs.restore(row.code),
            title="恢复自带版式",
            told=lambda _none: told,
            owner=self,
        )


class FormSheet(FittedDialog):
    """Name and size of a form; its boxes are moved on the sheet itself."""

    def __init__(self, desk: Desk, form: CertificateForm, verb: str, parent: QWidget) -> None:
        super().__init__(560, parent)
        self.setWindowTitle(verb)
        self._desk = desk
        self._form = form
        self.name, self.purpose = QLineEdit(form.name), QLineEdit(form.purpose)
        # Long words are read from their beginning.
        self.purpose.setCursorPosition(0)
        self.width_edit = MeasureEdit("纸宽（毫米）", 50, 1500, step=1)
        self.height_edit = MeasureEdit("纸高（毫米）", 50, 1500, step=1)
        self.width_edit.show_value(form.width)
        self.height_edit.show_value(form.height)
        for field in (self.name, self.purpose):
            bound_width(field, least=360)
        self.name_row = FormRow("名称", self.name, required=True)
        self.size_row = FormRow("纸宽", self.width_edit, required=True, hint="毫米，照实际量")
        self.words.addWidget(label("一种证书纸", "heading"))
        for row in (
            self.name_row,
            FormRow("用途", self.purpose),
            self.size_row,
            FormRow("纸高", self.height_edit, required=True, hint="毫米；印前请量实际的纸"),
        ):
            self.words.addWidget(row)
        self.end_with(FormFoot(self, "保存"))
        self.name.selectAll()
        self.name.setFocus()

    def accept(self) -> None:
        name = self.name.text().strip()
        self.name_row.clear_message()
        if not name:
            self.name_row.show_error("请写版式的名称。")
            self.name.setFocus()
            return
        form = replace(
            self._form,
            name=name,
            purpose=self.purpose.text().strip(),
            width=_measured(self.width_edit),
            height=_measured(self.height_edit),
        )
        designs = self._desk.services.certificate_designs
        do_undoably(
            self._desk,
            lambda: designs.save_form(form),
            title="保存证书版式",
            told=lambda made: f"已保存版式“{made.name}”",
            done=lambda _form: super(FormSheet, self).accept(),
            failed=self._refused,
            owner=self,
        )

    def _refused(self, error: AppError) -> None:
        problems = error.problems if isinstance(error, InvalidInput) else ()
        words = said_in_form(problems[0], SHEET_WORDS) if problems else str(error)
        self.size_row.show_error(words)


def _measured(edit: QDoubleSpinBox) -> float:
    edit.interpretText()
    return round(edit.value(), 1)


def read_designs(designs: CertificateDesignService) -> tuple[DesignRow, ...]:
    """All forms, then all wordings."""
    own, shipped = designs.own_codes(), designs.shipped_codes()

    def face(code: str) -> BadgeFace:
        if code not in own:
            return SHIPPED
        return CHANGED if code in shipped else OWN

    forms = (
        DesignRow(each.code, each.name, "版式", _about(each), face(each.code), each)
        for each in designs.forms()
    )
    kinds = (
        DesignRow(each.code, each.name, "文字", _wording(each), face(each.code), kind=each)
        for each in designs.kinds()
    )
    return (*forms, *kinds)


def _about(form: CertificateForm) -> str:
    size = f"{form.width:g}×{form.height:g} 毫米"
    return "　".join(part for part in (size, form.purpose, "有底图" if form.underlay else "") if part)


def _wording(kind: CertificateTemplate) -> str:
    return f"发给{kind.source.label}"


def import_design(designs: CertificateDesignService, text: str) -> str:
    """Bring a form or a wording in, whichever it is; its name.

    Raises:
        InvalidInput: it is neither.
    """
    if "[[fields]]" in text:
        return designs.import_form(text).name
    return designs.import_kind(text).name
