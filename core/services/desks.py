"""All desks of one open store, each opened and its rules loaded when it is first asked for.

A command needs two or three of them; to load all would take it longer than most commands take themselves.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.ports import Store
    from core.services.assessments import AssessmentService
    from core.services.attachments import AttachmentService
    from core.services.audit import AuditService
    from core.services.award_money import AwardMoneyService
    from core.services.backups import BackupService
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
    from core.services.first_steps import FirstStepService
    from core.services.fonts import FontService
    from core.services.guard import Gate
    from core.services.ledgers import LedgerService
    from core.services.lens import LensService
    from core.services.marks import MarkService
    from core.services.objections import ObjectionService
    from core.services.old_backups import OldBackupService
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
    from core.services.services import Outside
    from core.services.setup import SetupService
    from core.services.tasks import TaskService
    from core.services.users import UserService
    from core.services.verification import VerificationService
    from core.services.versions import VersionService
    from core.services.year_papers import YearPaperService
    from core.services.year_report import YearReportService


class Desks:
    """The desks as they work with each other, without the guard."""

    def __init__(
        self, store: Store, actor: str, outside: Outside, gate: Gate, backups: BackupService | None
    ) -> None:
        """Work on this store in one person's name; no desk is opened yet."""
        self.store = store
        self.actor = actor
        self.gate = gate
        self.clock = outside.clock
        self.backups = backups
        self._outside = outside

    @cached_property
    def setup(self) -> SetupService:
        """The office's own record."""
        from core.services.setup import SetupService

        return SetupService(self.store, self.actor)

    @cached_property
    def register(self) -> RegisterService:
        """Organizations, communities and work groups."""
        from core.services.register import RegisterService

        return RegisterService(self.store, self.actor, self.clock)

    @cached_property
    def roster(self) -> RosterService:
        """Lists of organizations."""
        from core.services.roster import RosterService

        return RosterService(self.store)

    @cached_property
    def roster_import(self) -> RosterImportService:
        """Rosters from files."""
        from core.services.roster_import import RosterImportService

        return RosterImportService(self.store, self.actor, self.clock, self._outside.read_workbook)

    @cached_property
    def ledgers(self) -> LedgerService:
        """Records that are described by their fields."""
        from core.services.ledgers import LedgerService

        return LedgerService(self.store, self.actor, self.clock, self._outside.read_workbook)

    @cached_property
    def filing(self) -> FilingService:
        """Filing and life cycle of organizations."""
        from core.services.filing import FilingService

        return FilingService(self.store, self.actor, self.clock)

    @cached_property
    def tasks(self) -> TaskService:
        """What has to be done by a day."""
        from core.services.tasks import TaskService

        return TaskService(self.store, self.actor, self.clock)

    @cached_property
    def attachments(self) -> AttachmentService:
        """The files of records."""
        from core.services.attachments import AttachmentService

        return AttachmentService(self.store, self.actor, self.clock, self._outside.vault)

    @cached_property
    def versions(self) -> VersionService:
        """Undo, redo, the bin and past days."""
        from core.services.versions import VersionService

        return VersionService(self.store, self.gate.session, self.clock)

    @cached_property
    def audit(self) -> AuditService:
        """The log."""
        from core.services.audit import AuditService

        return AuditService(self.store, self._outside.write_workbook)

    @cached_property
    def search(self) -> SearchService:
        """Finding over everything."""
        from core.services.search import SearchService

        return SearchService(self.store)

    @cached_property
    def old_backups(self) -> OldBackupService:
        """Backups that hold what was protected since."""
        from core.services.old_backups import OldBackupService

        return OldBackupService(self.store, self.actor, self.backups)

    @cached_property
    def persons(self) -> PersonService:
        """What persons may ask for."""
        from core.services.persons import PersonService

        return PersonService(self.store, self.actor, self._outside.vault)

    @cached_property
    def saved_views(self) -> SavedViewService:
        """Kept filters."""
        from core.services.saved_views import SavedViewService

        return SavedViewService(self.store, self.actor)

    @cached_property
    def schemes(self) -> SchemeService:
        """Schemes by their codes."""
        from core.services.schemes import SchemeService

        return SchemeService(self.store)

    @cached_property
    def scheme_drafts(self) -> SchemeDraftService:
        """Schemes being written."""
        from core.services.scheme_drafts import SchemeDraftService

        return SchemeDraftService(
            self.store, self.actor, self.clock, self._outside.read_workbook, self._outside.write_workbook
        )

    @cached_property
    def assessments(self) -> AssessmentService:
        """A cycle from opening to result."""
        from core.services.assessments import AssessmentService

        return AssessmentService(self.store, self.actor, self.clock, self._outside.read_workbook)

    @cached_property
    def cycles(self) -> CycleService:
        """The gates of a cycle."""
        from core.services.cycles import CycleService

        return CycleService(self.store, self.actor, self.clock)

    @cached_property
    def score_sheets(self) -> ScoreSheetService:
        """Sheets sent out to raters and taken back."""
        from core.services.score_sheets import ScoreSheetService

        return ScoreSheetService(
            self.store, self.clock, self._outside.read_workbooks, self._outside.write_workbook
        )

    @cached_property
    def score_import(self) -> ScoreImportService:
        """Sheets from files."""
        from core.services.score_import import ScoreImportService

        return ScoreImportService(self.store, self.actor, self.clock, self._outside.read_workbook)

    @cached_property
    def marks(self) -> MarkService:
        """Sheets filled in by hand."""
        from core.services.marks import MarkService

        return MarkService(self.store, self.actor, self.clock)

    @cached_property
    def entries(self) -> EntryService:
        """What counts beside the sheets."""
        from core.services.entries import EntryService

        return EntryService(self.store, self.actor, self.clock)

    @cached_property
    def ballots(self) -> BallotService:
        """Ballots of residents."""
        from core.services.ballots import BallotService

        return BallotService(self.store, self.actor, self.clock)

    @cached_property
    def decisions(self) -> DecisionService:
        """Decisions and revocations."""
        from core.services.decisions import DecisionService

        return DecisionService(self.store, self.actor, self.clock)

    @cached_property
    def objections(self) -> ObjectionService:
        """Objections against results."""
        from core.services.objections import ObjectionService

        return ObjectionService(self.store, self.actor, self.clock, self.decisions)

    @cached_property
    def award_money(self) -> AwardMoneyService:
        """Who is paid what."""
        from core.services.award_money import AwardMoneyService

        return AwardMoneyService(self.store, self.actor)

    @cached_property
    def results(self) -> ResultService:
        """Computed results, looked at."""
        from core.services.results import ResultService

        return ResultService(self.store, self.clock, self._outside.paper, self._outside.write_workbook)

    @cached_property
    def lens(self) -> LensService:
        """Raters and close results under the lens."""
        from core.services.lens import LensService

        return LensService(self.store, self._outside.write_workbook)

    @cached_property
    def verification(self) -> VerificationService:
        """Computing again and comparing."""
        from core.services.verification import VerificationService

        return VerificationService(self.store)

    @cached_property
    def documents(self) -> DocumentService:
        """Official documents."""
        from core.services.documents import DocumentService

        return DocumentService(
            self.store, self.actor, self.clock, self._outside.paper, self._outside.own_fonts
        )

    @cached_property
    def document_issue(self) -> DocumentIssueService:
        """Issuing documents."""
        from core.services.document_issue import DocumentIssueService

        return DocumentIssueService(
            self.store,
            self.actor,
            self.clock,
            self._outside.paper,
            self._outside.vault,
            self._outside.own_fonts,
        )

    @cached_property
    def document_files(self) -> DocumentFileService:
        """Files of documents."""
        from core.services.document_files import DocumentFileService

        return DocumentFileService(self.store, self.clock, self.documents, self.document_issue)

    @cached_property
    def document_subjects(self) -> DocumentSubjectService:
        """What a new document can be about."""
        from core.services.document_subjects import DocumentSubjectService

        return DocumentSubjectService(self.store, self.clock)

    @cached_property
    def document_templates(self) -> DocumentTemplateService:
        """Templates of documents."""
        from core.services.document_templates import DocumentTemplateService

        return DocumentTemplateService(self.store, self.actor)

    @cached_property
    def certificates(self) -> CertificateService:
        """Certificates."""
        from core.services.certificates import CertificateService

        return CertificateService(
            self.store, self.actor, self.clock, self._outside.paper, self._outside.vault
        )

    @cached_property
    def certificate_register(self) -> CertificateRegisterService:
        """The register of certificates and blank sheets."""
        from core.services.certificate_register import CertificateRegisterService

        return CertificateRegisterService(self.store, self.actor, self.clock, self._outside.write_workbook)

    @cached_property
    def certificate_designs(self) -> CertificateDesignService:
        """What certificates look like and say."""
        from core.services.certificate_designs import CertificateDesignService

        return CertificateDesignService(
            self.store, self.actor, self.clock, self._outside.paper, self._outside.vault
        )

    @cached_property
    def fonts(self) -> FontService:
        """The office's own fonts."""
        from core.services.fonts import FontService

        return FontService(
            self.store,
            self.actor,
            self.clock,
            self._outside.vault,
            self._outside.paper,
            self._outside.own_fonts,
        )

    @cached_property
    def first_steps(self) -> FirstStepService:
        """What a new office does first."""
        from core.services.first_steps import FirstStepService

        return FirstStepService(
            self.store, self.actor, self._outside.read_workbook, self._outside.own_fonts, self.backups
        )

    @cached_property
    def papers(self) -> RegisterPaperService:
        """Printed lists and forms of the register."""
        from core.services.register_papers import RegisterPaperService

        return RegisterPaperService(self.store, self.actor, self.clock, self._outside.paper)

    @cached_property
    def reports(self) -> ReportService:
        """Reports to leaders and higher offices."""
        from core.services.reports import ReportService

        return ReportService(self.store, self.tasks, self.clock)

    @cached_property
    def year_report(self) -> YearReportService:
        """The figures of a year."""
        from core.services.year_report import YearReportService

        return YearReportService(self.store, self.clock, self._outside.paper, self._outside.write_workbook)

    @cached_property
    def exports(self) -> ExportService:
        """Lists as Excel files."""
        from core.services.exports import ExportService

        return ExportService(self.store, self.actor, self._outside.write_workbook)

    @cached_property
    def users(self) -> UserService:
        """Accounts."""
        from core.services.users import UserService

        return UserService(self.store, self.gate, self.clock, self._outside.paper, self._outside.keys)

    @cached_property
    def year_papers(self) -> YearPaperService:
        """The set of papers of a year."""
        from core.services.year_papers import PaperDesks, YearPaperService

        return YearPaperService(
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
