"""The manual that is bundled with the program; it needs no store."""

from functools import cache
from pathlib import Path

from core.model.manual import Chapter
from core.resources import resource_path
from core.rules.manual_text import read_chapter


@cache
def manual() -> tuple[Chapter, ...]:
    """All chapters in the order of their files."""
    files = sorted(manual_folder().glob("*.md"))
    return tuple(read_chapter(each.stem, each.read_text(encoding="utf-8")) for each in files)


def manual_folder() -> Path:
    """Where chapters and their pictures lie."""
    return resource_path("manual")
