"""What importing a roster would do: every row matched against the register and against the rows before it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from operator import attrgetter
from types import MappingProxyType
from typing import Any, TypeVar

from core.errors import Problem
from core.model.labelled import Labelled
from core.model.organization import Category, Community, Organization
from core.model.roster import (
    FieldChange,
    OrganizationDraft,
    PreviewRow,
    ProposedCommunity,
    RosterColumn,
    RosterPreview,
    RosterReading,
    RosterRow,
    Verdict,
)
from core.rules.cell_values import name_key
from core.rules.community_names import kind_of
from core.rules.search_keys import keys_of

K = TypeVar("K")
_FIELDS = {
    "name": RosterColumn.NAME.label,
    "community": RosterColumn.COMMUNITY.label,
    "category_id": RosterColumn.CATEGORY.label,
    "standing": RosterColumn.STANDING.label,
    "filing_number": RosterColumn.FILING_NUMBER.label,
    "credit_code": RosterColumn.CREDIT_CODE.label,
    "founded_on": RosterColumn.FOUNDED_ON.label,
    "status": RosterColumn.STATUS.label,
    "principal": RosterColumn.PRINCIPAL.label,
    "political_status": RosterColumn.POLITICAL_STATUS.label,
    "phones": RosterColumn.PHONES.label,
    "members": RosterColumn.MEMBERS.label,
    "party_members": RosterColumn.PARTY_MEMBERS.label,
    "volunteers": RosterColumn.VOLUNTEERS.label,
    "premises": RosterColumn.PREMISES.label,
    "figures_year": "活动数据年度",
    "activities": RosterColumn.ACTIVITIES.label,
    "visits": RosterColumn.VISITS.label,
    "previous_grade": RosterColumn.PREVIOUS_GRADE.label,
    "remarks": RosterColumn.REMARKS.label,
}
_values = attrgetter(*_FIELDS)
_NONE: Mapping[str, str] = MappingProxyType({})
_FEW = 3
# Communities repeat from row to row.
_place_key = lru_cache(maxsize=1024)(name_key)


def preview(
    reading: RosterReading,
    organizations: Iterable[Organization],
    communities: Iterable[Community],
    former: Mapping[str, str] = _NONE,
) -> RosterPreview:
    """Each row's verdict, and the communities that the register does not know; nothing is created.

    `former` has the ids of communities by the keys of the names they had before.
    """
    matching = _Matching(organizations, tuple(communities), reading.categories, former)
    if matching.knows_none_of(reading.rows):
        return RosterPreview(reading, tuple(map(_in_no_community, reading.rows)))
    rows = tuple(matching.judge(row) for row in reading.rows)
    return RosterPreview(reading, rows, tuple(matching.proposed.values()))


def community_ids(communities: Iterable[Community], former: Mapping[str, str] = _NONE) -> dict[str, str]:
    """Ids of communities by the key of their name, and of former ones, with and without 社区 or 村."""
    ids: dict[str, str] = {}
    short: dict[str, str] = {}
    for community in communities:
        key = name_key(community.name)
        ids[key] = community.id
        short[key.removesuffix("社区").removesuffix("村")] = community.id
    return {**former, **short, **ids}


def taken_over(
    draft: OrganizationDraft, organization: Organization, communities: Mapping[str, str]
) -> Organization:
    """The organization with all that the draft says; what the file leaves empty stays as it is.

    `communities` comes from community_ids; a name it does not hold leaves the community alone.
    """
    return replace(organization, **_said_of(draft, organization, communities))


def newly_made(
    record_id: str,
    draft: OrganizationDraft,
    position: int,
    communities: Mapping[str, str],
    names: Mapping[str, str],
) -> Organization:
    """A new organization with all that the draft says and its keys; `communities` as in taken_over.

    `names` are those of the communities by id.
    """
    said = _said(draft, communities)
    search_key, sort_key = keys_of(draft, names.get(said.get("community_id", ""), ""))
    return Organization(record_id, position=position, search_key=search_key, sort_key=sort_key, **said)


def _said_of(
    draft: OrganizationDraft, organization: Organization, communities: Mapping[str, str]
) -> dict[str, Any]:
    """What the draft says of a known organization; a name that it had before does not come back."""
    said = _said(draft, communities)
    if name_key(draft.name) in map(name_key, organization.former_names):
        said.pop("name", None)
    return said


def _said(draft: OrganizationDraft, communities: Mapping[str, str]) -> dict[str, Any]:
    """The fields of an organization that the draft speaks of; a count of 0 is one."""
    given = zip(_FIELDS, _values(draft), strict=True)
    said = {name: value for name, value in given if value or value == 0}
    community = communities.get(_place_key(said.pop("community", "")))
    if community:
        said["community_id"] = community
    return said


class _Matching:
    """The register by all that a row can be matched with, and the rows judged so far.

    In the indexes None stands where two organizations answer to the same.
    """

    def __init__(
        self,
        organizations: Iterable[Organization],
        communities: tuple[Community, ...],
        categories: tuple[Category, ...],
        former: Mapping[str, str],
    ) -> None:
        self.proposed: dict[str, ProposedCommunity] = {}
        self._communities = community_ids(communities, former)
        self._renamed = former.keys() - community_ids(communities).keys()
        self._labels = {community.id: community.name for community in communities}
        self._labels |= {category.id: category.name for category in categories}
        self._by_number: dict[str, Organization | None] = {}
        self._by_place: dict[tuple[str, str | None], Organization | None] = {}
        self._by_name: dict[str, list[Organization]] = {}
        self._places: dict[tuple[str, str], RosterRow] = {}
        self._numbers: dict[str, RosterRow] = {}
        self._matched: dict[str, RosterRow] = {}
        known = {organization.id: organization for organization in organizations}
        for organization in known.values():
            self._enter(organization, known.get(organization.merged_into, organization))

    def judge(self, row: RosterRow) -> PreviewRow:
        """The row's verdict; a row that is taken counts as the first of its kind."""
        draft = row.draft
        place = (name_key(draft.name), _place_key(draft.community))
        numbers = _numbers(draft)
        organization = self._match(numbers, *place)
        if row.faults:
            return _refused(row, organization, tuple(said.problem for said in row.faults))
        if first := self._places.get(place):
            return self._duplicate(row, first)
        if clash := self._clash(row, numbers, place):
            return _refused(row, organization, (clash,))
        if organization and (first := self._matched.get(organization.id)):
            return self._duplicate(row, first)
        self._places[place] = row
        self._numbers.update(dict.fromkeys(numbers, row))
        self._propose(draft.community, place[1])
        if organization is None:
            notes = (*self._namesakes(place[0]), *self._told_of_renaming(place[1]))
            return PreviewRow(row, Verdict.NEW, notes=notes)
        self._matched[organization.id] = row
        changes = self._changes(draft, organization)
        verdict = Verdict.CHANGED if changes else Verdict.SAME
        return PreviewRow(row, verdict, organization.id, changes, notes=self._told_of_renaming(place[1]))

    def knows_none_of(self, rows: Iterable[RosterRow]) -> bool:
        """Whether the register is at work, and a whole column of other names is said to be communities."""
        said = set(map(name_key, {row.draft.community for row in rows} - {""}))
        return len(said) >= _FEW and bool(self._by_name) and said.isdisjoint(self._communities)

    def _enter(self, organization: Organization, standing: Organization) -> None:
        """Index what an organization answers to; a merged duplicate answers for the one that stands."""
        name = name_key(organization.name)
        namesakes = self._by_name.setdefault(name, [])
        if standing not in namesakes:
            namesakes.append(standing)
        _index(self._by_place, (name, organization.community_id), standing)
        for number in _numbers(organization):
            _index(self._by_number, number, standing)

    def _match(self, numbers: tuple[str, ...], name: str, community: str) -> Organization | None:
        """By credit code, filing number, name and community; by name where one side has no community."""
        for number in numbers:
            if found := self._by_number.get(number):
                return found
        community_id = self._communities.get(community)
        if found := self._by_place.get((name, community_id)):
            return found
        namesakes = self._by_name.get(name, [])
        if len(namesakes) == 1 and (not community or namesakes[0].community_id is None):
            return namesakes[0]
        return None

    def _clash(self, row: RosterRow, numbers: tuple[str, ...], place: tuple[str, str]) -> Problem | None:
        """A number must not speak of one organization and the name of another."""
        named = self._by_place.get((place[0], self._communities.get(place[1])))
        for number in numbers:
            if first := self._numbers.get(number):
                return _number_of_another(row, f"第 {first.number} 行“{first.draft.name}”")
            numbered = self._by_number.get(number)
            if numbered and named and numbered.id != named.id:
                return _number_of_another(row, f"名册中的“{numbered.name}”")
        return None

    def _duplicate(self, row: RosterRow, first: RosterRow) -> PreviewRow:
        changes = tuple(
            FieldChange(label, self._shown(old), self._shown(new))
            for name, label in _FIELDS.items()
            if (old := getattr(first.draft, name)) != (new := getattr(row.draft, name))
        )
        return PreviewRow(row, Verdict.DUPLICATE, changes=changes, duplicate_of=first.number)

    def _changes(self, draft: OrganizationDraft, organization: Organization) -> tuple[FieldChange, ...]:
        said = _said_of(draft, organization, self._communities)
        changes = [
            FieldChange(_FIELDS.get(name, RosterColumn.COMMUNITY.label), self._shown(old), self._shown(new))
            for name, new in said.items()
            if (old := getattr(organization, name)) != new
        ]
        if draft.community and "community_id" not in said:
            proposed = self._shown(organization.community_id), draft.community
            changes.append(FieldChange(RosterColumn.COMMUNITY.label, *proposed))
        return tuple(changes)

    def _propose(self, community: str, key: str) -> None:
        if key and key not in self._communities and key not in self.proposed:
            self.proposed[key] = ProposedCommunity(community, kind_of(key))

    def _told_of_renaming(self, key: str) -> tuple[str, ...]:
        if key not in self._renamed:
            return ()
        return (f"社区（村）已改名，读作“{self._labels[self._communities[key]]}”",)

    def _namesakes(self, name: str) -> tuple[str, ...]:
        others = [
            self._labels.get(other.community_id or "", "未写社区") for other in self._by_name.get(name, ())
        ]
        return (f"名册中另有同名组织：{'、'.join(others)}",) if others else ()

    def _shown(self, value: object) -> str:
        """A field's value as it is shown: names for ids, labels, 、 between several."""
        if value is None:
            return ""
        if isinstance(value, tuple):
            return "、".join(value)
        if isinstance(value, Labelled):
            return str(value.label)
        return self._labels.get(str(value), str(value))


def _index(index: dict[K, Organization | None], key: K, organization: Organization) -> None:
    index[key] = organization if index.get(key, organization) is organization else None


def _refused(row: RosterRow, organization: Organization | None, problems: tuple[Problem, ...]) -> PreviewRow:
    return PreviewRow(row, Verdict.REFUSED, organization.id if organization else None, problems=problems)


def _in_no_community(row: RosterRow) -> PreviewRow:
    problem = Problem(
        f"第 {row.number} 行“{RosterColumn.COMMUNITY.label}”",
        "这一列的名称“社区（村）”里全都没有",
        "请核对是不是选错了文件或列；确实是新的社区（村），请先登记",
    )
    return _refused(row, None, (*(said.problem for said in row.faults), problem))


def _number_of_another(row: RosterRow, other: str) -> Problem:
    return Problem(
        f"第 {row.number} 行“{row.draft.name}”",
        f"备案号或信用代码与{other}相同，名称却不同",
        "请核对后改正号码或名称",
    )


def _numbers(record: OrganizationDraft | Organization) -> tuple[str, ...]:
    """The numbers that belong to one organization alone."""
    return tuple(name_key(number) for number in (record.credit_code, record.filing_number) if number)
