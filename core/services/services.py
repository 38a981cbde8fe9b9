"""All desks of one open store, made once by main.py and handed to the window or the command line."""

from dataclasses import dataclass
from typing import Self

from core.ports import Clock, OwnFonts, Paper, ReadWorkbook, Store, WriteWorkbook
from core.services.assessments import AssessmentService
from core.services.documents import DocumentService
from core.services.exports import ExportService
from core.services.register import RegisterService
from core.services.roster_import import RosterImportService
from core.services.score_import import ScoreImportService
from core.services.setup import SetupService


@dataclass(frozen=True, slots=True)
class Outside:
    """What the services use from outside the store."""

    clock: Clock
    read_workbook: ReadWorkbook
    write_workbook: WriteWorkbook
    paper: Paper
    own_fonts: OwnFonts = tuple


@dataclass(frozen=True, slots=True)
class Services:
    """One service per desk; `store` for checking and closing only, `actor` whose name stands in the log."""

    store: Store
    actor: str
    clock: Clock
    setup: SetupService
    register: RegisterService
    roster_import: RosterImportService
    score_import: ScoreImportService
    assessments: AssessmentService
    documents: DocumentService
    exports: ExportService

    @classmethod
    def over(cls, store: Store, actor: str, outside: Outside) -> Self:
        """The services of a store, in one person's name."""
        clock = outside.clock
        assessments = AssessmentService(store, actor, clock)
        return cls(
            store=store,
            actor=actor,
            clock=clock,
            setup=SetupService(store, actor),
            register=RegisterService(store, actor, clock),
            roster_import=RosterImportService(store, actor, clock, outside.read_workbook),
            score_import=ScoreImportService(store, actor, clock, outside.read_workbook),
            assessments=assessments,
            documents=DocumentService(store, actor, clock, outside.paper, outside.own_fonts),
            exports=ExportService(outside.write_workbook),
        )

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()
