"""Which font draws which character: a stack of fonts for each role, so that no character prints as a box."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path
from struct import error as StructError
from typing import cast
from unicodedata import category

from reportlab.pdfbase.ttfonts import TTFError

from core.errors import DocumentFailed
from core.model.office_font import FontPlace, FontUse
from core.paper.font_files import rare_fonts
from core.paper.truetype import EmbeddedFont, registered
from core.resources import resource_path


class Role(StrEnum):
    """The faces GB/T 9704 asks for: 仿宋 for the body, 小标宋 for titles, 楷体, 黑体, 宋体."""

    BODY = "body"
    TITLE = "title"
    KAI = "kai"
    HEI = "hei"
    SONG = "song"

    @property
    def label(self) -> str:
        """The face's Chinese name."""
        return FontPlace(self.value).label


# A bundled font and the share of the size at which it draws what the fonts before it lack: at full size a
# filler of another design looks too large and too dark.
_BUNDLED: Mapping[Role, tuple[tuple[str, float], ...]] = {
    Role.BODY: (("fang", 1), ("kai", 0.95), ("song", 0.94), ("rare", 0.94), ("rare2", 0.94)),
    Role.TITLE: (("title", 1), ("song", 1), ("rare", 1), ("rare2", 1)),
    Role.KAI: (("kai", 1), ("song", 0.94), ("rare", 0.94), ("rare2", 0.94)),
    Role.HEI: (("hei", 1), ("song", 1), ("rare", 1), ("rare2", 1)),
    Role.SONG: (("song", 1), ("rare", 1), ("rare2", 1)),
}
ADD_FONT = "请核对用字；用字无误的，请在“系统”页的“字体”里添加收字更全的字体（如 Jigmo、天珩全字库）。"
"""What to do about a character that no font shows."""
_added: dict[str, EmbeddedFont] = {}  # fonts that are not bundled, by digest: a content has one name
_WHOLE_CELL = 0.95  # an advance from here on is that of a full-width character


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring characters that one font draws.

    Lengths are in points: `x` from the start of the text; `char_space` goes after each character.
    """

    font_name: str
    size: float
    text: str
    x: float
    width: float
    char_space: float


_Face = tuple[str, float]  # name of a font, share of the size


class _Stack(dict[str, tuple[_Face, float] | None]):
    """For each character its face and its advance in ems, or None; looked for when first asked."""

    def __init__(self, fonts: Sequence[tuple[Path, float]]) -> None:
        super().__init__()
        self._fonts = fonts

    def __missing__(self, character: str) -> tuple[_Face, float] | None:
        self[character] = answer = self._find(character)
        return answer

    def first_font(self) -> EmbeddedFont:
        """The font that most of the text is drawn with."""
        return next(font for path, _ in self._fonts if isinstance(font := _load(path), EmbeddedFont))

    def _find(self, character: str) -> tuple[_Face, float] | None:
        for path, scale in chain(self._fonts, _of_the_pc(character)):
            font = _load(path)
            if isinstance(font, EmbeddedFont) and font.draws(character):
                advance = font.advance(character)
                return (font.fontName, scale if advance >= _WHOLE_CELL else 1.0), advance
        return None


def _of_the_pc(character: str) -> Iterator[tuple[Path, float]]:
    """The last resort; private characters have none, as each font shows something else for them."""
    if category(character) != "Co":
        yield from ((path, 1.0) for path in rare_fonts())


class FontLibrary:
    """The fonts of all documents; quick to make, as a file is read when a character first needs it."""

    def __init__(self, extra: Sequence[Path] = (), office_fonts: Mapping[Role, Path] | None = None) -> None:
        """Take the office's fonts before the bundled ones and the `extra` ones after them."""
        office = office_fonts or {}
        self._added = (*office.values(), *extra)
        self._stacks = {
            role: _Stack(
                [
                    *((path, 1.0) for path in [office.get(role)] if path),
                    *((_bundled_path(name), scale) for name, scale in bundled),
                    *((path, 1.0) for path in extra),
                ]
            )
            for role, bundled in _BUNDLED.items()
        }

    def runs(self, text: str, role: Role, size: float, spacing: float = 0) -> tuple[Run, ...]:
        """The text cut where the font changes; `spacing` points follow each character.

        Raises:
            DocumentFailed: no font shows one of the characters.
        """
        placed = self._placed(text, role)
        if len({face for face, _ in placed}) == 1:  # nearly always
            return (_run(placed, text, size, spacing, 0.0),)
        runs, start, x = [], 0, 0.0
        for _, group in groupby(placed, key=itemgetter(0)):
            part = list(group)
            end = start + len(part)
            runs.append(_run(part, text[start:end], size, spacing, x))
            start, x = end, x + runs[-1].width
        return tuple(runs)

    def width(self, text: str, role: Role, size: float) -> float:
        """Width of the text in points.

        Raises:
            DocumentFailed: no font shows one of the characters.
        """
        return sum([advance for _, advance in self._placed(text, role)]) * size

    def ink_middle(self, character: str, role: Role) -> float:
        """Where the middle of the character's ink is, in ems from its left edge.

        Raises:
            DocumentFailed: no font shows it.
        """
        [(face, _)] = self._placed(character, role)
        left, _, right, _ = registered(face[0]).ink_box(character)
        return (left + right) / 2

    def missing(self, text: str, role: Role) -> tuple[str, ...]:
        """The characters that no font shows, each once, in the order of the text."""
        stack = self._stacks[role]
        if None not in map(stack.__getitem__, text):  # nearly always
            return ()
        return tuple(dict.fromkeys(character for character in text if stack[character] is None))

    def first_font_name(self, role: Role) -> str:
        """The role's main font, for `Canvas(initialFontName=...)`; ReportLab's default is not embedded."""
        return str(self._stacks[role].first_font().fontName)

    def uses(self, texts: Iterable[tuple[str, Role]]) -> tuple[FontUse, ...]:
        """The fonts that draw these texts, by role, the first used first.

        Raises:
            DocumentFailed: no font shows one of the characters.
        """
        named = dict.fromkeys((role, face[0]) for text, role in texts for face, _ in self._placed(text, role))
        fonts = [(role, registered(name)) for role, name in named]
        return tuple(FontUse(FontPlace(role.value), font.title, font.digest) for role, font in fonts)

    def rejected(self) -> dict[Path, str]:
        """The office's and extra fonts that cannot be used, and why; other fonts stand in for them."""
        loaded = {path: _load(path) for path in self._added}
        return {path: font for path, font in loaded.items() if isinstance(font, str)}

    def _placed(self, text: str, role: Role) -> list[tuple[_Face, float]]:
        placed = [*map(self._stacks[role].__getitem__, text)]
        if None in placed:
            raise _cannot_show(self.missing(text, role))
        return cast("list[tuple[_Face, float]]", placed)


def _run(placed: Sequence[tuple[_Face, float]], text: str, size: float, spacing: float, x: float) -> Run:
    """The characters of one font from `x` on."""
    (font_name, scale), _ = placed[0]
    width = sum([advance for _, advance in placed]) * size + spacing * len(placed)
    padding = (1 - scale) * size  # keeps the whole cell of a character drawn smaller
    return Run(font_name, scale * size, text, x + padding / 2, width, padding + spacing)


@cache
def bundled_characters(role: Role) -> frozenset[int]:
    """The code points for which a bundled font of the role has a glyph."""
    fonts = (_load(_bundled_path(name)) for name, _ in _BUNDLED[role])
    return frozenset().union(*(font.face.charToGlyph for font in fonts if isinstance(font, EmbeddedFont)))


def _bundled_path(name: str) -> Path:
    return resource_path("fonts", f"{name}.ttf")


@cache
def _load(path: Path) -> EmbeddedFont | str:
    """The font, parsed once for all documents, or why it cannot be used.

    Which fonts of one name were met before must not show in a PDF: all but the bundled ones are marked with
    the first digits of their digest.
    """
    try:
        if path.parent == _bundled_path("song").parent:
            return EmbeddedFont(path)
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        if digest not in _added:
            _added[digest] = EmbeddedFont(path, f"-{digest[:8]}")
        return _added[digest]
    except (TTFError, OSError, ValueError, LookupError, StructError) as error:
        return str(error)


def _cannot_show(characters: Sequence[str]) -> DocumentFailed:
    listed = "、".join(f"{character}\uff08U+{ord(character):04X}\uff09" for character in characters)
    return DocumentFailed(
        "characters_without_font",
        f"没有字体能显示这些字：{listed}。",
        ADD_FONT,
    )
