"""A list of those who take part without being in the register, read from a sheet."""

from collections import Counter
from collections.abc import Sequence

from core.errors import InvalidInput
from core.model.opening import Participant
from core.model.workbook import CellValue, RawWorkbook
from core.rules.cell_values import folded, shown

_NAMES = ("名称", "考核对象", "单位", "小区", "队伍")
"""Also what ends with the first of them: 小区名称, 队伍名称."""
_KINDS = ("种类", "对象种类")
_CATEGORIES = ("类别", "分类")


def read_participants(workbook: RawWorkbook) -> tuple[Participant, ...]:
    """The participants in the order of their rows.

    Raises:
        InvalidInput: no sheet has a column of names, nobody is named, or somebody is twice.
    """
    found = next((part for sheet in workbook.sheets if (part := _below_head(sheet.rows))), None)
    if found is None:
        raise InvalidInput(
            "participants_head",
            f"“{workbook.file}”里没有找到“名称”一列。",
            "请在表头写“名称”，一行一个；分种类、类别的另加“种类”“类别”两列。",
        )
    head, rows = found
    names, kinds, categories = (_place(head, words) for words in (_NAMES, _KINDS, _CATEGORIES))
    read = tuple(
        Participant(name, _text(row, kinds), _text(row, categories))
        for row in rows
        if (name := _text(row, names))
    )
    if not read:
        raise InvalidInput("participants_empty", f"“{workbook.file}”里没有一个名称。", "请逐行写名称。")
    twice = [name for name, count in Counter(each.name for each in read).items() if count > 1]
    if twice:
        raise InvalidInput(
            "participant_twice", f"名单里“{'”“'.join(twice[:3])}”不止一次。", "请每个对象只写一行。"
        )
    return read


def _below_head(
    rows: Sequence[Sequence[CellValue]],
) -> tuple[list[str], Sequence[Sequence[CellValue]]] | None:
    """The head's texts and the rows below it, if one of the first rows is a head."""
    for number, row in enumerate(rows[:20]):
        head = [folded(shown(cell)) for cell in row]
        if _place(head, _NAMES) is not None:
            return head, rows[number + 1 :]
    return None


def _place(head: Sequence[str], words: Sequence[str]) -> int | None:
    exact = (place for place, title in enumerate(head) if title in words)
    longer = (place for place, title in enumerate(head) if title.endswith(words[0]))
    return next(exact, next(longer, None))


def _text(row: Sequence[CellValue], place: int | None) -> str:
    return shown(row[place]).strip() if place is not None and place < len(row) else ""
