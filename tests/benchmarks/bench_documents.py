"""A thousand letters, each a file of its own, against their floor; the size of one; typst beside them.

Run with: pytest tests/benchmarks/bench_documents.py -o python_files='bench_*.py' -s

The floor is a bare ReportLab loop that writes files too: the same strings, cut to the same fonts (parsed
once), at the same places, and the same rules; no checks, no line breaking. Both are measured in turns by the
processor's time, since machines are seldom idle. `typst` is measured where it is installed; the program does
not need it, and its page (letter.typ) is only like ours.
"""

import gc
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from resource import RUSAGE_SELF, getrusage

import pytest
from reportlab.pdfgen.canvas import Canvas

from core.model.document import DocumentFormat, OfficialDocument, Paragraph, Receipt, ReceiptField
from core.paper.fonts import FontLibrary, Role, Run
from core.paper.grid import PAPER_HEIGHT, PAPER_WIDTH, TYPE_TOP, type_left
from core.paper.imprint import page_number_mark
from core.paper.official_document import each_page
from core.paper.page import Ink, Rule
from core.paper.render import ReportLabPaper
from core.resources import resource_path

COUNT = 1_000
ROUNDS = 3
MOST = 1.5
MOST_BYTES = 300_000
MOST_MB = 300
NAMES = (
    "松枫社区作风监督志愿队",
    "东湖社区合唱团",
    "滨湖社区楼宇经济联合会",
    "艾山·甲舞蹈队",
    "李𬭎太极拳社",
)
GRADES = ("优秀", "良好", "合格")


def letter(number: int) -> OfficialDocument:
    """A 告知书 of one page with its receipt; most of what it says is its own."""
    name = f"{NAMES[number % len(NAMES)]}第{number}分队"
    grade = GRADES[number % len(GRADES)]
    score = f"{70 + number % 30}.{number % 100:02}"
    return OfficialDocument(
        red_head="",
        number=f"临街办告〔2026〕{number}号",
        title=("2025年度", "社会组织", "考核结果", "告知书"),
        addressee=name,
        paragraphs=(
            Paragraph("按照《街道社会组织年度考核》方案（满分100分），现将你单位考核结果告知如下："),
            Paragraph(f"得分{score}分，等次为{grade}，列第{number}名。", "一、考核结果。", 1),
            Paragraph(f"年度考核{score}分，加分{number % 4}分，扣分0分。", "二、得分情况。", 1),
            Paragraph(
                "对结果有异议的，请最迟于2026年1月15日向社会事务办书面提出，写明理由。", "三、提出异议。", 1
            ),
        ),
        annexes=(),
        issuer="临江街道办事处",
        dated_on=date(2026, 1, 8),
        format=DocumentFormat.PLAIN,
        receipt=Receipt(
            (
                (ReceiptField("送达文书", "2025年度社会组织考核结果告知书"),),
                (ReceiptField("受送达单位", name),),
                (ReceiptField("签收人"), ReceiptField("签收日期")),
            )
        ),
    )


Page = tuple[list[tuple[Ink, Run]], list[Rule]]


def floor(pages: list[Page], font_name: str, folder: Path) -> None:
    """Every page a file."""
    for number, (texts, rules) in enumerate(pages):
        file = BytesIO()
        size = (PAPER_WIDTH, PAPER_HEIGHT)
        canvas = Canvas(file, pagesize=size, invariant=1, initialFontName=font_name, pageCompression=1)
        canvas.translate(type_left(1, False), PAPER_HEIGHT - TYPE_TOP)
        for rule in rules:
            canvas.setLineWidth(rule.weight)
            canvas.line(rule.x, -rule.y, rule.x_end, -rule.y_end)
        for ink, run in texts:
            canvas.setFont(run.font_name, run.size)
            canvas.drawString(ink.x + run.x, -ink.y, run.text, charSpace=run.char_space)
        canvas.showPage()
        canvas.save()
        (folder / f"{number}.pdf").write_bytes(file.getvalue())


def drawn(document: OfficialDocument, fonts: FontLibrary) -> Page:
    """What the floor draws of a document of one page."""
    [page] = each_page(document, fonts)
    marks = [*page.marks, page_number_mark(page.number, fonts)]
    texts = [
        (mark, run)
        for mark in marks
        if isinstance(mark, Ink)
        for run in fonts.runs(mark.text, mark.role, mark.size, mark.spacing)
    ]
    return texts, [mark for mark in marks if isinstance(mark, Rule)]


def processor_time(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


def test_letters_each_in_a_file(tmp_path: Path) -> None:
    fonts = FontLibrary()
    paper = ReportLabPaper(fonts)
    letters = [letter(number) for number in range(1, COUNT + 1)]
    pages = [drawn(each, fonts) for each in letters]
    font_name = fonts.first_font_name(Role.BODY)

    def work() -> None:
        for number, each in enumerate(letters):
            (tmp_path / f"{number}.pdf").write_bytes(paper.document(each))

    work()
    size = (tmp_path / "0.pdf").stat().st_size
    floor(pages, font_name, tmp_path)
    bare_size = (tmp_path / "0.pdf").stat().st_size
    times = [
        (processor_time(lambda: floor(pages, font_name, tmp_path)), processor_time(work))
        for _ in range(ROUNDS)
    ]
    ratios = sorted(mine / bare for bare, mine in times)
    bare, mine = (statistics.median(each) for each in zip(*times, strict=True))
    print(
        f"\n{COUNT} letters: floor {bare:.2f} s, mine {mine:.2f} s: {statistics.median(ratios):.2f} ×"
        f" ({ratios[0]:.2f}–{ratios[-1]:.2f}); a file {size / 1000:.0f} KB, bare {bare_size / 1000:.0f} KB"
    )
    assert size < MOST_BYTES
    assert statistics.median(ratios) <= MOST


@pytest.mark.parametrize("count", [100, COUNT])
def test_memory_does_not_grow_with_the_letters(count: int) -> None:
    """Each count in a process of its own, whose peak is told."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.bench_documents", str(count)],
        capture_output=True,
        check=True,
        text=True,
    )
    megabytes = int(done.stdout) // 1024
    print(f"\n{count} letters: {megabytes} MB")
    assert megabytes < MOST_MB


def test_typst_beside(tmp_path: Path) -> None:
    typst = pytest.importorskip("typst", reason="not installed; the program does not need it")
    compiler = typst.Compiler(font_paths=[str(resource_path("fonts"))], ignore_system_fonts=True)
    source = (Path(__file__).parent / "letter.typ").read_bytes()
    paper = ReportLabPaper(FontLibrary())
    some = [letter(number) for number in range(1, COUNT // 10 + 1)]

    def theirs() -> None:
        for number, each in enumerate(some):
            result, points = each.paragraphs[1], each.paragraphs[2]
            assert isinstance(result, Paragraph)
            assert isinstance(points, Paragraph)
            said = {
                "name": each.addressee,
                "number": each.number,
                "score": result.text.removeprefix("得分").partition("分")[0],
                "grade": GRADES[(number + 1) % len(GRADES)],
                "rank": str(number + 1),
                "bonus": points.text.partition("加分")[2].partition("分")[0],
            }
            (tmp_path / f"{number}.pdf").write_bytes(compiler.compile(source, sys_inputs=said))

    def mine() -> None:
        for number, each in enumerate(some):
            (tmp_path / f"{number}.pdf").write_bytes(paper.document(each))

    theirs()
    size = (tmp_path / "0.pdf").stat().st_size
    mine()
    times = [(processor_time(theirs), processor_time(mine)) for _ in range(ROUNDS)]
    typst_time, my_time = (statistics.median(each) for each in zip(*times, strict=True))
    print(
        f"\n{len(some)} letters: typst {typst_time:.2f} s ({size / 1000:.0f} KB each), mine {my_time:.2f} s:"
        f" {my_time / typst_time:.2f} ×"
    )


def print_peak(count: int) -> None:
    """Make so many letters, and print the kilobytes that this took at most."""
    paper = ReportLabPaper(FontLibrary())
    for number in range(1, count + 1):
        paper.document(letter(number))
    print(getrusage(RUSAGE_SELF).ru_maxrss)


if __name__ == "__main__":
    print_peak(int(sys.argv[1]))
