"""A year in the life of the register, the program started anew in between.

Filed with all papers, a new head, a duplicate merged and parted again, seen as of last December, printed.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pypdfium2
import pytest

from core.model.activities import Activity
from core.model.activity_ledgers import ACTIVITIES
from core.model.dates import PartialDate
from core.model.filing import Outcome, Particulars, Transition, TransitionKind
from core.model.filing_view import FilingState
from core.model.identity import new_id
from core.model.organization import Category, Community, Organization, Standing, Status
from core.model.register import Register
from core.model.register_ledgers import PARTICULARS
from core.paper.render import ReportLabPaper
from core.services.filing import FilingService
from core.services.services import Services
from core.services.setup import OfficeDraft
from core.sheets.reader import read_workbook
from db.schema import create_store
from db.store import open_store
from tests.conftest import outside_of

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


class Year:
    """An office whose clock can be set, and whose program can be closed and started again."""

    def __init__(self, path: Path, paper: ReportLabPaper) -> None:
        self._path = path
        self._paper = paper
        self.now = datetime(2025, 2, 10, 9, 30)
        create_store(path, self._moment)

    def _moment(self) -> datetime:
        return self.now.astimezone()

    @contextmanager
    def at(self, month: int, day: int, year: int = 2025) -> Iterator[Services]:
        """The program started on a day."""
        self.now = datetime(year, month, day, 9, 30)
        store = open_store(self._path, self._moment)
        outside = outside_of(self._path, self._paper, lambda: self.now)
        services = Services(store, "张三", outside)
        yield services
        services.close()


def names(register: Register) -> dict[str, str]:
    return {each.organization.name: each.organization.principal for each in register.organizations}


def read_pdf(content: bytes) -> str:
    with pypdfium2.PdfDocument(content) as pdf:
        return "".join(page.get_textpage().get_text_bounded() for page in pdf)


@pytest.fixture
def year(tmp_path: Path, paper: ReportLabPaper) -> Year:
    return Year(tmp_path / "shepingtong.sqlite", paper)


def begin(services: Services) -> tuple[Organization, Organization]:
    """The office with one community, and two records that are one organization."""
    services.setup.init_office(OfficeDraft("城东街道办事处"))
    services.register.save_community(Community(new_id(), "松枫社区", population=10914))
    register = services.register.register()
    place, culture = register.communities[0].id, register.categories[7]
    assert culture == Category(culture.id, 8, "文化体育类")
    choir = Organization(
        new_id(),
        "松枫社区合唱团",
        place,
        culture.id,
        Standing.NURTURED,
        principal="王一",
        phones=("13800000101",),
    )
    twin = Organization(new_id(), "松枫合唱队", place, culture.id, Standing.NURTURED, members=32)
    services.register.save_form(choir, None)
    services.register.save_form(twin, None)
    return choir, twin


def file_it(filing: FilingService, organization_id: str, papers: Path, services: Services) -> None:
    kept = filing.open(Transition(new_id(), organization_id, TransitionKind.FILE))
    assert filing.of(organization_id)[0].missing_papers == filing.required_papers(TransitionKind.FILE)
    papers.write_bytes(PDF)
    services.attachments.add(kept.id, papers)
    complete = filing.of(organization_id)[0].transition
    filing.save(
        replace(
            complete,
            accepted_on=PartialDate(2025, 2, 10),
            papers=filing.required_papers(TransitionKind.FILE),
            community_opinion="同意",
            community_opined_on=PartialDate(2025, 2, 10),
            street_opinion="同意",
            street_opined_on=PartialDate(2025, 2, 10),
            office_opinion="同意备案",
            office_opined_on=PartialDate(2025, 2, 10),
        )
    )
    assert filing.of(organization_id)[0].missing_papers == ()
    filing.decide(kept.id, Outcome.APPROVED, PartialDate(2025, 2, 10), "城东社备〔2025〕1号")


def filed_in_february(year: Year, papers: Path) -> tuple[Organization, Organization]:
    with year.at(2, 10) as services:
        choir, twin = begin(services)
        file_it(services.filing, choir.id, papers / "申请书.pdf", services)
        services.ledgers.save(PARTICULARS, Particulars(new_id(), choir.id, purpose="丰富居民文化生活"))
        filed = next(
            each.organization for each in services.register.register().organizations if each.id == choir.id
        )
        assert (filed.standing, filed.status) == (Standing.FILED, Status.ACTIVE)
        assert filed.filing_number == "城东社备〔2025〕1号"
    return choir, twin


def changed_in_june(year: Year, choir: Organization, twin: Organization) -> None:
    with year.at(6, 3) as services:
        services.ledgers.save(
            ACTIVITIES, Activity(new_id(), twin.id, "端午惠民演出", PartialDate(2025, 5, 31), visits=180)
        )
        change = Transition(
            new_id(),
            choir.id,
            TransitionKind.CHANGE,
            change_field="负责人",
            old_value="王一",
            new_value="李二",
        )
        opened = services.filing.open(change)
        assert services.filing.of(choir.id)[0].state is FilingState.APPLYING
        assert [each.transition_id for each in services.filing.due()] == [opened.id]
        services.filing.decide(opened.id, Outcome.APPROVED, PartialDate(2025, 6, 3))
        assert names(services.register.register())["松枫社区合唱团"] == "李二"


def merged_in_january(year: Year, choir: Organization, twin: Organization) -> int:
    with year.at(1, 20, 2026) as services:
        preview = services.register.merge_preview(choir.id, twin.id)
        assert ("活动", 1) in preview.moving
        services.register.merge(choir.id, twin.id, reason="同一个组织登记了两次")
        assert names(services.register.register()) == {"松枫社区合唱团": "李二"}
        assert len(services.ledgers.find(ACTIVITIES, equal={"organization_id": choir.id})) == 1
        return services.register.acts(1)[0].number


def parted_and_merged_again(year: Year, merging: int, twin: Organization) -> None:
    with year.at(1, 21, 2026) as services:
        services.versions.undo(merging)
        assert set(names(services.register.register())) == {"松枫社区合唱团", "松枫合唱队"}
        assert len(services.ledgers.find(ACTIVITIES, equal={"organization_id": twin.id})) == 1
        services.versions.redo(services.register.acts(1)[0].number)
        assert set(names(services.register.register())) == {"松枫社区合唱团"}


def as_of_december(year: Year, choir: Organization, folder: Path) -> None:
    with year.at(3, 2, 2026) as services:
        december = services.versions.register_as_of(date(2025, 12, 31))
        assert names(december) == {"松枫社区合唱团": "李二", "松枫合唱队": ""}
        assert names(services.versions.register_as_of(date(2025, 5, 31)))["松枫社区合唱团"] == "王一"
        sheet = folder / "名册.xlsx"
        sheet.write_bytes(
            services.exports.roster(december.organizations, "城东街道社会组织名册", publication=True)
        )
        cells = [cell for row in read_workbook(sheet).sheets[0].rows for cell in row]
        assert "松枫合唱队" in cells
        assert "13800000101" not in cells
        form = read_pdf(services.papers.filing_form(choir.id))
        assert "丰富居民文化生活" in form.replace("\n", "").replace("\r", "")
        assert "李二" in form
        assert "松枫社区合唱团" in read_pdf(services.papers.roster())
        assert services.store.check().faults == ()
        assert services.attachments.check().faults == ()


def test_a_year(year: Year, tmp_path: Path) -> None:
    choir, twin = filed_in_february(year, tmp_path)
    changed_in_june(year, choir, twin)
    merging = merged_in_january(year, choir, twin)
    parted_and_merged_again(year, merging, twin)
    as_of_december(year, choir, tmp_path)
