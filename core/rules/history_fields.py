"""The fields of records that are in no ledger: what the log calls each, and how it tells its values.

Every field of such a record stands here, in `history_words.FIELD_LABELS`, or, where the log says nothing of
it, with the reason in the test that asks for all of them.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

from core.model.assessment import CycleState, EntryKind, ResultState, Source
from core.model.certificate import CertificateEventKind
from core.model.decision import DecisionKind
from core.model.journal import FieldValue
from core.model.labelled import Labelled
from core.model.objection import ObjectionState
from core.model.office import LinePitch
from core.model.organization import CommunityKind, masked_phone
from core.model.written_document import DocumentState, PaperState
from core.rules.amounts import yuan_text
from core.rules.exact import units_text
from core.rules.score_steps import source_text

Names: TypeAlias = Mapping[str, str]
Shown: TypeAlias = Callable[[FieldValue, Names], str]
"""A stored value in words; `Names` are by id what is linked, by code what a scheme calls its parts."""

ENTRY_KINDS: Mapping[str, str] = {
    EntryKind.BONUS: "加分",
    EntryKind.DEDUCTION: "扣分",
    EntryKind.VETO: "一票否决",
    EntryKind.DIRECT: "直接认定",
}
_PITCHES: Mapping[str, str] = {LinePitch.A: "每行 225 ÷ 22 毫米", LinePitch.B: "首行、末行顶到版心边"}
_NO_MARK = "未打分"
_SHOWN_DIGITS = 8


@dataclass(frozen=True, slots=True)
class FieldWords:
    """What the log calls a field, and how it tells its values."""

    label: str
    shown: Shown


def _as_it_is(value: FieldValue, names: Names) -> str:
    return names.get(str(value), str(value))


def _yes_no(value: FieldValue, _names: Names) -> str:
    return "是" if value else "否"


def _chosen(kind: type[Labelled], value: FieldValue, _names: Names) -> str:
    return kind(str(value)).label


def _word(words: Mapping[str, str], value: FieldValue, _names: Names) -> str:
    return words[str(value)]


def _points(value: FieldValue, _names: Names) -> str:
    return units_text(int(str(value)))


def _yuan(value: FieldValue, _names: Names) -> str:
    return yuan_text(int(str(value)))


def _list(value: FieldValue, names: Names) -> str:
    return "、".join(names.get(each, each) for each in json.loads(str(value)))


def _marks(value: FieldValue, _names: Names) -> str:
    return "、".join(_NO_MARK if each is None else units_text(each) for each in json.loads(str(value)))


def _issues(value: FieldValue, _names: Names) -> str:
    return "；".join(f"“{text}”{message}" for _, text, message in json.loads(str(value)))


def _notes(value: FieldValue, _names: Names) -> str:
    return "；".join("，".join(filter(None, said)) for _, *said in json.loads(str(value)))


def _source(value: FieldValue, _names: Names) -> str:
    return source_text(Source(**json.loads(str(value))))


def _weights(value: FieldValue, names: Names) -> str:
    return "；".join(
        f"{category}{names.get(rater, rater)} {weight}"
        for _, rater, weight, category in json.loads(str(value))
    )


def _length(value: FieldValue, _names: Names) -> str:
    return f"{len(str(value)):,} 个字符"


def _number_of_file(value: FieldValue, _names: Names) -> str:
    return f"文件 {str(value)[:_SHOWN_DIGITS].upper()}"


def _masked(value: FieldValue, _names: Names) -> str:
    return masked_phone(str(value))


def _choice(label: str, kind: type[Labelled]) -> FieldWords:
    return FieldWords(label, partial(_chosen, kind))


def _plain(**labels: str) -> dict[str, FieldWords]:
    return {name: FieldWords(label, _as_it_is) for name, label in labels.items()}


_WRITTEN = {"text": FieldWords("内容", _length)}

OWN_FIELDS: Mapping[str, Mapping[str, FieldWords]] = {
    "offices": {
        **_plain(desk="承办科室", document_code="机关代字", addressee="主送", copy_to="抄送"),
        "line_pitch": FieldWords("正文行距", partial(_word, _PITCHES)),
        "two_sided": FieldWords("双面打印", _yes_no),
        "print_log_head": FieldWords("印日志校验码", _yes_no),
        "use_office_fonts": FieldWords("优先用本机的字体", _yes_no),
        **_plain(accept_days="受理期限（工作日）", opinion_days="签署意见期限（工作日）"),
        **_plain(decision_days="办结期限（工作日）", cancellation_days="注销期限（天）"),
        "keep_id_numbers": FieldWords("登记身份证号", _yes_no),
        "short_names_first": FieldWords("两个字的姓名排在前面", _yes_no),
        **_plain(praise_verb="表扬的用词", contact_phone="联系电话", contact_address="联系地址"),
        "forbidden_words": FieldWords("禁用词", _list),
    },
    "communities": {"kind": _choice("城乡", CommunityKind)},
    "categories": {**_plain(number="序号"), "aliases": FieldWords("别名", _list)},
    "assignments": {"by_hand": FieldWords("手工指定", _yes_no)},
    "scheme_texts": {**_plain(code="代号"), **_WRITTEN},
    "cycles": {
        **_plain(year="年度", title="名称", code="代号", scheme_id="考核方案"),
        "state": _choice("状态", CycleState),
        "weights": FieldWords("自定权重", _weights),
        **_plain(
            opened_on="开启日期", computed_at="计算时间", reported_on="报备日期", reported_to="报备机关"
        ),
        **_plain(notice_from="公示开始", notice_until="公示结束", confirmed_on="确定日期"),
        **_plain(announced_on="公布日期", archived_on="归档日期"),
    },
    "subjects": _plain(
        kind="对象", category="类别", community="社区（村）", filed_on="日期", barred="不参评原因"
    ),
    "score_sheets": {
        **_plain(stage="环节", rater="评分方"),
        "marks": FieldWords("各项得分", _marks),
        "issues": FieldWords("要核对", _issues),
        **_plain(recused="回避理由", remark="没有打分"),
        "notes": FieldWords("得分说明", _notes),
        "source": FieldWords("出处", _source),
    },
    "entries": {
        "kind": FieldWords("种类", partial(_word, ENTRY_KINDS)),
        "points": FieldWords("分值", _points),
        **_plain(
            item="项目", level="级别", reason="事由", evidence="依据", dated_on="日期", lifted="撤下理由"
        ),
        "source": FieldWords("出处", _source),
    },
    "results": {
        "state": _choice("情况", ResultState),
        "final": FieldWords("最后得分", _points),
        **_plain(grade="等次", rank="名次", award="奖项"),
        "amount_fen": FieldWords("奖金", _yuan),
        "notes": FieldWords("标记", _list),
    },
    "objections": {
        **_plain(raised_on="提出日期", raised_by="提出人", content="内容"),
        "contact": FieldWords("联系方式", _masked),
        "state": _choice("状态", ObjectionState),
        **_plain(checker="核查人", finding="核查情况", decided_by="决定机关", decided_on="决定日期"),
        **_plain(answer="答复", answered_on="答复日期"),
    },
    "decisions": {
        "kind": _choice("种类", DecisionKind),
        **_plain(award="奖项", category="类别", grade="等次"),
        "score": FieldWords("得分", _points),
        "order": FieldWords("先后", _list),
        **_plain(body="作出机关", decided_on="日期", persons="参加人", reason="理由", evidence="依据"),
        **_plain(lifted="撤下理由"),
    },
    "revocations": {
        **_plain(body="作出机关", dated_on="日期", reason="理由", evidence="依据", lifted="取消撤销的理由"),
        "promote": FieldWords("名额递补", _yes_no),
    },
    "ballots": _plain(
        **{"stage": "环节", "rater": "评分方", "number": "票号"},
        **{"first_by": "录入人", "second_by": "复录人", "invalid": "作废理由"},
    ),
    "own_templates": {**_plain(code="代号"), **_WRITTEN},
    "written_documents": {
        **_plain(year="年度", title="标题", dated_on="成文日期"),
        "state": _choice("状态", DocumentState),
        **_WRITTEN,
    },
    "issued_papers": {
        **_plain(title="标题", recipient="发给", series="机关代字", year="年份", sequence="序号"),
        **_plain(dated_on="成文日期", reason="理由", received_on="回执收回"),
        "state": _choice("状态", PaperState),
    },
    "certificate_forms": {**_plain(code="代号"), **_WRITTEN, "underlay": FieldWords("底图", _number_of_file)},
    "certificate_templates": {**_plain(code="代号"), **_WRITTEN},
    "print_profiles": _plain(printer="打印机", tray="进纸", form="版式", measured_at="校准时间"),
    "certificate_events": {
        "kind": _choice("事项", CertificateEventKind),
        **_plain(happened_on="日期", person="经手人", printer="打印机", copies="份数", reason="原因"),
    },
    "attachments": _plain(size="大小（字节）"),
    "users": _plain(password_set_at="密码设定时间"),
}
