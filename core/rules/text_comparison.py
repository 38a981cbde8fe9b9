"""What was changed from one version of a text to the next: by paragraphs, and by words inside them."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from core.model.text_comparison import Change, ComparedParagraph, ComparedRun

_TOKEN = re.compile(r"[0-9]+(?:[.,][0-9]+)*|[A-Za-z]+|.", re.DOTALL)
_CLAUSE = re.compile(r"[^，。；：！？、\n]*[，。；：！？、\n]|[^，。；：！？、\n]+")
_LONG = 2_000
_LEAST_ALIKE = 0.4
_MOST_PAIRS = 40_000


def compare_texts(old: Sequence[str], new: Sequence[str]) -> tuple[ComparedParagraph, ...]:
    """The paragraphs of both versions in order: kept, added, removed, or changed inside.

    Nothing is lost: the old texts of the answer are those of `old`, the new ones those of `new`.
    """
    compared: list[ComparedParagraph] = []
    for tag, old_from, old_to, new_from, new_to in _steps(old, new):
        if tag == "equal":
            compared += (_whole(Change.KEPT, text) for text in old[old_from:old_to])
        else:
            compared += _aligned(old[old_from:old_to], new[new_from:new_to])
    return tuple(compared)


def compare_paragraph(old: str, new: str) -> ComparedParagraph:
    """One paragraph in two versions; figures and Latin words are changed as a whole."""
    if old == new:
        return _whole(Change.KEPT, old)
    pattern = _CLAUSE if max(len(old), len(new)) > _LONG else _TOKEN
    return ComparedParagraph(Change.CHANGED, _runs(pattern.findall(old), pattern.findall(new)))


def _steps(old: Sequence[str], new: Sequence[str]) -> Sequence[tuple[str, int, int, int, int]]:
    return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()


def _whole(change: Change, text: str) -> ComparedParagraph:
    return ComparedParagraph(change, (ComparedRun(change, text),))


def _aligned(old: Sequence[str], new: Sequence[str]) -> Iterator[ComparedParagraph]:
    """Paragraphs between two that were kept: those that are alike are the same one, changed."""
    old_place, new_place = 0, 0
    for old_at, new_at in [*_pairs(old, new), (len(old), len(new))]:
        yield from (_whole(Change.REMOVED, text) for text in old[old_place:old_at])
        yield from (_whole(Change.ADDED, text) for text in new[new_place:new_at])
        if old_at < len(old):
            yield compare_paragraph(old[old_at], new[new_at])
        old_place, new_place = old_at + 1, new_at + 1


def _pairs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Places of paragraphs that are alike, in order, so that they are alike the most in all."""
    if len(old) * len(new) > _MOST_PAIRS:
        return [(at, at) for at in range(min(len(old), len(new))) if _alike(old[at], new[at])]
    old_marks, new_marks = [_marks(text) for text in old], [_marks(text) for text in new]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    likeness = [[_likeness(one, other) for other in new_marks] for one in old_marks]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            alike = likeness[i][j]
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + alike if alike else 0.0)
    pairs, i, j = [], 0, 0
    while i < len(old) and j < len(new):
        alike = likeness[i][j]
        if alike and best[i][j] == best[i + 1][j + 1] + alike:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _marks(text: str) -> frozenset[str]:
    """The pairs of neighbours in a text, by which texts are found alike."""
    return frozenset(text[at : at + 2] for at in range(max(1, len(text) - 1)))


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """From the least that counts to 1; 0 if it is less."""
    alike = 2 * len(one & other) / (len(one) + len(other))
    return alike if alike >= _LEAST_ALIKE else 0.0


def _alike(one: str, other: str) -> bool:
    return _likeness(_marks(one), _marks(other)) > 0


def _runs(old: list[str], new: list[str]) -> tuple[ComparedRun, ...]:
    """Runs of tokens; a single character kept between two changes is part of the change."""
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    runs: list[ComparedRun] = []
    gone, come = "", ""
    for number, (tag, old_from, old_to, new_from, new_to) in enumerate(steps):
        before, after = "".join(old[old_from:old_to]), "".join(new[new_from:new_to])
        between = 0 < number < len(steps) - 1
        if tag != "equal" or (between and len(before) == 1 and gone and come):
            gone, come = gone + before, come + after
            continue
        runs += _changed(gone, come)
        runs.append(ComparedRun(Change.KEPT, before))
        gone, come = "", ""
    return (*runs, *_changed(gone, come))


def _changed(gone: str, come: str) -> list[ComparedRun]:
    pieces = ((Change.REMOVED, gone), (Change.ADDED, come))
    return [ComparedRun(change, text) for change, text in pieces if text]
