"""The form as it is being drawn: shown at once, kept a moment later, its pages made beside the queue.

drawing = FormDrawing(desk, sheet); drawing.take(view); drawing.form()
drawing.change(form)           what the user has changed; kept after a pause: `kept`, `refused` (AppError)
drawing.show(prepared)         which certificate stands on it
with_placed(form, box), with_field(form, field), with_box(form, key), without_box(form, key)
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QTimer, Signal

from core.errors import AppError
from core.model.certificate import PreparedCertificates
from core.model.certificate_form import CertificateForm, FieldText, FormField, Output
from core.services.services import Services
from gui.desk import Desk
from gui.pages.certificates_sheet import CertificateSheet
from gui.pages.certificates_view import CertificatesView
from gui.undo import do_undoably
from gui.widgets.sheet_canvas import SheetBox

KEEP_AFTER_MS = 300
NEW_WIDTH, NEW_HEIGHT, NEW_QR = 80.0, 10.0, 24.0


@dataclass(frozen=True, slots=True)
class SheetPages:
    """What stands on the sheet: the stock and the text as a page each, or why there is no text."""

    stock: bytes = b""
    text: bytes = b""
    trouble: AppError | None = None


class FormDrawing(QObject):
    """See the module."""

    kept = Signal()
    refused = Signal(object)

    def __init__(self, desk: Desk, sheet: CertificateSheet) -> None:
        super().__init__(sheet)
        self._desk = desk
        self._sheet = sheet
        self._form: CertificateForm | None = None
        self._shown: PreparedCertificates | None = None
        self._is_told = False
        self._keeper = QTimer(self)
        self._keeper.setSingleShot(True)
        self._keeper.setInterval(KEEP_AFTER_MS)
        self._keeper.timeout.connect(self._keep)

    def take(self, view: CertificatesView) -> None:
        """Begin with the stored form, unless another one of it is not kept yet."""
        if not (self._keeper.isActive() and self.has(view.form.code)):
            self._form = view.form

    def has(self, code: str) -> bool:
        """Whether it is this form that is being drawn."""
        return self._form is not None and self._form.code == code

    def form(self) -> CertificateForm:
        """The form as it stands."""
        assert self._form is not None
        return self._form

    def forget(self) -> None:
        """Take the stored form when it is read next."""
        self._keeper.stop()

    def change(self, form: CertificateForm) -> None:
        """Show another form of the same code, and keep it soon."""
        self._form = form
        self._keeper.start()
        if self._shown is not None:
            self.show(replace(self._shown, form=form))

    def flush(self) -> None:
        """Keep now what was changed."""
        if self._keeper.isActive():
            self._keeper.stop()
            self._keep()

    def _keep(self) -> None:
        form, designs = self.form(), self._desk.services.certificate_designs
        do_undoably(
            self._desk,
            lambda: designs.save_form(form),
            title="保存证书版式",
            told=lambda made: f"已保存版式“{made.name}”",
            done=lambda _form: self.kept.emit(),
            failed=self.refused.emit,
            owner=self,
        )

    def be_silent(self) -> None:
        """Take back what was said above the sheet."""
        self._is_told = False
        self._sheet.be_silent()

    def show(self, prepared: PreparedCertificates) -> None:
        """Put a certificate on the sheet."""
        self._shown = prepared
        services = self._desk.services
        self._desk.jobs.look(
            lambda: read_pages(services, prepared),
            lambda pages: self._put(prepared, pages),
            title="排版证书",
            owner=self,
        )

    def _put(self, prepared: PreparedCertificates, pages: SheetPages) -> None:
        if prepared is not self._shown:
            return
        self._sheet.canvas.set_stock(pages.stock)
        self._sheet.canvas.set_text(pages.text)
        if pages.trouble is not None:
            self._sheet.say("err", pages.trouble.message_zh, pages.trouble.remedy_zh)
            self._is_told = True
        elif self._is_told:
            self.be_silent()


def read_pages(services: Services, prepared: PreparedCertificates) -> SheetPages:
    """The two pages of a single certificate."""
    render: Callable[..., bytes] = services.certificates.render
    stock = b""
    try:
        stock = render(prepared, output=Output.BACKGROUND)
        return SheetPages(stock, render(prepared, output=Output.TEXT))
    except AppError as trouble:
        return SheetPages(stock, trouble=trouble)


def with_placed(form: CertificateForm, box: SheetBox) -> CertificateForm:
    """The form with a box where it was put; the middle of its text goes with it."""
    field = form.field(FieldText(box.key))
    if field is None:
        return form
    placed = replace(field, left=box.left, top=box.top, width=box.width, height=box.height)
    return with_field(form, placed)


def with_field(form: CertificateForm, field: FormField) -> CertificateForm:
    """The form with a field changed; a middle of its own moves as the field does and stays inside it."""
    before = form.field(field.text)
    if before is not None and field.axis:
        moved = round(field.axis + field.left - before.left, 3)
        field = replace(field, axis=max(field.left, min(moved, field.left + field.width)))
    fields = tuple(field if each.text is field.text else each for each in form.fields)
    return replace(form, fields=fields)


def with_box(form: CertificateForm, key: str) -> CertificateForm:
    """The form with a box for this text in its middle."""
    text = FieldText(key)
    is_code = text is FieldText.QR
    width = NEW_QR if is_code else min(NEW_WIDTH, form.width)
    height = NEW_QR if is_code else NEW_HEIGHT
    left, top = round((form.width - width) / 2, 1), round((form.height - height) / 2, 1)
    return replace(form, fields=(*form.fields, FormField(text, left, top, width, height)))


def without_box(form: CertificateForm, key: str) -> CertificateForm:
    """The form without the box of this text, and without what follows it."""
    text = FieldText(key)
    fields = tuple(
        replace(each, axis_of=None) if each.axis_of is text else each
        for each in form.fields
        if each.text is not text
    )
    return replace(form, fields=fields)
