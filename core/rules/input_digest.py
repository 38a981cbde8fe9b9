"""The digest of everything a result was computed from (R21): the same years later and on another PC.

Canonical form, hashed with SHA-256: the scheme's digest; then each subject, ordered by its own bytes, with
its facts, its sheets ordered by stage, rater and marks, and its entries ordered by their bytes; then, ordered
by their bytes, decisions, revocations, earlier results and chosen weights. Texts are UTF-8, ended by U+001F;
groups are ended by U+001E. A mark is eight bytes, little-endian, in 10⁻⁶ points; an empty one is the smallest
number of eight bytes. A subject is told by its organization's id and its name. Record ids, versions,
positions and sources stay out: they differ between PCs and no figure depends on them.

What later versions added (kinds and frozen facts, levels, and all that is settled) begins with U+001D and
stands only where there is some: data from before keeps its digest. Only earlier results are told with more
than they were: who was ranked together. A year frozen before that is read as it was told then.
"""

import hashlib
import struct
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

from core.model.assessment import ChosenWeight, Entry, ScoreSheet, Subject
from core.model.decision import Decision, Revocation
from core.model.earlier import EarlierResult

EMPTY_MARK = -(2**63)
TEXT_END = "\x1f"
GROUP_END = "\x1e"
ADDED = "\x1d"


def digest_of(
    scheme_digest: str,
    subjects: Sequence[Subject],
    sheets: Iterable[ScoreSheet],
    entries: Iterable[Entry],
    *,
    decisions: Iterable[Decision] = (),
    revocations: Iterable[Revocation] = (),
    earlier: Iterable[EarlierResult] = (),
    weights: Iterable[ChosenWeight] = (),
) -> str:
    """SHA-256 in hexadecimal; the order of the inputs does not matter."""
    sheets_of: dict[str, list[tuple[str, str, bytes]]] = defaultdict(list)
    for sheet in sheets:
        stage, rater = sheet.stage, sheet.rater
        told = _head(stage, rater, sheet.recused) + _marks(sheet.marks)
        sheets_of[sheet.subject_id].append((stage, rater, told))
    entries_of: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        entries_of[entry.subject_id].append(entry)
    parts = sorted(
        _subject(subject)
        + b"".join([told for _, _, told in sorted(sheets_of[subject.id])])
        + _entries(entries_of[subject.id])
        for subject in subjects
    )
    names = {
        subject.id: f"{subject.organization_id or subject.ref_id} {subject.name}" for subject in subjects
    }
    settled = sorted(
        [
            *(_decision(one, names) for one in decisions),
            *(_revocation(one, names) for one in revocations),
            *map(_earlier, earlier),
            *map(_weight, weights),
        ]
    )
    return hashlib.sha256(_texts(scheme_digest) + b"".join(parts) + b"".join(settled)).hexdigest()


def _texts(*texts: str) -> bytes:
    return (TEXT_END.join(texts) + TEXT_END + GROUP_END).encode()


def _added(what: str, *texts: str) -> bytes:
    return _texts(ADDED + what, *texts)


def _number(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"


def _subject(subject: Subject) -> bytes:
    own = _texts(
        subject.organization_id, subject.name, subject.category, subject.community, subject.filed_on,
        subject.previous_grade, subject.barred,
    )  # fmt: skip
    if not (subject.kind or subject.ref_id or subject.facts):
        return own
    facts = (text for fact in sorted(subject.facts) for text in fact)
    return own + _added("subject", subject.kind, subject.ref_id, *facts)


@lru_cache(1024)
def _head(stage: str, rater: str, recused: str) -> bytes:
    """How the sheets of a rater begin; they come by the thousand."""
    return _texts(stage, rater, recused)


def _marks(marks: tuple[int | None, ...]) -> bytes:
    form = _form(len(marks))
    try:
        return form.pack(*marks)
    except struct.error:
        # To look for gaps first would take longer than the packing, and hardly any sheet has one.
        return form.pack(*(EMPTY_MARK if mark is None else mark for mark in marks))


@lru_cache(1024)
def _form(count: int) -> struct.Struct:
    """How so many marks are written."""
    return struct.Struct(f"<{count}q")


def _entries(entries: Sequence[Entry]) -> bytes:
    return b"".join(
        sorted(
            _texts(
                entry.kind, _number(entry.points), entry.item, entry.reason, entry.dated_on, entry.lifted,
                *([ADDED + entry.level] if entry.level else []),
            )
            for entry in entries
        )
    )  # fmt: skip


def _decision(one: Decision, names: Mapping[str, str]) -> bytes:
    return _added(
        "decision", one.kind, one.body, one.decided_on, one.persons, one.reason, one.evidence,
        names.get(one.subject_id, ""), one.award, one.category, _number(one.score), one.grade, one.lifted,
        *(names.get(subject_id, "") for subject_id in one.order),
    )  # fmt: skip


def _revocation(one: Revocation, names: Mapping[str, str]) -> bytes:
    return _added(
        "revocation", names.get(one.subject_id, ""), one.body, one.dated_on, one.reason, one.evidence,
        str(one.promote), one.lifted,
    )  # fmt: skip


def _earlier(one: EarlierResult) -> bytes:
    return _added(
        "earlier", str(one.year), one.subject_ref, one.name, one.state, _number(one.final), one.grade,
        str(one.rank), str(one.of), one.award, *([str(one.number)] if one.number else []),
        *([ADDED + one.among] if one.among else []),
    )  # fmt: skip


def _weight(one: ChosenWeight) -> bytes:
    return _added("weight", one.stage, one.rater, one.category, _number(one.weight))
