"""Those who get a certificate, with what the register and the results say of them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from core.model.certificate import Facts
from core.model.facts import FactName
from core.model.filing import Particulars
from core.model.organization import Organization, Standing, Status
from core.model.people import Person, Post, Sex
from core.rules.facts_assessment import assessment_row
from core.rules.facts_cycle import CycleFacts
from core.rules.facts_groups import PERSON_FACTS, person_row
from core.rules.facts_office import dated_words
from core.rules.facts_transition import ORGANIZATION_FACTS, Registered, organization_row
from core.rules.posts_held import is_over

FILED_FACTS = (
    *ORGANIZATION_FACTS,
    FactName("活动场所", "活动场所的地址；不知道时为空"),
    FactName("成立日期", "成立的日子，知道到哪里写到哪里；不知道时为空"),
)
APPOINTED_FACTS = (
    *PERSON_FACTS,
    FactName("性别称呼", "男的是“先生”，女的是“女士”，不知道性别的是“同志”"),
    FactName("任职单位", "在哪个推进组、组织、单位或社区任职；没有写时为空"),
    FactName("任职开始", "从哪天起；不知道时为空"),
    FactName("任职结束", "到哪天止；不知道时为空"),
    FactName("任期", "任期的写法，如“三年”；没有写时为空"),
)

_STYLES: Mapping[Sex | None, str] = {Sex.MALE: "先生", Sex.FEMALE: "女士", None: "同志"}


class Surroundings(NamedTuple):
    """Names by id of what organizations and posts refer to."""

    categories: Mapping[str, str]
    communities: Mapping[str, str]
    groups: Mapping[str, str]
    organizations: Mapping[str, str]
    units: Mapping[str, str]


def winner_facts(facts: CycleFacts) -> tuple[Facts, ...]:
    """Those who won an award, award by award in order; those under an objection wait.

    Their rows have the facts of `ASSESSMENT_FACTS` and `SUBJECT_FACTS`; the year is that of the assessment.
    """
    computed = facts.computed
    cycle, assessed = computed.view.cycle, assessment_row(computed.view)
    found = []
    for award in computed.outcome.awards:
        for subject_id in award.winners:
            if subject_id in computed.view.held:
                continue
            told = facts.subject(subject_id)
            row = {**assessed, **told, "年度": cycle.year, "奖项": award.name}
            found.append(
                Facts(subject_id, str(told["对象名称"]), row, subject_id, cycle.id, award.name),
            )
    return tuple(found)


def filing_facts(
    organizations: Sequence[Organization], particulars: Sequence[Particulars], around: Surroundings
) -> tuple[Facts, ...]:
    """The filed organizations that are at work, in the order of the roster, with `FILED_FACTS`."""
    forms = {each.organization_id: each for each in particulars}
    found = []
    for each in organizations:
        if each.standing is not Standing.FILED or each.status is not Status.ACTIVE or each.merged_into:
            continue
        form = forms.get(each.id)
        registered = Registered(
            each,
            around.communities.get(each.community_id or "", ""),
            around.categories.get(each.category_id or "", ""),
            form,
        )
        row = {
            **organization_row(registered),
            "活动场所": form.address if form else "",
            "成立日期": dated_words(each.founded_on),
        }
        found.append(Facts(each.id, each.name, row, award=each.filing_number))
    return tuple(found)


def people_facts(
    posts: Sequence[Post], people: Sequence[Person], around: Surroundings, today: date
) -> tuple[Facts, ...]:
    """The posts that are held or will be, a certificate of appointment for each, with `APPOINTED_FACTS`."""
    known = {each.id: each for each in people}
    found = []
    for post in posts:
        person = known.get(post.person_id)
        if person is None or is_over(post, today):
            continue
        unit = around.units.get(post.unit_id or person.unit_id, "")
        row = {
            **person_row(person, unit, post.kind.label),
            "性别称呼": _STYLES[person.sex],
            "任职单位": _place(post, around),
            "任职开始": dated_words(post.since_on),
            "任职结束": dated_words(post.until_on),
            "任期": post.term,
        }
        found.append(Facts(post.id, person.name, row, award=post.kind.label))
    return tuple(found)


def _place(post: Post, around: Surroundings) -> str:
    places = (
        around.groups.get(post.work_group_id, ""),
        around.organizations.get(post.organization_id, ""),
        around.units.get(post.unit_id, ""),
        around.communities.get(post.community_id, ""),
    )
    return next((each for each in places if each), "")
