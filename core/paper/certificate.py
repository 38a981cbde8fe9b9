"""Certificates: every text fitted to the box of its form, background and text together or apart."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from io import BytesIO
from math import cos, radians, sin

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from core.errors import DocumentFailed
from core.model.certificate import Certificate
from core.model.certificate_form import (
    Adjustment,
    CertificateForm,
    CertificateLayout,
    FieldText,
    FormField,
    Output,
)
from core.paper.certificate_fields import Block, block_inks, field_blocks
from core.paper.certificate_frame import draw_frame
from core.paper.certificate_qr import qr_code
from core.paper.drawing import text_code
from core.paper.fonts import FontLibrary
from core.paper.grid import MM
from core.paper.page import Ink
from core.paper.plain_text import cleaned
from core.ports import Report

_BACKGROUND = "background"


def sheet_size(form: CertificateForm) -> tuple[float, float]:
    """Width and height of the sheet in points."""
    return form.width * MM, form.height * MM


def draw_certificates(
    canvas: Canvas,
    certificates: Sequence[Certificate],
    layout: CertificateLayout,
    fonts: FontLibrary,
    report: Report,
    see: Callable[[Sequence[Ink]], None],
) -> None:
    """A page for each certificate; what several have in common is set once, and shown to `see`.

    Raises:
        DocumentFailed: a text does not fit even at its smallest size.
    """
    form = layout.form
    _, height = sheet_size(form)
    fields = fields_drawn(layout)
    code = next((each for each in fields if each.text is FieldText.QR), None)
    has_background = _begin_background(canvas, layout)
    before = _page_code(layout.adjustment, height)
    written: dict[Block, str] = {}
    for done, certificate in enumerate(certificates, start=1):
        if before:
            canvas.addLiteral(before)
        if has_background:
            canvas.doForm(_BACKGROUND)
        for block in field_blocks(certificate, form, fields, fonts):
            if block not in written:
                inks = block_inks(block, fonts)
                see(inks)
                written[block] = text_code(canvas, inks, fonts, height)
            canvas.addLiteral(written[block])
        if code and certificate.qr:
            canvas.addLiteral(qr_code(certificate.qr, code, certificate.recipient, height))
        canvas.showPage()
        report(done, len(certificates))


def cleaned_certificate(certificate: Certificate) -> Certificate:
    """The certificate with every text that is set fit for a line; its QR code keeps its own lines."""
    return replace(cleaned(certificate), qr=certificate.qr)


def fields_drawn(layout: CertificateLayout) -> tuple[FormField, ...]:
    """The fields that this output shows: what the stock has already belongs to the background."""
    output = layout.output
    return tuple(
        each
        for each in layout.form.fields
        if output is Output.BOTH or each.printed is (output is Output.BACKGROUND)
    )


def page_matrix(adjustment: Adjustment, height: float) -> tuple[float, float, float, float, float, float]:
    """The adjustment about the sheet's top left corner, as PDF writes it from the bottom left (points)."""
    angle = radians(float(adjustment.rotation))
    scale_x, scale_y = float(adjustment.scale_x) / 100, float(adjustment.scale_y) / 100
    dx, dy = float(adjustment.dx) * MM, float(adjustment.dy) * MM
    return (
        cos(angle) * scale_x,
        -sin(angle) * scale_x,
        sin(angle) * scale_y,
        cos(angle) * scale_y,
        dx - sin(angle) * scale_y * height,
        height - cos(angle) * scale_y * height - dy,
    )


def _page_code(adjustment: Adjustment, height: float) -> str:
    if adjustment == Adjustment():
        return ""
    numbers = " ".join(f"{each:.8f}" for each in page_matrix(adjustment, height))
    return f"{numbers} cm"


def _begin_background(canvas: Canvas, layout: CertificateLayout) -> bool:
    """Put frame and scan into a form that all pages use; whether there is anything in it."""
    form = layout.form
    if layout.output is Output.TEXT or not (form.frame or layout.picture):
        return False
    width, height = sheet_size(form)
    picture = _picture(layout) if layout.picture else None
    canvas.beginForm(_BACKGROUND, 0, 0, width, height)
    if picture:
        canvas.drawImage(picture, 0, 0, width, height)
    else:
        draw_frame(canvas, width, height, form.rule * MM)
    canvas.endForm()
    return True


def _picture(layout: CertificateLayout) -> ImageReader:
    try:
        return ImageReader(BytesIO(layout.picture))
    except (OSError, ValueError) as error:
        raise DocumentFailed(
            "underlay_unreadable",
            f"版式“{layout.form.name}”的底图不是能用的图片。",
            "请重新扫描，存成 JPG 或 PNG 后再添加。",
        ) from error
