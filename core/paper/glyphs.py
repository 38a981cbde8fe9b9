"""What the eye sees of a text: its size fitted to a width, and where its ink begins and ends."""

from core.errors import DocumentFailed
from core.paper.fonts import FontLibrary, Role
from core.paper.truetype import registered


def fitted_size(
    text: str, role: Role, wanted: float, least: float, width: float, fonts: FontLibrary
) -> float:
    """The wanted type size, or the smaller one at which the text is just as wide as allowed.

    Raises:
        DocumentFailed: it would have to be smaller than `least`.
    """
    natural = fonts.width(text, role, wanted)
    size = wanted if natural <= width else wanted * width / natural
    if size < least:
        raise DocumentFailed(
            "text_too_wide", f"“{text}”太长，一行排不下。", "请缩短这段文字，或改用规范化简称。"
        )
    return size


def ink_extent(text: str, role: Role, size: float, fonts: FontLibrary) -> tuple[float, float]:
    """How far the text's ink reaches above the baseline and below it, in points."""
    above, below = 0.0, 0.0
    for run in fonts.runs(text, role, size):
        font = registered(run.font_name)
        for character in run.text:
            _, lowest, _, highest = font.ink_box(character)
            above = max(above, highest * run.size)
            below = max(below, -lowest * run.size)
    return above, below
