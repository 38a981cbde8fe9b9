"""The sheet of a certificate and its calibration: boxes moved and typed, printers measured."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.services.services import Services
from gui.dialogs.printing import ChoosePrinter
from gui.pages.certificates import CertificatesPane
from tests.gui.certificates_tab import (
    NAME,
    PNG,
    PRINTER,
    agree,
    box_of,
    button,
    drag,
    field_of,
    readings_of,
    sizes_of,
    texts_on,
    words_of,
)


@pytest.fixture
def pane(show_page: Any, computed: Services, print_to_file: ChoosePrinter) -> CertificatesPane:
    return show_page(lambda desk: CertificatesPane(desk, print_to_file), computed)


# The sheet


def test_dragged_box_is_stored_in_tenths_of_a_millimetre(
    pane: CertificatesPane, computed: Services, wait_for_jobs: Any
) -> None:
    canvas = pane.sheet.canvas
    for x, y in ((37, 21), (-15, 4), (2000, 2000), (-2000, -2000)):
        before = field_of(computed, "recipient")
        start = canvas.rect_of(box_of(pane, "recipient")).center().toPoint()
        drag(pane, start, start + QPoint(x, y))
        wait_for_jobs()
        after = field_of(computed, "recipient")
        for moved, was, pixels, most in (
            (after.left, before.left, x, 297 - before.width),
            (after.top, before.top, y, 210 - before.height),
        ):
            free = round(was + pixels / canvas.scale(), 1)
            assert moved == (free if 0 <= free <= most else 0 if free < 0 else round(most, 3))
        assert (after.width, after.height) == (before.width, before.height)
        assert pane.side.places["left"].value() == round(after.left, 1)


def test_pulled_at_a_corner_only_that_corner_moves(
    pane: CertificatesPane, computed: Services, wait_for_jobs: Any
) -> None:
    before, canvas = field_of(computed, "number"), pane.sheet.canvas
    canvas.choose("number")
    corner = canvas.rect_of(box_of(pane, "number")).bottomRight().toPoint()
    drag(pane, corner, corner + QPoint(26, 9))
    wait_for_jobs()
    after = field_of(computed, "number")
    assert (after.left, after.top) == (before.left, before.top)
    assert after.width == round(before.width + 26 / canvas.scale(), 1)
    assert after.height == round(before.height + 9 / canvas.scale(), 1)


def test_a_click_changes_nothing_and_escape_lets_go(
    pane: CertificatesPane, computed: Services, wait_for_jobs: Any
) -> None:
    canvas, acts = pane.sheet.canvas, len(computed.register.acts(50))
    middle = canvas.rect_of(box_of(pane, "text")).center().toPoint()
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=middle)
    assert canvas.chosen_key() == "text" and pane.side.field.currentText() == "正文"
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(canvas, middle + QPoint(40, 40))
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=middle + QPoint(40, 40))
    wait_for_jobs()
    assert len(computed.register.acts(50)) == acts


def test_keys_move_by_a_tenth_and_a_millimetre_and_size_with_control(
    pane: CertificatesPane, computed: Services, wait_for_jobs: Any
) -> None:
    canvas = pane.sheet.canvas
    canvas.setFocus()
    canvas.choose("")
    QTest.keyClick(canvas, Qt.Key.Key_Tab)
    QTest.keyClick(canvas, Qt.Key.Key_Tab)
    assert canvas.chosen_key() == "recipient"
    before, acts = field_of(computed, "recipient"), len(computed.register.acts(50))
    shift, control = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
    for key, held in (
        (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Right, shift),
        (Qt.Key.Key_Up, shift),
        (Qt.Key.Key_Left, control),
        (Qt.Key.Key_Down, control | shift),
    ):
        QTest.keyClick(canvas, key, held)
    wait_for_jobs()
    after = field_of(computed, "recipient")
    assert after.left == round(round(before.left + 0.1, 1) + 1, 1)
    assert after.top == round(before.top - 1, 1)
    assert after.width == round(before.width - 0.1, 1)
    assert after.height == round(before.height + 1, 1)
    assert len(computed.register.acts(50)) == acts + 1
    assert "选中“名称”" in canvas.accessibleDescription()
    QTest.keyClick(canvas, Qt.Key.Key_PageDown)
    assert pane.list.table.currentIndex().row() == 1


def test_what_is_being_moved_or_typed_outlasts_a_reload(
    pane: CertificatesPane, computed: Services, wait_for_jobs: Any, qtbot: QtBot
) -> None:
    canvas, before = pane.sheet.canvas, field_of(computed, "recipient")
    canvas.setFocus()
    canvas.choose("recipient")
    QTest.keyClick(canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    pane.reload()
    qtbot.waitUntil(lambda: not pane.property("desk").jobs.is_busy())
    wait_for_jobs()
    assert field_of(computed, "recipient").left == round(before.left + 1, 1)
    top = pane.side.places["top"]
    qtbot.waitUntil(lambda: not top.isHidden())
    top.setFocus()
    top.selectAll()
    QTest.keyClicks(top, "7")
    pane.reload()
    wait_for_jobs()
    QTest.keyClicks(top, "1")
    QTest.keyClick(top, Qt.Key.Key_Return)
    wait_for_jobs()
    assert field_of(computed, "recipient").top == 71


def test_the_middle_of_a_text_goes_with_its_box(
    pane: CertificatesPane, computed: Services, wait_for_jobs: Any
) -> None:
    before = field_of(computed, "issuer")
    pane.sheet.canvas.choose("issuer")
    pane.side.places["left"].setValue(round(before.left, 1) - 10)
    wait_for_jobs()
    after = field_of(computed, "issuer")
    assert after.axis - before.axis == pytest.approx(after.left - before.left)


def test_fields_are_taken_out_put_in_and_set_back(
    pane: CertificatesPane, computed: Services, wait_for_jobs: Any
) -> None:
    pane.sheet.canvas.choose("qr")
    QTest.keyClick(pane.sheet.canvas, Qt.Key.Key_Delete)
    wait_for_jobs()
    assert "qr" not in texts_on(computed) and pane.sheet.canvas.chosen_key() == ""
    pane.side.field_added.emit("qr")
    wait_for_jobs()
    assert field_of(computed, "qr").width == 24 and pane.sheet.canvas.chosen_key() == "qr"
    computed.certificate_designs.restore("a4-honor")
    pane.reload()
    wait_for_jobs()
    assert "a4-honor" not in computed.certificate_designs.own_codes()


def test_type_too_large_for_its_box_is_told_and_not_kept(
    pane: CertificatesPane, computed: Services, wait_for_jobs: Any
) -> None:
    pane.sheet.canvas.choose("number")
    pane.side.places["size"].setValue(80)
    wait_for_jobs()
    assert "编号" in pane.side.trouble.accessibleName() and "80 磅" in pane.side.trouble.accessibleName()
    assert field_of(computed, "number").size < 80
    assert computed.certificate_designs.own_codes() == frozenset()


def test_name_that_does_not_fit_is_told_with_the_organization(
    pane: CertificatesPane, computed: Services, messages: Any, wait_for_jobs: Any, printed_to: Path
) -> None:
    pane.sheet.canvas.choose("recipient")
    pane.side.shrinks.click()
    pane.side.places["width"].setValue(40)
    pane.side.places["height"].setValue(12)
    wait_for_jobs()
    assert any(f"“{NAME}”的证书排不下：名称" in text for text in words_of(pane))
    button(pane, "打印全部 5 张").click()
    agree(pane, wait_for_jobs)
    assert [NAME in error.message_zh for error in messages.errors] == [True]
    assert computed.certificate_register.lines() == () and not printed_to.exists()
    pane.side.places["width"].setValue(200)
    pane.side.places["height"].setValue(24)
    wait_for_jobs()
    assert not any("排不下" in text for text in words_of(pane))


def test_scanned_stock_is_kept_in_the_vault(
    pane: CertificatesPane, computed: Services, messages: Any, wait_for_jobs: Any, tmp_path: Path
) -> None:
    messages.chosen = tmp_path / "底图.png"
    messages.chosen.write_bytes(b"no picture")
    pane.side.underlay.click()
    wait_for_jobs()
    assert "不是 PNG 或 JPG" in pane.side.trouble.accessibleName()
    messages.chosen.write_bytes(PNG)
    pane.side.underlay.click()
    wait_for_jobs()
    assert computed.certificate_designs.form("a4-honor").underlay
    assert pane.side.trouble.isHidden()


# Calibration


def test_bad_readings_are_told_and_nothing_is_kept(
    pane: CertificatesPane, computed: Services, wait_for_jobs: Any
) -> None:
    form = readings_of(pane)
    form.accept()
    assert form.printer_row.is_wrong()
    form.printer.setText(PRINTER)
    for left, top, told in (
        ("2o", "20", "十字 1 的读数“2o”不是毫米数"),
        ("20", "", "十字 1 只填了一半"),
        ("60", "20", "相差超过 15 毫米"),
        ("", "", "没有填写校准页的读数"),
        ("-1", "20", "不是毫米数"),
        ("nan", "20", "不是毫米数"),
    ):
        for field, text in zip(form.fields[0], (left, top), strict=True):
            field.setText(text)
        form.accept()
        wait_for_jobs()
        assert told in form.answer.accessibleName()
    assert form.isVisible() and computed.certificate_designs.profiles() == ()


def test_figures_typed_beside_the_sheet_are_kept_for_the_printer(
    pane: CertificatesPane, computed: Services, wait_for_jobs: Any
) -> None:
    pane.side.printer.setEditText("")
    pane.side.shifts["dx"].setValue(1.5)
    wait_for_jobs()
    assert "打印机" in pane.side.trouble.accessibleName()
    pane.side.printer.setEditText(PRINTER)
    pane.side.shifts["dy"].setValue(-0.8)
    wait_for_jobs()
    (profile,) = computed.certificate_designs.profiles()
    assert (profile.dx, profile.dy, profile.tray) == (Decimal("1.5"), Decimal("-0.8"), "手动进纸")
    assert pane.side.trouble.isHidden()
    pane.side.printer.setEditText("别的打印机")
    pane.side.profile_asked.emit()
    assert pane.side.shifts["dx"].value() == 0


def test_the_calibration_sheet_goes_to_the_printer(
    pane: CertificatesPane, wait_for_jobs: Any, printed_to: Path
) -> None:
    button(pane, "打印校准页").click()
    wait_for_jobs()
    assert sizes_of(printed_to) == [(842, 595)]
