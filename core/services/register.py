"""The register desk: what the roster and work group pages read and change."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from types import MappingProxyType
from typing import Any

from core.errors import Conflict, InvalidInput, NotFound, RuleViolation
from core.model.filing import Particulars
from core.model.identity import new_id
from core.model.journal import Act, ActDraft
from core.model.office import Office
from core.model.organization import (
    Assignment,
    Category,
    Community,
    Organization,
    WorkGroup,
)
from core.model.personal import LOOKED
from core.model.register import HistoryLine, OrganizationForm, Register, RegisterFigures
from core.model.register_changes import BulkChange, BulkPreview, MergeChoices, MergePreview
from core.model.roster import CellRemark, RosterColumn
from core.model.tables import OutSheet
from core.ports import Clock, Reading, Store, Writing
from core.rules.assigning import AssignmentPlan, plan_assignments, plan_move
from core.rules.bulk_changes import BulkContext, plan_bulk
from core.rules.cell_values import accepted, name_key, read_name
from core.rules.filing import CLOSED
from core.rules.history_words import history_lines
from core.rules.merging import check_merge, merge_fields, merged
from core.rules.naming_checks import name_setting, naming_remarks
from core.rules.private_use import made_visible
from core.rules.roster_matching import taken_over
from core.rules.roster_reading import read_texts
from core.rules.roster_template import roster_template
from core.rules.search_keys import with_keys
from core.services.derived import rekey_linked, with_derived
from core.services.organization_links import (
    assessed_years,
    link_counts,
    move_links,
    remove_links,
    years_of_both,
)
from core.services.register_reading import read_figures, read_register


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

    def figures(self) -> RegisterFigures:
        """How many organizations there are of each kind, and what they belong to."""
        with self._store.reading() as view:
            return read_figures(view)

    def template(self) -> OutSheet:
        """An empty roster to fill in, with the office's own communities and categories to choose from."""
        with self._store.reading() as view:
            office = next(iter(view.all(Office)), None)
            communities = sorted(view.all(Community), key=lambda each: each.position)
            categories = sorted(view.all(Category), key=lambda each: each.number)
        return roster_template(
            office.name if office else "",
            [each.name for each in communities],
            [each.name for each in categories],
        )

    def save_form(
        self, organization: Organization, particulars: Particulars | None, reason: str = ""
    ) -> None:
        """Keep a new or changed organization, with its assignment by category; one act.

        `particulars` are what its filing form says besides, if anything.

        Raises:
            InvalidInput: it has no name.
            Conflict: somebody changed one of them since it was read, or another organization has its name
                or number.
        """
        if not organization.name:
            raise InvalidInput("name_empty", "组织名称是空的。", "请填写名称再保存。")
        with self._store.writing(ActDraft("保存组织", self._actor, reason)) as work:
            known = work.all(Organization)
            refuse_twin(organization, known)
            last = max((each.position for each in known), default=0)
            placed = organization if organization.position else replace(organization, position=last + 1)
            store_organizations(work, [placed], self._clock)
            if particulars:
                _store_particulars(work, particulars)

    def read_form(
        self, texts: Mapping[RosterColumn, str], base: Organization | None, community_id: str | None
    ) -> OrganizationForm:
        """What a form's texts say: the organization they would make, and a remark for each field in doubt.

        Fields whose text is empty become empty; `base` is the record being changed, None for a new one.
        """
        with self._store.reading() as view:
            communities, categories = view.all(Community), view.all(Category)
            row = read_texts(texts, categories, self._clock().date())
            office = next((each.name for each in view.all(Office)), "")
        started = base or Organization(new_id(), "")
        cleared = replace(started, **{name: _BLANK[name] for name in map(_field_of, texts) if name in _BLANK})
        said = replace(taken_over(row.draft, cleared, {}), name=row.draft.name, community_id=community_id)
        if base and (said.activities, said.visits) == (base.activities, base.visits):
            said = replace(said, figures_year=base.figures_year)
        if base and base.name == said.name:
            return OrganizationForm(said, row.remarks)
        doubts = naming_remarks(said.name, name_setting(said, office, communities, categories))
        title = RosterColumn.NAME.label
        naming = (CellRemark(0, RosterColumn.NAME, title, said.name, each) for each in doubts)
        return OrganizationForm(said, (*row.remarks, *naming))

    def named(self, name: str) -> Organization:
        """The organization of this name.

        Raises:
            NotFound: there is none, or more than one.
        """
        wanted = name_key(name)
        with self._store.reading() as view:
            known = [each for each in view.all(Organization) if not each.merged_into]
        found = [each for each in known if name_key(each.name) == wanted]
        if len(found) != 1:
            count = f"有 {len(found)} 个" if found else "没有"
            raise NotFound("organization_missing", f"名册里{count}“{name}”。", "请写名册里独有的全称。")
        return found[0]

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

    def bulk_preview(self, organization_ids: Sequence[str], change: BulkChange) -> BulkPreview:
        """What a change to a selection would do; nothing is stored.

        Raises:
            InvalidInput: the new value is none that the field can have.
        """
        with self._store.reading() as view:
            return plan_bulk(organization_ids, change, _bulk_context(view)).preview

    def bulk_change(
        self, organization_ids: Sequence[str], change: BulkChange, reason: str = ""
    ) -> BulkPreview:
        """Change a selection in one act, but for those that the preview refuses; gives what was done.

        Raises:
            InvalidInput: the new value is none that the field can have.
        """
        with self._store.writing(ActDraft(f"批量修改{change.field.label}", self._actor, reason)) as work:
            context = _bulk_context(work)
            plan = plan_bulk(organization_ids, change, context)
            if plan.changed:
                store_organizations(work, plan.changed, self._clock)
            if plan.moved:
                today = self._clock().date()
                _carry_out(work, plan_move(plan.moved, context.assignments, change.value, today))
        return plan.preview

    def merge_preview(self, kept_id: str, duplicate_id: str) -> MergePreview:
        """Both records side by side, and what would move; nothing is stored.

        Raises:
            RuleViolation: both are the same record, or one is merged into another already.
            NotFound: one is gone.
        """
        with self._store.reading() as view:
            kept, duplicate = view.get(Organization, kept_id), view.get(Organization, duplicate_id)
            check_merge(kept, duplicate)
            names = {each.id: each.name for each in view.all(Community)}
            names |= {each.id: each.name for each in view.all(Category)}
            return MergePreview(
                kept.name,
                duplicate.name,
                merge_fields(kept, duplicate, names),
                link_counts(view, duplicate_id),
                years_of_both(view, kept, duplicate),
            )

    def merge(
        self, kept_id: str, duplicate_id: str, choices: MergeChoices = MappingProxyType({}), reason: str = ""
    ) -> None:
        """Make two records of one organization one, in one act: all that hangs on the duplicate moves.

        The duplicate goes out of all lists; its name stays among the former names.

        Raises:
            RuleViolation: both are the same record, one is merged already, or both are in one assessment.
            InvalidInput: a choice names no field.
            Conflict: a third organization has the chosen name or number.
            NotFound: one is gone.
        """
        with self._store.writing(ActDraft("合并组织", self._actor, reason)) as work:
            kept, duplicate = work.get(Organization, kept_id), work.get(Organization, duplicate_id)
            check_merge(kept, duplicate)
            staying = merged(kept, duplicate, choices)
            move_links(work, duplicate, kept, self._clock)
            gone = replace(duplicate, merged_into=kept.id)
            others = [each for each in work.all(Organization) if each.id != duplicate_id]
            refuse_twin(staying, others)
            store_organizations(work, [staying, gone], self._clock)

    def remove(self, organization_ids: Sequence[str], reason: str = "") -> int:
        """Take organizations out, with their assignments, ledgers and merged duplicates; how many of them.

        One act; the bin gives them back.

        Raises:
            RuleViolation: one of them was assessed.
        """
        with self._store.writing(ActDraft("删除组织", self._actor, reason)) as work:
            found = work.some(Organization, list(dict.fromkeys(organization_ids)))
            _refuse_assessed(work, found)
            for each in found:
                duplicates = work.all(Organization, merged_into=each.id)
                for one in (*duplicates, each):
                    remove_links(work, one.id)
                work.remove((*duplicates, each))
        return len(found)

    def save_community(self, community: Community) -> None:
        """Keep a new or changed community; a new one has position 0 and goes to the end of the list.

        Raises:
            InvalidInput: it has no name.
            Conflict: another one has its name, or somebody changed it since it was read.
        """
        community = replace(community, name=_readable_name(community.name))
        with self._store.writing(ActDraft("保存社区（村）", self._actor)) as work:
            others = [each for each in work.all(Community) if each.id != community.id]
            if any(name_key(each.name) == name_key(community.name) for each in others):
                raise Conflict(
                    "community_exists", f"已经有“{community.name}”。", "请改名，或直接使用已有的。"
                )
            if community.position:
                stored = work.get(Community, community.id)
                work.change([community])
                rekey_linked(work, [stored], [community])
            else:
                work.add(
                    [replace(community, position=max((each.position for each in others), default=0) + 1)]
                )

    def save_work_group(self, group: WorkGroup) -> None:
        """Keep changed facts of a work group."""
        with self._store.writing(ActDraft("修改工作组", self._actor)) as work:
            stored = work.get(WorkGroup, group.id)
            work.change([group])
            rekey_linked(work, [stored], [group])

    def reveal_phones(self, organization_id: str) -> tuple[str, ...]:
        """An organization's whole telephone numbers; that somebody looked is kept in the log.

        Raises:
            NotFound: it is gone.
        """
        with self._store.reading() as view:
            organization = view.get(Organization, organization_id)
        said = f"社会组织“{organization.name}”的联系电话"
        with self._store.writing(ActDraft(LOOKED, self._actor, said, keep=True)):
            return organization.phones

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


def refuse_twin(organization: Organization, known: Iterable[Organization]) -> None:
    """An organization is kept once: same name in the same community, or same number, is the same one.

    Its own duplicates, merged into it, do not count.

    Raises:
        Conflict: one of the known ones is the same.
    """
    name = name_key(organization.name)
    numbers = {organization.credit_code, organization.filing_number} - {""}
    for other in known:
        if organization.id in (other.id, other.merged_into):
            continue
        merged = "（已并入另一个组织）" if other.merged_into else ""
        if other.community_id == organization.community_id and name_key(other.name) == name:
            raise Conflict(
                "organization_exists",
                f"名册里已经有“{other.name}”{merged}。",
                "请改名，或修改已有的那一个。",
            )
        if numbers & {other.credit_code, other.filing_number}:
            raise Conflict(
                "number_taken",
                f"备案号或信用代码与“{other.name}”{merged}相同。",
                "请核对号码；没有保存任何内容。",
            )


def store_organizations(
    work: Writing,
    organizations: Sequence[Organization],
    clock: Clock,
    keyed: Sequence[Organization] = (),
) -> None:
    """Write new and changed organizations with their search keys and assignments, inside an act.

    Those that are `keyed` bear their keys already. With its cancellation an organization leaves its work
    group, and gets none any more.
    """
    names = {each.id: each.name for each in work.all(Community)}
    known = {each.id: each for each in work.all(Organization)} if organizations else {}
    keyed = [*(with_keys(each, names.get(each.community_id or "", "")) for each in organizations), *keyed]
    work.add([each for each in keyed if each.id not in known])
    work.change([each for each in keyed if each.id in known])
    rekey_linked(work, known.values(), keyed)
    today = clock().date()
    held = work.all(Assignment, until_on="")
    closing = {
        each.id for each in keyed if _is_over(each) and each.id in known and not _is_over(known[each.id])
    }
    ended = [replace(each, until_on=today.isoformat()) for each in held if each.organization_id in closing]
    placed = [each for each in keyed if each.id not in known or not _is_over(each)]
    plan = plan_assignments(placed, held, work.all(WorkGroup), today)
    _carry_out(work, AssignmentPlan(plan.begun, (*plan.ended, *ended)))


def _readable_name(text: str) -> str:
    """A community's name without invisible marks; refused where it is empty or cannot be one."""
    name = accepted("社区（村）名称", read_name(made_visible(text)[0]))
    if not name:
        raise InvalidInput("name_empty", "社区（村）名称是空的。", "请填写名称再保存。")
    return name


def _store_particulars(work: Writing, particulars: Particulars) -> None:
    """An organization has one record of them; a new one that says nothing is not kept."""
    known = work.all(Particulars, organization_id=particulars.organization_id)
    if any(each.id != particulars.id for each in known):
        raise Conflict("particulars_exist", "别人刚刚填了这个组织的备案信息。", "请重新打开表单，看过再改。")
    (keyed,) = with_derived(work, [particulars])
    if known:
        work.change([keyed])
    elif particulars != Particulars(particulars.id, particulars.organization_id):
        work.add([keyed])


def _is_over(organization: Organization) -> bool:
    return organization.status in CLOSED or bool(organization.merged_into)


def _refuse_assessed(view: Reading, organizations: Sequence[Organization]) -> None:
    years = {each.name: assessed_years(view, each.id) for each in organizations}
    assessed = [f"“{name}”（{'、'.join(map(str, found))} 年度）" for name, found in years.items() if found]
    if assessed:
        shown = "、".join(assessed[:3]) + (f"等 {len(assessed)} 个" if len(assessed) > 3 else "")
        raise RuleViolation(
            "organization_assessed",
            f"{shown}参加过考核，成绩要留存，不能删除。",
            "请改为办理注销；没有删除任何组织。",
        )


def _bulk_context(view: Reading) -> BulkContext:
    return BulkContext(
        view.all(Organization),
        view.all(Community),
        view.all(Category),
        view.all(WorkGroup),
        view.all(Assignment, until_on=""),
    )


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
