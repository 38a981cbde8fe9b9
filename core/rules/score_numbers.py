"""Points, amounts and shares out of the cells of a score file: exact, never through binary fractions."""

import re
from decimal import Decimal

from core.model.assessment import MARK_PLACES
from core.model.scheme import plain
from core.model.workbook import CellValue
from core.rules.cell_values import Read, fault, folded, has_note_mark, is_none_word, note, shown

_NUMBER = re.compile(r"([+-]?(?:\d{1,9}(?:[.。]\d*)?|[.。]\d+))分?")
"""A Chinese keyboard has 。 where the point is; 8. and .5 are what Excel takes, too."""
_PERCENT = re.compile(r"(\d{1,3}(?:\.\d+)?)%")
_GAPS = frozenset({"缺", "缺评", "缺项", "未评", "未评分", "未打分", "空缺"})


def is_gap(cell: CellValue) -> bool:
    """Whether a cell stands for a mark that was not given: empty, `/`, 缺 …."""
    text = shown(cell)
    return is_none_word(text) or folded(text) in _GAPS


def read_points(cell: CellValue) -> Read[Decimal | None]:
    """The points in a cell, as Excel shows them; None with a fault if there is no number."""
    text = shown(cell)
    match = None if isinstance(cell, bool) or has_note_mark(text) else _NUMBER.fullmatch(folded(text))
    if match is None:
        return Read(None, (fault("不是分数", "请填写数字"),))
    points = Decimal(match[1].replace("。", "."))
    exponent = points.normalize().as_tuple().exponent
    if isinstance(exponent, int) and -exponent > MARK_PLACES:
        return Read(None, (fault(f"小数超过 {MARK_PLACES} 位", "请四舍五入后再填写"),))
    return Read(points, (note(f"文本数字，读作 {plain(points)}"),) if isinstance(cell, str) else ())


def read_share(cell: CellValue) -> Decimal | None:
    """A weight as a share of one: `10%`, 0.1 and 10 are the same; None if it is no number."""
    text = folded(shown(cell))
    percent = _PERCENT.fullmatch(text)
    if percent:
        return Decimal(percent[1]) / 100
    points = read_points(cell).value
    return points / 100 if points is not None and points > 1 else points
