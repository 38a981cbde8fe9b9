"""A store that is opened anew on each day of a story: every step is a restart of the program."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from core.model.assessment import Subject
from core.model.decision import Decision, DecisionKind, Revocation
from core.model.mark_entry import TypedMark
from core.paper.render import ReportLabPaper
from core.services.services import Services
from db.store import open_store
from tests.conftest import outside_of


@dataclass(frozen=True)
class Days:
    """The store's file; `on` opens it on a day."""

    path: Path
    paper: ReportLabPaper

    @contextmanager
    def on(self, day: str, reads: list[datetime] | None = None) -> Iterator[Services]:
        """The office on a day; `reads` takes down each look at its clock."""
        moment = datetime.fromisoformat(f"{day}T09:30:00")

        def clock() -> datetime:
            if reads is not None:
                reads.append(moment)
            return moment

        outside = outside_of(self.path, self.paper, clock)
        services = Services(open_store(self.path), "录入员", outside)
        try:
            yield services
        finally:
            services.close()


def named(services: Services, year: int, name: str, cycle: str = "") -> Subject:
    return next(each for each in services.assessments.year(year, cycle).subjects if each.name == name)


def a_decision(kind: DecisionKind, **said: object) -> Decision:
    told = {"body": "领导小组", "decided_on": "2026-01-20", "persons": "组长、副组长", "reason": "会议决定"}
    return Decision("", "", kind, **{**told, **said})


def a_revocation(subject_id: str, **said: object) -> Revocation:
    told = {"body": "街道办事处", "dated_on": "2026-02-03", "reason": "材料造假"}
    return Revocation("", "", subject_id, **{**told, **said})


def marked_alike(services: Services, year: int, model: str, other: str) -> None:
    """Give one subject the marks of another, rater by rater: whatever is compared, they are equals."""
    view = services.assessments.year(year)
    ids = {each.name: each.id for each in view.subjects}
    for sheet in view.sheets:
        if sheet.subject_id == ids[model]:
            leaves = view.scheme.leaves(sheet.stage)
            texts = ["" if mark is None else f"{mark / 10**6:g}" for mark in sheet.marks]
            marks = [TypedMark(ids[other], leaf.code, text) for leaf, text in zip(leaves, texts, strict=True)]
            services.marks.enter_block(year, sheet.stage, sheet.rater, marks)
