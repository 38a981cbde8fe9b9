"""What can be taken back: acts to undo, records to bring back; and the kinds of records by name."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.model.assessment import Cycle, Entry, Result, SchemeText, ScoreSheet, Subject
from core.model.attachment import Attachment
from core.model.ballot import Ballot
from core.model.certificate import CertificateEvent, OwnCertificateTemplate, StoreKey
from core.model.certificate_form import OwnForm, PrintProfile
from core.model.decision import Decision, Revocation
from core.model.journal import Act
from core.model.ledgers import LEDGERS
from core.model.objection import Objection
from core.model.office import Office
from core.model.organization import Assignment, Category, Community, Organization, WorkGroup
from core.model.register import HistoryLine
from core.model.saved_view import SavedView
from core.model.user import AccessRules, User
from core.model.written_document import IssuedPaper, OwnTemplate, WrittenDocument

_OF_THEIR_OWN: Mapping[str, tuple[type[Any], str]] = {
    "offices": (Office, "单位设置"),
    "communities": (Community, "社区（村）"),
    "categories": (Category, "类别"),
    "work_groups": (WorkGroup, "专项推进组"),
    "organizations": (Organization, "社会组织"),
    "assignments": (Assignment, "归组"),
    "scheme_texts": (SchemeText, "考核方案"),
    "cycles": (Cycle, "考核周期"),
    "subjects": (Subject, "考核对象"),
    "score_sheets": (ScoreSheet, "评分表"),
    "entries": (Entry, "加减分"),
    "results": (Result, "考核结果"),
    "objections": (Objection, "异议"),
    "decisions": (Decision, "决定"),
    "revocations": (Revocation, "撤销"),
    "ballots": (Ballot, "测评票"),
    "own_templates": (OwnTemplate, "文书模板"),
    "written_documents": (WrittenDocument, "文书"),
    "issued_papers": (IssuedPaper, "已发文书"),
    "certificate_forms": (OwnForm, "证书版式"),
    "certificate_templates": (OwnCertificateTemplate, "证书模板"),
    "print_profiles": (PrintProfile, "套打校准"),
    "certificate_events": (CertificateEvent, "证书去向"),
    "store_keys": (StoreKey, "校验密钥"),
    "attachments": (Attachment, "附件"),
    "saved_views": (SavedView, "常用筛选"),
    "users": (User, "账户"),
    "access_rules": (AccessRules, "密码规则"),
}

KIND_OF: Mapping[str, type[Any]] = {
    **{name: kind for name, (kind, _) in _OF_THEIR_OWN.items()},
    **{name: ledger.kind for name, ledger in LEDGERS.items()},
}
"""The kinds of records by the name that stands in a change."""

LABEL_OF: Mapping[str, str] = {
    **{name: label for name, (_, label) in _OF_THEIR_OWN.items()},
    **{name: ledger.label for name, ledger in LEDGERS.items()},
}
"""What the clerk calls a record of a kind, by the same name."""


@dataclass(frozen=True, slots=True)
class UndoableAct:
    """An act of the log, and whether it can be undone; `why_not` is empty if it can."""

    act: Act
    why_not: str = ""

    @property
    def can_undo(self) -> bool:
        """Whether nothing stands against undoing it."""
        return not self.why_not


@dataclass(frozen=True, slots=True)
class BinEntry:
    """A removed record: which, what it was called, and the act that removed it."""

    act: Act
    record_id: str
    kind: str
    title: str

    @property
    def label(self) -> str:
        """What the clerk calls a record of its kind."""
        return LABEL_OF[self.kind]


@dataclass(frozen=True, slots=True)
class RecordStory:
    """What an act did to one record: which it is, and a line for each field that it changed."""

    record_id: str
    kind: str
    title: str
    lines: tuple[HistoryLine, ...]
    is_new: bool = False
    is_gone: bool = False

    @property
    def label(self) -> str:
        """What the clerk calls a record of its kind."""
        return LABEL_OF[self.kind]


@dataclass(frozen=True, slots=True)
class PastRecord:
    """A record as it stood at the end of a day, in words: parts with a heading, their fields by label."""

    day: date
    label: str
    title: str
    parts: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


@dataclass(frozen=True, slots=True)
class ActStory:
    """An act in words: its first records, how many it has besides, and what stands against undoing it.

    `is_undoing` says that it took another act back, so that undoing it does that one again.
    """

    act: Act
    records: tuple[RecordStory, ...]
    further: int
    why_not: str = ""
    is_undoing: bool = False
