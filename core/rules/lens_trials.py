"""What-if under the lens: a rater left out, a mark as the others gave it, one point more.

Each change is tried on all subjects of a rater at once, as a subject's score and grade hang on its own
sheets alone. Awards hang on all: a single change is computed for itself only where it may move one.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from core.model.assessment import ScoreSheet, Subject
from core.model.lens import Shift, Trials, WhatIf
from core.model.outcome import Outcome
from core.model.scheme import Rater, Scheme, Stage
from core.rules.exact import UNIT, to_units
from core.rules.lens_agreement import hundredths
from core.rules.lens_standings import Standings
from core.rules.lens_totals import StageTotals
from core.rules.lens_words import (
    DECIDING,
    ONE_POINT,
    WITHOUT,
    alone_words,
    deciding_words,
    mark_words,
    one_point_words,
    without_words,
)

Compute: TypeAlias = Callable[[Scheme, Sequence[ScoreSheet]], Outcome]
"""The outcome of the cycle with this scheme and these sheets, all else being equal, without traces."""


class SheetPlace(NamedTuple):
    """A valid sheet and its place among all sheets."""

    place: int
    sheet: ScoreSheet


class Found(NamedTuple):
    """A change to one sheet of a subject that shifts its grade or award; `mark` where it is to one mark."""

    subject_id: str
    rater: str
    shifts: tuple[Shift, ...]
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Bench:
    """What trials start from: the cycle as it was computed, its stages, and the way to compute it anew.

    `single` are the valid sheets by stage and rater; raters with several sheets for a subject (ballots) are
    left out, as none of their sheets weighs much.
    """

    scheme: Scheme
    sheets: tuple[ScoreSheet, ...]
    names: Mapping[str, str]
    categories: Mapping[str, str]
    stages: tuple[StageTotals, ...]
    single: Mapping[tuple[str, str], Sequence[SheetPlace]]
    before: Standings
    compute: Compute

    @classmethod
    def of(
        cls,
        scheme: Scheme,
        subjects: Sequence[Subject],
        sheets: Sequence[ScoreSheet],
        stages: tuple[StageTotals, ...],
        compute: Compute,
    ) -> "Bench":
        """A bench over a cycle."""
        return cls(
            scheme=scheme,
            sheets=tuple(sheets),
            names={subject.id: subject.name for subject in subjects},
            categories={subject.id: subject.category for subject in subjects},
            stages=stages,
            single=_single_sheets(sheets, stages),
            before=Standings(scheme, compute(scheme, sheets)),
            compute=compute,
        )

    def rater_name(self, stage: Stage, rater: Rater) -> str:
        """A rater's name, with its stage where there are several."""
        return rater.name if len(self.stages) == 1 else f"{stage.name}·{rater.name}"

    def try_each(self, changes: Sequence[SheetPlace]) -> Iterator[tuple[ScoreSheet, tuple[Shift, ...]]]:
        """Each change for itself, where its own subject's grade or award shifts; one change a subject."""
        together = self._after(changes) if changes else self.before
        for change in changes:
            subject_id = change.sheet.subject_id
            before, after = self.before.of[subject_id], together.of[subject_id]
            shifts: tuple[Shift, ...] = ()
            if self.before.may_move_awards(before, after):
                shifts = self.before.shifts_to(self._after([change]), self.names)
            elif before.grade != after.grade:
                name = self.names[subject_id]
                shifts = (Shift(subject_id, name, before, after._replace(award=before.award)),)
            if any(shift.subject_id == subject_id for shift in shifts):
                yield change.sheet, tuple(sorted(shifts, key=lambda one: one.subject_id != subject_id))

    def _after(self, changes: Sequence[SheetPlace]) -> Standings:
        sheets = list(self.sheets)
        for place, sheet in changes:
            sheets[place] = sheet
        return Standings(self.scheme, self.compute(self.scheme, sheets))

    def trials(self, heading: tuple[str, str, str], cases: Sequence[WhatIf]) -> Trials:
        """Cases of one subject together, the best subject first."""
        finals = {subject_id: standing.final or 0 for subject_id, standing in self.before.of.items()}
        return Trials(*heading, tuple(sorted(cases, key=lambda case: -finals[case.subject_id])))


def _single_sheets(
    sheets: Sequence[ScoreSheet], stages: Sequence[StageTotals]
) -> dict[tuple[str, str], list[SheetPlace]]:
    counts = Counter((sheet.stage, sheet.rater, sheet.subject_id) for sheet in sheets)
    rows = {totals.stage.code: totals.rows for totals in stages}
    single = defaultdict(list)
    for place, sheet in enumerate(sheets):
        valid = sheet.rater in rows[sheet.stage].get(sheet.subject_id, ())
        if valid and counts[sheet.stage, sheet.rater, sheet.subject_id] == 1:
            single[sheet.stage, sheet.rater].append(SheetPlace(place, sheet))
    return single


def without_each_rater(bench: Bench) -> Trials:
    """Every rater left out, as if the scheme did not know it."""
    cases: list[WhatIf] = []
    for totals in bench.stages:
        for rater in totals.raters:
            name = bench.rater_name(totals.stage, rater)
            if len(totals.raters) == 1:
                cases.append(WhatIf(alone_words(name), (name,), ()))
                continue
            scheme = _without(bench.scheme, totals.stage, rater)
            after = Standings(scheme, bench.compute(scheme, bench.sheets))
            shifts = bench.before.shifts_to(after, bench.names)
            cases.append(WhatIf(without_words(name, shifts), (name,), shifts))
    return Trials(*WITHOUT, tuple(cases))


def _without(scheme: Scheme, stage: Stage, rater: Rater) -> Scheme:
    raters = tuple(one for one in stage.raters if one.code != rater.code)
    less = replace(stage, raters=raters, minimum_sheets=min(stage.minimum_sheets, len(raters)))
    return replace(scheme, stages=tuple(less if one.code == stage.code else one for one in scheme.stages))


def deciding_marks(bench: Bench) -> Trials:
    """Single marks that alone decide a grade or award: with the others' mean in their place it is another."""
    found: list[Found] = []
    for totals in bench.stages:
        own = {rater.code: bench.single.get((totals.stage.code, rater.code), ()) for rater in totals.raters}
        sums = _column_sums(own)
        width = max((len(column) for column, _ in sums.values()), default=0)
        for rater in totals.raters:
            for column in range(width):
                found += _deciding(bench, totals.stage, rater, column, own[rater.code], sums)
    return bench.trials(DECIDING, _grouped(found, deciding_words))


def _grouped(found: Iterable[Found], words: Callable[[Sequence[str], Sequence[Shift]], str]) -> list[WhatIf]:
    """One case for all changes to a subject that come to the same."""
    groups: dict[tuple[object, ...], list[Found]] = defaultdict(list)
    for each in found:
        same = ((one.subject_id, one.after.grade, one.after.award) for one in each.shifts)
        groups[each.subject_id, *same].append(each)
    return [_case(group, words) for group in groups.values()]


def _case(group: Sequence[Found], words: Callable[[Sequence[str], Sequence[Shift]], str]) -> WhatIf:
    shifts = group[0].shifts
    if len(group) > 1:
        shifts = tuple(one._replace(after=one.after._replace(final=None)) for one in shifts)
    raters = tuple(dict.fromkeys(each.rater for each in group))
    marks = tuple(each.mark for each in group if each.mark)
    return WhatIf(words(marks or raters, shifts), raters, shifts, group[0].subject_id, marks)


def _column_sums(
    own: Mapping[str, Sequence[SheetPlace]],
) -> dict[str, tuple[list[int], int]]:
    """For each subject: what its sheets gave each leaf together, and how many sheets."""
    sums: dict[str, tuple[list[int], int]] = {}
    for sheets in own.values():
        for _, sheet in sheets:
            marks = [mark or 0 for mark in sheet.marks]
            before, count = sums.get(sheet.subject_id, ([0] * len(marks), 0))
            sums[sheet.subject_id] = [a + b for a, b in zip(before, marks, strict=True)], count + 1
    return sums


def _deciding(
    bench: Bench,
    stage: Stage,
    rater: Rater,
    column: int,
    own: Sequence[SheetPlace],
    sums: Mapping[str, tuple[list[int], int]],
) -> Iterator[Found]:
    """The marks of one rater for the leaf in this column, those that decide."""
    given: dict[str, tuple[int, Fraction]] = {}
    changes = []
    for place, sheet in own:
        columns, count = sums[sheet.subject_id]
        mark = sheet.marks[column] if column < len(sheet.marks) else None
        if mark is not None and count > 1 and columns[column] != mark * count:
            others = Fraction(columns[column] - mark, count - 1)
            given[sheet.subject_id] = mark, others
            changes.append(SheetPlace(place, _with_mark(sheet, column, round(others))))
    name = bench.rater_name(stage, rater)
    for sheet, shifts in bench.try_each(changes):
        leaf = bench.scheme.leaves(stage.code, bench.categories[sheet.subject_id])[column]
        mark, others = given[sheet.subject_id]
        said = mark_words(name, leaf.name, _points(mark), _points(others))
        yield Found(sheet.subject_id, name, shifts, said)


def _points(units: int | Fraction) -> Decimal:
    return hundredths(Fraction(units) / UNIT)


def one_point_more(bench: Bench) -> Trials:
    """One sheet with one point more, up to the stage's full mark: where that changes a grade or award."""
    found = []
    for totals in bench.stages:
        full = to_units(totals.stage.full)
        for rater in totals.raters:
            changes = [
                SheetPlace(place, _with_a_point(bench.scheme, bench.categories[sheet.subject_id], sheet))
                for place, sheet in bench.single.get((totals.stage.code, rater.code), ())
                if sum(mark or 0 for mark in sheet.marks) + UNIT <= full
            ]
            name = bench.rater_name(totals.stage, rater)
            found += [Found(sheet.subject_id, name, shifts) for sheet, shifts in bench.try_each(changes)]
    return bench.trials(ONE_POINT, _grouped(found, one_point_words))


def _with_a_point(scheme: Scheme, category: str, sheet: ScoreSheet) -> ScoreSheet:
    """A point more where the sheet has most room for it."""
    room = [
        to_units(leaf.full) - (mark or 0)
        for leaf, mark in zip(scheme.leaves(sheet.stage, category), sheet.marks, strict=True)
    ]
    column = room.index(max(room))
    return _with_mark(sheet, column, (sheet.marks[column] or 0) + UNIT)


def _with_mark(sheet: ScoreSheet, column: int, mark: int) -> ScoreSheet:
    return replace(sheet, marks=(*sheet.marks[:column], mark, *sheet.marks[column + 1 :]))
