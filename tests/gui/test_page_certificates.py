"""The tab of certificates: calibrated, designed, numbered, printed, handed out, verified; bad input told."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QDate, Qt
from pytestqt.qtbot import QtBot

from core.model.certificate import CertificateRequest
from core.model.certificate_form import Output
from core.model.journal import ActDraft
from core.model.written_document import IssuedPaper
from core.services.services import Services
from gui.dialogs.certificate_event import CertificateEventForm
from gui.dialogs.certificate_preview import CertificatePreview
from gui.dialogs.certificate_register import CertificateRegister
from gui.dialogs.issue_certificates import IssueCertificates
from gui.dialogs.printing import ChoosePrinter
from gui.pages.certificates import CertificatesPane
from tests.gui.certificates_tab import (
    NAME,
    NUMBER,
    PRINTER,
    YEAR,
    K,
    action,
    agree,
    badges,
    button,
    calibrate,
    dialog,
    field_of,
    sizes_of,
    text_of,
    tick,
    verification,
    words_of,
)


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
    calibrate(pane, wait_for_jobs, right=1.2, down=-0.7)
    (profile,) = computed.certificate_designs.profiles()
    assert (profile.printer, profile.form) == (PRINTER, "a4-honor")
    assert (profile.dx, profile.dy) == (Decimal("-1.20"), Decimal("0.70"))
    assert pane.side.shifts["dx"].value() == -1.2
    pane.sheet.canvas.choose("recipient")
    pane.side.places["left"].setValue(50)
    wait_for_jobs()
    assert field_of(computed, "recipient").left == 50
    pane.side.what.choose(Output.TEXT)
    tick(pane, 2)
    button(pane, "打印选中的 2 张").click()
    facts = agree(pane, wait_for_jobs)
    assert facts[0] == "2 张：证书编号 示例街办证〔2026〕第001号 至 示例街办证〔2026〕第002号 将被占用"
    assert any("向左 1.20 毫米，向下 0.70 毫米" in words for words in facts)
    assert sizes_of(printed_to) == [(842, 595)] * 2
    lines = computed.certificate_register.lines()
    assert [(each.number[-4:], each.state.label, each.copies) for each in lines] == [
        ("001号", "已印", 1),
        ("002号", "已印", 1),
    ]
    assert [(each.form, each.used) for each in computed.certificate_register.stock()] == [("A4 荣誉证书", 2)]
    pane.list.model.clear_checks()
    pane.list.table.selectRow(0)
    pane.list.hand_over.click()
    form = dialog(pane, CertificateEventForm)
    form.accept()
    assert form.person_row.is_wrong()
    form.person.setText("王一")
    form.accept()
    wait_for_jobs()
    assert computed.certificate_register.find(NUMBER).holder == "王一"
    assert badges(pane)[:3] == ["已发出", "已印", "未印"]
    code = computed.certificates.prepare(CertificateRequest(year=YEAR)).certificates[0].qr
    verify = verification(pane)
    verify.scanned.setPlainText(code)
    wait_for_jobs()
    assert f"真实有效：2026-01-08 发给“{NAME}”的荣誉证书。" in verify.answer.accessibleName()
    assert "由王一领取" in verify.answer.accessibleName()
    verify.reject()
    assert not messages.errors and not messages.bugs and not messages.questions


def test_printed_again_nothing_is_asked_and_it_counts_as_printed_again(
    pane: CertificatesPane, computed: Services, messages: Any, wait_for_jobs: Any
) -> None:
    button(pane, "打印全部 5 张").click()
    agree(pane, wait_for_jobs)
    button(pane, "打印全部 5 张").click()
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
    for ask in (button(pane, "打印全部 5 张").click, action(pane, "导出为一个 PDF……").trigger):
        ask()
        wait_for_jobs()
        dialog(pane, IssueCertificates).reject()
    messages.chosen = None
    action(pane, "导出为每张一个文件……").trigger()
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

    # The worker waits for it: the few are made sooner than the window's thread wakes.
    jobs.started.connect(stop, Qt.ConnectionType.BlockingQueuedConnection)
    button(pane, "打印全部 5 张").click()
    agree(pane, wait_for_jobs)
    assert stopped
    assert computed.certificate_register.lines() == ()
    assert not printed_to.exists()


def test_number_and_day_typed_by_hand(pane: CertificatesPane, computed: Services, wait_for_jobs: Any) -> None:
    computed.certificates.issue(CertificateRequest(year=YEAR, names=(NAME,)))
    pane.reload()
    wait_for_jobs()
    button(pane, "打印全部 5 张").click()
    wait_for_jobs()
    form = dialog(pane, IssueCertificates)
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
    button(pane, "打印全部 5 张").click()
    wait_for_jobs()
    assert len(sizes_of(printed_to)) == 5
    assert NAME not in text_of(printed_to)
    assert computed.certificate_register.lines() == () and not messages.questions


def test_exported_as_one_file_and_as_one_for_each(
    pane: CertificatesPane, computed: Services, messages: Any, wait_for_jobs: Any, tmp_path: Path
) -> None:
    messages.chosen = tmp_path / "证书.pdf"
    action(pane, "导出为一个 PDF……").trigger()
    agree(pane, wait_for_jobs)
    winners = computed.certificates.prepare(CertificateRequest(year=YEAR)).certificates
    assert all(each.recipient in text_of(messages.chosen) for each in winners)
    messages.chosen = tmp_path / "每张"
    messages.chosen.mkdir()
    action(pane, "导出为每张一个文件……").trigger()
    wait_for_jobs()
    names = sorted(each.name for each in messages.chosen.iterdir())
    assert len(names) == 5 and names[0] == f"{NUMBER} {NAME}.pdf"


def test_a_place_that_takes_no_file_books_no_number(
    pane: CertificatesPane, computed: Services, messages: Any, wait_for_jobs: Any, tmp_path: Path
) -> None:
    (tmp_path / "occupied").write_bytes(b"")
    messages.chosen = tmp_path / "occupied" / "证书.pdf"
    action(pane, "导出为一个 PDF……").trigger()
    agree(pane, wait_for_jobs)
    assert [error.code for error in messages.errors] == ["file_not_written"]
    assert computed.certificate_register.lines() == ()


def test_everything_is_previewed_and_no_number_booked(
    pane: CertificatesPane, computed: Services, wait_for_jobs: Any
) -> None:
    button(pane, "预览全部").click()
    wait_for_jobs()
    assert dialog(pane, CertificatePreview).view.page_count() == 5
    assert computed.certificate_register.lines() == ()


def test_stock_larger_than_a4_is_printed_on_its_own_size(
    pane: CertificatesPane, wait_for_jobs: Any, printed_to: Path
) -> None:
    pane.side.form_asked.emit("8k-honor")
    wait_for_jobs()
    assert pane.sheet.canvas.sheet_size() == (370, 260)
    tick(pane, 1)
    button(pane, "打印选中的 1 张").click()
    agree(pane, wait_for_jobs)
    ((width, height),) = sizes_of(printed_to)
    assert abs(width - 370 / 25.4 * 72) < 2 and abs(height - 260 / 25.4 * 72) < 2


# The list


def test_year_without_results_shows_a_specimen_and_the_way_to_them(
    show_page: Any, sample: Services, print_to_file: ChoosePrinter, asked: list[str]
) -> None:
    pane = show_page(lambda desk: CertificatesPane(desk, print_to_file), sample)
    assert any("样张" in text for text in words_of(pane))
    button(pane, "计算结果").click()
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
    assert 0 < found < 40 and button(pane, f"打印全部 {found} 张")
    pane.list.search.clear()
    pane.list.kind_asked.emit("appointment")
    wait_for_jobs()
    assert any("任职台账里没有在任的人员" in text for text in words_of(pane))
    computed.certificates.issue(CertificateRequest(year=YEAR, names=(NAME,)))
    pane.list.kind_asked.emit("certificate")
    wait_for_jobs()
    pane.list.state.setCurrentIndex(pane.list.state.count() - 1)
    assert pane.list.model.rowCount() == 0


def test_character_without_a_font_is_a_badge(
    pane: CertificatesPane, computed: Services, wait_for_jobs: Any
) -> None:
    subject = computed.certificates.prepare(CertificateRequest(year=YEAR)).lines[0]
    assert badges(pane)[0] == "未印"
    office_now = computed.setup.office()
    assert office_now is not None
    computed.setup.change_office(replace(office_now, name="\ue123街道办事处"))
    pane.reload()
    wait_for_jobs()
    assert badges(pane) == ["缺字 1"] * 5
    assert any("\ue123" in text for text in words_of(pane))
    assert subject.fresh


def test_small_window_shows_the_list_or_the_printer(pane: CertificatesPane, wait_for_jobs: Any) -> None:
    pane.resize(840, 440)
    wait_for_jobs()
    assert pane.list.isVisible() and not pane.side.isVisible()
    pane.sheet.side_button.click()
    assert pane.side.isVisible() and not pane.list.isVisible()
