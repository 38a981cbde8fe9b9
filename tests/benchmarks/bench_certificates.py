"""Certificates against their floor.

Run with: pytest tests/benchmarks/bench_certificates.py -o python_files='bench_*.py' -s

The floor is a bare ReportLab loop that draws the same strings, cut to the same fonts, at the same places, and
nothing else: no frame, no checks, no fitting.
"""

from datetime import date
from io import BytesIO

import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from reportlab.pdfgen.canvas import Canvas

from core.model.certificate import Certificate
from core.paper.certificate import HEIGHT, WIDTH, certificate_inks
from core.paper.fonts import FontLibrary, Role, Run
from core.paper.page import Ink
from core.paper.render import ReportLabPaper
from tests.benchmarks.measuring import best_of

COUNT = 1_000
NAMES = (
    "松枫社区作风监督志愿队",
    "东湖社区合唱团",
    "滨湖社区楼宇经济联合会",
    "艾山·甲舞蹈队",
    "李𬭎太极拳社",
)
AWARDS = ("优秀社会组织奖", "良好社会组织奖")


def certificates(one_text_each: bool) -> list[Certificate]:
    made = []
    for number in range(1, COUNT + 1):
        name = f"{NAMES[number % len(NAMES)]}第{number}分队"
        whose = name if one_text_each else ""
        text = f"{whose}在2025年度社会组织考核中，考核等次为优秀，获{AWARDS[number % len(AWARDS)]}。"
        made.append(
            Certificate(
                heading="荣誉证书",
                recipient=name,
                text=text,
                closing="特发此证，以资鼓励。",
                issuer="临江街道办事处",
                dated_on=date(2026, 1, 5),
                number=f"临街社〔2026〕第{number:03d}号",
            )
        )
    return made


def floor(pages: list[list[tuple[Ink, Run]]], font_name: str) -> bytes:
    file = BytesIO()
    canvas = Canvas(file, pagesize=(WIDTH, HEIGHT), invariant=1, initialFontName=font_name)
    for page in pages:
        for ink, run in page:
            canvas.setFillColorRGB(*ink.colour)
            canvas.setFont(run.font_name, run.size)
            canvas.drawString(ink.x + run.x, HEIGHT - ink.y, run.text, charSpace=run.char_space)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


@pytest.mark.parametrize("one_text_each", [False, True], ids=["texts-by-award", "one-text-each"])
def test_certificates(benchmark: BenchmarkFixture, one_text_each: bool) -> None:
    fonts = FontLibrary()
    paper = ReportLabPaper(fonts)
    made = certificates(one_text_each)
    pages = [
        [
            (ink, run)
            for ink in certificate_inks(certificate, fonts)
            for run in fonts.runs(ink.text, ink.role, ink.size, ink.spacing)
        ]
        for certificate in made
    ]
    font_name = fonts.first_font_name(Role.BODY)
    floor(pages, font_name)

    def work() -> bytes:
        return paper.certificates(made, lambda done, total: None)

    assert benchmark.pedantic(work, rounds=5, warmup_rounds=1).count(b"/Type /Page\n") == COUNT
    bare, mine = best_of(lambda: floor(pages, font_name)), best_of(work)
    print(f"\nfloor {bare * 1000:.0f} ms, certificates {mine * 1000:.0f} ms: {mine / bare:.2f} ×")
