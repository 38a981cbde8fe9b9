"""A picture of the kinds of certificates, of stock and of a calibration sheet.

.venv/bin/python docs/pictures_of_certificates.py      writes certificate-kinds.png
"""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

import pypdfium2
from pictures import keep
from PIL import Image, ImageOps

from core.model.certificate import Certificate, CertificateTemplate, Facts
from core.model.certificate_form import (
    Adjustment,
    CalibrationSheet,
    CertificateForm,
    CertificateLayout,
    Output,
)
from core.model.facts import Row
from core.model.office import Office
from core.model.written_document import IssuedPaper
from core.paper.fonts import FontLibrary
from core.paper.render import ReportLabPaper
from core.ports import unwatched
from core.rules.calibration import cross_places
from core.rules.certificate_content import certificate_for
from core.services.certificate_forms import shipped_forms, shipped_kinds

WIDTH, GAP, DESK = 420, 10, "#d9d7d2"
OFFICE = Office("office", "临江街道办事处", document_code="临街办")
DAY = date(2026, 11, 28)
VALUES: Mapping[str, Row] = {
    "winners": {"对象名称": "滨湖社区楼宇经济联合会", "年度": 2025, "奖项": "优秀社会组织奖", "等次": "优秀"},
    "filings": {
        "组织": "松枫社区作风监督志愿队",
        "备案号": "临街社备〔2026〕12号",
        "类别": "作风建设类",
        "社区": "松枫社区",
        "负责人": "张三",
        "活动场所": "",
        "业务范围": "",
    },
    "people": {
        "姓名": "王建国",
        "任职单位": "作风监督推进组",
        "任职": "专家",
        "任职开始": "2026年1月1日",
        "任职结束": "2028年12月31日",
    },
}


def certificate(kind: CertificateTemplate) -> Certificate:
    """The first certificate of a kind."""
    facts = Facts("one", "", VALUES[kind.source])
    series = kind.series.replace("{代字}", OFFICE.document_code)
    paper = IssuedPaper("", kind.code, "", "", series, DAY.year, 1, "", DAY.isoformat())
    return certificate_for(kind, facts, OFFICE, paper, bytes(32))


def pages(paper: ReportLabPaper) -> Iterator[bytes]:
    """Every kind on its form, then 8K stock with and without what is on it, and a calibration sheet."""
    forms = {form.code: form for form in shipped_forms()}
    for kind in shipped_kinds():
        yield paper.certificates([certificate(kind)], CertificateLayout(forms[kind.form]), unwatched)
    stock, honor = (
        forms["8k-honor"],
        next(each for each in shipped_kinds() if each.code == "certificate"),
    )
    for output in (Output.BOTH, Output.TEXT):
        yield paper.certificates([certificate(honor)], CertificateLayout(stock, output), unwatched)
    yield paper.calibration_sheet(_sheet(forms["a4-honor"]))


def _sheet(form: CertificateForm) -> CalibrationSheet:
    crosses = cross_places(form.width, form.height)
    return CalibrationSheet("套打校准页", form.width, form.height, crosses, Adjustment(dx=Decimal(0)))


def sheet_of(made: list[bytes]) -> Image.Image:
    """The first pages side by side, two in a row."""
    shown = []
    for each in made:
        page = pypdfium2.PdfDocument(each)[0]
        shown.append(page.render(scale=WIDTH / page.get_width()).to_pil())
    rows = [shown[place : place + 2] for place in range(0, len(shown), 2)]
    heights = [max(each.height for each in row) for row in rows]
    whole = Image.new("RGB", (2 * WIDTH + GAP, sum(heights) + GAP * (len(rows) - 1)), DESK)
    top = 0
    for row, height in zip(rows, heights, strict=True):
        for place, each in enumerate(row):
            whole.paste(each, (place * (WIDTH + GAP), top))
        top += height + GAP
    return ImageOps.expand(whole, GAP, DESK)


def main() -> None:
    """Draw every kind."""
    made = list(pages(ReportLabPaper(FontLibrary())))
    keep(sheet_of(made), "certificate-kinds")


if __name__ == "__main__":
    main()
