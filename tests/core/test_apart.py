"""What came from outside is read in a child: late, greedy, fallen or hostile ones end in one message."""

import io
import os
import pickle
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import main
from core.errors import InvalidInput, NotFound
from core.model.workbook import RawWorkbook
from core.services.apart import Apart, _Plain
from core.sheets.reader import read_workbook
from tests.sheets.bad_workbooks import SHEET, a_sheet_part, a_workbook, an_xls, repacked

ROOT = Path(__file__).resolve().parents[2]
CHILD = """
import os, sys, time
sys.path.insert(0, {root!r})
from core.errors import InvalidInput, NotFound, Problem
from core.services.apart import serve

class Evil:
    def __reduce__(self):
        return os.system, ("touch " + sys.argv[1],)

def greedy():
    kept = bytearray(2 << 30)
    return len(kept)

def refuse():
    raise InvalidInput("odd", "不对。", "改一改。", [Problem("第 1 行", "不对")])

def lost():
    raise NotFound("gone", "没有。", "再找。")

def broken():
    raise RecursionError("13800001234")

def written():
    os.write(os.open(sys.argv[1], os.O_CREAT | os.O_WRONLY), b"x" * 10)

tasks = {{
    "pid": os.getpid, "greedy": greedy, "refuse": refuse, "lost": lost, "broken": broken, "written": written,
    "late": lambda: time.sleep(60), "fall": lambda: os.abort(), "evil": Evil, "double": lambda x: x * 2,
}}
serve(tasks, sys.stdin.buffer, sys.stdout.buffer)
"""


@pytest.fixture
def apart(tmp_path: Path) -> Iterator[Apart]:
    child = [sys.executable, "-c", CHILD.format(root=str(ROOT)), str(tmp_path / "trace")]
    made = Apart(child, seconds=60.0)
    yield made
    made.close()


def test_answers_come_back_from_one_child(apart: Apart) -> None:
    assert apart("double", "甲.xlsx", "值") == "值值"
    pids = {apart("pid", "甲.xlsx") for _ in range(3)}
    assert len(pids) == 1 and os.getpid() not in pids


def test_refusals_come_back_as_they_were(apart: Apart) -> None:
    with pytest.raises(InvalidInput, match="不对") as caught:
        apart("refuse", "甲.xlsx")
    assert (caught.value.code, caught.value.remedy_zh) == ("odd", "改一改。")
    assert str(caught.value.problems[0]) == "第 1 行：不对"
    with pytest.raises(NotFound):
        apart("lost", "甲.xlsx")


@pytest.mark.parametrize("task", ["greedy", "fall", "evil"])
def test_what_a_child_cannot_bear_ends_it_and_not_us(apart: Apart, tmp_path: Path, task: str) -> None:
    before = apart("pid", "甲.xlsx")
    with pytest.raises(InvalidInput) as caught:
        apart(task, "甲.xlsx")
    assert caught.value.code == "file_too_hard"
    assert "甲.xlsx" in caught.value.message_zh and caught.value.remedy_zh
    assert apart("pid", "甲.xlsx") != before
    assert not (tmp_path / "trace").exists()


def test_a_child_that_is_late_is_ended(tmp_path: Path) -> None:
    quick = Apart([sys.executable, "-c", CHILD.format(root=str(ROOT)), "-"], seconds=1.0)
    start = time.monotonic()
    with pytest.raises(InvalidInput, match="1 秒"):
        quick("late", "甲.xlsx")
    assert time.monotonic() - start < 10
    quick.close()


def test_errors_of_libraries_are_told_in_our_words(apart: Apart, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(InvalidInput) as caught:
        apart("broken", "甲.xlsx")
    assert caught.value.code == "file_unreadable"
    assert "RecursionError" in caplog.text
    assert "13800001234" not in caplog.text + str(caught.value)


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
def test_a_child_writes_no_file(apart: Apart, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput):
        apart("written", "甲.xlsx")
    trace = tmp_path / "trace"
    assert not trace.exists() or trace.read_bytes() == b""


def test_an_idle_child_goes(tmp_path: Path) -> None:
    brief = Apart([sys.executable, "-c", CHILD.format(root=str(ROOT)), "-"], idle_seconds=0.05)
    first = brief("pid", "甲.xlsx")
    for _ in range(600):
        if brief._child is None:
            break
        time.sleep(0.05)
    assert brief("pid", "甲.xlsx") != first
    brief.close()


def asked(path: Path) -> tuple[RawWorkbook | None, list[str]]:
    """What was read, and which files went to the child."""
    names: list[str] = []

    def apart(name: str, content: bytes) -> RawWorkbook:
        names.append(name)
        return RawWorkbook(name, ())

    return read_workbook(path, apart), names


def a_text_bomb(path: Path, rows: int = 30_000, texts_in: str = "sharedStrings.xml") -> Path:
    """9 kB that would be 3 GB: 30,000 cells name one text of 100,000 characters."""
    cells = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (n, n) for n in range(1, rows + 1))
    texts = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>'
    texts += b"x" * 100_000 + b"</t></si></sst>"
    types = b'<Override PartName="/xl/%s" ContentType="application/vnd.openxmlformats-' % texts_in.encode()
    types += b'officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
    a_workbook(path, ("名称",))
    with zipfile.ZipFile(path) as package:
        content_types = package.read("[Content_Types].xml")
        links = package.read("xl/_rels/workbook.xml.rels")
    link = (
        b'<Relationship Id="rIdT" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    )
    link += b'sharedStrings" Target="%s"/></Relationships>' % texts_in.encode()
    return repacked(
        path,
        {
            SHEET: a_sheet_part(cells),
            f"xl/{texts_in}": texts,
            "[Content_Types].xml": content_types.replace(b"</Types>", types),
            "xl/_rels/workbook.xml.rels": links.replace(b"</Relationships>", link),
        },
    )


def test_usual_files_are_read_without_a_child(data: Path, tmp_path: Path) -> None:
    csv = tmp_path / "名册.csv"
    csv.write_text("组织名称,所属社区\n甲队,东湖社区\n", encoding="utf-8")
    for path in (data / "roster.xlsx", data / "scores.xlsx", csv):
        read, names = asked(path)
        assert (read, names) == (read_workbook(path), [])


def test_what_may_grow_goes_to_the_child(tmp_path: Path) -> None:
    csv = tmp_path / "大.csv"
    csv.write_bytes(b"a,b\n" * 400_000)
    for path in (an_xls(tmp_path / "老.xls"), a_text_bomb(tmp_path / "长.xlsx"), csv):
        assert asked(path)[1] == [path.name]


def test_a_text_bomb_is_refused_by_the_program(tmp_path: Path) -> None:
    bomb = a_text_bomb(tmp_path / "长.xlsx")
    assert bomb.stat().st_size < 200_000
    with pytest.raises(InvalidInput) as caught:
        main._read_workbook(bomb)
    assert caught.value.code == "file_too_hard"


def test_texts_that_are_called_otherwise_are_not_read(tmp_path: Path) -> None:
    """So that looking at the usual name alone is enough."""
    assert read_workbook(a_text_bomb(tmp_path / "一.xlsx", 1)).sheets[0].rows == (("x" * 100_000,),)
    with pytest.raises(InvalidInput):
        read_workbook(a_text_bomb(tmp_path / "二.xlsx", 1, "texts.xml"))


def test_the_programs_child_reads_as_the_reader_does(data: Path) -> None:
    content = (data / "roster.xlsx").read_bytes()
    assert main._apart()("workbook", "a", "roster.xlsx", content) == read_workbook(data / "roster.xlsx")
    with pytest.raises(InvalidInput) as caught:
        main._font_names(b"%PDF-1.7")
    assert caught.value.code == "font_unknown"


def test_questions_are_pickled_plainly() -> None:
    """Only the parent pickles what the child opens; the child's answers are opened with a short list."""
    with pytest.raises(pickle.UnpicklingError):
        _Plain(io.BytesIO(pickle.dumps(os.system))).load()
