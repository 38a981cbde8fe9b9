"""All desks of one open store, made once by main.py and handed to the window or the command line."""

from dataclasses import dataclass
from typing import Self

from core.ports import Clock, FileVault, OwnFonts, Paper, ReadWorkbook, Store, WriteWorkbook
from core.services.assessments import AssessmentService
from core.services.attachments import AttachmentService
from core.services.award_money import AwardMoneyService
from core.services.ballots import BallotService
from core.services.certificate_designs import CertificateDesignService
from core.services.certificate_register import CertificateRegisterService
from core.services.certificates import CertificateService
from core.services.cycles import CycleService
from core.services.decisions import DecisionService
from core.services.document_files import DocumentFileService
from core.services.document_issue import DocumentIssueService
from core.services.document_subjects import DocumentSubjectService
from core.services.document_templates import DocumentTemplateService
from core.services.documents import DocumentService
from core.services.entries import EntryService
from core.services.exports import ExportService
from core.services.filing import FilingService
from core.services.fonts import FontService
from core.services.ledgers import LedgerService
from core.services.lens import LensService
from core.services.marks import MarkService
from core.services.objections import ObjectionService
from core.services.register import RegisterService
from core.services.register_papers import RegisterPaperService
from core.services.reports import ReportService
from core.services.results import ResultService
from core.services.roster import RosterService
from core.services.roster_import import RosterImportService
from core.services.saved_views import SavedViewService
from core.services.scheme_drafts import SchemeDraftService
from core.services.schemes import SchemeService
from core.services.score_import import ScoreImportService
from core.services.score_sheets import ScoreSheetService
from core.services.search import SearchService
from core.services.setup import SetupService
from core.services.tasks import TaskService
from core.services.verification import VerificationService
from core.services.versions import VersionService
from core.services.year_papers import PaperDesks, YearPaperService
from core.services.year_report import YearReportService


@dataclass(frozen=True, slots=True)
class Outside:
    """What the services use from outside the store."""

    clock: Clock
    read_workbook: ReadWorkbook
    write_workbook: WriteWorkbook
    paper: Paper
    vault: FileVault
    own_fonts: OwnFonts = tuple


@dataclass(frozen=True, slots=True)
class Services:
    """One service per desk; `store` for checking and closing only, `actor` whose name stands in the log."""

    store: Store
    actor: str
    clock: Clock
    setup: SetupService
    register: RegisterService
    roster: RosterService
    roster_import: RosterImportService
    score_import: ScoreImportService
    score_sheets: ScoreSheetService
    assessments: AssessmentService
    schemes: SchemeService
    scheme_drafts: SchemeDraftService
    marks: MarkService
    entries: EntryService
    ballots: BallotService
    cycles: CycleService
    decisions: DecisionService
    results: ResultService
    objections: ObjectionService
    award_money: AwardMoneyService
    verification: VerificationService
    documents: DocumentService
    document_issue: DocumentIssueService
    document_subjects: DocumentSubjectService
    document_templates: DocumentTemplateService
    certificates: CertificateService
    certificate_register: CertificateRegisterService
    certificate_designs: CertificateDesignService
    exports: ExportService
    ledgers: LedgerService
    lens: LensService
    attachments: AttachmentService
    fonts: FontService
    filing: FilingService
    versions: VersionService
    papers: RegisterPaperService
    tasks: TaskService
    reports: ReportService
    search: SearchService
    saved_views: SavedViewService
    year_report: YearReportService

    @classmethod
    def over(cls, store: Store, actor: str, outside: Outside) -> Self:
        """The services of a store, in one person's name."""
        clock, paper, vault = outside.clock, outside.paper, outside.vault
        read, write = outside.read_workbook, outside.write_workbook
        decisions = DecisionService(store, actor, clock)
        money = AwardMoneyService(store, actor)
        tasks = TaskService(store, actor, clock)
        return cls(
            store=store,
            actor=actor,
            clock=clock,
            setup=SetupService(store, actor),
            register=RegisterService(store, actor, clock),
            roster=RosterService(store),
            roster_import=RosterImportService(store, actor, clock, read),
            score_import=ScoreImportService(store, actor, clock, read),
            score_sheets=ScoreSheetService(store, clock, read, write),
            assessments=AssessmentService(store, actor, clock, read),
            schemes=SchemeService(store),
            scheme_drafts=SchemeDraftService(store, actor, clock, read, write),
            marks=MarkService(store, actor, clock),
            entries=EntryService(store, actor, clock),
            ballots=BallotService(store, actor, clock),
            cycles=CycleService(store, actor, clock),
            decisions=decisions,
            results=ResultService(store, clock, money, paper, write),
            objections=ObjectionService(store, actor, clock, decisions),
            award_money=money,
            verification=VerificationService(store),
            documents=DocumentService(store, actor, clock, paper, outside.own_fonts),
            document_issue=DocumentIssueService(store, actor, clock, paper, vault),
            document_subjects=DocumentSubjectService(store, clock),
            document_templates=DocumentTemplateService(store, actor),
            certificates=CertificateService(store, actor, clock, paper, vault),
            certificate_register=CertificateRegisterService(store, actor, clock, write),
            certificate_designs=CertificateDesignService(store, actor, clock, paper, vault),
            exports=ExportService(write),
            ledgers=LedgerService(store, actor, clock, read),
            lens=LensService(store, write),
            attachments=AttachmentService(store, actor, clock, vault),
            fonts=FontService(store, actor, clock, vault, paper),
            filing=FilingService(store, actor, clock),
            versions=VersionService(store, actor, clock),
            papers=RegisterPaperService(store, actor, clock, paper),
            tasks=tasks,
            reports=ReportService(store, tasks, clock),
            search=SearchService(store),
            saved_views=SavedViewService(store, actor),
            year_report=YearReportService(store, clock, paper, write),
        )

    @property
    def document_files(self) -> DocumentFileService:
        """The desk of documents' files."""
        return DocumentFileService(self.store, self.clock, self.documents, self.document_issue)

    @property
    def year_papers(self) -> YearPaperService:
        """The desk of a year's whole set, which lets the others work."""
        desks = PaperDesks(
            self.documents,
            self.document_issue,
            self.document_templates,
            self.certificates,
            self.certificate_register,
            self.exports,
            self.results,
            self.year_report,
        )
        return YearPaperService(desks)

    def close(self) -> None:
        """Let go of the store and of opened files."""
        self.attachments.close()
        self.store.close()
