"""The digest of everything a result was computed from (R21): the same years later and on another PC.

Canonical form, hashed with SHA-256: the scheme's digest; then each subject, ordered by its own bytes, with
its facts, its sheets ordered by stage and rater, and its entries ordered by their bytes. Texts are UTF-8,
ended by U+001F; groups are ended by U+001E. A mark is eight bytes, little-endian, in 10⁻⁶ points; an empty
one is the smallest number of eight bytes. A subject is told by its organization's id and its name. Record
ids, versions, positions and sources stay out: they differ between PCs and no figure depends on them.
"""

import hashlib
import struct
from collections import defaultdict
from collections.abc import Iterable, Sequence

from core.model.assessment import Entry, ScoreSheet, Subject

EMPTY_MARK = -(2**63)
TEXT_END = "\x1f"
GROUP_END = "\x1e"


def digest_of(
    scheme_digest: str, subjects: Iterable[Subject], sheets: Iterable[ScoreSheet], entries: Iterable[Entry]
) -> str:
    """SHA-256 in hexadecimal; the order of the inputs does not matter."""
    sheets_of: dict[str, list[ScoreSheet]] = defaultdict(list)
    for sheet in sheets:
        sheets_of[sheet.subject_id].append(sheet)
    entries_of: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        entries_of[entry.subject_id].append(entry)
    parts = sorted(
        _subject(subject) + _sheets(sheets_of[subject.id]) + _entries(entries_of[subject.id])
        for subject in subjects
    )
    return hashlib.sha256(_texts(scheme_digest) + b"".join(parts)).hexdigest()


def _texts(*texts: str) -> bytes:
    return (TEXT_END.join(texts) + TEXT_END + GROUP_END).encode()


def _subject(subject: Subject) -> bytes:
    return _texts(
        subject.organization_id, subject.name, subject.category, subject.community, subject.filed_on,
        subject.previous_grade, subject.barred,
    )  # fmt: skip


def _sheets(sheets: Sequence[ScoreSheet]) -> bytes:
    return b"".join(
        _texts(sheet.stage, sheet.rater, sheet.recused) + _marks(sheet.marks)
        for sheet in sorted(sheets, key=lambda one: (one.stage, one.rater))
    )


def _marks(marks: tuple[int | None, ...]) -> bytes:
    if None in marks:
        marks = tuple(EMPTY_MARK if mark is None else mark for mark in marks)
    return struct.pack(f"<{len(marks)}q", *marks)


def _entries(entries: Sequence[Entry]) -> bytes:
    return b"".join(
        sorted(
            _texts(
                entry.kind, "" if entry.points is None else f"{entry.points.normalize():f}", entry.item,
                entry.reason, entry.dated_on, entry.lifted,
            )
            for entry in entries
        )
    )  # fmt: skip
