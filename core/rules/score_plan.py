"""What all subjects of a category share, worked out once: leaves, whole weights, sheets by rater."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeAlias

from core.model.assessment import ScoreSheet, Subject
from core.model.scheme import Indicator, Rater, Scheme, Stage
from core.rules.exact import plain, to_units

SheetsOfRater: TypeAlias = dict[str, ScoreSheet]
"""One rater's sheets in one stage, by subject id."""


class RaterPlan(NamedTuple):
    """A rater with its weight for one category, whole and as written, and its sheets."""

    rater: Rater
    weight: int
    weight_text: str
    sheets: SheetsOfRater


class StagePlan(NamedTuple):
    """A stage for one category; `weight` is whole, full marks are in 10⁻⁶ points.

    `working` names the leaves and leaves a `%s` for each mark, for traces.
    """

    stage: Stage
    leaves: tuple[Indicator, ...]
    raters: tuple[RaterPlan, ...]
    weight: int
    full: int
    scheme_full: int
    working: str


def index_sheets(sheets: Iterable[ScoreSheet]) -> dict[tuple[str, str], SheetsOfRater]:
    """The sheets by stage and rater, then by subject."""
    index: dict[tuple[str, str], SheetsOfRater] = defaultdict(dict)
    for sheet in sheets:
        index[sheet.stage, sheet.rater][sheet.subject_id] = sheet
    return index


def plan_categories(
    scheme: Scheme, subjects: Iterable[Subject], index: dict[tuple[str, str], SheetsOfRater]
) -> dict[str, tuple[StagePlan, ...]]:
    """The stages as they apply to each category that occurs."""
    categories = dict.fromkeys(subject.category for subject in subjects)
    return {
        category: tuple(_plan(scheme, stage, category, index) for stage in scheme.stages)
        for category in categories
    }


def _plan(
    scheme: Scheme, stage: Stage, category: str, index: dict[tuple[str, str], SheetsOfRater]
) -> StagePlan:
    weights = [rater.weight_for(category)[0] for rater in stage.raters]
    leaves = scheme.leaves(stage.code, category)
    return StagePlan(
        stage=stage,
        leaves=leaves,
        raters=tuple(
            RaterPlan(rater, to_units(weight), plain(weight), index.get((stage.code, rater.code), {}))
            for rater, weight in zip(stage.raters, weights, strict=True)
            if weight
        ),
        weight=to_units(stage.weight),
        full=to_units(stage.full),
        scheme_full=to_units(scheme.full),
        working=" + ".join(f"{leaf.name.replace('%', '%%')} %s" for leaf in leaves),
    )


def by_category(subjects: Sequence[Subject]) -> dict[str, list[str]]:
    """The ids of the subjects of each category."""
    ids: dict[str, list[str]] = defaultdict(list)
    for subject in subjects:
        ids[subject.category].append(subject.id)
    return ids
