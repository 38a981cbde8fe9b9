"""The tab of certificates as its tests drive it."""

from pathlib import Path
from typing import Any

import pypdfium2
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QWidget

from core.model.certificate import CertificateEventKind
from core.services.services import Services
from gui.dialogs.calibration_readings import CalibrationReadings
from gui.dialogs.issue_certificates import IssueCertificates
from gui.dialogs.verify_certificate import VerifyCertificate
from gui.pages.certificates import CertificatesPane

YEAR = 2025
NAME = "凤凰社区楼宇经济联合会"
NUMBER = "示例街办证〔2026〕第001号"
PRINTER = "二楼激光打印机"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415478da63f8ffff3f0005fe02fe"
    "0def46b80000000049454e44ae426082"
)
K = CertificateEventKind


def agree(pane: CertificatesPane, wait_for_jobs: Any) -> tuple[str, ...]:
    """Agree to the numbers; what was agreed to."""
    wait_for_jobs()
    form = dialog(pane, IssueCertificates)
    facts: tuple[str, ...] = form.facts()
    form.accept()
    wait_for_jobs()
    return facts


def calibrate(pane: CertificatesPane, wait_for_jobs: Any, *, right: float, down: float) -> None:
    form = readings_of(pane)
    form.printer.setText(PRINTER)
    crosses = pane.property("desk").services.certificate_designs.crosses(pane.drawing.form())
    for (x, y), (left, top) in zip(crosses, form.fields, strict=True):
        left.setText(f"{x + right:.1f}")
        top.setText(f"{y + down:.1f}")
    form.accept()
    wait_for_jobs()


def readings_of(pane: CertificatesPane) -> CalibrationReadings:
    button(pane, "填写校准读数……").click()
    return dialog(pane, CalibrationReadings)


def verification(pane: CertificatesPane) -> VerifyCertificate:
    action(pane, "核验证书……").trigger()
    return dialog(pane, VerifyCertificate)


def drag(pane: CertificatesPane, start: QPoint, end: QPoint) -> None:
    canvas = pane.sheet.canvas
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(canvas, end)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=end)


def tick(pane: CertificatesPane, count: int) -> None:
    pane.list.model.set_checked([each.key for each in pane.list.model.shown()[:count]], True)


def box_of(pane: CertificatesPane, key: str) -> Any:
    pane.sheet.canvas.choose(key)
    return pane.sheet.canvas.chosen_box()


def field_of(services: Services, text: str) -> Any:
    form = services.certificate_designs.form("a4-honor")
    return next(each for each in form.fields if each.text.value == text)


def texts_on(services: Services) -> set[str]:
    return {each.text.value for each in services.certificate_designs.form("a4-honor").fields}


def badges(pane: CertificatesPane) -> list[str]:
    column = pane.list.model.columns[-1]
    return [column.text(each) for each in pane.list.model.shown()]


def button(page: QWidget, text: str) -> QPushButton:
    known = [*page.findChildren(QPushButton)]
    if isinstance(page, CertificatesPane):
        known += [each for each in page.buttons() if isinstance(each, QPushButton)]
    return next(each for each in known if each.text() == text)


def action(pane: CertificatesPane, text: str) -> Any:
    menus = (each.menu() for each in pane.buttons() if isinstance(each, QPushButton))
    return next(each for menu in menus if menu for each in menu.actions() if each.text() == text)


def dialog(page: QWidget, kind: type[QDialog]) -> Any:
    return [each for each in page.findChildren(kind) if each.isVisible()][-1]


def words_of(page: QWidget) -> list[str]:
    return [each.text() for each in page.findChildren(QLabel) if each.isVisible()]


def text_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return "".join(text.split())


def sizes_of(path: Path) -> list[tuple[int, int]]:
    document = pypdfium2.PdfDocument(path)
    sizes = [tuple(map(round, page.get_size())) for page in document]
    document.close()
    return sizes
