"""The register desk: what the roster and work group pages read and change."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from core.errors import Conflict, InvalidInput
from core.model.identity import new_id
from core.model.journal import Act, ActDraft
from core.model.organization import (
    Assignment,
    Category,
    Community,
    Organization,
    WorkGroup,
)
from core.model.register import HistoryLine, OrganizationForm, OrganizationSummary, Register
from core.model.roster import RosterColumn
from core.ports import Clock, Reading, Store, Writing
from core.rules.assigning import AssignmentPlan, plan_assignments, plan_move
from core.rules.cell_values import name_key
from core.rules.history_words import history_lines
from core.rules.roster_matching import taken_over
from core.rules.roster_reading import read_texts
from core.rules.search_keys import with_keys


class RegisterService:
    """Organizations, communities and work groups of the office."""

    def __init__(self, store: Store, actor: str, clock: Clock) -> None:
        """Work on this store in this person's name."""
        self._store = store
        self._actor = actor
        self._clock = clock

    def register(self) -> Register:
        """The whole register at this moment."""
        with self._store.reading() as view:
            return read_register(view)

    def save_organization(self, organization: Organization, reason: str = "") -> None:
        """Keep a new or changed organization, with its assignment by category; one act.

        Raises:
            InvalidInput: it has no name.
            Conflict: somebody changed it since it was read, or another one has its name or number.
        """
        if not organization.name:
            raise InvalidInput("name_empty", "组织名称是空的。", "请填写名称再保存。")
        with self._store.writing(ActDraft("保存组织", self._actor, reason)) as work:
            others = [each for each in work.all(Organization) if each.id != organization.id]
            _refuse_twin(organization, others)
            last = max((each.position for each in others), default=0)
            placed = organization if organization.position else replace(organization, position=last + 1)
            store_organizations(work, [placed], self._clock)

    def read_form(
        self, texts: Mapping[RosterColumn, str], base: Organization | None, community_id: str | None
    ) -> OrganizationForm:
        """What a form's texts say: the organization they would make, and a remark for each field in doubt.

        Fields whose text is empty become empty; `base` is the record being changed, None for a new one.
        """
        with self._store.reading() as view:
            row = read_texts(texts, view.all(Category), self._clock().date())
        started = base or Organization(new_id(), "")
        cleared = replace(started, **{name: _BLANK[name] for name in map(_field_of, texts) if name in _BLANK})
        said = replace(taken_over(row.draft, cleared, {}), name=row.draft.name, community_id=community_id)
        if base and (said.activities, said.visits) == (base.activities, base.visits):
            said = replace(said, figures_year=base.figures_year)
        return OrganizationForm(said, row.remarks)

    def move(self, organization_ids: Sequence[str], work_group_id: str, reason: str = "") -> int:
        """Assign organizations to a group by hand; how many moved.

        Raises:
            NotFound: the group is gone.
        """
        with self._store.writing(ActDraft("调整归口", self._actor, reason)) as work:
            group = work.get(WorkGroup, work_group_id)
            plan = plan_move(organization_ids, work.all(Assignment), group.id, self._clock().date())
            _carry_out(work, plan)
        return len(plan.begun)

    def save_community(self, community: Community) -> None:
        """Keep a new or changed community; a new one has position 0 and goes to the end of the list.

        Raises:
            InvalidInput: it has no name.
            Conflict: another one has its name, or somebody changed it since it was read.
        """
        if not community.name.strip():
            raise InvalidInput("name_empty", "社区（村）名称是空的。", "请填写名称再保存。")
        with self._store.writing(ActDraft("保存社区（村）", self._actor)) as work:
            others = [each for each in work.all(Community) if each.id != community.id]
            if any(name_key(each.name) == name_key(community.name) for each in others):
                raise Conflict(
                    "community_exists", f"已经有“{community.name}”。", "请改名，或直接使用已有的。"
                )
            if community.position:
                work.change([community])
            else:
                work.add(
                    [replace(community, position=max((each.position for each in others), default=0) + 1)]
                )

    def save_work_group(self, group: WorkGroup) -> None:
        """Keep changed facts of a work group."""
        with self._store.writing(ActDraft("修改工作组", self._actor)) as work:
            work.change([group])

    def history(self, record_id: str) -> tuple[HistoryLine, ...]:
        """What was changed on a record, newest first, a line per field."""
        with self._store.reading() as view:
            names = {each.id: each.name for each in view.all(Community)}
            names |= {each.id: each.name for each in view.all(Category)}
            newest_first = reversed(view.history(record_id))
            return tuple(line for act, change in newest_first for line in history_lines(act, change, names))

    def acts(self, limit: int = 200) -> tuple[Act, ...]:
        """The newest entries of the log."""
        with self._store.reading() as view:
            return view.acts(limit)


def _refuse_twin(organization: Organization, others: Sequence[Organization]) -> None:
    """An organization is kept once: same name in the same community, or same number, is the same one."""
    name = name_key(organization.name)
    numbers = {organization.credit_code, organization.filing_number} - {""}
    for other in others:
        if other.community_id == organization.community_id and name_key(other.name) == name:
            raise Conflict(
                "organization_exists", f"名册里已经有“{other.name}”。", "请改名，或修改已有的那一个。"
            )
        if numbers & {other.credit_code, other.filing_number}:
            raise Conflict(
                "number_taken", f"备案号或信用代码与“{other.name}”相同。", "请核对号码；没有保存任何内容。"
            )


def read_register(view: Reading) -> Register:
    """The register as a view of the store shows it."""
    communities = {each.id: each for each in view.all(Community)}
    categories = {each.id: each for each in view.all(Category)}
    groups = {each.id: each for each in view.all(WorkGroup)}
    group_of = {each.organization_id: each.work_group_id for each in view.all(Assignment, until_on="")}
    names = {key: each.name for key, each in communities.items()}
    labels = {key: each.name for key, each in categories.items()}
    titles = {key: each.name for key, each in groups.items()}
    summaries = [
        OrganizationSummary(
            each,
            names.get(each.community_id or "", ""),
            labels.get(each.category_id or "", ""),
            titles.get(group_of.get(each.id, ""), ""),
            group_of.get(each.id, ""),
        )
        for each in view.all(Organization)
    ]
    summaries.sort(key=lambda summary: summary.organization.position)
    return Register(
        tuple(summaries),
        tuple(sorted(communities.values(), key=lambda each: each.position)),
        tuple(sorted(categories.values(), key=lambda each: each.number)),
        tuple(sorted(groups.values(), key=lambda each: each.position)),
    )


def store_organizations(work: Writing, organizations: Sequence[Organization], clock: Clock) -> None:
    """Write new and changed organizations with their search keys and assignments, inside an act."""
    names = {each.id: each.name for each in work.all(Community)}
    known = {each.id for each in work.all(Organization)} if organizations else set()
    keyed = [with_keys(each, names.get(each.community_id or "", "")) for each in organizations]
    work.add([each for each in keyed if each.id not in known])
    work.change([each for each in keyed if each.id in known])
    plan = plan_assignments(keyed, work.all(Assignment), work.all(WorkGroup), clock().date())
    _carry_out(work, plan)


def _carry_out(work: Writing, plan: AssignmentPlan) -> None:
    work.change(plan.ended)
    work.add(plan.begun)


def _field_of(column: RosterColumn) -> str:
    return "category_id" if column is RosterColumn.CATEGORY else column.value


_BLANK: Mapping[str, Any] = {
    each.name: each.default
    for each in fields(Organization)
    if each.name not in ("id", "name", "community_id")
}
