"""The register desk: what the roster and work group pages read and change."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from core.errors import InvalidInput
from core.model.identity import new_id
from core.model.journal import Act, ActDraft, Change, FieldValue
from core.model.organization import (
    Assignment,
    Category,
    Community,
    Organization,
    Status,
    WorkGroup,
    masked_phone,
)
from core.model.register import HistoryLine, OrganizationForm, OrganizationSummary, Register
from core.model.roster import RosterColumn
from core.ports import Clock, Reading, Store, Writing
from core.rules.assigning import AssignmentPlan, plan_assignments, plan_move
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
            Conflict: somebody changed it since it was read.
        """
        if not organization.name:
            raise InvalidInput("name_empty", "组织名称是空的。", "请填写名称再保存。")
        with self._store.writing(ActDraft("保存组织", self._actor, reason)) as work:
            store_organizations(work, [organization], self._clock)

    def read_form(
        self, texts: Mapping[RosterColumn, str], base: Organization | None, community_id: str | None
    ) -> OrganizationForm:
        """What a form's texts say: the organization they would make, and a remark for each field in doubt.

        Fields whose text is empty become empty; `base` is the record being changed, None for a new one.
        """
        with self._store.reading() as view:
            row = read_texts(texts, view.all(Category), self._clock().date())
            place = max((each.position for each in view.all(Organization)), default=0) + 1
        started = base or Organization(new_id(), "", position=place)
        cleared = replace(started, **{name: _BLANK[name] for name in map(_field_of, texts) if name in _BLANK})
        said = taken_over(row.draft, cleared, {})
        return OrganizationForm(replace(said, community_id=community_id), row.remarks)

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
        """Keep changed facts of a community."""
        with self._store.writing(ActDraft("修改社区（村）", self._actor)) as work:
            work.change([community])

    def save_work_group(self, group: WorkGroup) -> None:
        """Keep changed facts of a work group."""
        with self._store.writing(ActDraft("修改工作组", self._actor)) as work:
            work.change([group])

    def history(self, record_id: str) -> tuple[HistoryLine, ...]:
        """What was changed on a record, newest first, a line per field."""
        with self._store.reading() as view:
            lines = [line for act, change in view.history(record_id) for line in _history_lines(act, change)]
        return tuple(reversed(lines))

    def acts(self, limit: int = 200) -> tuple[Act, ...]:
        """The newest entries of the log."""
        with self._store.reading() as view:
            return view.acts(limit)


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


def _history_lines(act: Act, change: Change) -> list[HistoryLine]:
    before: Mapping[str, FieldValue] = change.before or {}
    after: Mapping[str, FieldValue] = change.after or {}
    fields = [name for name in {**before, **after} if name in FIELD_LABELS]
    return [
        HistoryLine(
            f"{act.at:%Y-%m-%d %H:%M}",
            act.actor,
            act.verb,
            FIELD_LABELS[name],
            _shown(name, before.get(name)),
            _shown(name, after.get(name)),
            act.reason,
        )
        for name in fields
        if before.get(name) != after.get(name)
    ]


def _shown(name: str, value: FieldValue) -> str:
    """A stored value in words; phones masked, for the log is read by more eyes than the form."""
    if value is None or value in ("", "[]"):
        return "—"
    if name == "status":
        return Status(str(value)).label
    if name == "phones":
        return "、".join(masked_phone(phone) for phone in json.loads(str(value)))
    if name == "linked_departments":
        return "、".join(json.loads(str(value)))
    return str(value)


def _field_of(column: RosterColumn) -> str:
    return "category_id" if column is RosterColumn.CATEGORY else column.value


_BLANK: Mapping[str, Any] = {
    each.name: each.default
    for each in fields(Organization)
    if each.name not in ("id", "name", "community_id")
}

FIELD_LABELS = {
    "name": "名称",
    "filing_number": "备案号",
    "credit_code": "统一社会信用代码",
    "founded_on": "备案（登记）日期",
    "status": "状态",
    "principal": "负责人",
    "political_status": "政治面貌",
    "phones": "联系电话",
    "members": "成员数",
    "party_members": "党员数",
    "volunteers": "志愿者数",
    "premises": "活动场所",
    "activities": "活动次数",
    "visits": "服务人次",
    "previous_grade": "上年度等级",
    "remarks": "备注",
    "coordinating_unit": "协调单位",
    "linked_departments": "联动部门",
    "lead_leader": "牵头领导",
    "convener": "牵头人",
    "duties": "工作职责",
    "population": "常住人口",
    "areas": "小区（村小组）数",
}
