"""Where a table's head is, and what its columns mean: by the meaning of the titles, not by their place."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from core.model.reading import TitledColumn
from core.model.roster import RosterColumn
from core.model.workbook import CellValue, RawSheet
from core.rules.cell_values import folded, shown

M = TypeVar("M")

LOOK_AT_ROWS = 30
LOOK_AT_COLUMNS = 200
DEEPEST = 3
_UNITS = re.compile(r"\([^()]*\)$")
_MARKS = re.compile(r"[()/:*、,]")
_YEAR = re.compile(r"(?:19|20)\d\d年?度?")

_TITLES: dict[RosterColumn, tuple[str, ...]] = {
    RosterColumn.NAME: (
        "组织名称",
        "名称",
        "社团名称",
        "社会组织名称",
        "社区社会组织名称",
        "团队名称",
        "单位名称",
        "机构名称",
        "社会组织",
        "组织全称",
        "考核对象",
    ),
    RosterColumn.COMMUNITY: (
        "所属社区",
        "社区",
        "村居",
        "所属村居",
        "所属社区村居",
        "社区村居",
        "村社区",
        "社区村",
        "所属村社区",
        "所属村",
        "所在社区",
        "社区名称",
        "所属社区/村居",
    ),
    RosterColumn.CATEGORY: ("类别", "组织类别", "类型", "组织类型", "分类", "所属类别", "业务类别"),
    RosterColumn.STANDING: (
        "登记方式",
        "方式",
        "备案方式",
        "备案或登记",
        "登记备案",
        "备案登记",
        "登记或备案",
    ),
    RosterColumn.NUMBER: (
        "备案号/统一社会信用代码",
        "备案号或统一社会信用代码",
        "备案登记号",
        "登记备案号",
        "登记证号",
        "备案编号/统一社会信用代码",
        "证号",
        "编号/代码",
    ),
    RosterColumn.FILING_NUMBER: ("备案号", "备案编号", "备案文号", "备案证号", "备案序号"),
    RosterColumn.CREDIT_CODE: (
        "统一社会信用代码",
        "社会信用代码",
        "信用代码",
        "统一信用代码",
        "登记证号/统一社会信用代码",
    ),
    RosterColumn.FOUNDED_ON: (
        "成立日期",
        "日期",
        "成立时间",
        "备案日期",
        "备案时间",
        "登记日期",
        "登记时间",
        "注册时间",
        "成立年月",
        "备案登记日期",
        "时间",
    ),
    RosterColumn.STATUS: ("状态", "组织状态", "目前状态", "活动状态", "现状"),
    RosterColumn.PRINCIPAL: (
        "负责人",
        "带头人",
        "负责人姓名",
        "姓名",
        "牵头人",
        "队长",
        "团队负责人",
        "法定代表人",
        "法人代表",
        "会长",
    ),
    RosterColumn.POLITICAL_STATUS: ("政治面貌", "负责人政治面貌", "面貌"),
    RosterColumn.PHONES: (
        "联系电话",
        "电话",
        "手机",
        "手机号",
        "手机号码",
        "联系方式",
        "负责人电话",
        "负责人联系电话",
        "电话号码",
    ),
    RosterColumn.MEMBERS: (
        "成员数",
        "人数",
        "成员人数",
        "会员数",
        "队员数",
        "成员",
        "总人数",
        "会员人数",
        "现有人数",
    ),
    RosterColumn.PARTY_MEMBERS: ("党员数", "党员人数", "党员", "其中党员", "其中党员数", "中共党员数"),
    RosterColumn.VOLUNTEERS: ("志愿者数", "志愿者人数", "志愿者", "注册志愿者", "注册志愿者数", "义工数"),
    RosterColumn.PREMISES: (
        "活动场所",
        "场所",
        "活动地点",
        "活动场地",
        "活动阵地",
        "办公场所",
        "住所",
        "地址",
        "活动地址",
    ),
    RosterColumn.ACTIVITIES: (
        "活动次数",
        "次数",
        "开展活动次数",
        "活动开展次数",
        "活动场次",
        "场次",
        "开展活动数",
    ),
    RosterColumn.VISITS: ("服务人次", "人次", "参与人次", "受益人次", "活动人次", "服务人数"),
    RosterColumn.PREVIOUS_GRADE: (
        "上年等次",
        "上年度等次",
        "上年度等级",
        "上年等级",
        "上年度评定等级",
        "等级",
        "上年度考核等级",
        "考核等级",
        "上年度考核结果",
    ),
    RosterColumn.REMARKS: ("备注", "说明", "备注说明", "情况说明"),
}
_MEANINGS = {_MARKS.sub("", title): column for column, titles in _TITLES.items() for title in titles}


@dataclass(frozen=True, slots=True)
class Head(Generic[M]):
    """A table's head; `first` is its first row and `below` the row after its last, both from 0."""

    first: int
    below: int
    columns: tuple[TitledColumn[M], ...]

    def column(self, meaning: M) -> TitledColumn[M] | None:
        """The column with this meaning."""
        return next((column for column in self.columns if column.meaning == meaning), None)

    def cell(self, row: Sequence[CellValue], meaning: M) -> CellValue:
        """A row's cell in the column with this meaning."""
        column = self.column(meaning)
        return row[column.index] if column and column.index < len(row) else None

    @property
    def understood(self) -> int:
        """How many columns have a meaning."""
        return sum(column.meaning is not None for column in self.columns)


def roster_meaning(titles: Sequence[str]) -> RosterColumn | None:
    """What a roster column with these titles, from the group down to its own, means."""
    return meaning_of(titles, _MEANINGS)


def meaning_of(titles: Sequence[str], known: Mapping[str, M]) -> M | None:
    """What a column with these titles, from the group down to its own, means; `known` by title_key."""
    keys = [_known_key(title, known) for title in titles]
    return known.get("".join(keys)) or known.get(keys[-1])


def title_key(title: str) -> str:
    """A title as titles are compared: without year and punctuation."""
    return _MARKS.sub("", _YEAR.sub("", folded(title)))


def find_head(
    sheet: RawSheet, meaning: Callable[[Sequence[str]], M | None], needed: Callable[[set[M]], bool]
) -> Head[M] | None:
    """The head with the most understood columns, of the fewest rows; None if none has what is `needed`."""
    best: Head[M] | None = None
    for depth in range(1, DEEPEST + 1):
        for first in range(min(LOOK_AT_ROWS, len(sheet.rows) - depth + 1)):
            if _cuts_block(sheet, first, first + depth):
                continue
            head = head_at(sheet, first, depth, meaning)
            found = {column.meaning for column in head.columns if column.meaning is not None}
            if needed(found) and (best is None or head.understood > best.understood):
                best = head
    return best


def year_in(texts: Iterable[str]) -> int | None:
    """The first year that the texts name, as in 2025年活动开展 or （2025年度）."""
    for text in texts:
        match = re.search(r"(?<!\d)(20\d\d)\s*年", folded(text))
        if match:
            return int(match[1])
    return None


def _known_key(title: str, known: Mapping[str, M]) -> str:
    """The title's key; that without its last brackets, if it means nothing with them."""
    key = title_key(title)
    return key if key in known else title_key(_UNITS.sub("", _YEAR.sub("", folded(title)))) or key


def head_at(sheet: RawSheet, first: int, depth: int, meaning: Callable[[Sequence[str]], M | None]) -> Head[M]:
    """The head in `depth` rows from row `first` on, counted from 0; a second column of a meaning has none."""
    rows = [row_texts(sheet, row) for row in range(first, first + depth)]
    taken: set[M] = set()
    columns = []
    for index in range(min(max(map(len, rows)), LOOK_AT_COLUMNS)):
        titles = list(dict.fromkeys(text for row in rows if index < len(row) and (text := row[index])))
        found = meaning(titles) if titles else None
        if found in taken:
            found = None
        if found is not None:
            taken.add(found)
        title = titles.pop() if titles else ""
        columns.append(TitledColumn(index, title, found, "".join(titles)))
    return Head(first, first + depth, tuple(columns))


def _cuts_block(sheet: RawSheet, first: int, below: int) -> bool:
    """Whether a merged block lies partly in these rows and partly outside."""
    return any(top < edge <= bottom for top, _, bottom, _ in sheet.merged for edge in (first, below))


def row_texts(sheet: RawSheet, row: int) -> list[str]:
    """A row's texts, each on one line; a merged block says the same in all its cells."""
    texts = ["".join(shown(cell).split()) for cell in sheet.rows[row]]
    for top, left, bottom, right in sheet.merged:
        if top <= row <= bottom and left < len(sheet.rows[top]):
            text = "".join(shown(sheet.rows[top][left]).split())
            texts[left : right + 1] = [text] * (min(right + 1, len(texts)) - left)
    return texts
