"""The tables of the assessments: schemes, cycles, marks, what people settled, results."""

from collections.abc import Mapping
from decimal import Decimal
from operator import itemgetter
from typing import Any

from sqlalchemy import BigInteger, Boolean, Integer, Table, UniqueConstraint

from core.model.assessment import (
    MARK_PLACES,
    ChosenWeight,
    Cycle,
    CycleState,
    Entry,
    EntryKind,
    FrozenFact,
    MarkIssue,
    MarkNote,
    Result,
    ResultState,
    SchemeText,
    ScoreSheet,
    Source,
    Subject,
    TraceInput,
    TraceStep,
)
from core.model.ballot import Ballot
from core.model.decision import Decision, DecisionKind, Revocation
from core.model.objection import Objection, ObjectionState
from db.table_parts import UNJOURNALED, column, link, records, version
from db.types import LINK, NUMBERS, TEXTS, enum_text, json_text, scaled_decimal

_members_of_source = itemgetter(*Source._fields)


def _source(value: dict[str, Any]) -> Source:
    # By name it takes twice as long, and there is one for each sheet; older ones have fewer members.
    return Source(*_members_of_source(value)) if len(value) == len(Source._fields) else Source(**value)


def _issues(value: list[dict[str, Any]]) -> tuple[MarkIssue, ...]:
    return tuple(MarkIssue(**issue) for issue in value)


def _notes(value: list[dict[str, Any]]) -> tuple[MarkNote, ...]:
    return tuple(MarkNote(**note) for note in value)


def _weights(value: list[list[str]]) -> tuple[ChosenWeight, ...]:
    return tuple(ChosenWeight(stage, rater, Decimal(weight), of) for stage, rater, weight, of in value)


def _facts(value: list[list[str]]) -> tuple[FrozenFact, ...]:
    return tuple(FrozenFact(*one) for one in value)


def _trace(value: list[list[Any]]) -> tuple[TraceStep, ...]:
    return tuple(
        TraceStep(rule, title, tuple(TraceInput(*one) for one in inputs), working, outcome)
        for rule, title, inputs, working, outcome in value
    )


scheme_texts = records(
    "scheme_texts",
    "考核方案",
    column("code"),
    column("name"),
    column("text"),
    column("digest", unique=True),
    column("loaded_at"),
    version(),
)

cycles = records(
    "cycles",
    "考核周期",
    column("year", Integer),
    link("scheme_id", "scheme_texts"),
    column("state", enum_text(CycleState)),
    column("opened_on"),
    column("computed_at"),
    column("digest"),
    column("code"),
    column("title"),
    column("weights", json_text(_weights)),
    column("reported_on"),
    column("reported_to"),
    column("notice_from"),
    column("notice_until"),
    column("confirmed_on"),
    column("announced_on"),
    column("archived_on"),
    version(),
    UniqueConstraint("year", "code"),
)

subjects = records(
    "subjects",
    "考核对象",
    link("cycle_id", "cycles", index=False),
    link("organization_id", "organizations", LINK, nullable=True),
    column("name"),
    column("category"),
    column("community"),
    column("filed_on"),
    column("previous_grade"),
    column("barred"),
    column("position", Integer),
    column("kind"),
    column("ref_id"),
    column("facts", json_text(_facts)),
    version(),
    UniqueConstraint("cycle_id", "organization_id"),
)

score_sheets = records(
    "score_sheets",
    "评分表",
    link("cycle_id", "cycles", index=False),
    link("subject_id", "subjects"),
    column("stage"),
    column("rater"),
    column("marks", NUMBERS),
    column("issues", json_text(_issues)),
    column("recused"),
    column("remark"),
    column("source", json_text(_source, by_name=True)),
    column("notes", json_text(_notes)),
    version(),
    UniqueConstraint("cycle_id", "stage", "rater", "subject_id"),
)

entries = records(
    "entries",
    "加减分",
    link("cycle_id", "cycles"),
    link("subject_id", "subjects"),
    column("kind", enum_text(EntryKind)),
    column("points", scaled_decimal(MARK_PLACES), nullable=True),
    column("reason"),
    column("item"),
    column("evidence"),
    column("dated_on"),
    column("lifted"),
    column("source", json_text(_source, by_name=True)),
    column("level"),
    version(),
)

decisions = records(
    "decisions",
    "决定",
    link("cycle_id", "cycles"),
    column("kind", enum_text(DecisionKind)),
    column("body"),
    column("decided_on"),
    column("persons"),
    column("reason"),
    column("evidence"),
    link("subject_id", "subjects", LINK, nullable=True),
    column("award"),
    column("category"),
    column("order", TEXTS),
    column("score", scaled_decimal(MARK_PLACES), nullable=True),
    column("grade"),
    link("objection_id", "objections", LINK, nullable=True),
    column("lifted"),
    version(),
)

revocations = records(
    "revocations",
    "撤销",
    link("cycle_id", "cycles"),
    link("subject_id", "subjects"),
    column("body"),
    column("dated_on"),
    column("reason"),
    column("evidence"),
    column("promote", Boolean),
    column("lifted"),
    version(),
)

objections = records(
    "objections",
    "异议",
    link("cycle_id", "cycles"),
    link("subject_id", "subjects"),
    column("raised_on"),
    column("raised_by"),
    column("content"),
    column("contact"),
    column("state", enum_text(ObjectionState)),
    column("checker"),
    column("finding"),
    column("decided_by"),
    column("decided_on"),
    column("answer"),
    column("answered_on"),
    version(),
)

ballots = records(
    "ballots",
    "测评票",
    link("cycle_id", "cycles", index=False),
    column("stage"),
    column("rater"),
    link("subject_id", "subjects"),
    column("number", Integer),
    column("first", TEXTS),
    column("first_by"),
    column("second", TEXTS),
    column("second_by"),
    column("invalid"),
    version(),
    UniqueConstraint("cycle_id", "stage", "rater", "subject_id", "number"),
)

results = records(
    "results",
    "考核结果",
    link("cycle_id", "cycles"),
    link("subject_id", "subjects", index=False, unique=True),
    column("state", enum_text(ResultState)),
    column("final", scaled_decimal(MARK_PLACES), nullable=True),
    column("grade"),
    column("rank", Integer),
    column("award"),
    column("amount_fen", BigInteger),
    column("notes", TEXTS),
    column("trace", json_text(_trace), info=UNJOURNALED),
    version(),
)

ASSESSMENT_KINDS: Mapping[type[Any], Table] = {
    SchemeText: scheme_texts,
    Cycle: cycles,
    Subject: subjects,
    ScoreSheet: score_sheets,
    Entry: entries,
    Objection: objections,
    Decision: decisions,
    Revocation: revocations,
    Ballot: ballots,
    Result: results,
}
"""Where the records of the assessments lie."""
