"""All desks of one open store, made once by main.py and handed to the window or the command line."""

from dataclasses import dataclass

from core.backup_port import BackupFiles
from core.model.rights import RIGHTS
from core.model.user import Session
from core.ports import (
    Clock,
    FileVault,
    OwnFonts,
    Paper,
    ReadWorkbook,
    Store,
    StoreKeys,
    WriteWorkbook,
)
from core.services.assessments import AssessmentService
from core.services.attachments import AttachmentService
from core.services.audit import AuditService
from core.services.award_money import AwardMoneyService
from core.services.backups import BackupService, GuardedStore
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
from core.services.guard import Gate, Guarded
from core.services.ledgers import LedgerService
from core.services.lens import LensService
from core.services.marks import MarkService
from core.services.objections import ObjectionService
from core.services.persons import PersonService
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
from core.services.users import UserService
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
    backups: BackupFiles | None = None
    keys: StoreKeys | None = None


class Services:
    """One service per desk; `store` for checking and closing only, `actor` whose name stands in the log."""

    def __init__(self, store: Store, actor: str, outside: Outside, gate: Gate | None = None) -> None:
        """The services of a store, in one person's name; where backups are kept, great acts wait for one."""
        self.backups = BackupService(outside.backups, outside.clock) if outside.backups else None
        self.store = GuardedStore(store, self.backups) if self.backups else store
        self.actor = actor
        self.gate = gate or Gate(Session.alone(actor))
        self.clock = outside.clock
        self._open_register(outside)
        self._open_assessment(outside)
        self._open_papers(outside)
        self.users = UserService(store, self.gate, self.clock, outside.paper, outside.keys)
        for name in RIGHTS:
            # Desks work with each other as they are; only what is called from outside goes through the guard.
            if (desk := getattr(self, name)) is not None:
                setattr(self, name, Guarded(name, desk, self.gate))

    def _open_register(self, outside: Outside) -> None:
        """The desks of the office's own data: roster, ledgers, tasks, files."""
        store, actor, clock, vault = self.store, self.actor, self.clock, outside.vault
        read = outside.read_workbook
        self.setup = SetupService(store, actor)
        self.register = RegisterService(store, actor, clock)
        self.roster = RosterService(store)
        self.roster_import = RosterImportService(store, actor, clock, read)
        self.ledgers = LedgerService(store, actor, clock, read)
        self.filing = FilingService(store, actor, clock)
        self.tasks = TaskService(store, actor, clock)
        self.attachments = AttachmentService(store, actor, clock, vault)
        self.versions = VersionService(store, actor, clock)
        self.audit = AuditService(store, outside.write_workbook)
        self.search = SearchService(store)
        self.persons = PersonService(store, actor)
        self.saved_views = SavedViewService(store, actor)

    def _open_assessment(self, outside: Outside) -> None:
        """The desks of a cycle, from its scheme to the money."""
        store, actor, clock, paper = self.store, self.actor, self.clock, outside.paper
        read, write = outside.read_workbook, outside.write_workbook
        self.schemes = SchemeService(store)
        self.scheme_drafts = SchemeDraftService(store, actor, clock, read, write)
        self.assessments = AssessmentService(store, actor, clock, read)
        self.cycles = CycleService(store, actor, clock)
        self.score_sheets = ScoreSheetService(store, clock, read, write)
        self.score_import = ScoreImportService(store, actor, clock, read)
        self.marks = MarkService(store, actor, clock)
        self.entries = EntryService(store, actor, clock)
        self.ballots = BallotService(store, actor, clock)
        self.decisions = DecisionService(store, actor, clock)
        self.objections = ObjectionService(store, actor, clock, self.decisions)
        self.award_money = AwardMoneyService(store, actor)
        self.results = ResultService(store, clock, self.award_money, paper, write)
        self.lens = LensService(store, write)
        self.verification = VerificationService(store)

    def _open_papers(self, outside: Outside) -> None:
        """The desks of what is printed and handed out."""
        store, actor, clock = self.store, self.actor, self.clock
        paper, vault, write = outside.paper, outside.vault, outside.write_workbook
        self.documents = DocumentService(store, actor, clock, paper, outside.own_fonts)
        self.document_issue = DocumentIssueService(store, actor, clock, paper, vault, outside.own_fonts)
        self.document_files = DocumentFileService(store, clock, self.documents, self.document_issue)
        self.document_subjects = DocumentSubjectService(store, clock)
        self.document_templates = DocumentTemplateService(store, actor)
        self.certificates = CertificateService(store, actor, clock, paper, vault)
        self.certificate_register = CertificateRegisterService(store, actor, clock, write)
        self.certificate_designs = CertificateDesignService(store, actor, clock, paper, vault)
        self.fonts = FontService(store, actor, clock, vault, paper)
        self.papers = RegisterPaperService(store, actor, clock, paper)
        self.reports = ReportService(store, self.tasks, clock)
        self.year_report = YearReportService(store, clock, paper, write)
        self.exports = ExportService(write)
        self.year_papers = YearPaperService(
            PaperDesks(
                self.documents,
                self.document_issue,
                self.document_templates,
                self.certificates,
                self.certificate_register,
                self.exports,
                self.results,
                self.year_report,
            )
        )

    def close(self, *, keep_keys: bool = False) -> None:
        """Let go of the store and of opened files, and forget the keys unless the store is opened again."""
        self.attachments.close()
        self.store.close()
        if self.gate.ring is not None and not keep_keys:
            self.gate.ring.wipe()
