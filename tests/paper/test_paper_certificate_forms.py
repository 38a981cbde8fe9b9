"""Certificates by form: positions in the finished PDF, what each output shows, adjusted sheets, QR codes."""

import ctypes
import re
import zlib
from dataclasses import replace
from datetime import date
from decimal import Decimal
from math import hypot

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
import segno

from core.errors import DocumentFailed
from core.model.certificate import Certificate
from core.model.certificate_form import (
    Adjustment,
    CalibrationSheet,
    CertificateForm,
    CertificateLayout,
    FieldText,
    Output,
)
from core.paper.certificate_fields import ceremonial_date
from core.paper.certificate_qr import qr_rows
from core.paper.render import ReportLabPaper
from core.rules.calibration import cross_places, moved
from core.services.certificate_forms import shipped_forms

MM = 72 / 25.4
SHIPPED = {each.code: each for each in shipped_forms()}
HONOR = SHIPPED["a4-honor"]
PLAIN = Certificate(
    heading="荣誉证书",
    recipient="东湖社区合唱团",
    text="在2025年度社会组织考核中，考核等次为优秀，获优秀社会组织奖。",
    closing="特发此证，以资鼓励。",
    issuer="临江街道办事处",
    dated_on=date(2026, 1, 5),
    number="临街社〔2026〕第001号",
    result="2025年度优秀社会组织奖",
    qr="证书编号\uff1a临街社〔2026〕第001号\n校验码\uff1a7K2M-9QXT-44AB",
)
BASELINES = {
    "荣": (86.83, 50.0),
    "东": (43.73, 89.0),
    "在": (59.25, 105.58),
    "特": (59.25, 132.75),
    "临江": (185.31, 163.0),
    "2026年": (188.83, 174.5),
    "编": (43.73, 181.0),
}
"""Where texts began on the pages of the first release: from the left, baseline from the top (mm)."""
NAME_80 = "永丰社区平安巡逻与邻里守望互助志愿服务总队暨老年人关爱协会联合会筹备工作委员会甲" * 2
ADJUSTMENT = Adjustment(Decimal("1.5"), Decimal("-0.8"), Decimal("100.3"), Decimal("99.85"), Decimal("0.25"))


def silent(done: int, total: int) -> None: ...


def characters(data: bytes) -> list[tuple[str, float, float]]:
    """Each visible character of the first page with its origin, mm from the left and from the top."""
    page = pypdfium2.PdfDocument(data)[0]
    text, height = page.get_textpage(), page.get_height()
    found = []
    for number in range(text.count_chars()):
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(text.raw, number, x, y)
        shown = chr(pdfium.FPDFText_GetUnicode(text.raw, number))
        if "\udc00" <= shown <= "\udfff":
            shown = (found.pop()[0] + shown).encode("utf-16", "surrogatepass").decode("utf-16")
        if not shown.isspace():
            found.append((shown, x.value / MM, (height - y.value) / MM))
    return found


def said(data: bytes) -> str:
    return "".join(each for each, _, _ in characters(data))


def printed(
    paper: ReportLabPaper, form: CertificateForm, certificate: Certificate = PLAIN, **layout: object
) -> bytes:
    return paper.certificates([certificate], CertificateLayout(form, **layout), silent)


def test_the_shipped_form_prints_as_the_first_release_did(paper: ReportLabPaper) -> None:
    found = characters(printed(paper, HONOR))
    text = "".join(each for each, _, _ in found)
    for start, (x, y) in BASELINES.items():
        place = text.rindex(start) if start == "2026年" else text.index(start)
        assert found[place][1:] == (pytest.approx(x, abs=0.05), pytest.approx(y, abs=0.05)), start


@pytest.mark.parametrize(
    "adjustment", [ADJUSTMENT, Adjustment(dx=Decimal(-3)), Adjustment(rotation=Decimal(-2))]
)
def test_overprint_stands_where_the_adjustment_says(paper: ReportLabPaper, adjustment: Adjustment) -> None:
    plain = characters(printed(paper, HONOR, output=Output.TEXT))
    found = characters(printed(paper, HONOR, output=Output.TEXT, adjustment=adjustment))
    assert sorted(each for each, _, _ in plain) == sorted(each for each, _, _ in found)
    for shown, x, y in plain:
        place = moved(adjustment, x, y)
        off = [hypot(at_x - place[0], at_y - place[1]) for each, at_x, at_y in found if each == shown]
        assert min(off) < 0.1, (shown, x, y)


def test_text_alone_is_where_it_is_on_the_whole_page(paper: ReportLabPaper) -> None:
    both = characters(printed(paper, HONOR))
    alone = characters(printed(paper, HONOR, output=Output.TEXT))
    assert both == alone


@pytest.mark.parametrize("form", shipped_forms(), ids=lambda each: each.code)
def test_pages_have_the_size_of_the_stock(paper: ReportLabPaper, form: CertificateForm) -> None:
    page = pypdfium2.PdfDocument(printed(paper, form))[0]
    assert (page.get_width() / MM, page.get_height() / MM) == pytest.approx(
        (form.width, form.height), abs=0.01
    )


def test_what_the_stock_has_is_left_out_of_the_text(paper: ReportLabPaper) -> None:
    stock = SHIPPED["8k-honor"]
    text = printed(paper, stock, output=Output.TEXT)
    background = printed(paper, stock, output=Output.BACKGROUND)
    assert "荣誉证书" not in said(text) and "东湖社区合唱团" in said(text)
    assert said(background) == "荣誉证书"
    assert sorted(said(printed(paper, stock))) == sorted(said(text) + said(background))
    assert drawn(background) and not drawn(text)


def drawn(data: bytes) -> bool:
    """Whether the page shows the frame, which is a form of its own."""
    page = pypdfium2.PdfDocument(data)[0]
    return any(each.type == pdfium.FPDF_PAGEOBJ_FORM for each in page.get_objects(max_depth=1))


@pytest.mark.parametrize("form", shipped_forms(), ids=lambda each: each.code)
@pytest.mark.parametrize(
    "name", ["甲乙", NAME_80[:80], "A&B <i>队</i>", "李𬭎", "第一行\n第二行", "甲\u200d乙"]
)
def test_every_name_keeps_within_its_box(paper: ReportLabPaper, form: CertificateForm, name: str) -> None:
    found = characters(printed(paper, form, replace(PLAIN, recipient=name)))
    box = form.field(FieldText.RECIPIENT)
    assert box is not None
    shown = "".join(name.replace("\n", " ").replace("\u200d", "").split())
    text = "".join(each for each, _, _ in found)
    start = text.index(shown)
    for _, x, y in found[start : start + len(shown)]:
        assert box.left - 0.1 <= x <= box.left + box.width
        assert box.top <= y <= box.top + box.height


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        (FieldText.RECIPIENT, {"recipient": "长" * 200}),
        (FieldText.TEXT, {"text": "认真负责，" * 100}),
        (FieldText.ISSUER, {"issuer": "长" * 80}),
        (FieldText.HEADING, {"heading": "长" * 80}),
    ],
)
def test_what_does_not_fit_is_refused_by_field_and_organization(
    paper: ReportLabPaper, field: FieldText, changed: dict[str, str]
) -> None:
    certificate = replace(PLAIN, **changed)
    with pytest.raises(DocumentFailed) as caught:
        printed(paper, HONOR, certificate)
    assert field.label in caught.value.message_zh
    assert certificate.recipient[:40] in caught.value.message_zh
    assert HONOR.name in caught.value.remedy_zh


def test_a_longer_office_moves_office_and_date_together(paper: ReportLabPaper) -> None:
    certificate = replace(PLAIN, issuer="临江市滨湖新区东湖街道办事处社会组织工作领导小组")
    found = characters(printed(paper, HONOR, certificate))
    text = "".join(each for each, _, _ in found)
    office, day = text.index("临江市"), text.rindex("2026年1月5日")
    right = max(x for _, x, _ in found)
    assert right <= 253.3
    middle = (found[office][1] + found[office + len(certificate.issuer) - 1][1] + 20 / MM) / 2
    middle_of_day = (found[day][1] + found[day + 8][1] + 20 / MM) / 2
    assert middle == pytest.approx(middle_of_day, abs=1)


def test_the_date_of_ceremonies() -> None:
    days = (date(2026, 1, 5), date(2026, 10, 5), date(2030, 12, 31))
    assert [ceremonial_date(each) for each in days] == [
        "二〇二六年一月",
        "二〇二六年十月",
        "二〇三〇年十二月",
    ]


def test_the_code_is_one_path_of_the_right_modules(paper: ReportLabPaper) -> None:
    rows = qr_rows(PLAIN.qr, "")
    bare = replace(
        HONOR, frame=False, fields=tuple(each for each in HONOR.fields if each.text is FieldText.QR)
    )
    stream = content_of(printed(paper, bare))
    shown = re.findall(r"(\d+) (-\d+) (\d+) 1\.03 re", stream)
    dark = {(-int(y) - 1, x) for start, y, count in shown for x in range(int(start), int(start) + int(count))}
    wanted = {(y, x) for y, row in enumerate(rows) for x, module in enumerate(row) if module}
    assert dark == wanted and stream.count("\nf Q") == 1
    code = segno.make_qr(PLAIN.qr, error="m", mode="byte", encoding="utf-8", mask=3, boost_error=False)
    assert rows == tuple(map(bytes, code.matrix))


def content_of(data: bytes) -> str:
    """The operators of the page."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\n?endstream", data, re.DOTALL)
    return "".join(zlib.decompress(each).decode("latin-1") for each in streams)


def test_too_much_for_a_code_is_told(paper: ReportLabPaper) -> None:
    with pytest.raises(DocumentFailed, match=r"东湖社区合唱团.*二维码"):
        printed(paper, HONOR, replace(PLAIN, qr="长" * 2000))


def test_a_scan_that_is_no_picture_is_told(paper: ReportLabPaper) -> None:
    with pytest.raises(DocumentFailed, match="底图"):
        printed(paper, HONOR, picture=b"\x89PNG\r\n\x1a\nno picture")


@pytest.mark.parametrize("adjustment", [Adjustment(), ADJUSTMENT])
def test_the_calibration_sheet_has_its_crosses_in_place(
    paper: ReportLabPaper, adjustment: Adjustment
) -> None:
    crosses = cross_places(297, 210)
    found = characters(paper.calibration_sheet(CalibrationSheet("校准页", 297, 210, crosses, adjustment)))
    for number, (x, y) in enumerate(crosses, start=1):
        label = moved(adjustment, x + 1.5, y - 1.5)
        assert any(
            each == str(number) and (at_x, at_y) == pytest.approx(label, abs=0.1)
            for each, at_x, at_y in found
        )
