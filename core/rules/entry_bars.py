"""Who is not assessed, and why (R11)."""

from datetime import date

from core.model.assessment import Subject
from core.model.condition import Fact
from core.model.scheme import Scheme
from core.rules.vague_days import last_day, months_before


def bar_reason(scheme: Scheme, subject: Subject, opened_on: date) -> str:
    """Why a subject is not assessed, by its frozen facts on the day of opening; empty if it is.

    What the register does not know bars nobody; a filing date without day or month counts as its last day.
    """
    rule, filed_on = scheme.entry, subject.filed_on
    status, standing = subject.fact(Fact.STATUS), subject.fact(Fact.STANDING)
    if status and rule.statuses and status not in rule.statuses:
        return status
    if standing and rule.standings and standing not in rule.standings:
        return standing
    months = rule.minimum_months
    if months and filed_on and last_day(filed_on) > months_before(opened_on.isoformat(), months):
        return f"备案（登记）未满 {months} 个月"
    return ""
