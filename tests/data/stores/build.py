"""Makes the sample store of the newest revision beside this file, by `python -m tests.data.stores.build`.

Run once for each new revision, before its release; the file then stays, and every later program must open it.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from core.model.assessment import (
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
from core.model.attachment import Attachment
from core.model.ballot import Ballot
from core.model.certificate import CertificateEvent, CertificateEventKind, OwnCertificateTemplate, StoreKey
from core.model.certificate_form import OwnForm, PrintProfile
from core.model.dates import PartialDate
from core.model.decision import Decision, DecisionKind, Revocation
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.ledger import Field, FieldKind
from core.model.ledgers import LEDGERS
from core.model.objection import Objection
from core.model.office import Office
from core.model.organization import Assignment, Category, Community, Organization, Standing, WorkGroup
from core.model.saved_view import SavedView
from core.model.user import AccessRules, Role, User
from core.model.written_document import DocumentStep, IssuedPaper, OwnTemplate, WrittenDocument
from core.ports import Record
from db.schema import create_store
from db.store import open_store
from db.tables import REVISION

MOMENT = datetime(2026, 1, 8, 9, 30, tzinfo=UTC)


def register() -> tuple[Organization, list[Record]]:
    community, category = (
        Community(new_id(), "示例社区", population=5200),
        Category(new_id(), 1, "文化体育类"),
    )
    group = WorkGroup(new_id(), category.id, "文化体育推进组", linked_departments=("文化站", "妇联"))
    organization = Organization(
        new_id(),
        "示例合唱团",
        community.id,
        category.id,
        Standing.FILED,
        founded_on=PartialDate(2019, 3),
        phones=("13800000000",),
        members=32,
    )
    assignment = Assignment(new_id(), organization.id, group.id, "2026-01-08")
    return organization, [
        Office(new_id(), "示例街道办事处"),
        community,
        category,
        group,
        organization,
        assignment,
    ]


def assessment(organization: Organization) -> list[Record]:
    scheme = SchemeText(new_id(), "sample", "示例办法", 'code = "sample"', "0" * 64, "2026-01-08")
    cycle = Cycle(new_id(), 2025, scheme.id, CycleState.COMPUTED, "2026-01-08", code="sample")
    facts = (FrozenFact("standing", "filed"),)
    subject = Subject(new_id(), cycle.id, organization.id, organization.name, kind="社会组织", facts=facts)
    source = Source("scores.xlsx", "评委一", 4, "张三", "2026-01-08T09:30:00")
    issue = MarkIssue("3", "二十", "不是数字")
    note = MarkNote("1", "缺一次例会", "会议记录")
    sheet = ScoreSheet(
        id=new_id(),
        cycle_id=cycle.id,
        subject_id=subject.id,
        stage="main",
        rater="rater-1",
        marks=(9_500_000, None),
        issues=(issue,),
        source=source,
        notes=(note,),
    )
    entry = Entry(new_id(), cycle.id, subject.id, EntryKind.BONUS, Decimal("2.5"), "市级表扬", source=source)
    step = TraceStep("R1", "加权", (TraceInput("评委一", "9.5", "scores.xlsx"),), "9.5 × 10%", "0.95")
    result = Result(
        new_id(), cycle.id, subject.id, ResultState.COMPLETE, Decimal("92.35"), "优秀", 1, trace=(step,)
    )
    paper = IssuedPaper(
        new_id(), "results-notice", cycle.id, "", "示街办", 2026, 1, "考核结果的通报", "2026-01-08"
    )
    objection = Objection(new_id(), cycle.id, subject.id, "2026-01-12", "李四", "少算了一项加分")
    decision = Decision(
        new_id(),
        cycle.id,
        DecisionKind.RECHECK,
        "领导小组",
        "2026-01-14",
        "张三、李四",
        "复核属实",
        subject_id=subject.id,
        score=Decimal("93.35"),
        objection_id=objection.id,
    )
    revocation = Revocation(new_id(), cycle.id, subject.id, "领导小组", "2026-03-01", "材料不实")
    ballot = Ballot(new_id(), cycle.id, "main", "public", subject.id, 1, ("满意",), "张三", ("满意",), "李四")
    step_of = DocumentStep("draft", "2026-01-08T09:30:00", "张三", "起草")
    document = WrittenDocument(
        new_id(), "results-notice", 2025, "考核结果的通报", 'code = "x"', cycle.id, steps=(step_of,)
    )
    template = OwnTemplate(new_id(), "results-notice", 'code = "x"')
    settled = [objection, decision, revocation, ballot]
    made = [scheme, cycle, subject, sheet, entry, result, document, template, paper]
    return [*made, *settled, *certificates(paper)]


def certificates(paper: IssuedPaper) -> list[Record]:
    handed = CertificateEventKind.HANDED_OVER
    return [
        OwnForm(new_id(), "a4-honor", 'code = "a4-honor"'),
        OwnCertificateTemplate(new_id(), "certificate", 'code = "certificate"'),
        PrintProfile(
            new_id(), "激光打印机", "手动进纸", "a4-honor", Decimal("1.5"), rotation=Decimal("0.05")
        ),
        CertificateEvent(new_id(), paper.id, handed, "2026-01-09", "李四", recorded_at="2026-01-09T10:00:00"),
        StoreKey(new_id(), "certificates", "00" * 32, "2026-01-08T09:30:00"),
    ]


def accounts() -> list[Record]:
    admin = User(new_id(), "zhangsan", "张三", tuple(Role), MOMENT)
    return [admin, AccessRules(new_id(), min_length=10, max_days=0)]


def ledgers(known: list[Record]) -> list[Record]:
    """A record of each ledger, linked with the first record of each kind."""
    first: dict[type[Any], Record] = {type(one): one for one in reversed(known)}
    for ledger in LEDGERS.values():
        values = {each.name: _value(each, first) for each in ledger.fields}
        first[ledger.kind] = ledger.kind(new_id(), **values)
    made = [first[ledger.kind] for ledger in LEDGERS.values()]
    owner = made[0].id
    return [
        *made,
        Attachment(new_id(), owner, "示例.pdf", "0" * 64, 1024, "2026-01-08T09:30:00"),
        SavedView(new_id(), "roster", "示例筛选", "{}"),
    ]


def _value(field: Field, first: Mapping[type[Any], Record]) -> Any:
    match field.kind:
        case FieldKind.CHOICE if field.choices:
            return next(iter(field.choices))
        case FieldKind.LINK if field.target:
            return first[field.target].id
        case FieldKind.WHOLE | FieldKind.YEAR | FieldKind.MONEY | FieldKind.AREA:
            return 2025
        case FieldKind.DATE:
            return PartialDate(2026, 1, 8)
        case FieldKind.YES_NO:
            return True
        case FieldKind.TEXTS | FieldKind.PHONES:
            return ("13800000000",)
    return "示例"


def build() -> None:
    path = Path(__file__).with_name(f"{REVISION}.sqlite")
    path.unlink(missing_ok=True)
    create_store(path, lambda: MOMENT)
    store = open_store(path, lambda: MOMENT)
    organization, records = register()
    with store.writing(ActDraft("新建", "张三", "示例")) as unit:
        unit.add([*records, *assessment(organization), *ledgers(records), *accounts()])
    store.close()
    path.with_name(f"{path.name}.lock").unlink()


if __name__ == "__main__":
    build()
