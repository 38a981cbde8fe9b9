"""The filing form (备案表) of an organization in words.

Source: domain 2.2, the union of forms in use; identity, aims, head, people, place and money, opinions,
papers.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from core.model.filing import Outcome, Particulars, Transition, TransitionKind
from core.model.register import OrganizationSummary
from core.model.register_papers import Form, FormField, FormRow, Opinion, PaperPart, RegisterPaper
from core.rules.amounts import yuan_text
from core.rules.filing_papers import missing_papers
from core.rules.id_numbers import masked_id_number
from core.rules.register_papers import PaperFrame, count_text

_TITLE = "社区社会组织备案表"
_ENTRIES = (TransitionKind.FILE, TransitionKind.REGISTER, TransitionKind.ENROLL)


@dataclass(frozen=True, slots=True)
class FilingFacts:
    """What the form is filled in with; what is not known stays blank for the pen."""

    summary: OrganizationSummary
    particulars: Particulars | None = None
    transition: Transition | None = None


def entry_of(transitions: Sequence[Transition]) -> Transition | None:
    """The newest application by which an organization came, or is to come, into the register."""
    entries = [
        each for each in transitions if each.kind in _ENTRIES and each.outcome in (None, Outcome.APPROVED)
    ]
    return max(entries, key=lambda each: (str(each.applied_on or ""), each.id), default=None)


def filing_form(frame: PaperFrame, facts: FilingFacts) -> RegisterPaper:
    """备案表 with what the register knows."""
    organization = facts.summary.organization
    particulars = facts.particulars or Particulars("", organization.id)
    rows: tuple[FormRow | Opinion, ...] = (
        *_identity(facts),
        *_aims(particulars, charter_known=facts.particulars is not None),
        *_head(frame, facts.summary, particulars),
        *_people(facts.summary, particulars),
        *_place_and_money(facts.summary, particulars),
        *_opinions(facts.transition),
        _row(("提交材料", _papers(facts.transition))),
        _row(
            ("备注", "\n".join(part for part in (organization.remarks, particulars.remarks) if part)), lines=2
        ),
    )
    return frame.paper(f"{_TITLE}（{organization.name}）", [PaperPart(_TITLE, "", (Form(rows),))])


def _row(*fields: tuple[str, str], lines: int = 1) -> FormRow:
    return FormRow(tuple(FormField(label, _paragraphs(text)) for label, text in fields), lines)


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.splitlines() if line.strip())


def _identity(facts: FilingFacts) -> list[FormRow]:
    summary, organization = facts.summary, facts.summary.organization
    filing_number = organization.filing_number or (facts.transition.number if facts.transition else "")
    rows = [_row(("组织名称", organization.name))]
    if organization.former_names:
        rows.append(_row(("曾用名", "、".join(organization.former_names))))
    return [
        *rows,
        _row(("类别", summary.category), ("所属社区（村）", summary.community)),
        _row(
            ("方式", organization.standing.label if organization.standing else ""),
            ("成立日期", _day_in_words(str(organization.founded_on or ""))),
        ),
        _row(("备案号", filing_number), ("统一社会信用代码", organization.credit_code)),
        _row(("状态", organization.status.label), ("归口工作组", summary.work_group)),
    ]


def _aims(particulars: Particulars, *, charter_known: bool) -> list[FormRow]:
    """Purpose and scope; as registered and as printed where these differ."""
    registered, printed = particulars.scope_registered, particulars.scope_printed
    if registered and printed and registered != printed:
        scope = [_row(("业务范围（登记）", registered)), _row(("业务范围（印发）", printed))]
    else:
        scope = [_row(("业务范围", registered or printed), lines=3)]
    charter = "有" if particulars.has_charter else "无" if charter_known else ""
    version = f"，{particulars.charter_version}" if charter and particulars.charter_version else ""
    return [
        _row(("宗旨", particulars.purpose), lines=2),
        *scope,
        _row(("活动地域", particulars.activity_area), ("章程", charter + version)),
        _row(("业务主管单位", particulars.supervisory_unit)),
    ]


def _head(frame: PaperFrame, summary: OrganizationSummary, particulars: Particulars) -> list[FormRow]:
    """The head; the ID number only where the office keeps such numbers."""
    organization = summary.organization
    sex = particulars.principal_sex.label if particulars.principal_sex else ""
    rows = [
        _row(
            ("负责人", organization.principal),
            ("性别", sex),
            ("政治面貌", organization.political_status),
        ),
        _row(("职务", particulars.principal_title), ("联系电话", frame.phones(organization.phones))),
    ]
    if frame.office.keep_id_numbers:
        number = particulars.principal_id_number
        rows.append(_row(("身份证号", masked_id_number(number) if frame.masked else number)))
    return rows


def _people(summary: OrganizationSummary, particulars: Particulars) -> list[FormRow]:
    organization = summary.organization
    party = organization.party_organization
    return [
        _row(
            ("成员数", count_text(organization.members)),
            ("党员数", count_text(organization.party_members)),
            ("志愿者数", count_text(organization.volunteers)),
        ),
        _row(
            ("工作人员数", count_text(particulars.staff)),
            ("党组织覆盖", party.label if party else ""),
        ),
        _row(("党组织名称", particulars.party_organization_name)),
    ]


def _place_and_money(summary: OrganizationSummary, particulars: Particulars) -> list[FormRow]:
    funds = "" if particulars.funds is None else yuan_text(particulars.funds)
    return [
        _row(("住所", particulars.address)),
        _row(("活动场所", summary.organization.premises)),
        _row(("场所面积", _area(particulars.floor_area)), ("与谁合用", particulars.shared_with)),
        _row(("开办资金", funds), ("经费来源", particulars.fund_sources)),
    ]


def _area(hundredths: int | None) -> str:
    """12.5平方米; nothing where it is not known."""
    if hundredths is None:
        return ""
    whole, rest = divmod(hundredths, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".") + "平方米"


def _opinions(transition: Transition | None) -> list[Opinion]:
    """The three opinions, each with its day in words."""
    given = transition or Transition("", "", TransitionKind.FILE)
    return [
        Opinion(label, _paragraphs(text), _day_in_words(str(day or "")))
        for label, text, day in (
            ("社区（村）意见", given.community_opinion, given.community_opined_on),
            ("街道意见", given.street_opinion, given.street_opined_on),
            ("备案机关意见", given.office_opinion, given.office_opined_on),
        )
    ]


def _day_in_words(day: str) -> str:
    """2026年3月5日 from 2026-03-05; as much as the day says."""
    return "".join(f"{int(part)}{unit}" for part, unit in zip(day.split("-"), "年月日", strict=False) if part)


def _papers(transition: Transition | None) -> str:
    """The papers handed in with √, then those still wanting with □, a line each."""
    given = transition or Transition("", "", TransitionKind.FILE)
    return "\n".join(
        [*(f"√ {title}" for title in given.papers), *(f"□ {title}" for title in missing_papers(given))]
    )
