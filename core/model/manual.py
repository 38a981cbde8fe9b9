"""The manual: chapters by task, and what a search in it finds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a chapter under its own heading; the first one has the chapter's title."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter: the name of its file, its title, the pages of the window that it is about."""

    code: str
    title: str
    pages: tuple[str, ...]
    markdown: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class ManualHit:
    """A place where all the words that were asked for stand, with what is written around the first."""

    chapter: Chapter
    section: Section
    excerpt: str
