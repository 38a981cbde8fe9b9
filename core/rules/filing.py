"""The way of an organization through the register: what may follow, how far it is, and by when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from core.errors import RuleViolation
from core.model.dates import PartialDate
from core.model.filing import Outcome, Particulars, Transition, TransitionKind
from core.model.filing_view import Clock, FilingState
from core.model.office import Office
from core.model.organization import Organization, Standing, Status
from core.rules.cell_values import name_key
from core.rules.filing_papers import change_target
from core.rules.working_days import WorkingDays, exact_day

K = TransitionKind
CLOSED = (Status.DEREGISTERED, Status.REVOKED)
"""States of organizations that are no more."""


@dataclass(frozen=True, slots=True)
class _Opinion:
    state: FilingState
    label: str
    dated: str


_COMMUNITY = _Opinion(FilingState.AWAITING_COMMUNITY, "社区意见", "community_opined_on")
_STREET = _Opinion(FilingState.AWAITING_STREET, "街道意见", "street_opined_on")
_OFFICE = _Opinion(FilingState.AWAITING_OFFICE, "备案机关意见", "office_opined_on")
_ALL = (_COMMUNITY, _STREET, _OFFICE)
_OPINIONS: Mapping[TransitionKind, tuple[_Opinion, ...]] = {
    K.FILE: _ALL,
    K.REGISTER: _ALL,
    # Taken into care by the community itself (domain 2.1): no authority above the street has a say.
    K.ENROLL: (_COMMUNITY, _STREET),
    K.CHANGE: _ALL,
    K.SUSPEND: (_COMMUNITY, _STREET),
    K.RESUME: (_COMMUNITY, _STREET),
    K.DEREGISTER: _ALL,
    K.REVOKE: (_STREET, _OFFICE),
}
_ENDS = {
    Outcome.APPROVED: FilingState.APPROVED,
    Outcome.REFUSED: FilingState.REFUSED,
    Outcome.WITHDRAWN: FilingState.WITHDRAWN,
}


def state_of(transition: Transition) -> FilingState:
    """How far the matter is: the first thing that is not dated yet."""
    if transition.outcome:
        return _ENDS[transition.outcome]
    if not transition.accepted_on:
        return FilingState.APPLYING
    open_ones = (each.state for each in _OPINIONS[transition.kind] if not getattr(transition, each.dated))
    return next(open_ones, FilingState.AWAITING_DECISION)


def clocks(
    transition: Transition, office: Office, working_days: WorkingDays, today: date
) -> tuple[Clock, ...]:
    """The clocks that have run or are running, in the order of the steps.

    Each step's clock starts with the day of the step before it; a step whose beginning has no exact day has
    no clock. Once the matter is decided nothing runs any more.

    Source: domain 2.2 names the steps; the lengths are settings of the office.
    """
    found = []
    started = transition.applied_on
    for label, dated, length in _steps(transition.kind, office):
        done = getattr(transition, dated)
        since = exact_day(started)
        if since and not (transition.outcome and not done):
            due = working_days.after(since, length)
            found.append(_clock(label, due, done, today, working_days))
        if not done:
            break
        started = done
    if transition.kind is K.DEREGISTER:
        found += _cancellation(transition, office, today)
    return tuple(each for each in found if each)


def _steps(kind: TransitionKind, office: Office) -> Iterable[tuple[str, str, int]]:
    yield "受理", "accepted_on", office.accept_days
    for each in _OPINIONS[kind]:
        yield each.label, each.dated, office.opinion_days
    yield "办结", "decided_on", office.decision_days


def _clock(
    label: str, due: date, done: PartialDate | None, today: date, working_days: WorkingDays
) -> Clock | None:
    """The clock of a step; None where it was done on a day that nobody wrote down."""
    day = exact_day(done)
    if done and not day:
        return None
    return Clock(label, due, working_days.count_between(day or today, due), day)


def _cancellation(transition: Transition, office: Office, today: date) -> list[Clock]:
    """The clock of a whole cancellation, in calendar days from the application."""
    since, done = exact_day(transition.applied_on), exact_day(transition.decided_on)
    if not since or (transition.outcome and not done):
        return []
    due = since + timedelta(days=office.cancellation_days)
    return [Clock("注销全程", due, (due - (done or today)).days, done, in_working_days=False)]


def allowed_kinds(organization: Organization) -> tuple[TransitionKind, ...]:
    """What may be applied for or decided about the organization as it stands.

    The way is 培育中 → 备案, 登记 or 纳入管理 → 变更 → 暂停 → 恢复 → 注销 or 撤销; one that is filed may be
    registered later, one taken into care may be filed. Where the roster does not say how an organization
    stands, nothing is ruled out but to resume.
    """
    if organization.merged_into or organization.status in CLOSED:
        return ()
    if organization.status is Status.SUSPENDED:
        return (K.RESUME, K.CHANGE, K.DEREGISTER, K.REVOKE)
    standing = (K.CHANGE, K.SUSPEND, K.DEREGISTER, K.REVOKE)
    begin = {
        None: (K.FILE, K.REGISTER, K.ENROLL),
        Standing.NURTURED: (K.FILE, K.REGISTER, K.ENROLL),
        Standing.ENROLLED: (K.FILE, K.REGISTER),
        Standing.FILED: (K.REGISTER,),
        Standing.REGISTERED: (),
    }[organization.standing]
    return begin if organization.standing is Standing.NURTURED else (*begin, *standing)


def check_allowed(organization: Organization, kind: TransitionKind) -> None:
    """Refuse what cannot follow from the organization's standing and status.

    Raises:
        RuleViolation: it cannot; the message says how the organization stands and what can be done.
    """
    allowed = allowed_kinds(organization)
    if kind in allowed:
        return
    if not allowed:
        how = "已并入另一个组织" if organization.merged_into else organization.status.label
        raise RuleViolation(
            "transition_closed",
            f"“{organization.name}”{how}，不能再办理“{kind.label}”。",
            "确实要重新开始的，请新建一个组织；登记有误的，请在历史里撤销那一步。",
        )
    stands = organization.standing.label if organization.standing else "登记方式未填"
    words = "、".join(each.label for each in allowed)
    raise RuleViolation(
        "transition_not_allowed",
        f"“{organization.name}”现在是{stands}、{organization.status.label}，不能办理“{kind.label}”。",
        f"可以办理：{words}。",
    )


def applied(organization: Organization, transition: Transition) -> Organization:
    """The organization after the matter was approved as the transition says.

    A changed name leaves the old one among the former names. With a new head, the political status of the
    old one goes: nobody knows that of the new one yet.
    """
    changes: dict[str, Any] = _effects(transition)
    target = change_target(transition.change_field) if transition.kind is K.CHANGE else None
    if target and target.kind is Organization:
        changes = {target.field: transition.new_value}
        if target.field == "name":
            former = with_former(organization.former_names, transition.new_value, organization.name)
            changes["former_names"] = former
        if target.field == "principal":
            changes["political_status"] = ""
    return replace(organization, **changes)


def applied_to_particulars(particulars: Particulars, transition: Transition) -> Particulars:
    """What the filing form says after a change was approved; with a new head the old one's data go."""
    target = change_target(transition.change_field)
    if target is None:
        return particulars
    if target.kind is Particulars:
        changes: dict[str, Any] = {target.field: transition.new_value}
        return replace(particulars, **changes)
    if target.field == "principal":
        return replace(particulars, principal_sex=None, principal_title="", principal_id_number="")
    return particulars


def with_former(former_names: tuple[str, ...], current: str, *further: str) -> tuple[str, ...]:
    """Former names with further ones, each once and none that is the current name."""
    kept = {name_key(name): name for name in (*former_names, *further) if name}
    kept.pop(name_key(current), None)
    return tuple(kept.values())


def _effects(transition: Transition) -> dict[str, Any]:
    """Fields of the organization that an approved matter sets; a change is looked at by itself."""
    effects: Mapping[TransitionKind, dict[str, Any]] = {
        K.FILE: {"standing": Standing.FILED, "founded_on": transition.decided_on},
        K.REGISTER: {"standing": Standing.REGISTERED, "founded_on": transition.decided_on},
        K.ENROLL: {"standing": Standing.ENROLLED, "founded_on": transition.decided_on},
        K.CHANGE: {},
        K.SUSPEND: {"status": Status.SUSPENDED},
        K.RESUME: {"status": Status.ACTIVE},
        K.DEREGISTER: {"status": Status.DEREGISTERED},
        K.REVOKE: {"status": Status.REVOKED},
    }
    numbers = {K.FILE: "filing_number", K.REGISTER: "credit_code"}
    number = {numbers[transition.kind]: transition.number} if transition.kind in numbers else {}
    return effects[transition.kind] | (number if transition.number else {})
