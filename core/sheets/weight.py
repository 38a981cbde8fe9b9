"""What a workbook of a few kilobytes may become in memory: each cell can name one text that is very long."""

MOST_BYTES = 64 << 20
_SHORTEST_CELL = len("<c/>")
_TEXTS = "sharedstrings.xml"
"""Where the parser looks for shared texts, whatever the package says (a test holds it to that)."""


class Weight:
    """Fed part by part while the package is checked, then asked."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._sheets: list[bytes] = []
        self._texts: list[bytes] = []

    def look(self, part: str, xml: bytes) -> None:
        """Take in one part; its name is in lower case."""
        if part.endswith(_TEXTS):
            self._texts.append(xml)
        elif b"sheetData" in xml:
            self._sheets.append(xml)

    def is_great(self) -> bool:
        """Whether the shared texts, written out in every cell, may take more than a program should."""
        most_cells = sum(map(len, self._sheets)) // _SHORTEST_CELL
        # Most workbooks are told by their size alone, or by their longest text.
        if sum(map(len, self._texts)) * most_cells <= MOST_BYTES:
            return False
        longest = max(len(text) for xml in self._texts for text in xml.split(b"si>"))
        if longest * most_cells <= MOST_BYTES:
            return False
        return longest * sum(xml.count(b"<c") + xml.count(b":c") for xml in self._sheets) > MOST_BYTES
