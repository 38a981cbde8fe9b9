"""The books of certificates: register, verification, stock, forms and wordings."""

from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from openpyxl import load_workbook
from PySide6.QtGui import QTextCursor

from core.model.certificate import CertificateRequest, StockKind
from core.model.certificate_form import Output
from core.services.services import Services
from gui.dialogs.certificate_event import CertificateEventForm
from gui.dialogs.certificate_forms import CertificateForms, FormSheet
from gui.dialogs.certificate_register import CertificateRegister
from gui.dialogs.certificate_stock import CertificateStock, StockForm
from gui.dialogs.certificate_wording import CertificateWording
from gui.dialogs.printing import ChoosePrinter
from gui.pages.certificates import CertificatesPane
from tests.gui.certificates_tab import YEAR, K, action, agree, button, dialog, verification


@pytest.fixture
def pane(show_page: Any, computed: Services, print_to_file: ChoosePrinter) -> CertificatesPane:
    return show_page(lambda desk: CertificatesPane(desk, print_to_file), computed)


def test_register_is_searched_exported_and_a_certificate_revoked(
    pane: CertificatesPane, computed: Services, messages: Any, wait_for_jobs: Any, tmp_path: Path
) -> None:
    issued = computed.certificates.issue(CertificateRequest(year=YEAR)).prepared.certificates
    pane.reload()
    action(pane, "证书登记簿……").trigger()
    wait_for_jobs()
    register = dialog(pane, CertificateRegister)
    register.search.setText("楼宇")
    wait_for_jobs()
    found = [each.recipient for each in register.model.shown()]
    assert found and all("楼宇" in each for each in found)
    messages.chosen = tmp_path / "登记簿.xlsx"
    button(register, "导出登记簿").click()
    wait_for_jobs()
    rows = list(load_workbook(messages.chosen).active.values)
    assert [row[2] for row in rows if row[0] and "〔2026〕" in str(row[0])] == found
    register.table.selectRow(0)
    register.event_buttons[K.REVOKED].click()
    form = dialog(register, CertificateEventForm)
    form.reason.setText("弄虚作假")
    form.accept()
    wait_for_jobs()
    assert register.model.shown()[0].state.label == "已撤销"
    register.event_buttons[K.HANDED_OVER].click()
    form = dialog(register, CertificateEventForm)
    form.person.setText("王一")
    form.accept()
    wait_for_jobs()
    assert "已撤销，不能登记“发出”" in form.trouble.accessibleName()
    form.reject()
    register.reject()
    verify = verification(pane)
    verify.scanned.setPlainText(next(each.qr for each in issued if each.recipient == found[0]))
    wait_for_jobs()
    assert "已于 2026-01-08 撤销，不再有效" in verify.answer.accessibleName()
    messages.chosen = tmp_path / "留存.pdf"
    action(pane, "证书登记簿……").trigger()
    wait_for_jobs()
    pages = {}
    for words in ("导出这一张", "导出留存的 PDF"):
        button(dialog(pane, CertificateRegister), words).click()
        wait_for_jobs()
        pages[words] = len(pypdfium2.PdfDocument(messages.chosen.read_bytes()))
    assert pages == {"导出这一张": 1, "导出留存的 PDF": len(issued)}


def test_verification_tells_what_is_wrong(
    pane: CertificatesPane, computed: Services, wait_for_jobs: Any
) -> None:
    issued = computed.certificates.issue(CertificateRequest(year=YEAR)).prepared.certificates[0]
    verify = verification(pane)
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
    action(pane, "空白证书纸……").trigger()
    wait_for_jobs()
    stock = dialog(pane, CertificateStock)
    stock.add_button.click()
    wait_for_jobs()
    form = dialog(stock, StockForm)
    form.kind.choose(StockKind.RECEIVED)
    form.count.setValue(50)
    form.accept()
    wait_for_jobs()
    stock.reject()
    pane.side.what.choose(Output.TEXT)
    button(pane, "打印全部 5 张").click()
    agree(pane, wait_for_jobs)
    (balance,) = computed.certificate_register.stock()
    assert (balance.form, balance.received, balance.used, balance.balance) == ("A4 荣誉证书", 50, 5, 45)


def test_forms_are_copied_measured_handed_on_and_set_back(
    pane: CertificatesPane, computed: Services, messages: Any, wait_for_jobs: Any, tmp_path: Path
) -> None:
    action(pane, "管理版式……").trigger()
    wait_for_jobs()
    forms = dialog(pane, CertificateForms)
    forms.copy.click()
    sheet = dialog(forms, FormSheet)
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
    button(forms, "从文件导入").click()
    wait_for_jobs()
    assert own in computed.certificate_designs.forms()
    messages.chosen.write_text("no form", encoding="utf-8")
    button(forms, "从文件导入").click()
    wait_for_jobs()
    assert len(messages.errors) == 1
    forms.table.selectRow([each.name for each in forms.model.shown()].index(own.name))
    forms.use.click()
    wait_for_jobs()
    assert pane.sheet.canvas.sheet_size() == (300, 210)


def test_wording_is_changed_with_fields_put_in_and_mistakes_told(
    pane: CertificatesPane, computed: Services, wait_for_jobs: Any
) -> None:
    action(pane, "管理版式……").trigger()
    wait_for_jobs()
    forms = dialog(pane, CertificateForms)
    forms.table.select_ids((("文字", "certificate"),))
    assert forms.edit.text() == "修改文字"
    forms.edit.click()
    wait_for_jobs()
    wording = dialog(forms, CertificateWording)
    wording.text.setPlainText("在{没有的}年度考核中，")
    wording.accept()
    wait_for_jobs()
    assert "正文：没有“{没有的}”这个字段" in wording.trouble.accessibleName() and wording.isVisible()
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
