"""The booklet of the special working groups: leaders, duties, members, organizations, papers held."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.model.document import TableColumn
from core.model.organization import WorkGroup
from core.model.people import Person, Post, PostKind
from core.model.register import OrganizationSummary
from core.model.register_papers import Block, Form, FormField, FormRow, PaperPart, RegisterPaper
from core.model.tasks import GroupPaper
from core.rules.posts_held import is_held, is_of_leading_group
from core.rules.register_papers import PaperFrame, number_of, status_remark, titled_table

_TITLE = "专项推进组工作手册"
_FIRST = (PostKind.LEAD_LEADER, PostKind.CONVENER)
_ORDER = (*_FIRST, *(kind for kind in PostKind if kind not in _FIRST))
_OVERVIEW_COLUMNS = (
    TableColumn("序号", 1),
    TableColumn("工作组", 3, "left"),
    TableColumn("类别", 2),
    TableColumn("牵头领导", 2),
    TableColumn("牵头人", 2),
    TableColumn("组织数", 1),
)
_MEMBER_COLUMNS = (
    TableColumn("序号", 1),
    TableColumn("职务", 2),
    TableColumn("姓名", 2),
    TableColumn("单位及职务", 4, "left"),
    TableColumn("联系电话", 2),
)
_ORGANIZATION_COLUMNS = (
    TableColumn("序号", 1),
    TableColumn("组织名称", 4, "left"),
    TableColumn("所属社区（村）", 2),
    TableColumn("备案号/信用代码", 3),
    TableColumn("负责人", 2),
    TableColumn("联系电话", 2),
    TableColumn("备注", 1),
)
_PAPER_COLUMNS = (
    TableColumn("序号", 1),
    TableColumn("文件", 2),
    TableColumn("标题", 4, "left"),
    TableColumn("年度", 1),
    TableColumn("日期", 2),
)


@dataclass(frozen=True, slots=True)
class People:
    """Who holds which post, and the units' names by id."""

    posts: Sequence[Post]
    people: Mapping[str, Person]
    units: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """A group with what the register knows of it; `missing` are the papers it must hold and does not."""

    group: WorkGroup
    category: str
    organizations: tuple[OrganizationSummary, ...]
    papers: tuple[GroupPaper, ...]
    missing: tuple[str, ...]


def group_booklet(frame: PaperFrame, groups: Sequence[GroupFacts], people: People) -> RegisterPaper:
    """工作组手册: the leading group and all groups on the first pages, then each group on its own."""
    in_office = [each for each in people.posts if is_held(each, frame.dated_on)]
    held = People(
        sorted(in_office, key=lambda each: (_ORDER.index(each.kind), each.id)), people.people, people.units
    )
    first = PaperPart(_TITLE, f"共 {len(groups)} 个工作组", tuple(_overview(frame, groups, held)))
    return frame.paper(_TITLE, [first, *(_group_part(frame, each, held) for each in groups)])


def _overview(frame: PaperFrame, groups: Sequence[GroupFacts], people: People) -> list[Block]:
    leading = [each for each in people.posts if is_of_leading_group(each)]
    rows = [
        (
            each.group.name,
            each.category,
            _leaders(each.group, PostKind.LEAD_LEADER, people),
            _leaders(each.group, PostKind.CONVENER, people),
            str(len(each.organizations)),
        )
        for each in groups
    ]
    return [
        *titled_table("一、领导小组", _MEMBER_COLUMNS, _members(frame, leading, people), "还没有记录。"),
        *titled_table("二、各工作组", _OVERVIEW_COLUMNS, rows),
    ]


def _leaders(group: WorkGroup, kind: PostKind, people: People) -> str:
    """Who holds the post in the group now, else the name that the group's own record gives."""
    names = [
        people.people[each.person_id].name
        for each in people.posts
        if each.work_group_id == group.id and each.kind is kind and each.person_id in people.people
    ]
    written = group.lead_leader if kind is PostKind.LEAD_LEADER else group.convener
    return "、".join(names) or written


def _group_part(frame: PaperFrame, facts: GroupFacts, people: People) -> PaperPart:
    posts = [each for each in people.posts if each.work_group_id == facts.group.id]
    organizations = [_organization_row(frame, each) for each in facts.organizations]
    blocks = (
        _facts(facts, people),
        *titled_table("一、成员", _MEMBER_COLUMNS, _members(frame, posts, people), "还没有记录。"),
        *titled_table("二、归口组织", _ORGANIZATION_COLUMNS, organizations),
        *titled_table("三、工作文件", _PAPER_COLUMNS, _papers(facts), "还没有。"),
    )
    return PaperPart(facts.group.name, "", blocks)


def _facts(facts: GroupFacts, people: People) -> Form:
    group = facts.group
    pairs = (
        (("类别", facts.category), ("归口组织", f"{len(facts.organizations)} 个")),
        (("协调单位", group.coordinating_unit), ("联动部门", "、".join(group.linked_departments))),
        (
            ("牵头领导", _leaders(group, PostKind.LEAD_LEADER, people)),
            ("牵头人", _leaders(group, PostKind.CONVENER, people)),
        ),
    )
    rows = [
        FormRow(tuple(FormField(label, (text,) if text else ()) for label, text in pair)) for pair in pairs
    ]
    duties = tuple(line for line in group.duties.splitlines() if line.strip())
    return Form((*rows, FormRow((FormField("工作职责", duties),))))


def _members(frame: PaperFrame, posts: Sequence[Post], people: People) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for post in posts:
        person = people.people.get(post.person_id)
        if person:
            unit = people.units.get(post.unit_id or person.unit_id, "")
            rows.append((post.kind.label, person.name, f"{unit}{person.title}", frame.phones(person.phones)))
    return rows


def _organization_row(frame: PaperFrame, summary: OrganizationSummary) -> tuple[str, ...]:
    each = summary.organization
    return (
        each.name,
        summary.community,
        number_of(each),
        each.principal,
        frame.phones(each.phones),
        status_remark(each),
    )


def _papers(facts: GroupFacts) -> list[tuple[str, ...]]:
    """The papers held, then those that are wanting."""
    held = [
        (each.kind.label, each.title, str(each.year or ""), str(each.dated_on or "")) for each in facts.papers
    ]
    return [*held, *((title, "（缺）", "", "") for title in facts.missing)]
