"""An outcome as plain data for JSON; the keys are stable, exact numbers are texts, money is whole fen."""

from collections.abc import Iterable

from core.model.assessment import Result, Subject, TraceStep
from core.model.outcome import AwardFilling, NearEdge, Outcome, SupportList


def outcome_json(outcome: Outcome, subjects: Iterable[Subject]) -> dict[str, object]:
    """The whole outcome; subjects are told by id, in the results also by name."""
    names = {subject.id: subject.name for subject in subjects}
    return {
        "results": [result_json(result, names[result.subject_id]) for result in outcome.results],
        "awards": [_award(award) for award in outcome.awards],
        "lists": [_list(one) for one in outcome.lists],
        "near_edges": [_near_edge(edge) for edge in outcome.near_edges],
        "grade_counts": [{"grade": one.grade, "count": one.count} for one in outcome.grade_counts],
        "money_fen": outcome.money_fen,
        "budget_fen": outcome.budget_fen,
        "decided": [
            {
                "subject": one.subject_id,
                "final": None if one.final is None else str(one.final),
                "grade": one.grade,
            }
            for one in outcome.decided
        ],
        "digest": outcome.digest,
    }


def result_json(result: Result, name: str) -> dict[str, object]:
    """One result with its trace; what there is none of is null."""
    return {
        "subject": result.subject_id,
        "name": name,
        "state": result.state.value,
        "final": None if result.final is None else str(result.final),
        "grade": result.grade or None,
        "rank": result.rank or None,
        "award": result.award or None,
        "amount_fen": result.amount_fen,
        "notes": list(result.notes),
        "trace": [_step(step) for step in result.trace],
    }


def _step(step: TraceStep) -> dict[str, object]:
    return {
        "rule": step.rule,
        "title": step.title,
        "inputs": [{"label": one.label, "value": one.value, "source": one.source} for one in step.inputs],
        "working": step.working,
        "outcome": step.outcome,
    }


def _award(award: AwardFilling) -> dict[str, object]:
    return {
        "code": award.code,
        "name": award.name,
        "category": award.category or None,
        "places": award.places,
        "winners": list(award.winners),
        "undecided": list(award.undecided),
        "open_places": award.open_places,
        "reason": award.reason.value if award.reason else None,
        "open_reasons": [reason.value for reason in award.open_reasons],
        "amount_fen": award.amount_fen,
        "lines": list(award.lines),
    }


def _list(one: SupportList) -> dict[str, object]:
    return {
        "code": one.code,
        "name": one.name,
        "subjects": list(one.subject_ids),
        "changes": [
            {"subject": change.subject_id, "came": change.came, "why": change.why} for change in one.changes
        ],
        "left": list(one.left),
    }


def _near_edge(edge: NearEdge) -> dict[str, object]:
    return {
        "subject": edge.subject_id,
        "final": str(edge.final),
        "grade": edge.grade,
        "gap": str(edge.gap),
    }
