"""What people settled about single subjects: scores and grades (R15), revocations (R17)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from core.model.assessment import ResultState
from core.model.decision import Decision, DecisionKind, Revocation
from core.model.scheme import Scheme
from core.rules.grading import GradeScale, Verdict, judge

ABOUT_SUBJECTS = (DecisionKind.SCORE, DecisionKind.RECHECK, DecisionKind.GRADE)
"""In this turn: a recheck goes over a decided score."""


def decide(
    scheme: Scheme, verdicts: Mapping[str, Verdict], decisions: Iterable[Decision]
) -> dict[str, Verdict]:
    """The verdicts that decisions changed, by subject."""
    of_subject: dict[str, list[Decision]] = defaultdict(list)
    for decision in decisions:
        if decision.kind in ABOUT_SUBJECTS and not decision.lifted and decision.subject_id in verdicts:
            of_subject[decision.subject_id].append(decision)
    scale = GradeScale(scheme)
    return {
        subject_id: _decided(scheme, scale, verdicts[subject_id], own)
        for subject_id, own in of_subject.items()
    }


def revoke(
    scheme: Scheme, verdicts: Mapping[str, Verdict], revocations: Iterable[Revocation]
) -> dict[str, Verdict]:
    """The verdicts of those whose results were taken back, by subject."""
    return {
        one.subject_id: verdicts[one.subject_id]._replace(
            state=ResultState.REVOKED, grade=scheme.below_name, revocation=one
        )
        for one in revocations
        if not one.lifted and one.subject_id in verdicts
    }


def decided_final(scheme: Scheme, score: Decimal) -> int:
    """A decided score in units of the scheme's last shown place."""
    return int(score.scaleb(scheme.rounding.places))


def _decided(scheme: Scheme, scale: GradeScale, verdict: Verdict, decisions: Sequence[Decision]) -> Verdict:
    score, grade = verdict.score, ""
    in_turn = sorted(decisions, key=lambda one: ABOUT_SUBJECTS.index(one.kind))
    for decision in in_turn:
        grade = decision.grade or grade
        if decision.score is not None:
            score = score._replace(final=decided_final(scheme, decision.score))
    return judge(scheme, scale, score, grade)._replace(
        decisions=tuple(in_turn),
        computed_final=verdict.score.final,
        computed_band=verdict.band,
    )
