"""The manual: it can be read, searched, and says nothing that is not there."""

import re
from pathlib import Path

import pytest

from core.model.manual import Chapter
from core.rules.manual_text import chapter_about, find_in_manual, read_chapter
from core.services.manual import manual, manual_folder

TEXT = """\
# 备份与恢复
<!-- backup data -->

平时什么都不用
做：程序**自己**备份。

![备份](pictures/backup.png)

## U 盘

选一次[位置](99-x.md)，以后点“备份到 U 盘”。

| 何时 | 几份 |
| --- | --- |
| 两天内 | 全部 |
"""
CHAPTER = read_chapter("80-backup", TEXT)
PROJECT = Path(__file__).parents[2]
PICTURES = "pictures"
LARGEST_PICTURE, LARGEST_PICTURES = 60 * 1024, 3_500_000


def test_a_chapter_is_read() -> None:
    assert (CHAPTER.title, CHAPTER.pages) == ("备份与恢复", ("backup", "data"))
    assert [(each.heading, each.text) for each in CHAPTER.sections] == [
        ("备份与恢复", "平时什么都不用做：程序自己备份。"),
        ("U 盘", "选一次位置，以后点“备份到 U 盘”。 何时 几份 两天内 全部"),
    ]
    assert "<!--" not in CHAPTER.markdown


def test_a_chapter_begins_with_its_title() -> None:
    with pytest.raises(ValueError, match="title"):
        read_chapter("x", "没有标题\n\n# 后面才有\n")


def test_a_line_break_in_a_sentence_is_no_blank() -> None:
    chapter = read_chapter("x", "# 甲\n\n乙\n丙 a\nb\n- 丁\n")
    assert chapter.markdown == "# 甲\n\n乙丙 a\nb\n- 丁\n"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("备份", ["备份与恢复", "U 盘"]),
        ("u 盘", ["U 盘"]),
        ("自己 备份", ["备份与恢复"]),
        ("全部", ["U 盘"]),
        ("打印", []),
        ("", []),
    ],
)
def test_sections_with_all_the_words_are_found(asked: str, found: list[str]) -> None:
    assert [hit.section.heading for hit in find_in_manual([CHAPTER], asked)] == found


def test_what_was_found_is_shown_with_its_neighbours() -> None:
    (hit,) = find_in_manual([CHAPTER], "两天")
    assert "两天内" in hit.excerpt
    assert hit.excerpt.startswith("…")


def test_a_page_without_words_of_its_own_opens_the_first_chapter() -> None:
    chapters = manual()
    assert chapter_about(chapters, "no such page") is chapters[0]


@pytest.mark.parametrize("chapter", manual(), ids=lambda chapter: chapter.code)
def test_every_picture_and_chapter_that_is_named_is_there(chapter: Chapter) -> None:
    assert [name for name in _named(chapter.markdown) if not (manual_folder() / name).exists()] == []


def test_every_picture_that_is_there_is_named_and_small() -> None:
    files = {
        f"{PICTURES}/{each.name}": each.stat().st_size for each in (manual_folder() / PICTURES).iterdir()
    }
    named = {name for chapter in manual() for name in _named(chapter.markdown)}
    assert files.keys() - named == set()
    assert {name: size for name, size in files.items() if size > LARGEST_PICTURE} == {}
    assert sum(files.values()) <= LARGEST_PICTURES


@pytest.mark.parametrize(
    "paper", [PROJECT / "README.md", *(PROJECT / "docs").glob("*.md")], ids=lambda paper: paper.name
)
def test_links_of_what_developers_read_lead_somewhere(paper: Path) -> None:
    links = [each.partition("#")[0] for each in _named(paper.read_text(encoding="utf-8"))]
    assert [each for each in links if "://" not in each and not (paper.parent / each).exists()] == []


def _named(markdown: str) -> list[str]:
    return re.findall(r"\]\(([^\s)]+)\)", markdown)
