"""The tab of certificates: calibrated, designed, numbered, printed, handed out, verified; bad input told."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.model.certificate import CertificateEventKind, CertificateRequest, StockKind
from core.model.certificate_form import Output
from core.model.journal import ActDraft
from core.model.written_document import IssuedPaper
from core.services.services import Services
from gui.dialogs.calibration_readings import CalibrationReadings
from gui.dialogs.certificate_event import CertificateEventForm
from gui.dialogs.certificate_forms import CertificateForms, FormSheet
from gui.dialogs.certificate_preview import CertificatePreview
from gui.dialogs.certificate_register import CertificateRegister
from gui.dialogs.certificate_stock import CertificateStock, StockForm
from gui.dialogs.certificate_wording import CertificateWording
from gui.dialogs.issue_certificates import IssueCertificates
from gui.dialogs.printing import ChoosePrinter
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

Open = Callable[[], CertificatesPane]


@pytest.fixture
def pane(show_page: Any, computed: Services, print_to_file: ChoosePrinter) -> CertificatesPane:
    return show_page(lambda desk: CertificatesPane(desk, print_to_file), computed)


def test_one_that_is_asked_for_is_shown_among_its_kind(
    pane: CertificatesPane, computed: Services, wait_for_jobs: Any
) -> None:
    made = computed.certificates.issue(CertificateRequest("merit-certificate", YEAR)).prepared.lines[2]
    pane.list.search.setText("没有这个名称")
    pane.open_certificate(made.paper.id)
    wait_for_jobs()
    current = pane.list.current()
    assert current is not None and current.paper is not None
    assert (pane.list.kind.chosen(), current.paper.id) == ("merit-certificate", made.paper.id)


def test_one_that_is_not_given_any_more_is_looked_up_in_the_register(
    pane: CertificatesPane, computed: Services, wait_for_jobs: Any
) -> None:
    lost = IssuedPaper("lost", "certificate", "", "", "别证", 2024, 1, "优秀奖", "2024-01-08", recipient="甲")
    with computed.store.writing(ActDraft("试", "试")) as work:
        work.add([lost])
    pane.open_certificate("lost")
    wait_for_jobs()
    assert pane.findChild(CertificateRegister) is not None


# The whole way


def test_calibrated_designed_issued_printed_handed_out_and_verified(
    pane: CertificatesPane, computed: Services, messages: Any, wait_for_jobs: Any, printed_to: Path
) -> None:
    _calibrate(pane, wait_for_jobs, right=1.2, down=-0.7)
    (profile,) = computed.certificate_designs.profiles()
    assert (profile.printer, profile.form) == (PRINTER, "a4-honor")
    assert (profile.dx, profile.dy) == (Decimal("-1.20"), Decimal("0.70"))
    assert pane.side.shifts["dx"].value() == -1.2
    pane.sheet.canvas.choose("recipient")
    pane.side.places["left"].setValue(50)
    wait_for_jobs()
    assert _field(computed, "recipient").left == 50
    pane.side.what.choose(Output.TEXT)
    _tick(pane, 2)
    _button(pane, "打印选中的 2 张").click()
    facts = _agree(pane, wait_for_jobs)
    assert facts[0] == "2 张：证书编号 示例街办证〔2026〕第001号 至 示例街办证〔2026〕第002号 将被占用"
    assert any("向左 1.20 毫米，向下 0.70 毫米" in words for words in facts)
    assert _sizes_of(printed_to) == [(842, 595)] * 2
    lines = computed.certificate_register.lines()
    assert [(each.number[-4:], each.state.label, each.copies) for each in lines] == [
        ("001号", "已印", 1),
        ("002号", "已印", 1),
    ]
    assert [(each.form, each.used) for each in computed.certificate_register.stock()] == [("A4 荣誉证书", 2)]
    pane.list.model.clear_checks()
    pane.list.table.selectRow(0)
    pane.list.hand_over.click()
    form = _dialog(pane, CertificateEventForm)
    form.accept()
    assert form.person_row.is_wrong()
    form.person.setText("王一")
    form.accept()
    wait_for_jobs()
    assert computed.certificate_register.find(NUMBER).holder == "王一"
    assert _badges(pane)[:3] == ["已发出", "已印", "未印"]
    code = computed.certificates.prepare(CertificateRequest(year=YEAR)).certificates[0].qr
    verify = _verification(pane)
    verify.scanned.setPlainText(code)
    wait_for_jobs()
    assert f"真实有效：2026-01-08 发给“{NAME}”的荣誉证书。" in verify.answer.accessibleName()
    assert "由王一领取" in verify.answer.accessibleName()
    verify.reject()
    assert not messages.errors and not messages.bugs and not messages.questions


def test_printed_again_nothing_is_asked_and_it_counts_as_printed_again(
    pane: CertificatesPane, computed: Services, messages: Any, wait_for_jobs: Any
) -> None:
    _button(pane, "打印全部 5 张").click()
    _agree(pane, wait_for_jobs)
    _button(pane, "打印全部 5 张").click()
    wait_for_jobs()
    assert not pane.findChildren(IssueCertificates) and not messages.errors
    assert [each.copies for each in computed.certificate_register.lines()] == [2] * 5
    assert [each.kind for each in computed.certificate_register.find(NUMBER).events] == [
        K.PRINTED,
        K.REPRINTED,
    ]
    assert computed.certificate_register.stock() == ()


def test_thought_better_of_books_nothing(
    pane: CertificatesPane,
    computed: Services,
    messages: Any,
    wait_for_jobs: Any,
    tmp_path: Path,
    printed_to: Path,
) -> None:
    messages.chosen = tmp_path / "证书.pdf"
    for ask in (_button(pane, "打印全部 5 张").click, _action(pane, "导出为一个 PDF……").trigger):
        ask()
        wait_for_jobs()
        _dialog(pane, IssueCertificates).reject()
    messages.chosen = None
    _action(pane, "导出为每张一个文件……").trigger()
    wait_for_jobs()
    assert computed.certificate_register.lines() == ()
    assert not printed_to.exists() and not (tmp_path / "证书.pdf").exists()


def test_cancelled_while_it_works_books_nothing(
    pane: CertificatesPane, computed: Services, jobs: Any, qtbot: QtBot, wait_for_jobs: Any, printed_to: Path
) -> None:
    stopped: list[str] = []

    def stop(title: str) -> None:
        if title == "制作证书":
            stopped.append(title)
            jobs.cancel()

    jobs.started.connect(stop)
    _button(pane, "打印全部 5 张").click()
    _agree(pane, wait_for_jobs)
    assert stopped
    assert computed.certificate_register.lines() == ()
    assert not printed_to.exists()


def test_number_and_day_typed_by_hand(pane: CertificatesPane, computed: Services, wait_for_jobs: Any) -> None:
    computed.certificates.issue(CertificateRequest(year=YEAR, names=(NAME,)))
    pane.reload()
    wait_for_jobs()
    _button(pane, "打印全部 5 张").click()
    wait_for_jobs()
    form = _dialog(pane, IssueCertificates)
    assert form.number.value() == 2 and form.facts()[0].startswith("4 张")
    form.number.setValue(1)
    form.accept()
    wait_for_jobs()
    assert f"“{NUMBER}”已经给了“{NAME}”" in form.trouble.accessibleName() and form.isVisible()
    form.number.setValue(4)
    wait_for_jobs()
    assert "还没有写理由" in form.trouble.accessibleName() and form.reason_row.isVisible()
    form.reason.setText("前面的已手工发出")
    form.day.setDate(QDate(2026, 1, 31))
    form.accept()
    wait_for_jobs()
    papers = [each.paper for each in computed.certificate_register.lines()]
    assert [each.sequence for each in papers if each.recipient] == [1, 4, 5, 6, 7]
    assert [(each.sequence, each.reason) for each in papers if not each.recipient] == [
        (2, "前面的已手工发出"),
        (3, "前面的已手工发出"),
    ]
    assert {each.dated_on for each in papers if each.sequence > 3} == {"2026-01-31"}


def test_only_the_background_takes_no_number(
    pane: CertificatesPane, computed: Services, messages: Any, wait_for_jobs: Any, printed_to: Path
) -> None:
    pane.side.what.choose(Output.BACKGROUND)
    _button(pane, "打印全部 5 张").click()
    wait_for_jobs()
    assert len(_sizes_of(printed_to)) == 5
    assert NAME not in _text_of(printed_to)
    assert computed.certificate_register.lines() == () and not messages.questions


def test_exported_as_one_file_and_as_one_for_each(
    pane: CertificatesPane, computed: Services, messages: Any, wait_for_jobs: Any, tmp_path: Path
) -> None:
    messages.chosen = tmp_path / "证书.pdf"
    _action(pane, "导出为一个 PDF……").trigger()
    _agree(pane, wait_for_jobs)
    winners = computed.certificates.prepare(CertificateRequest(year=YEAR)).certificates
    assert all(each.recipient in _text_of(messages.chosen) for each in winners)
    messages.chosen = tmp_path / "每张"
    messages.chosen.mkdir()
    _action(pane, "导出为每张一个文件……").trigger()
    wait_for_jobs()
    names = sorted(each.name for each in messages.chosen.iterdir())
    assert len(names) == 5 and names[0] == f"{NUMBER} {NAME}.pdf"


def test_a_place_that_takes_no_file_books_no_number(
    pane: CertificatesPane, computed: Services, messages: Any, wait_for_jobs: Any, tmp_path: Path
) -> None:
    (tmp_path / "occupied").write_bytes(b"")
    messages.chosen = tmp_path / "occupied" / "证书.pdf"
    _action(pane, "导出为一个 PDF……").trigger()
    _agree(pane, wait_for_jobs)
    assert [error.code for error in messages.errors] == ["file_not_written"]
    assert computed.certificate_register.lines() == ()


def test_everything_is_previewed_and_no_number_booked(
    pane: CertificatesPane, computed: Services, wait_for_jobs: Any
) -> None:
    _button(pane, "预览全部").click()
    wait_for_jobs()
    assert _dialog(pane, CertificatePreview).view.page_count() == 5
    assert computed.certificate_register.lines() == ()


def test_stock_larger_than_a4_is_printed_on_its_own_size(
    pane: CertificatesPane, wait_for_jobs: Any, printed_to: Path
) -> None:
    pane.side.form_asked.emit("8k-honor")
    wait_for_jobs()
    assert pane.sheet.canvas.sheet_size() == (370, 260)
    _tick(pane, 1)
    _button(pane, "打印选中的 1 张").click()
    _agree(pane, wait_for_jobs)
    ((width, height),) = _sizes_of(printed_to)
    assert abs(width - 370 / 25.4 * 72) < 2 and abs(height - 260 / 25.4 * 72) < 2


# The sheet


def test_dragged_box_is_stored_in_tenths_of_a_millimetre(
    pane: CertificatesPane, computed: Services, wait_for_jobs: Any
) -> None:
    canvas = pane.sheet.canvas
    for x, y in ((37, 21), (-15, 4), (2000, 2000), (-2000, -2000)):
        before = _field(computed, "recipient")
        start = canvas.rect_of(_box(pane, "recipient")).center().toPoint()
        _drag(pane, start, start + QPoint(x, y))
        wait_for_jobs()
        after = _field(computed, "recipient")
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
    before, canvas = _field(computed, "number"), pane.sheet.canvas
    canvas.choose("number")
    corner = canvas.rect_of(_box(pane, "number")).bottomRight().toPoint()
    _drag(pane, corner, corner + QPoint(26, 9))
    wait_for_jobs()
    after = _field(computed, "number")
    assert (after.left, after.top) == (before.left, before.top)
    assert after.width == round(before.width + 26 / canvas.scale(), 1)
    assert after.height == round(before.height + 9 / canvas.scale(), 1)


def test_a_click_changes_nothing_and_escape_lets_go(
    pane: CertificatesPane, computed: Services, wait_for_jobs: Any
) -> None:
    canvas, acts = pane.sheet.canvas, len(computed.register.acts(50))
    middle = canvas.rect_of(_box(pane, "text")).center().toPoint()
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
    before, acts = _field(computed, "recipient"), len(computed.register.acts(50))
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
    after = _field(computed, "recipient")
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
    canvas, before = pane.sheet.canvas, _field(computed, "recipient")
    canvas.setFocus()
    canvas.choose("recipient")
    QTest.keyClick(canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    pane.reload()
    qtbot.waitUntil(lambda: not pane.property("desk").jobs.is_busy())
    wait_for_jobs()
    assert _field(computed, "recipient").left == round(before.left + 1, 1)
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
    assert _field(computed, "recipient").top == 71


def test_the_middle_of_a_text_goes_with_its_box(
    pane: CertificatesPane, computed: Services, wait_for_jobs: Any
) -> None:
    before = _field(computed, "issuer")
    pane.sheet.canvas.choose("issuer")
    pane.side.places["left"].setValue(round(before.left, 1) - 10)
    wait_for_jobs()
    after = _field(computed, "issuer")
    assert after.axis - before.axis == pytest.approx(after.left - before.left)


def test_fields_are_taken_out_put_in_and_set_back(
    pane: CertificatesPane, computed: Services, wait_for_jobs: Any
) -> None:
    pane.sheet.canvas.choose("qr")
    QTest.keyClick(pane.sheet.canvas, Qt.Key.Key_Delete)
    wait_for_jobs()
    assert "qr" not in _texts_on(computed) and pane.sheet.canvas.chosen_key() == ""
    pane.side.field_added.emit("qr")
    wait_for_jobs()
    assert _field(computed, "qr").width == 24 and pane.sheet.canvas.chosen_key() == "qr"
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
    assert _field(computed, "number").size < 80
    assert computed.certificate_designs.own_codes() == frozenset()


def test_name_that_does_not_fit_is_told_with_the_organization(
    pane: CertificatesPane, computed: Services, messages: Any, wait_for_jobs: Any, printed_to: Path
) -> None:
    pane.sheet.canvas.choose("recipient")
    pane.side.shrinks.click()
    pane.side.places["width"].setValue(40)
    pane.side.places["height"].setValue(12)
    wait_for_jobs()
    assert any(f"“{NAME}”的证书排不下：名称" in text for text in _words(pane))
    _button(pane, "打印全部 5 张").click()
    _agree(pane, wait_for_jobs)
    assert [NAME in error.message_zh for error in messages.errors] == [True]
    assert computed.certificate_register.lines() == () and not printed_to.exists()
    pane.side.places["width"].setValue(200)
    pane.side.places["height"].setValue(24)
    wait_for_jobs()
    assert not any("排不下" in text for text in _words(pane))


def test_scanned_stock_is_kept_in_the_vault(
    pane: CertificatesPane, computed: Services, messages: Any, wait_for_jobs: Any, tmp_path: Path
) -> None:
    messages.chosen = tmp_path / "底图.png"
    messages.chosen.write_bytes(b"no picture")
    pane.side.underlay_asked.emit()
    wait_for_jobs()
    assert "不是 PNG 或 JPG" in pane.side.trouble.accessibleName()
    messages.chosen.write_bytes(PNG)
    pane.side.underlay_asked.emit()
    wait_for_jobs()
    assert computed.certificate_designs.form("a4-honor").underlay
    assert pane.side.trouble.isHidden()


# Calibration


def test_bad_readings_are_told_and_nothing_is_kept(
    pane: CertificatesPane, computed: Services, wait_for_jobs: Any
) -> None:
    form = _readings(pane)
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
    _button(pane, "打印校准页").click()
    wait_for_jobs()
    assert _sizes_of(printed_to) == [(842, 595)]


# The list


def test_year_without_results_shows_a_specimen_and_the_way_to_them(
    show_page: Any, sample: Services, print_to_file: ChoosePrinter, asked: list[str]
) -> None:
    pane = show_page(lambda desk: CertificatesPane(desk, print_to_file), sample)
    assert any("样张" in text for text in _words(pane))
    _button(pane, "计算结果").click()
    assert asked == ["compute"]
    assert not pane.list.model.rowCount()


def test_kinds_states_and_search(pane: CertificatesPane, computed: Services, wait_for_jobs: Any) -> None:
    pane.list.kind_asked.emit("filing-certificate")
    wait_for_jobs()
    assert pane.list.model.rowCount() > 40
    assert pane.list.kind.currentText().startswith("备案证书 ")
    pane.list.search.setText("楼宇")
    wait_for_jobs()
    assert all("楼宇" in each.name for each in pane.list.model.shown())
    found = pane.list.model.rowCount()
    assert 0 < found < 40 and _button(pane, f"打印全部 {found} 张")
    pane.list.search.clear()
    pane.list.kind_asked.emit("appointment")
    wait_for_jobs()
    assert any("任职台账里没有在任的人员" in text for text in _words(pane))
    computed.certificates.issue(CertificateRequest(year=YEAR, names=(NAME,)))
    pane.list.kind_asked.emit("certificate")
    wait_for_jobs()
    pane.list.state.setCurrentIndex(pane.list.state.count() - 1)
    assert pane.list.model.rowCount() == 0


def test_character_without_a_font_is_a_badge(
    pane: CertificatesPane, computed: Services, wait_for_jobs: Any
) -> None:
    subject = computed.certificates.prepare(CertificateRequest(year=YEAR)).lines[0]
    assert _badges(pane)[0] == "未印"
    office_now = computed.setup.office()
    assert office_now is not None
    computed.setup.change_office(replace(office_now, name="\ue123街道办事处"))
    pane.reload()
    wait_for_jobs()
    assert _badges(pane) == ["缺字 1"] * 5
    assert any("\ue123" in text for text in _words(pane))
    assert subject.fresh


def test_small_window_shows_the_list_or_the_printer(pane: CertificatesPane, wait_for_jobs: Any) -> None:
    pane.resize(840, 440)
    wait_for_jobs()
    assert pane.list.isVisible() and not pane.side.isVisible()
    pane.sheet.side_button.click()
    assert pane.side.isVisible() and not pane.list.isVisible()


# Books


def test_register_is_searched_exported_and_a_certificate_revoked(
    pane: CertificatesPane, computed: Services, messages: Any, wait_for_jobs: Any, tmp_path: Path
) -> None:
    issued = computed.certificates.issue(CertificateRequest(year=YEAR)).prepared.certificates
    pane.reload()
    _action(pane, "证书登记簿……").trigger()
    wait_for_jobs()
    register = _dialog(pane, CertificateRegister)
    register.search.setText("楼宇")
    wait_for_jobs()
    found = [each.recipient for each in register.model.shown()]
    assert found and all("楼宇" in each for each in found)
    messages.chosen = tmp_path / "登记簿.xlsx"
    _button(register, "导出登记簿").click()
    wait_for_jobs()
    rows = list(load_workbook(messages.chosen).active.values)
    assert [row[2] for row in rows if row[0] and "〔2026〕" in str(row[0])] == found
    register.table.selectRow(0)
    register.event_buttons[K.REVOKED].click()
    form = _dialog(register, CertificateEventForm)
    form.reason.setText("弄虚作假")
    form.accept()
    wait_for_jobs()
    assert register.model.shown()[0].state.label == "已撤销"
    register.event_buttons[K.HANDED_OVER].click()
    form = _dialog(register, CertificateEventForm)
    form.person.setText("王一")
    form.accept()
    wait_for_jobs()
    assert "已撤销，不能登记“发出”" in form.trouble.accessibleName()
    form.reject()
    register.reject()
    verify = _verification(pane)
    verify.scanned.setPlainText(next(each.qr for each in issued if each.recipient == found[0]))
    wait_for_jobs()
    assert "已于 2026-01-08 撤销，不再有效" in verify.answer.accessibleName()
    messages.chosen = tmp_path / "留存.pdf"
    _action(pane, "证书登记簿……").trigger()
    wait_for_jobs()
    _button(_dialog(pane, CertificateRegister), "导出留存的 PDF").click()
    wait_for_jobs()
    assert messages.chosen.read_bytes().startswith(b"%PDF")


def test_verification_tells_what_is_wrong(
    pane: CertificatesPane, computed: Services, wait_for_jobs: Any
) -> None:
    issued = computed.certificates.issue(CertificateRequest(year=YEAR)).prepared.certificates[0]
    verify = _verification(pane)
    verify.check()
    assert "还不够核验" in verify.answer.accessibleName()
    verify.scanned.setPlainText("https://example.org 校验码")
    wait_for_jobs()
    assert "这不是证书二维码的内容" in verify.answer.accessibleName()
    verify.clear()
    verify.number.setText("示例街办证[2026]第001号")
    verify.name.setText(issued.recipient)
    verify.said.setText(issued.result)
    verify.value.setText(issued.qr[-14:].lower().replace("-", ""))
    verify.check()
    wait_for_jobs()
    assert "真实有效" in verify.answer.accessibleName()
    verify.said.setText("别的奖")
    verify.check()
    wait_for_jobs()
    assert "校验码不对" in verify.answer.accessibleName()


def test_blank_sheets_received_used_and_left(
    pane: CertificatesPane, computed: Services, wait_for_jobs: Any
) -> None:
    _action(pane, "空白证书纸……").trigger()
    wait_for_jobs()
    stock = _dialog(pane, CertificateStock)
    stock.add_button.click()
    wait_for_jobs()
    form = _dialog(stock, StockForm)
    form.kind.choose(StockKind.RECEIVED)
    form.count.setValue(50)
    form.accept()
    wait_for_jobs()
    stock.reject()
    pane.side.what.choose(Output.TEXT)
    _button(pane, "打印全部 5 张").click()
    _agree(pane, wait_for_jobs)
    (balance,) = computed.certificate_register.stock()
    assert (balance.form, balance.received, balance.used, balance.balance) == ("A4 荣誉证书", 50, 5, 45)


def test_forms_are_copied_measured_handed_on_and_set_back(
    pane: CertificatesPane, computed: Services, messages: Any, wait_for_jobs: Any, tmp_path: Path
) -> None:
    _action(pane, "管理版式……").trigger()
    wait_for_jobs()
    forms = _dialog(pane, CertificateForms)
    forms.copy.click()
    sheet = _dialog(forms, FormSheet)
    sheet.width_edit.setValue(100)
    sheet.accept()
    wait_for_jobs()
    assert sheet.size_row.is_wrong()
    sheet.name.setText("本街道的荣誉证书")
    sheet.width_edit.setValue(300)
    sheet.accept()
    wait_for_jobs()
    own = next(each for each in computed.certificate_designs.forms() if each.name == "本街道的荣誉证书")
    assert own.width == 300
    place = [each.name for each in forms.model.shown()].index(own.name)
    forms.table.selectRow(place)
    messages.chosen = tmp_path / "版式.toml"
    forms.export.click()
    wait_for_jobs()
    assert forms.restore.text() == "删除"
    forms.restore.click()
    wait_for_jobs()
    assert own not in computed.certificate_designs.forms()
    _button(forms, "从文件导入……").click()
    wait_for_jobs()
    assert own in computed.certificate_designs.forms()
    messages.chosen.write_text("no form", encoding="utf-8")
    _button(forms, "从文件导入……").click()
    wait_for_jobs()
    assert len(messages.errors) == 1
    forms.table.selectRow([each.name for each in forms.model.shown()].index(own.name))
    forms.use.click()
    wait_for_jobs()
    assert pane.sheet.canvas.sheet_size() == (300, 210)


def test_wording_is_changed_with_fields_put_in_and_mistakes_told(
    pane: CertificatesPane, computed: Services, wait_for_jobs: Any
) -> None:
    _action(pane, "管理版式……").trigger()
    wait_for_jobs()
    forms = _dialog(pane, CertificateForms)
    forms.table.select_ids((("文字", "certificate"),))
    assert forms.edit.text() == "修改文字"
    forms.edit.click()
    wait_for_jobs()
    wording = _dialog(forms, CertificateWording)
    wording.text.setPlainText("在{没有的}年度考核中，")
    wording.accept()
    wait_for_jobs()
    assert "没有“{没有的}”这个字段" in wording.trouble.accessibleName() and wording.isVisible()
    wording.text.setPlainText("经考核，贵单位的等次为")
    wording.text.moveCursor(QTextCursor.MoveOperation.End)
    wording.insert.choose("等次")
    wording.insert.activated.emit(wording.insert.currentIndex())
    wording.lines["heading"].setText("荣 誉")
    wording.accept()
    wait_for_jobs()
    certificate = computed.certificates.prepare(CertificateRequest(year=YEAR)).certificates[0]
    assert (certificate.heading, certificate.text) == ("荣 誉", "经考核，贵单位的等次为优秀")
    assert forms.restore.text() == "恢复自带"
    forms.restore.click()
    wait_for_jobs()
    assert computed.certificates.prepare(CertificateRequest(year=YEAR)).certificates[0].heading == "荣誉证书"


def _agree(pane: CertificatesPane, wait_for_jobs: Any) -> tuple[str, ...]:
    """Agree to the numbers; what was agreed to."""
    wait_for_jobs()
    form = _dialog(pane, IssueCertificates)
    facts: tuple[str, ...] = form.facts()
    form.accept()
    wait_for_jobs()
    return facts


def _calibrate(pane: CertificatesPane, wait_for_jobs: Any, *, right: float, down: float) -> None:
    form = _readings(pane)
    form.printer.setText(PRINTER)
    crosses = pane.property("desk").services.certificate_designs.crosses(pane.drawing.form())
    for (x, y), (left, top) in zip(crosses, form.fields, strict=True):
        left.setText(f"{x + right:.1f}")
        top.setText(f"{y + down:.1f}")
    form.accept()
    wait_for_jobs()


def _readings(pane: CertificatesPane) -> CalibrationReadings:
    _button(pane, "填写校准读数……").click()
    return _dialog(pane, CalibrationReadings)


def _verification(pane: CertificatesPane) -> VerifyCertificate:
    _action(pane, "核验证书……").trigger()
    return _dialog(pane, VerifyCertificate)


def _drag(pane: CertificatesPane, start: QPoint, end: QPoint) -> None:
    canvas = pane.sheet.canvas
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(canvas, end)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=end)


def _tick(pane: CertificatesPane, count: int) -> None:
    pane.list.model.set_checked([each.key for each in pane.list.model.shown()[:count]], True)


def _box(pane: CertificatesPane, key: str) -> Any:
    pane.sheet.canvas.choose(key)
    return pane.sheet.canvas.chosen_box()


def _field(services: Services, text: str) -> Any:
    form = services.certificate_designs.form("a4-honor")
    return next(each for each in form.fields if each.text.value == text)


def _texts_on(services: Services) -> set[str]:
    return {each.text.value for each in services.certificate_designs.form("a4-honor").fields}


def _badges(pane: CertificatesPane) -> list[str]:
    column = pane.list.model.columns[-1]
    return [column.text(each) for each in pane.list.model.shown()]


def _button(page: QWidget, text: str) -> QPushButton:
    known = [*page.findChildren(QPushButton)]
    if isinstance(page, CertificatesPane):
        known += [each for each in page.buttons() if isinstance(each, QPushButton)]
    return next(each for each in known if each.text() == text)


def _action(pane: CertificatesPane, text: str) -> Any:
    menus = (each.menu() for each in pane.buttons() if isinstance(each, QPushButton))
    return next(each for menu in menus if menu for each in menu.actions() if each.text() == text)


def _dialog(page: QWidget, kind: type[QDialog]) -> Any:
    return [each for each in page.findChildren(kind) if each.isVisible()][-1]


def _words(page: QWidget) -> list[str]:
    return [each.text() for each in page.findChildren(QLabel) if each.isVisible()]


def _text_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return "".join(text.split())


def _sizes_of(path: Path) -> list[tuple[int, int]]:
    document = pypdfium2.PdfDocument(path)
    sizes = [tuple(map(round, page.get_size())) for page in document]
    document.close()
    return sizes
