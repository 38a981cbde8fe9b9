"""Facts of the leading group and the special working groups: who leads, who takes part, what each is for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core.model.facts import FactKind, FactName, Row
from core.model.organization import WorkGroup
from core.model.people import LEADING_GROUP_POSTS, Person, Post, PostKind
from core.rules.chinese_numerals import counting_numeral
from core.rules.posts_held import is_held, is_of_leading_group

NUMBER, LIST = FactKind.NUMBER, FactKind.LIST
_GROUP, _FEW = "专项推进组", 3
_LEADERS = (PostKind.LEAD_LEADER, PostKind.CONVENER)
_ORDER = (*_LEADERS, *(kind for kind in PostKind if kind not in _LEADERS))
_LISTS: Mapping[PostKind, str] = {
    PostKind.GROUP_HEAD: "组长",
    PostKind.FIRST_DEPUTY: "第一副组长",
    PostKind.DEPUTY: "副组长",
    PostKind.MEMBER: "领导小组成员",
    PostKind.OFFICE_DIRECTOR: "办公室主任",
    PostKind.OFFICE_DEPUTY: "办公室副主任",
}
PERSON_FACTS = (
    FactName("姓名", "姓名"),
    FactName("单位职务", "所在单位和职务；不知道时为空"),
    FactName("任职", "在领导小组或推进组里任什么职"),
    FactName("职务和任职", "如“社区副书记（牵头人）”；不知道职务时只有任职"),
)
GROUP_FACTS = (
    FactName("领导小组", "领导小组和它的办公室的人，一人一行", LIST, PERSON_FACTS),
    *(FactName(name, f"领导小组的{kind.label}", LIST, PERSON_FACTS) for kind, name in _LISTS.items()),
    FactName("推进组名单", "如“群众文体、公益堂专项推进组”；多于三个时是“各专项推进组”"),
    FactName("推进组人员数", "各推进组登记的任职一共几个", NUMBER),
    FactName(
        "各推进组",
        "所选的推进组，没有选时是全部",
        LIST,
        (
            FactName("推进组", "推进组的名称"),
            FactName("推进组号", "“（一）”这样的序号"),
            FactName("类别", "归口的类别"),
            FactName("协调单位", "协调单位；不知道时为空"),
            FactName("联动部门", "联动部门，用顿号隔开；不知道时为空"),
            FactName("牵头领导", "牵头领导，用顿号隔开；不知道时为空"),
            FactName("牵头人", "牵头人，用顿号隔开；不知道时为空"),
            FactName("工作职责", "工作职责；不知道时为空"),
            FactName("推进组人员", "推进组的人，牵头领导在前", LIST, PERSON_FACTS),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class GroupRegister:
    """What the register knows: groups in the office's order, who holds which post, names by id."""

    groups: Sequence[WorkGroup]
    posts: Iterable[Post]
    people: Mapping[str, Person]
    units: Mapping[str, str]
    categories: Mapping[str, str]


def group_row(register: GroupRegister, day: date) -> Row:
    """The facts of `GROUP_FACTS` on a day."""
    held = sorted(
        (each for each in register.posts if is_held(each, day) and each.person_id in register.people),
        key=lambda each: (_ORDER.index(each.kind), each.id),
    )
    leading = [each for each in held if is_of_leading_group(each)]
    groups = tuple(
        _group(register, each, held, number) for number, each in enumerate(register.groups, start=1)
    )
    return {
        "领导小组": _people(register, sorted(leading, key=_rank)),
        **{
            name: _people(register, [each for each in leading if each.kind is kind])
            for kind, name in _LISTS.items()
        },
        "推进组名单": _listed([each.name for each in register.groups]),
        "推进组人员数": sum(
            len(people) for each in groups if isinstance(people := each["推进组人员"], tuple)
        ),
        "各推进组": groups,
    }


def _group(register: GroupRegister, group: WorkGroup, held: Sequence[Post], number: int) -> Row:
    posts = [each for each in held if each.work_group_id == group.id]
    written = {PostKind.LEAD_LEADER: group.lead_leader, PostKind.CONVENER: group.convener}
    names = {
        kind: [register.people[each.person_id].name for each in posts if each.kind is kind] or _names(text)
        for kind, text in written.items()
    }
    only_written = [
        {"姓名": name, "单位职务": "", "任职": kind.label, "职务和任职": kind.label}
        for kind in _LEADERS
        if not any(each.kind is kind for each in posts)
        for name in names[kind]
    ]
    return {
        "推进组": group.name,
        "推进组号": f"（{counting_numeral(number)}）",
        "类别": register.categories.get(group.category_id, ""),
        "协调单位": group.coordinating_unit,
        "联动部门": "、".join(group.linked_departments),
        "牵头领导": "、".join(dict.fromkeys(names[PostKind.LEAD_LEADER])),
        "牵头人": "、".join(dict.fromkeys(names[PostKind.CONVENER])),
        "工作职责": "".join(group.duties.split()).rstrip("。；"),
        "推进组人员": (*only_written, *_people(register, posts)),
    }


def _people(register: GroupRegister, posts: Iterable[Post]) -> tuple[Row, ...]:
    """A line for each person, with all that he is there."""
    roles: dict[str, list[str]] = {}
    units: dict[str, str] = {}
    for post in posts:
        person = register.people[post.person_id]
        roles.setdefault(person.id, []).append(post.kind.label)
        units.setdefault(person.id, register.units.get(post.unit_id or person.unit_id, ""))
    return tuple(
        person_row(register.people[each], units[each], "、".join(dict.fromkeys(labels)))
        for each, labels in roles.items()
    )


def person_row(person: Person, unit: str, role: str) -> Row:
    """The facts of `PERSON_FACTS`: unit and title, and what the person is there."""
    title = f"{unit}{person.title}"
    return {
        "姓名": person.name,
        "单位职务": title,
        "任职": role,
        "职务和任职": f"{title}（{role}）" if title else role,
    }


def _listed(names: Sequence[str]) -> str:
    """The groups in a title: by their names where these are few."""
    if len(names) > _FEW:
        return f"各{_GROUP}"
    called = names and all(name.endswith("组") for name in names)
    return "、".join(names) + ("" if called else _GROUP)


def _names(text: str) -> list[str]:
    """The names in a field that was written by hand."""
    return [name for name in text.replace("，", "、").split("、") if name.strip()]


def _rank(post: Post) -> tuple[int, str]:
    return LEADING_GROUP_POSTS.index(post.kind), post.id
