"""What changed results leave to be done about papers and certificates that went out."""

from decimal import Decimal

from core.model.certificate import CertificateEventKind, CertificateRequest
from core.model.decision import DecisionKind
from core.model.objection import Objection
from core.model.objection_ruling import Ruling
from core.model.reminder import Reminder, ReminderKind
from core.model.written_document import DocumentState
from core.services.certificate_register import EventDraft
from core.services.document_opening import Wanted
from core.services.services import Services
from tests.core.played_days import Days, a_decision, a_revocation, named

YEAR = 2025
FIRST, THIRD, LAST = "凤凰社区楼宇经济联合会", "凤凰社区平安巡逻队", "东升社区合唱团"


def reminded(services: Services, kind: ReminderKind = ReminderKind.PAPERS) -> list[str]:
    return [each.words for each in services.results.reminders(YEAR) if each.kind is kind]


def issue(services: Services, template: str, name: str = "") -> None:
    ref_id = named(services, YEAR, name).id if name else ""
    services.document_issue.at_once(Wanted(template, YEAR, ref_id=ref_id), note="核对过")


def score_of(services: Services, name: str, score: str) -> str:
    """The id of a decision on a score."""
    about = {"subject_id": named(services, YEAR, name).id, "decided_on": "2026-01-08"}
    return services.decisions.decide(YEAR, a_decision(DecisionKind.SCORE, score=Decimal(score), **about)).id


def test_a_certificate_whose_award_is_gone_is_named(computed: Services) -> None:
    computed.certificates.issue(CertificateRequest(year=YEAR))
    assert computed.results.reminders(YEAR) == ()
    first, _second, third, *_rest = computed.certificate_register.lines()
    score_of(computed, first.recipient, "50")
    # The third one moves up: it holds another award now, and its certificate says the old one.
    words = f"{first.number}、第003号的奖项没有了，请收回，在证书登记簿里登记撤销"
    assert computed.results.reminders(YEAR) == (
        Reminder(
            ReminderKind.CERTIFICATES, "2 张证书要收回", words, f"certificate:{first.paper.id}", "打开证书"
        ),
    )
    numbers = [first.number, third.number]
    computed.certificate_register.record(numbers, EventDraft(CertificateEventKind.REVOKED, reason="奖项变了"))
    assert computed.results.reminders(YEAR) == ()


def test_papers_that_tell_other_results_are_named_until_they_are_put_right(computed: Services) -> None:
    issue(computed, "public-notice")
    for name in (FIRST, LAST):
        issue(computed, "result-letter", name)
    assert computed.results.reminders(YEAR) == ()
    decision = score_of(computed, FIRST, "50")
    notice, letter = reminded(computed)
    assert letter.endswith("告〔2026〕1号写的是变动以前的结果，请给对方重新出具")
    assert notice.startswith("《关于2025年度") and notice.endswith("》写的是变动以前的结果，请作废后重新印发")
    # What is taken back makes them true again.
    computed.decisions.lift(decision, "会议重开")
    assert computed.results.reminders(YEAR) == ()
    score_of(computed, FIRST, "50")
    _last, wrong_letter, wrong_notice = computed.documents.lines(YEAR)
    computed.document_issue.void(wrong_letter.document.id, "结果变了")
    assert reminded(computed) == [notice]
    computed.document_issue.void(wrong_notice.document.id, "结果变了")
    for template in ("public-notice", "praise-circular"):
        issue(computed, template)
    assert reminded(computed) == []
    score_of(computed, LAST, "60")
    # Whoever has no award is not named where winners are praised.
    letter, notice = reminded(computed)
    assert letter.startswith("示例街办告〔2026〕2号写的是") and "考核结果的公示》写的是" in notice


def test_a_revocation_is_told_by_its_decision(computed: Services, paper) -> None:
    path = computed.store.path
    computed.close()
    days = Days(path, paper)
    with days.on("2026-01-09") as office:
        issue(office, "public-notice")
        office.cycles.publish(YEAR, accept_missing=True)
    with days.on("2026-01-21") as office:
        office.cycles.confirm(YEAR)
        office.cycles.announce(YEAR)
        issue(office, "results-notice")
        for name in (FIRST, THIRD, LAST):
            issue(office, "result-letter", name)
    with days.on("2026-02-03") as office:
        kept = office.decisions.revoke(YEAR, a_revocation(named(office, YEAR, FIRST).id))
        # Letters to the revoked one and to one that moves up; of two notices only the later one counts still.
        notice, letters = reminded(office)
        assert letters.startswith("示例街办告〔2026〕1号、2号写的是")
        assert notice.endswith("〔2026〕1号写的是变动以前的结果，请印发更正或补充通报，撤销的印发撤销决定")
        issue(office, "revocation-decision")
        assert reminded(office) == [letters]
        # A newer letter takes the place of the older one.
        newer = office.documents.write(Wanted("result-letter", YEAR, ref_id=named(office, YEAR, FIRST).id))
        for state in (DocumentState.REVIEW, DocumentState.SIGNED):
            office.documents.step(newer.id, state)
        office.document_issue.issue(newer.id, note="核对过")
        assert reminded(office)[0].startswith("示例街办告〔2026〕2号写的是")
        office.decisions.lift_revocation(kept.id, "查无实据")
        letters, decision = reminded(office)
        assert letters.endswith("告〔2026〕4号写的是变动以前的结果，请给对方重新出具")
        assert decision.endswith("撤销已经取消，请作废")


def test_a_notice_that_left_out_whoever_waited_is_to_be_completed(computed: Services, paper) -> None:
    path = computed.store.path
    computed.close()
    days = Days(path, paper)
    with days.on("2026-01-09") as office:
        office.cycles.publish(YEAR, accept_missing=True)
        subject_id = named(office, YEAR, LAST).id
        raised = office.objections.register(YEAR, Objection("", "", subject_id, "", "王某", "少算一项"))
    with days.on("2026-01-21") as office:
        office.cycles.confirm(YEAR, hold_objected=True)
        office.cycles.announce(YEAR)
        issue(office, "results-notice")
        assert reminded(office) == []
        office.objections.decide(raised.id, Ruling(False, "领导小组", "2026-01-21", "维持"))
        (notice,) = reminded(office)
        assert "〔2026〕1号写的是变动以前的结果，请印发更正或补充通报" in notice
