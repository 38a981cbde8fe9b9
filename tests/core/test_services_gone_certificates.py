"""Certificates whose award is gone."""

from decimal import Decimal

from core.model.certificate import CertificateEventKind, CertificateRequest
from core.model.decision import DecisionKind
from core.services.certificate_register import EventDraft
from core.services.services import Services
from tests.core.played_days import a_decision

YEAR = 2025


def test_a_certificate_whose_award_is_gone_is_named(computed: Services) -> None:
    computed.certificates.issue(CertificateRequest(year=YEAR))
    register = computed.certificate_register
    assert register.reminder(YEAR) == ""
    first, _second, third, *_rest = register.lines()
    said = {"subject_id": first.paper.subject_id, "score": Decimal(50), "decided_on": "2026-01-08"}
    computed.decisions.decide(YEAR, a_decision(DecisionKind.SCORE, **said))
    # The third one moves up: it holds another award now, and its certificate says the old one.
    assert register.reminder(YEAR).startswith(f"{first.number}、{third.number} 2 张证书的奖项没有了")
    numbers = [first.number, third.number]
    register.record(numbers, EventDraft(CertificateEventKind.REVOKED, reason="奖项变了"))
    assert register.reminder(YEAR) == ""
