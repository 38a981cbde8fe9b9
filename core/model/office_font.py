"""Fonts that the office has added: for a face of its papers, or for characters that no other font shows."""

from dataclasses import dataclass
from enum import StrEnum

MAX_FONT_BYTES = 100 << 20
"""The largest TrueType fonts, of 65,535 characters, have some 65 MB."""


class FontPlace(StrEnum):
    """What a font is for: a face of GB/T 9704, or (RARE) whatever the fonts before it lack."""

    BODY = "body"
    TITLE = "title"
    KAI = "kai"
    HEI = "hei"
    SONG = "song"
    RARE = "rare"

    @property
    def label(self) -> str:
        """Its Chinese name."""
        return _LABELS[self]

    @property
    def owner_id(self) -> str:
        """Whose attachments the fonts of this place are."""
        return f"font:{self}"


_LABELS = {
    FontPlace.BODY: "仿宋",
    FontPlace.TITLE: "小标宋",
    FontPlace.KAI: "楷体",
    FontPlace.HEI: "黑体",
    FontPlace.SONG: "宋体",
    FontPlace.RARE: "生僻字",
}


@dataclass(frozen=True, slots=True)
class FontReach:
    """What a font shows: how many Chinese characters, and how many that no bundled font shows.

    `sample` are the first few of the latter.
    """

    ideographs: int
    added: int
    sample: str


@dataclass(frozen=True, slots=True)
class SoundFont:
    """A font that may be used: a TrueType file of one font, what the font calls itself, what it shows."""

    content: bytes
    name: str
    reach: FontReach


@dataclass(frozen=True, slots=True)
class OfficeFont:
    """A font that the office has added, by the id of its record; `digest` is the SHA-256 of its file.

    `fault` says why it is not used, empty if it is; `reach` is then None.
    """

    id: str
    place: FontPlace
    name: str
    file_name: str
    size: int
    digest: str
    added_at: str
    reach: FontReach | None = None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class FontUse:
    """A font that drew something on a paper: in which face, its name, the SHA-256 of its file."""

    place: FontPlace
    name: str
    digest: str


@dataclass(frozen=True, slots=True)
class PcFonts:
    """The official faces that this PC has, as 仿宋（simfang.ttf）, and lacks; whether papers use them."""

    found: tuple[str, ...]
    lacking: tuple[str, ...]
    in_use: bool
