"""What was changed on a record, in words."""

import json
from collections.abc import Mapping

from core.model.journal import Act, Change, FieldValue
from core.model.organization import CommunityKind, Labelled, Standing, Status, masked_phone
from core.model.register import HistoryLine

FIELD_LABELS = {
    "name": "名称",
    "community_id": "所属社区（村）",
    "category_id": "类别",
    "standing": "方式",
    "kind": "城乡",
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
    "previous_grade": "上年等次",
    "remarks": "备注",
    "coordinating_unit": "协调单位",
    "linked_departments": "联动部门",
    "lead_leader": "牵头领导",
    "convener": "牵头人",
    "duties": "工作职责",
    "population": "常住人口",
    "areas": "小区（村小组）数",
}
_WORDS: dict[str, type[Labelled]] = {"status": Status, "standing": Standing, "kind": CommunityKind}
_NOTHING = (None, "", "[]")


def history_lines(act: Act, change: Change, names: Mapping[str, str]) -> list[HistoryLine]:
    """A line for each field that an act changed, in the order of the form; `names` by id for what is linked.

    Phones are masked: the log is read by more eyes than the form.
    """
    before: Mapping[str, FieldValue] = change.before or {}
    after: Mapping[str, FieldValue] = change.after or {}
    return [
        HistoryLine(
            at=f"{act.at:%Y-%m-%d %H:%M}",
            actor=act.actor,
            verb=act.verb,
            field=label,
            old=_shown(name, before.get(name), names),
            new=_shown(name, after.get(name), names),
            reason=act.reason,
        )
        for name, label in FIELD_LABELS.items()
        if not (before.get(name) in _NOTHING and after.get(name) in _NOTHING)
        if before.get(name) != after.get(name)
    ]


def _shown(name: str, value: FieldValue, names: Mapping[str, str]) -> str:
    if value in _NOTHING:
        return "—"
    text = str(value)
    if name in _WORDS:
        return _WORDS[name](text).label
    if name == "phones":
        return "、".join(masked_phone(phone) for phone in json.loads(text))
    if name == "linked_departments":
        return "、".join(json.loads(text))
    return names.get(text, text)
