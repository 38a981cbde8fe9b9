"""How the desks of certificates read who gets one, and the key of the check values."""

import secrets
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from core.errors import NotFound, RuleViolation
from core.model.certificate import CertificateRequest, CertificateSource, CertificateTemplate, Facts, StoreKey
from core.model.filing import Particulars
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.organization import Category, Community, Organization, WorkGroup
from core.model.people import Person, Post, Unit
from core.model.tasks import Holiday
from core.model.written_document import IssuedPaper
from core.ports import Clock, Reading, Store
from core.rules.certificate_facts import Surroundings, filing_facts, people_facts, winner_facts
from core.rules.facts_cycle import CycleFacts
from core.rules.working_days import WorkingDays
from core.services.cycle_reading import computed_year

KEY_PURPOSE = "certificates"

Named: TypeAlias = Category | Community | WorkGroup | Organization | Unit


def read_facts(
    view: Reading, kind: CertificateTemplate, request: CertificateRequest, clock: Clock
) -> tuple[Facts, ...]:
    """Those who get a certificate of this kind, in order.

    Raises:
        NotFound: the year was not opened, a name is nobody's, or one that was picked gets none any more.
        RuleViolation: it is not computed, results are stale, or there is nobody.
    """
    found = _facts(view, kind, request, clock)
    if not found:
        raise _nobody(kind)
    if request.only:
        found = _picked(found, request.only)
    return _chosen(found, request.names)


def certificate_papers(view: Reading, kinds: Sequence[CertificateTemplate]) -> tuple[IssuedPaper, ...]:
    """The papers of the register that are certificates, oldest first."""
    return tuple(paper for kind in kinds for paper in view.all(IssuedPaper, kind=kind.code))


def read_key(view: Reading) -> bytes:
    """The key of the check values; empty before the first certificate was issued."""
    key = next(iter(view.all(StoreKey, purpose=KEY_PURPOSE)), None)
    return bytes.fromhex(key.secret) if key else b""


def make_key(store: Store, actor: str, clock: Clock) -> None:
    """Make the key, once and in an act of its own: whatever is undone later, it stays."""
    with store.reading() as view:
        if read_key(view):
            return
    made_at = clock().isoformat(timespec="seconds")
    with store.writing(ActDraft("生成证书校验密钥", actor)) as work:
        if not read_key(work):
            work.add([StoreKey(new_id(), KEY_PURPOSE, secrets.token_hex(32), made_at)])


def _facts(
    view: Reading, kind: CertificateTemplate, request: CertificateRequest, clock: Clock
) -> tuple[Facts, ...]:
    if kind.source is CertificateSource.WINNERS:
        computed = computed_year(view, request.year, request.cycle)
        return winner_facts(CycleFacts(computed, WorkingDays(view.all(Holiday)), clock().date()))
    around = Surroundings(
        categories=_names(view.all(Category)),
        communities=_names(view.all(Community)),
        groups=_names(view.all(WorkGroup)),
        organizations=_names(view.all(Organization)),
        units=_names(view.all(Unit)),
    )
    if kind.source is CertificateSource.FILINGS:
        organizations = sorted(view.all(Organization), key=lambda each: each.position)
        return filing_facts(organizations, view.all(Particulars), around)
    return people_facts(view.all(Post), view.all(Person), around, clock().date())


def _names(records: Sequence[Named]) -> Mapping[str, str]:
    return {each.id: each.name for each in records}


def _chosen(found: tuple[Facts, ...], names: tuple[str, ...]) -> tuple[Facts, ...]:
    """Those with one of the names, a full name before those that only hold it."""
    if not names:
        return found
    chosen: dict[int, Facts] = {}
    for name in names:
        whole = [place for place, each in enumerate(found) if each.name == name]
        part = whole or [place for place, each in enumerate(found) if name in each.name]
        if not part:
            raise NotFound(
                "nobody_named", f"没有可以发证书的“{name}”。", "请核对名称，或不写名称而全部生成。"
            )
        chosen |= {place: found[place] for place in part}
    return tuple(chosen[place] for place in sorted(chosen))


def _picked(found: tuple[Facts, ...], only: tuple[tuple[str, str], ...]) -> tuple[Facts, ...]:
    picked = tuple(each for each in found if (each.ref_id, each.award) in set(only))
    if len(picked) < len(set(only)):
        raise NotFound(
            "nobody_named",
            f"选中的 {len(set(only))} 个里，有 {len(set(only)) - len(picked)} 个已经不该发证书。",
            "名单在此期间变了，请核对后重新选择。",
        )
    return picked


def _nobody(kind: CertificateTemplate) -> RuleViolation:
    match kind.source:
        case CertificateSource.WINNERS:
            return RuleViolation(
                "no_winner", "本年度没有获奖对象，不需要证书。", "请查看考核结果里的奖项说明。"
            )
        case CertificateSource.FILINGS:
            return RuleViolation("no_filing", "名册里没有正在活动的备案组织。", "请先登记备案。")
    return RuleViolation("no_post", "任职台账里没有在任的人员。", "请先在“任职”台账里登记。")
