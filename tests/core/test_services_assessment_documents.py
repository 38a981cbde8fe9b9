"""The documents of the sample's year, word for word, and of what comes after it."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from core.errors import NotFound, RuleViolation
from core.model.assessment import Entry, ScoreSheet
from core.model.award_payment import AwardPayment
from core.model.dates import PartialDate
from core.model.document_text import About
from core.model.journal import ActDraft
from core.model.objection import Objection
from core.model.written_document import WrittenDocument
from core.paper.render import ReportLabPaper
from core.rules.document_fields import FACTS
from core.services.document_facts import Asked, read_copies
from core.services.document_opening import OpenDocument, Wanted
from core.services.document_templates import shipped_templates
from core.services.services import Services
from tests.conftest import NOW, copied, services_over
from tests.core.filled_documents import lines_of
from tests.core.played_days import Days, a_revocation, named

YEAR = 2025
OF_THE_YEAR = (
    "criticism-circular",
    "opening-notice",
    "participants-table",
    "payment-table",
    "praise-circular",
    "praise-decision",
    "public-notice",
    "rectification-notice",
    "result-letter",
    "results-notice",
    "results-table",
)
BEST = "凤凰社区楼宇经济联合会"


@pytest.fixture(scope="module")
def computed_store(
    sample_store: Path, tmp_path_factory: pytest.TempPathFactory, paper: ReportLabPaper
) -> Path:
    path = copied(sample_store, tmp_path_factory.mktemp("computed"))
    with closing(services_over(path, paper)) as services:
        office = services.setup.office()
        assert office
        services.setup.change_office(
            replace(office, contact_phone="010-12345678", contact_address="示例路1号")
        )
        services.assessments.compute(YEAR)
    return path


@pytest.fixture(scope="module")
def computed(computed_store: Path, paper: ReportLabPaper) -> Iterator[Services]:
    """Nobody writes into it."""
    with closing(services_over(computed_store, paper)) as services:
        yield services


@pytest.fixture(scope="module")
def revoked(computed_store: Path, tmp_path_factory: pytest.TempPathFactory, paper: ReportLabPaper) -> Days:
    """The best one was paid, and everything is taken back from it; another still objects."""
    days = Days(copied(computed_store, tmp_path_factory.mktemp("revoked")), paper)
    with days.on("2026-01-12") as office:
        office.cycles.publish(YEAR, accept_missing=True)
    with days.on("2026-01-14") as office:
        subject = named(office, YEAR, "凤凰社区平安巡逻队")
        office.objections.register(YEAR, Objection("", "", subject.id, "", "居民甲", "人数不实"))
    with days.on("2026-01-21") as office:
        office.cycles.confirm(YEAR, hold_objected=True)
        office.cycles.announce(YEAR)
        office.award_money.propose(YEAR)
        with office.store.writing(ActDraft("拨付", "录入员")) as work:
            [line] = work.all(AwardPayment, winner=BEST)
            work.change([replace(line, paid_on=PartialDate(2026, 1, 30))])
    with days.on("2026-02-03") as office:
        office.decisions.revoke(YEAR, a_revocation(named(office, YEAR, BEST).id, evidence="核查报告"))
    return days


def golden(data: Path, code: str) -> list[str]:
    return (data / "documents" / f"{code}.txt").read_text("utf-8").splitlines()


def written(services: Services, code: str) -> OpenDocument:
    return services.document_issue.prepared(Wanted(code, YEAR, dated_on=NOW.date()))


@pytest.mark.parametrize("code", OF_THE_YEAR)
def test_the_samples_documents_say_this(computed: Services, data: Path, code: str) -> None:
    opened = written(computed, code)
    assert lines_of(opened.filled()) == golden(data, code)
    assert computed.documents.findings(opened) == ()


def test_a_revocation_says_what_is_taken_back_and_who_moves_up(revoked: Days, data: Path) -> None:
    with revoked.on("2026-02-04") as office:
        opened = office.document_issue.prepared(Wanted("revocation-decision", YEAR))
        assert lines_of(opened.filled()) == golden(data, "revocation-decision")
        assert [each.recipient for each in opened.copies] == [BEST]
        known = office.document_issue.prepared(
            Wanted("revocation-decision", YEAR, ref_id=opened.copies[0].ref_id)
        )
        assert known.filled() == opened.filled()
        with pytest.raises(NotFound, match="没有这个撤销决定"):
            office.documents.write(Wanted("revocation-decision", YEAR, ref_id="谁"))


@pytest.mark.parametrize("code", OF_THE_YEAR)
def test_who_objects_is_named_nowhere_but_among_those_who_take_part(revoked: Days, code: str) -> None:
    objecting = "凤凰社区平安巡逻队"
    with revoked.on("2026-02-04") as office:
        opened = written(office, code)
        said = [line for place in range(len(opened.copies)) for line in lines_of(opened.filled(place))]
    takes_part = code in ("opening-notice", "participants-table")
    assert any(objecting in line for line in said) is takes_part


def test_what_was_taken_back_is_neither_paid_nor_praised(revoked: Days) -> None:
    with revoked.on("2026-02-04") as office:
        for code in ("payment-table", "praise-decision", "praise-circular"):
            assert not any(BEST in line for line in lines_of(written(office, code).filled())), code
        letters = written(office, "result-letter")
        place = [each.recipient for each in letters.copies].index(BEST)
        assert "考核结果。考核结果已经撤销。原因：材料造假。" in lines_of(letters.filled(place))


def test_after_the_notice_the_time_to_object_begins_with_the_letter(revoked: Days) -> None:
    with revoked.on("2026-02-04") as office:
        said = lines_of(written(office, "result-letter").filled())
        praised = lines_of(written(office, "praise-decision").filled())
    assert any("自收到本告知书之日起15日内" in line for line in said)
    assert any("经评分、汇总和公示，" in line for line in praised)


@pytest.mark.parametrize("code", ["praise-decision", "criticism-circular", "rectification-notice"])
def test_where_nobody_is_concerned_nothing_is_written(sample: Services, code: str) -> None:
    passed = named(sample, YEAR, "金家村家长里短帮帮团")
    with sample.store.writing(ActDraft("只留一个合格的", "录入员")) as work:
        work.remove([each for each in work.all(ScoreSheet) if each.subject_id != passed.id])
        work.remove(work.all(Entry))
    sample.assessments.compute(YEAR)
    with pytest.raises(RuleViolation, match="现在不用写：没有符合条件的对象") as told:
        sample.documents.write(Wanted(code, YEAR))
    assert told.value.remedy_zh.startswith(shipped_templates()[code].purpose)


def test_without_a_revocation_there_is_no_decision(computed: Services) -> None:
    with pytest.raises(RuleViolation, match="《撤销考核结果的决定》现在不用写"):
        computed.documents.write(Wanted("revocation-decision", YEAR))


def test_most_letters_are_one_page_with_their_receipt(computed: Services, paper: ReportLabPaper) -> None:
    letters = written(computed, "result-letter")
    lengths = [len(PdfDocument(paper.document(letters.filled(place)))) for place in range(8, 60, 10)]
    assert lengths == [1] * 6


def test_letters_have_numbers_of_their_own(computed: Services) -> None:
    letters, notices = written(computed, "result-letter"), written(computed, "rectification-notice")
    numbers = [letters.filled(place).number for place in (0, 59)]
    assert numbers == ["示例街办告〔2026〕1号", "示例街办告〔2026〕60号"]
    assert (len(notices.copies), notices.filled(6).number) == (7, "示例街办改〔2026〕7号")


@pytest.mark.parametrize("about", [About.OPENING, About.CYCLE, About.SUBJECT, About.REVOCATION])
def test_facts_are_those_that_are_described(revoked: Days, about: About) -> None:
    with revoked.on("2026-02-04") as office, office.store.reading() as view:
        cycle = office.assessments.year(YEAR).cycle
        document = WrittenDocument("", "", YEAR, "", "", cycle_id=cycle.id)
        copies = read_copies(view, about, Asked(document, NOW.date(), NOW.date()))
    names = {each.name: each for each in FACTS[about]}
    assert copies
    for copy in copies:
        assert set(copy.facts) == set(names)
        for name, fact in copy.facts.items():
            for row in fact if isinstance(fact, tuple) else ():
                assert set(row) == {each.name for each in names[name].fields}, name
