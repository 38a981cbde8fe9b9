"""Weights that a cycle chooses where the scheme gives a lower bound (R4)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from core.model.assessment import ChosenWeight
from core.model.scheme import CategoryWeight, Rater, Scheme, Stage


def with_weights(scheme: Scheme, weights: Sequence[ChosenWeight]) -> Scheme:
    """The scheme with the chosen weights in it."""
    if not weights:
        return scheme
    return replace(scheme, stages=tuple(_stage(stage, weights) for stage in scheme.stages))


def _stage(stage: Stage, weights: Iterable[ChosenWeight]) -> Stage:
    own = [one for one in weights if one.stage == stage.code]
    raters = tuple(_rater(rater, [one for one in own if one.rater == rater.code]) for rater in stage.raters)
    return replace(stage, raters=raters)


def _rater(rater: Rater, weights: Iterable[ChosenWeight]) -> Rater:
    for one in weights:
        if not one.category:
            rater = replace(rater, weight=one.weight)
            continue
        others = tuple(own for own in rater.category_weights if own.category != one.category)
        _, bound = rater.weight_for(one.category)
        chosen = CategoryWeight(one.category, one.weight, bound)
        rater = replace(rater, category_weights=(*others, chosen))
    return rater
