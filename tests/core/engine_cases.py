"""Builders for tests of the engine: small schemes and what is assessed by them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from core.model.assessment import Entry, EntryKind, ResultState, ScoreSheet, Source, Subject
from core.model.decision import Decision, DecisionKind, Revocation
from core.model.earlier import EarlierResult
from core.model.outcome import Outcome
from core.model.scheme import Award, Band, Rater, Scheme, Stage
from core.rules.assessing import assess

BANDS = tuple(
    Band(name, Decimal(floor)) for name, floor in (("优秀", 90), ("良好", 80), ("合格", 70), ("基本合格", 60))
)
EXCELLENT = Award("excellent", "优秀奖", ("优秀",), number=Decimal(2), amount_fen=4_000_000)
GOOD = Award("good", "良好奖", ("优秀", "良好"), number=Decimal(3), amount_fen=3_000_000)


def a_stage(code: str = "year", weights: Mapping[str, int] | None = None, **changes: object) -> Stage:
    raters = tuple(Rater(name, name, Decimal(weight)) for name, weight in (weights or {"desk": 1}).items())
    return replace(Stage(code, f"{code}环节", Decimal(100), Decimal(1), raters), **changes)


def a_scheme(*stages: Stage, **changes: object) -> Scheme:
    scheme = Scheme(
        code="test",
        name="测试方案",
        source="测试",
        full=Decimal(100),
        stages=stages or (a_stage(),),
        bands=BANDS,
        below_name="不合格",
        score_floor=Decimal(0),
        score_cap=Decimal(100),
        budget_fen=17_000_000,
    )
    return replace(scheme, **changes)


def a_subject(subject_id: str, **changes: object) -> Subject:
    return replace(Subject(subject_id, "", f"organization-{subject_id}", f"组织{subject_id}"), **changes)


def a_sheet(
    subject_id: str, *marks: str | None, stage: str = "year", rater: str = "desk", **changes: object
) -> ScoreSheet:
    units = tuple(None if mark is None else int(Decimal(mark) * 10**6) for mark in marks)
    return replace(
        ScoreSheet("", "", subject_id, stage, rater, units, source=Source("scores.xlsx", rater, 12)),
        **changes,
    )


def an_entry(subject_id: str, kind: EntryKind, points: str | None = None, **changes: object) -> Entry:
    value = None if points is None else Decimal(points)
    return replace(Entry("", "", subject_id, kind, value, "事由"), **changes)


def outcome_of(
    scheme: Scheme,
    totals: Mapping[str, str],
    entries: Iterable[Entry] = (),
    trace: bool = True,
    **settled: Sequence[Any],
) -> Outcome:
    """What comes of one total from one rater for each subject, and of what is settled beside."""
    subjects = [a_subject(subject_id) for subject_id in totals]
    sheets = [a_sheet(subject_id, total) for subject_id, total in totals.items()]
    return assess(scheme, subjects, sheets, list(entries), trace=trace, **settled)


def workings(outcome: Outcome, rule: str, number: int = 0) -> list[str]:
    """The workings of a rule's steps in one result's trace."""
    return [step.working for step in outcome.results[number].trace if step.rule == rule]


def a_decision(kind: DecisionKind, **changes: object) -> Decision:
    decision = Decision("", "", kind, "街道党工委会议", "2026-01-20", "甲、乙、丙", "会议研究", "纪要第 3 号")
    return replace(decision, **changes)


def a_revocation(subject_id: str, **changes: object) -> Revocation:
    revocation = Revocation("", "", subject_id, "街道办事处", "2026-03-02", "材料造假", "核查报告")
    return replace(revocation, **changes)


def an_earlier(
    year: int, subject: str, grade: str, rank: int = 0, of: int = 0, **changes: object
) -> EarlierResult:
    """What a subject got in an earlier year."""
    earlier = EarlierResult(
        year, f"organization-{subject}", f"组织{subject}", ResultState.COMPLETE, None, grade, rank, of, ""
    )
    return replace(earlier, **changes)
