"""The manual that is bundled with the program; it needs no store."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from core.model.manual import Chapter, ManualHit
from core.resources import resource_path
from core.rules.manual_text import chapter_about, find_in_manual, read_chapter


@cache
def manual() -> tuple[Chapter, ...]:
    """All chapters in the order of their files."""
    files = sorted(manual_folder().glob("*.md"))
    return tuple(read_chapter(each.stem, each.read_text(encoding="utf-8")) for each in files)


def manual_folder() -> Path:
    """Where chapters and their pictures lie."""
    return resource_path("manual")


def chapter_of(page: str) -> Chapter:
    """The chapter about a page of the window."""
    return chapter_about(manual(), page)


def look_up(asked: str) -> Sequence[ManualHit]:
    """The places where all words of this stand."""
    return tuple(find_in_manual(manual(), asked))
