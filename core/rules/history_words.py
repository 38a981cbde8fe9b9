"""What was changed on a record, in words."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from core.model.assessment import SchemeText, Subject
from core.model.journal import Act, Change, FieldValue
from core.model.labelled import Labelled
from core.model.ledger import Field, FieldKind
from core.model.ledgers import LEDGERS
from core.model.organization import (
    Category,
    Community,
    Organization,
    PartyOrganization,
    Standing,
    Status,
    WorkGroup,
    masked_phone,
)
from core.model.register import HistoryLine
from core.model.user import Role
from core.model.versions import KIND_OF
from core.rules.history_fields import OWN_FIELDS
from core.rules.ledger_titles import LinkBook
from core.rules.ledger_values import NOTHING, shown_value

FIELD_LABELS = {
    "name": "名称",
    "community_id": "所属社区（村）",
    "category_id": "类别",
    "standing": "方式",
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
    "figures_year": "活动数据年度",
    "activities": "活动次数",
    "visits": "服务人次",
    "previous_grade": "上年等次",
    "remarks": "备注",
    "party_organization": "党组织覆盖",
    "former_names": "曾用名",
    "tags": "标签",
    "merged_into": "并入",
    "coordinating_unit": "协调单位",
    "linked_departments": "联动部门",
    "lead_leader": "牵头领导",
    "convener": "牵头人",
    "duties": "工作职责",
    "population": "常住人口",
    "areas": "小区（村小组）数",
    "preparatory": "筹建中",
    "organization_id": "社会组织",
    "work_group_id": "工作组",
    "since_on": "起始日期",
    "until_on": "终止日期",
    "caption": "说明",
    "login": "登录名",
    "roles": "角色",
    "is_active": "可以登录",
    "must_change": "下次登录要改密码",
    "min_length": "密码至少几个字符",
    "min_classes": "密码至少几种字符",
    "max_days": "密码几天要换",
    "remembered": "不能和最近几次相同",
    "idle_minutes": "几分钟没有操作就锁定",
}
_WORDS: Mapping[str, type[Labelled]] = {
    "status": Status,
    "standing": Standing,
    "party_organization": PartyOrganization,
}
_LINKS: Mapping[str, type[Any]] = {
    "community_id": Community,
    "category_id": Category,
    "merged_into": Organization,
    "organization_id": Organization,
    "work_group_id": WorkGroup,
    "subject_id": Subject,
    "scheme_id": SchemeText,
}
_LISTS = ("linked_departments", "former_names", "tags")
_FLAGS = ("preparatory", "is_active", "must_change")
_NOTHING = (None, "", "[]")
_NO_LINKS = LinkBook({})


def history_lines(act: Act, change: Change, names: Mapping[str, str]) -> list[HistoryLine]:
    """A line for each field that an act changed, in the order of the form; `names` by id for what is linked.

    Phones and numbers of identity cards are masked: the log is read by more eyes than the form.
    """
    before: Mapping[str, FieldValue] = change.before or {}
    after: Mapping[str, FieldValue] = change.after or {}
    return [
        HistoryLine(
            at=f"{act.at:%Y-%m-%d %H:%M}",
            actor=act.actor,
            verb=act.verb,
            field=label,
            old=_shown(change.kind, name, before.get(name), names),
            new=_shown(change.kind, name, after.get(name), names),
            reason=act.reason,
        )
        for name, label in _labels(change.kind)
        if not (before.get(name) in _NOTHING and after.get(name) in _NOTHING)
        if before.get(name) != after.get(name)
    ]


def standing(past: Sequence[tuple[Act, Change]], act_number: int) -> Change | None:
    """A record as it stood after an act, as one change that made all of it; None if it was not there."""
    done = [change for act, change in past if act.number <= act_number]
    if not done or done[-1].after is None:
        return None
    # The journal leaves out what stands in every new record; words for it are wanted here.
    usual = {each.name: each.default for each in fields(KIND_OF[done[-1].kind])}
    values: dict[str, FieldValue] = {key: each for key, each in usual.items() if isinstance(each, Labelled)}
    for each in done:
        values = values | dict(each.after) if each.after is not None else {}
    return replace(done[-1], before=None, after=values)


def standing_words(stood: Change, names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The fields of a record that say something, each with its label, in the order of the form."""
    values = stood.after or {}
    return tuple(
        (label, _shown(stood.kind, name, values[name], names))
        for name, label in _labels(stood.kind)
        if values.get(name) not in _NOTHING
    )


def linked_ids(change: Change) -> Iterator[tuple[type[Any], str]]:
    """The records that a change's values refer to, each with its kind."""
    ledger = LEDGERS.get(change.kind)
    targets = {each.name: each.target for each in ledger.links} if ledger else _LINKS
    for values in (change.before or {}, change.after or {}):
        for name, kind in targets.items():
            if kind and (value := values.get(name)):
                yield kind, str(value)
        for subject_id in json.loads(str(values.get("order") or "[]")) if change.kind == "decisions" else ():
            yield Subject, subject_id


def title_in(change: Change, names: Mapping[str, str]) -> str:
    """What the record is called whose values stand in a change; `names` by id for what is linked."""
    values = change.before or change.after or {}
    if ledger := LEDGERS.get(change.kind):
        return _shown(change.kind, ledger.title_field, values.get(ledger.title_field), names)
    owned = ("name", "title", "organization_id", "subject_id")
    name = next((each for each in owned if values.get(each)), "name")
    return _shown(change.kind, name, values.get(name), names)


def _labels(kind: str) -> Iterator[tuple[str, str]]:
    """The fields of a kind of records with their labels, in the order of its form."""
    if ledger := LEDGERS.get(kind):
        return ((each.name, each.label) for each in ledger.fields)
    own = {name: words.label for name, words in OWN_FIELDS.get(kind, {}).items()}
    return iter((FIELD_LABELS | own).items())


def _shown(kind: str, name: str, value: FieldValue, names: Mapping[str, str]) -> str:
    if value in _NOTHING:
        return NOTHING
    if ledger := LEDGERS.get(kind):
        return _shown_in_ledger(ledger.field(name), value, names)
    if words := OWN_FIELDS.get(kind, {}).get(name):
        return words.shown(value, names)
    text = str(value)
    if name in _WORDS:
        return _WORDS[name](text).label
    if name == "phones":
        return "、".join(masked_phone(phone) for phone in json.loads(text))
    if name in _LISTS:
        return "、".join(json.loads(text))
    if name == "roles":
        return "、".join(Role(each).label for each in json.loads(text))
    if name in _FLAGS:
        return "是" if value else "否"
    return names.get(text, text)


def _shown_in_ledger(field: Field, value: FieldValue, names: Mapping[str, str]) -> str:
    """A stored value of a ledger as its list shows it."""
    if field.kind is FieldKind.LINK:
        return names.get(str(value), NOTHING)
    if field.kind is FieldKind.CHOICE and field.choices:
        return field.choices(str(value)).label
    if field.kind in (FieldKind.TEXTS, FieldKind.PHONES):
        return shown_value(field, tuple(json.loads(str(value))), _NO_LINKS)
    return shown_value(field, value, _NO_LINKS)
