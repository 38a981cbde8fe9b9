"""Reading and searching the manual: a chapter is Markdown, with a line that names its pages.

# 备份与恢复
<!-- backup check -->
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from core.model.manual import Chapter, ManualHit, Section

AROUND = 12
"""Characters shown before and after what was found."""
_PAGES = re.compile(r"^<!--(.*?)-->\n?", re.MULTILINE)
_HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)
_PICTURE = re.compile(r"!\[.*?\]\(.*?\)")
_LINK = re.compile(r"\[(.+?)\]\(.*?\)")
_MARKS = re.compile(r"[*`#|>]+|^ *- |:?-{3,}:?", re.MULTILINE)
# A line break inside a Chinese sentence would be read as a blank.
_WRAP = re.compile(r"(?<=[^\x00-\x7f])\n(?=[^\x00-\x7f])")
_BLANK = re.compile(r"\s+")


def read_chapter(code: str, text: str) -> Chapter:
    """A chapter from its file.

    Raises:
        ValueError: it does not begin with a title.
    """
    pages = _PAGES.search(text)
    markdown = _WRAP.sub("", _PAGES.sub("", text, count=1))
    headings = list(_HEADING.finditer(markdown))
    if not headings or headings[0].start():
        raise ValueError(f"chapter {code} does not begin with a title")
    ends = [*(each.start() for each in headings[1:]), len(markdown)]
    sections = tuple(
        Section(each[1].strip(), plain(markdown[each.end() : end]))
        for each, end in zip(headings, ends, strict=True)
    )
    names = tuple(pages[1].split()) if pages else ()
    return Chapter(code, sections[0].heading, names, markdown, sections)


def plain(markdown: str) -> str:
    """The words as they are read, without marks, pictures and line breaks."""
    words = _LINK.sub(r"\1", _PICTURE.sub("", markdown))
    return _BLANK.sub(" ", _MARKS.sub("", words)).strip()


def chapter_about(chapters: Sequence[Chapter], page: str) -> Chapter:
    """The chapter about a page of the window, else the first one."""
    return next((each for each in chapters if page in each.pages), chapters[0])


def find_in_manual(chapters: Iterable[Chapter], asked: str) -> Iterator[ManualHit]:
    """The sections with every word asked for, those with a word in their heading first."""
    words = asked.lower().split()
    hits = [
        hit
        for chapter in chapters
        for section in chapter.sections
        if words and (hit := _hit(chapter, section, words)) is not None
    ]
    yield from sorted(hits, key=lambda hit: not any(word in hit.section.heading.lower() for word in words))


def _hit(chapter: Chapter, section: Section, words: Sequence[str]) -> ManualHit | None:
    text = section.text.lower()
    if not all(word in text or word in section.heading.lower() for word in words):
        return None
    place = min((at for word in words if (at := text.find(word)) >= 0), default=0)
    begin, end = max(0, place - AROUND), place + AROUND * 3
    cut = section.text[begin:end].strip()
    return ManualHit(chapter, section, f"{'…' if begin else ''}{cut}{'…' if end < len(section.text) else ''}")
