"""What the register and the results say of those who get a certificate, as named texts."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from core.model.certificate import Facts
from core.model.cycle_view import ComputedYear
from core.model.dates import PartialDate
from core.model.filing import Particulars
from core.model.organization import Organization, Standing, Status
from core.model.people import Person, Post, Sex
from core.rules.award_certificate import winners

_STYLES: Mapping[Sex | None, str] = {Sex.MALE: "先生", Sex.FEMALE: "女士", None: "同志"}


class Surroundings(NamedTuple):
    """Names by id of what organizations and posts refer to."""

    categories: Mapping[str, str]
    communities: Mapping[str, str]
    groups: Mapping[str, str]
    organizations: Mapping[str, str]
    units: Mapping[str, str]


def winner_facts(computed: ComputedYear) -> tuple[Facts, ...]:
    """Those who won an award, award by award in order."""
    cycle = computed.view.cycle
    subjects = {each.id: each for each in computed.view.subjects}
    results = {each.subject_id: each for each in computed.outcome.results}
    found = []
    for subject_id, award in winners(computed):
        subject, result = subjects[subject_id], results[subject_id]
        values = {
            "name": subject.name,
            "year": str(cycle.year),
            "award": award,
            "grade": result.grade,
            "rank": str(result.rank or ""),
            "total": "" if result.final is None else f"{result.final:f}",
            "kind": subject.kind,
        }
        found.append(Facts(subject_id, tuple(values.items()), subject_id, cycle.id, award))
    return tuple(found)


def filing_facts(
    organizations: Sequence[Organization], particulars: Sequence[Particulars], around: Surroundings
) -> tuple[Facts, ...]:
    """The filed organizations that are at work, in the order of the roster."""
    further = {each.organization_id: each for each in particulars}
    blank = Particulars("", "")
    found = []
    for each in organizations:
        if each.standing is not Standing.FILED or each.status is not Status.ACTIVE or each.merged_into:
            continue
        more = further.get(each.id, blank)
        values = {
            "name": each.name,
            "filing_number": each.filing_number,
            "credit_code": each.credit_code,
            "category": around.categories.get(each.category_id or "", ""),
            "community": around.communities.get(each.community_id or "", ""),
            "principal": each.principal,
            "founded_on": day_words(each.founded_on),
            "scope": more.scope_printed or more.scope_registered,
            "address": more.address,
            "supervisory_unit": more.supervisory_unit,
        }
        found.append(Facts(each.id, tuple(values.items()), award=each.filing_number))
    return tuple(found)


def people_facts(
    posts: Sequence[Post], people: Sequence[Person], around: Surroundings, today: PartialDate
) -> tuple[Facts, ...]:
    """The posts that are held, a certificate of appointment for each."""
    known = {each.id: each for each in people}
    found = []
    for post in posts:
        person = known.get(post.person_id)
        if person is None or (post.until_on and str(post.until_on) < str(today)):
            continue
        values = {
            "name": person.name,
            "sex_style": _STYLES[person.sex],
            "post": post.kind.label,
            "place": _place(post, around),
            "since": day_words(post.since_on),
            "until": day_words(post.until_on),
            "term": post.term,
            "unit": around.units.get(person.unit_id, ""),
            "title": person.title,
        }
        found.append(Facts(post.id, tuple(values.items()), award=post.kind.label))
    return tuple(found)


def day_words(day: PartialDate | None) -> str:
    """The date as it is written in a text, as exact as it is known: 2026年3月."""
    if day is None:
        return ""
    parts = [(day.year, "年"), (day.month, "月"), (day.day, "日")]
    return "".join(f"{number}{unit}" for number, unit in parts if number)


def _place(post: Post, around: Surroundings) -> str:
    places = (
        around.groups.get(post.work_group_id, ""),
        around.organizations.get(post.organization_id, ""),
        around.units.get(post.unit_id, ""),
        around.communities.get(post.community_id, ""),
    )
    return next((each for each in places if each), "")
