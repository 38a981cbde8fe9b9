"""Certificates against their floor.

Run with: pytest tests/benchmarks/bench_certificates.py -o python_files='bench_*.py' -s

The floor is a bare ReportLab loop that draws the same strings, cut to the same fonts, at the same places, and
nothing else: no frame, no checks, no fitting. Where there is a QR code, the floor encodes it with the same
library and draws its modules as one path.
"""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from reportlab.pdfgen.canvas import Canvas

from core.model.certificate import Certificate
from core.model.certificate_form import Adjustment, CertificateLayout, FieldText, Output
from core.paper.certificate import fields_drawn
from core.paper.certificate_fields import block_inks, field_blocks
from core.paper.certificate_qr import qr_rows
from core.paper.fonts import FontLibrary, Role, Run
from core.paper.grid import MM
from core.paper.page import Ink
from core.paper.render import ReportLabPaper
from core.rules.check_values import check_value, qr_text
from core.services.certificate_forms import shipped_forms
from tests.benchmarks.measuring import compare

MOST = 1.3
"""Law: so many times the floor."""
COUNT, COUNT_WITH_CODE = 1_000, 200
"""A code takes 4 ms in either loop, so that fewer tell as much."""
NAMES = (
    "松枫社区作风监督志愿队",
    "东湖社区合唱团",
    "滨湖社区楼宇经济联合会",
    "艾山·甲舞蹈队",
    "李𬭎太极拳社",
)
HEAD = "12860-3F2A-91BC"
AWARDS = ("优秀社会组织奖", "良好社会组织奖")
SHIPPED = {each.code: each for each in shipped_forms()}
FORM = SHIPPED["a4-honor"]
WIDTH, HEIGHT = FORM.width * MM, FORM.height * MM
QR = next(each for each in FORM.fields if each.text is FieldText.QR)
ADJUSTED = Adjustment(Decimal("1.5"), Decimal("-0.8"), Decimal(100), Decimal("99.85"), Decimal("0.05"))
OVERPRINT = CertificateLayout(FORM, Output.TEXT, ADJUSTED)


def certificates(one_text_each: bool, with_code: bool) -> list[Certificate]:
    made = []
    for number in range(1, (COUNT_WITH_CODE if with_code else COUNT) + 1):
        name = f"{NAMES[number % len(NAMES)]}第{number}分队"
        whose = name if one_text_each else ""
        award = AWARDS[number % len(AWARDS)]
        said = (f"临街社〔2026〕第{number:03d}号", name, f"2025年度{award}")
        made.append(
            Certificate(
                heading="荣誉证书",
                recipient=name,
                text=f"{whose}在2025年度社会组织考核中，考核等次为优秀，获{award}。",
                closing="特发此证，以资鼓励。",
                issuer="临江街道办事处",
                dated_on=date(2026, 1, 5),
                number=said[0],
                result=said[2],
                log_head=HEAD,
                qr=qr_text(*said, check_value(b"key", *said)) if with_code else "",
            )
        )
    return made


def floor(pages: list[tuple[str, list[tuple[Ink, Run]]]], font_name: str) -> bytes:
    file = BytesIO()
    canvas = Canvas(file, pagesize=(WIDTH, HEIGHT), invariant=1, initialFontName=font_name)
    for code, page in pages:
        for ink, run in page:
            canvas.setFillColorRGB(*ink.colour)
            canvas.setFont(run.font_name, run.size)
            canvas.drawString(ink.x + run.x, HEIGHT - ink.y, run.text, charSpace=run.char_space)
        if code:
            draw_code(canvas, code)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def draw_code(canvas: Canvas, code: str) -> None:
    rows = qr_rows(code, "")
    side = QR.width * MM / len(rows)
    path = canvas.beginPath()
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                path.rect(QR.left * MM + x * side, HEIGHT - QR.top * MM - (y + 1) * side, side, side)
    canvas.drawPath(path, stroke=0, fill=1)


@pytest.mark.parametrize(
    ("one_text_each", "with_code", "layout"),
    [
        (False, False, CertificateLayout(FORM)),
        (True, False, CertificateLayout(FORM)),
        (True, False, OVERPRINT),
        (True, True, CertificateLayout(FORM)),
    ],
    ids=["texts-by-award", "one-text-each", "overprint", "with-qr"],
)
def test_certificates(
    benchmark: BenchmarkFixture, one_text_each: bool, with_code: bool, layout: CertificateLayout
) -> None:
    fonts = FontLibrary()
    paper = ReportLabPaper(fonts)
    made = certificates(one_text_each, with_code)
    pages = [
        (
            certificate.qr,
            [
                (ink, run)
                for block in field_blocks(certificate, layout.form, fields_drawn(layout), fonts)
                for ink in block_inks(block, fonts)
                for run in fonts.runs(ink.text, ink.role, ink.size, ink.spacing)
            ],
        )
        for certificate in made
    ]
    font_name = fonts.first_font_name(Role.BODY)
    floor(pages, font_name)

    def work() -> bytes:
        return paper.certificates(made, layout, lambda done, total: None)

    rounds = 2 if with_code else 5
    assert benchmark.pedantic(work, rounds=rounds, warmup_rounds=1).count(b"/Type /Page\n") == len(made)
    assert compare("certificates", work, lambda: floor(pages, font_name), 15) <= MOST
