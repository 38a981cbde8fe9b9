"""Subjects, sheets and entries from the JSON of `try-scheme` (docs/try-scheme.md), without a store."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from core.errors import InvalidInput, Problem
from core.model.assessment import Entry, EntryKind, FrozenFact, ScoreSheet, Subject
from core.model.condition import OPENED_ON, Fact
from core.model.scheme import Indicator, Scheme
from core.model.settled import Settled
from core.rules.exact import to_units
from core.rules.leaf_marks import points_for
from core.rules.sections import Section, nearest
from core.rules.trial_settled import read_settled

REMEDY = "请按所列逐条修改。"
FILED_ON = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


class Trial(NamedTuple):
    """What an assessment is computed from, beside the scheme."""

    subjects: tuple[Subject, ...]
    sheets: tuple[ScoreSheet, ...]
    entries: tuple[Entry, ...]
    settled: Settled


def read_sheets_json(text: str, scheme: Scheme) -> Trial:
    """What the JSON text holds; ids of subjects are their `id`, sheets and entries have none.

    Raises:
        InvalidInput: the text is no JSON of this form; all findings are in `problems`.
    """
    findings: list[Problem] = []
    root = Section(_parse(text), "", findings)
    subjects: dict[str, Subject] = {}
    sheets: list[ScoreSheet] = []
    entries: list[Entry] = []
    for number, section in enumerate(root.sections("subjects", "对象", required=True)):
        subject = _subject(section, number, scheme)
        if subject.id in subjects:
            section.find("id", f"“{subject.id}”用过了", "请让每个对象的 id 各不相同")
        subjects[subject.id] = subject
        sheets += _sheets(section, subject, scheme)
        entries += [_entry(part, subject.id) for part in section.sections("entries", "事项")]
        section.close()
    settled = read_settled(root)
    root.close()
    if findings:
        raise InvalidInput("trial_invalid", f"评分文件有 {len(findings)} 处问题。", REMEDY, findings)
    return Trial(tuple(subjects.values()), tuple(sheets), tuple(entries), settled)


def _parse(text: str) -> dict[str, object]:
    try:
        root = json.loads(text, parse_float=Decimal, parse_constant=Decimal, object_pairs_hook=_table)
    except (ValueError, ArithmeticError, RecursionError) as error:
        place = (
            f"第 {error.lineno} 行第 {error.colno} 列" if isinstance(error, json.JSONDecodeError) else "文件"
        )
        problem = Problem(place, "写法有误，读不下去", "请检查这里和前面的引号、括号、逗号")
        raise InvalidInput("trial_no_json", "这不是写法正确的评分文件。", REMEDY, [problem]) from error
    if not isinstance(root, dict):
        problem = Problem("文件", "最外层不是 { … }", '请写成 { "subjects": [ … ] }')
        raise InvalidInput("trial_no_json", "这不是写法正确的评分文件。", REMEDY, [problem])
    return root


def _table(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """A JSON object; what is written twice must not get lost."""
    table: dict[str, object] = {}
    for key, value in pairs:
        if key in table:
            problem = Problem(f"“{key}”", "在同一处写了两次", "请只留一个")
            raise InvalidInput("trial_invalid", "评分文件里有重复的键。", REMEDY, [problem])
        table[key] = value
    return table


def _subject(section: Section, number: int, scheme: Scheme) -> Subject:
    subject_id = section.text("id")
    filed_on = section.text("filed_on", "")
    if filed_on and not FILED_ON.fullmatch(filed_on):
        section.find("filed_on", f"不认识日期“{filed_on}”", "请写成 2019、2019-03 或 2019-03-05 这样")
    return Subject(
        id=subject_id,
        cycle_id="",
        organization_id=subject_id,
        name=section.text("name"),
        category=section.text("category", ""),
        community=section.text("community", ""),
        filed_on=filed_on,
        previous_grade=section.text("previous_grade", ""),
        barred=section.text("barred", ""),
        position=number,
        kind=section.text("kind", scheme.subjects.kind),
        facts=_facts(section.section("facts")),
    )


def _facts(section: Section | None) -> tuple[FrozenFact, ...]:
    if section is None:
        return ()
    known = (OPENED_ON, *(fact.value for fact in Fact))
    facts = tuple(FrozenFact(name, text) for name in known if (text := section.text(name, "")))
    section.close()
    return facts


def _sheets(section: Section, subject: Subject, scheme: Scheme) -> Iterator[ScoreSheet]:
    stages = {stage.code: stage for stage in scheme.stages}
    for part in section.sections("sheets", "评分表"):
        stage, rater = part.text("stage"), part.text("rater")
        leaves: tuple[Indicator, ...] = ()
        if stage in stages:
            leaves = scheme.leaves(stage, subject.category)
            raters = [one.code for one in stages[stage].raters]
            if rater not in raters:
                part.find("rater", f"方案里没有评分方“{rater}”", nearest(rater, raters))
        else:
            part.find("stage", f"方案里没有环节“{stage}”", nearest(stage, list(stages)))
        yield ScoreSheet(
            id="",
            cycle_id="",
            subject_id=subject.id,
            stage=stage,
            rater=rater,
            marks=_marks(part, leaves),
            recused=part.text("recused", ""),
            remark=part.text("remark", ""),
        )
        if leaves:
            part.close()


def _marks(section: Section, leaves: tuple[Indicator, ...]) -> tuple[int | None, ...]:
    """By the code of the leaf: points under `marks`, or what was found under `found` (R1); else None."""
    marks = section.section("marks") or Section({}, "", section.findings)
    found = section.section("found") or Section({}, "", section.findings)
    units = tuple(_mark(leaf, marks, found) for leaf in leaves)
    if leaves:
        marks.close()
        found.close()
    return units


def _mark(leaf: Indicator, marks: Section, found: Section) -> int | None:
    points = marks.optional_number(leaf.code)
    value = found.text(leaf.code, "")
    if not value:
        return None if points is None else to_units(points)
    if points is not None:
        found.find(leaf.code, "marks 里已有这一项", "两处只写一处")
    units = points_for(leaf, value)
    if units is None:
        found.find(leaf.code, f"“{value}”换算不成“{leaf.name}”的分数", leaf.range_text())
    return units


def _entry(section: Section, subject_id: str) -> Entry:
    entry = Entry(
        id="",
        cycle_id="",
        subject_id=subject_id,
        kind=section.choice("kind", EntryKind),
        points=section.optional_number("points"),
        reason=section.text("reason"),
        item=section.text("item", ""),
        evidence=section.text("evidence", ""),
        dated_on=section.text("dated_on", ""),
        lifted=section.text("lifted", ""),
        level=section.text("level", ""),
    )
    section.close()
    return entry
