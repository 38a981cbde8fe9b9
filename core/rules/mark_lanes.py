"""All marks of a sheet held against their ranges at once; one by one it costs more than all other arithmetic.

The marks stand as signed 64-bit lanes side by side in one large whole number. A lane's top bit tells a negative
mark; and (full + top bit) - mark keeps the top bit exactly as long as the mark is not above its full mark, so that
no lane borrows from the next.
"""

import struct
from collections.abc import Sequence

from core.model.scheme import Indicator, LeafKind
from core.rules.exact import to_units
from core.rules.leaf_marks import allows

LANE_TOP = 1 << 63


class MarkLanes:
    """The ranges of some leaves."""

    def __init__(self, leaves: Sequence[Indicator]) -> None:
        self._pack = struct.Struct(f"<{len(leaves)}q").pack
        self._tops = _join([LANE_TOP for _ in leaves])
        self._limits = _join([to_units(leaf.full) + LANE_TOP for leaf in leaves])
        self._choosy = [
            (column, leaf)
            for column, leaf in enumerate(leaves)
            if leaf.kind in (LeafKind.OPTIONS, LeafKind.STEPS, LeafKind.COUNT, LeafKind.YES_NO) or leaf.step
        ]

    def fit(self, marks: tuple[int | None, ...]) -> bool:
        """Whether all marks are given, as many as there are leaves, and each is one that its leaf can earn."""
        try:
            row = int.from_bytes(self._pack(*marks), "little")
        except struct.error:
            return False
        if row & self._tops or (self._limits - row) & self._tops != self._tops:
            return False
        return not self._choosy or all(allows(leaf, marks[column] or 0) for column, leaf in self._choosy)


def _join(lanes: Sequence[int]) -> int:
    return sum(lane << 64 * number for number, lane in enumerate(lanes))
