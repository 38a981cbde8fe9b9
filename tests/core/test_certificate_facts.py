"""What certificates say of winners, filed organizations and those in a post."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.model.certificate import CertificateSource, Facts
from core.model.dates import PartialDate
from core.model.filing import Particulars
from core.model.organization import Organization, Standing
from core.model.people import Person, Post, PostKind, Sex
from core.model.written_document import IssuedPaper
from core.rules.certificate_content import certificate_for
from core.rules.certificate_facts import Surroundings, filing_facts, people_facts, winner_facts
from core.rules.certificate_kinds import FIELDS
from core.rules.facts_cycle import CycleFacts
from core.rules.facts_office import office_facts
from core.rules.working_days import WorkingDays
from core.services.certificate_forms import shipped_kinds
from tests.core.test_rules_results_notice import OFFICE, a_computed_year

TODAY = date(2026, 1, 5)
AROUND = Surroundings({"c": "文体类"}, {"v": "东湖社区"}, {}, {}, {"u": "文化站"})
CHOIR = Organization("o", "合唱团", "v", "c", Standing.FILED, "备1号", founded_on=PartialDate(2020, 3))
TEACHER = Person("p", "王建国", Sex.MALE, unit_id="u", title="站长")
POST = Post("t", "p", PostKind.EXPERT, unit_id="u", since_on=PartialDate(2026, 2), term="三年")


def winners(*, graded: bool = True) -> tuple[Facts, ...]:
    computed = a_computed_year({"甲": "95"})
    result = computed.outcome.results[0]
    if not graded:
        outcome = replace(computed.outcome, results=(replace(result, grade="", final=Decimal(0)),))
        computed = replace(computed, outcome=outcome)
    return winner_facts(CycleFacts(computed, WorkingDays(), TODAY))


def text_of(code: str, facts: Facts) -> str:
    kind = next(each for each in shipped_kinds() if each.code == code)
    paper = IssuedPaper("", code, "", "", "临街办证", 2026, 1, "", "2026-01-05")
    return certificate_for(kind, facts, OFFICE, paper, bytes(32)).text


def test_a_winner_is_told_in_the_words_of_documents() -> None:
    (facts,) = winners()
    assert (facts.name, facts.award, facts.row["年度"], facts.row["奖金"]) == (
        "组织甲",
        "优秀奖",
        2025,
        "4万元",
    )
    assert text_of("certificate", facts) == "在2025年度社会组织考核中，考核等次为优秀，获优秀奖。"


def test_a_certificate_without_a_grade_names_none() -> None:
    (facts,) = winners(graded=False)
    assert facts.row["等次"] == "—"
    assert text_of("certificate", facts) == "在2025年度社会组织考核中，获优秀奖。"


@pytest.mark.parametrize("source", CertificateSource)
def test_every_field_that_a_text_may_have_is_there(source: CertificateSource) -> None:
    facts = {
        CertificateSource.WINNERS: winners(),
        CertificateSource.FILINGS: filing_facts([CHOIR], [], AROUND),
        CertificateSource.PEOPLE: people_facts([POST], [TEACHER], AROUND, TODAY),
    }[source][0]
    assert {each.name for each in FIELDS[source]} <= {**office_facts(OFFICE, 2026, TODAY), **facts.row}.keys()
    assert facts.row[FIELDS[source][0].name] == facts.name


def test_a_filed_organization_says_what_is_known_of_it() -> None:
    form = Particulars("f", "o", scope_printed="合唱活动。\n", address="文化礼堂")
    (facts,) = filing_facts([CHOIR, replace(CHOIR, id="x", standing=Standing.REGISTERED)], [form], AROUND)
    told = text_of("filing-certificate", facts)
    assert "活动场所：文化礼堂。活动范围：合唱活动。请" in told and "负责人：" not in told
    assert facts.row["成立日期"] == "2020年3月"


@pytest.mark.parametrize(
    ("until", "today", "count"),
    [
        (PartialDate(2026, 11), date(2026, 11, 30), 1),
        (PartialDate(2026, 11), date(2026, 12, 1), 0),
        (PartialDate(2026), date(2026, 12, 31), 1),
        (None, date(2030, 1, 1), 1),
    ],
)
def test_a_post_is_given_its_certificate_to_the_end_of_its_term(
    until: PartialDate | None, today: date, count: int
) -> None:
    assert len(people_facts([replace(POST, until_on=until)], [TEACHER], AROUND, today)) == count


def test_a_person_is_told_in_the_words_of_documents() -> None:
    (facts,) = people_facts([POST], [TEACHER], AROUND, TODAY)
    row = facts.row
    assert (row["单位职务"], row["职务和任职"]) == ("文化站站长", "文化站站长\uff08专家\uff09")
    assert (row["性别称呼"], row["任职单位"], row["任职开始"]) == ("先生", "文化站", "2026年2月")
