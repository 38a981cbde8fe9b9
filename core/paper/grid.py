"""Every measure of the GB/T 9704-2012 page, in points from the top left; x and y of the type area start at 0.

Where the standard is silent (colour and weight of the red rule, leading of the title) the value is a choice.
"""

from dataclasses import dataclass

from core.model.office import LinePitch

MM = 72 / 25.4

PAPER_WIDTH, PAPER_HEIGHT = 210 * MM, 297 * MM
TYPE_LEFT, TYPE_LEFT_MIRRORED = 28 * MM, 26 * MM
TYPE_TOP = 37 * MM
TYPE_WIDTH, TYPE_HEIGHT = 156 * MM, 225 * MM
LINES, CELLS = 22, 28
CELL = TYPE_WIDTH / CELLS

SIZE_2, SIZE_3, SIZE_4, SIZE_SMALL_4 = 22.0, 16.0, 14.0, 12.0
BASELINE = 0.86
"""Depth of the baseline below the top of the em box, in ems."""

BLACK = (0.0, 0.0, 0.0)
RED = (1.0, 0.0, 0.0)
RED_RULE_WEIGHT = 0.5 * MM
RED_RULE_GAP = 4 * MM
RED_HEAD_TOP = 72 * MM - TYPE_TOP
RED_HEAD_SIZE = 54.0
TITLE_LEADING = 34.0
TITLE_WIDEST = 0.9 * TYPE_WIDTH

IMPRINT_OUTER_WEIGHT, IMPRINT_INNER_WEIGHT = 0.35 * MM, 0.25 * MM
IMPRINT_LINE = 9 * MM
PAGE_NUMBER_DASH = 7 * MM
"""The dashes beside the page number stand this far below the type area."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Line boxes of one pitch down a page: 22 on an upright page, as many as fit on a turned one.

    `top` is where the first box begins: at the type area's top (reading A), or so far above it that the first
    characters touch it (reading B).
    """

    pitch: float
    top: float
    lines: int
    width: float
    height: float

    @property
    def bottom(self) -> float:
        """Where the last line box ends."""
        return self.top + self.lines * self.pitch


def grid_of(line_pitch: LinePitch, turned: bool = False) -> Grid:
    """The grid of an upright page, or of one turned for a wide table."""
    pitch = TYPE_HEIGHT / LINES if line_pitch is LinePitch.A else (TYPE_HEIGHT - SIZE_3) / (LINES - 1)
    width, height = (TYPE_HEIGHT, TYPE_WIDTH) if turned else (TYPE_WIDTH, TYPE_HEIGHT)
    edge = pitch / 2 if line_pitch is LinePitch.A else 0.0
    lines = LINES if not turned else int((height - 2 * edge + pitch) / pitch)
    return Grid(pitch, (height - lines * pitch) / 2, lines, width, height)


def type_left(page_number: int, two_sided: bool) -> float:
    """Left edge of the type area on the paper: the wide margin is on the binding side."""
    return TYPE_LEFT_MIRRORED if two_sided and page_number % 2 == 0 else TYPE_LEFT


def baseline_in(height: float, size: float) -> float:
    """Depth of the baseline of type set in the middle of a line box."""
    return (height - size) / 2 + BASELINE * size
