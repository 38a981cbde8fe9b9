"""Memory, time and size of long papers: how they grow from 100 to 10,000 pages.

Run with: pytest tests/benchmarks/bench_pages.py -o python_files='bench_*.py' -s

Each paper is made by a process of its own, whose peak is the largest memory that the whole ever took: the
program, its fonts, the data, the pages and the finished file.
"""

import json
import subprocess
import sys
import time
from datetime import date
from resource import RUSAGE_SELF, getrusage

import pytest

from core.model.certificate import Certificate
from core.model.certificate_form import CertificateLayout
from core.model.document import Annex, OfficialDocument, Paragraph, Table, TableColumn
from core.paper.fonts import FontLibrary
from core.paper.render import ReportLabPaper
from core.ports import unwatched
from core.services.certificate_forms import shipped_forms

SHIPPED = {each.code: each for each in shipped_forms()}
MOST_MB = 300
ROWS_ON_A_PAGE = 23
COLUMNS = (TableColumn("序号", 2), TableColumn("组织名称", 6, "left"), TableColumn("得分", 2, "right"))
SAID = "第{}志愿队在2025年度社会组织考核中，考核等次为优秀，获优秀社会组织奖。"


def annexed_document(pages: int) -> OfficialDocument:
    """A notice with a list so long that all together are so many pages."""
    rows = tuple((str(n), f"松枫社区第{n}志愿队", "98.50") for n in range(1, ROWS_ON_A_PAGE * (pages - 1)))
    return OfficialDocument(
        red_head="临江街道办事处文件",
        number="临街办〔2026〕3号",
        title=("临江街道办事处", "关于考核结果", "的通报"),
        addressee="各社区",
        paragraphs=(Paragraph("现将考核结果通报如下。"),),
        annexes=(Annex("考核结果", (Table(COLUMNS, rows),)),),
        issuer="临江街道办事处",
        dated_on=date(2026, 1, 5),
    )


def certificates(pages: int) -> list[Certificate]:
    """Certificates of which each says something else."""
    return [
        Certificate(
            heading="荣誉证书",
            recipient=f"松枫社区第{number}志愿队",
            text=SAID.format(number),
            closing="特发此证，以资鼓励。",
            issuer="临江街道办事处",
            dated_on=date(2026, 1, 5),
            number=f"临街社〔2026〕第{number:05d}号",
        )
        for number in range(1, pages + 1)
    ]


def made(kind: str, pages: int) -> bytes:
    paper = ReportLabPaper(FontLibrary())
    if kind == "document":
        return paper.document(annexed_document(pages))
    return paper.certificates(certificates(pages), CertificateLayout(SHIPPED["a4-honor"]), unwatched)


@pytest.mark.parametrize("pages", [100, 1_000, 10_000])
@pytest.mark.parametrize("kind", ["document", "certificates"])
def test_pages(kind: str, pages: int) -> None:
    command = [sys.executable, "-m", "tests.benchmarks.bench_pages", kind, str(pages)]
    told = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    print(
        f"\n{kind} {told['pages']:,} pages: {told['seconds']:.1f} s of one processor, "
        f"peak {told['mb']:.0f} MB, file {told['bytes'] / 1e6:.1f} MB"
    )
    assert told["pages"] == pytest.approx(pages, rel=0.05)
    assert told["mb"] < MOST_MB


def main(kind: str, pages: int) -> None:
    """Make one paper and tell what it took."""
    begun = time.process_time()
    printed = made(kind, pages)
    told = {
        "pages": printed.count(b"/Type /Page\n"),
        "seconds": time.process_time() - begun,
        "mb": getrusage(RUSAGE_SELF).ru_maxrss / 1024,
        "bytes": len(printed),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
