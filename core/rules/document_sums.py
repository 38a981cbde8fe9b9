"""Tables of a document: rows of sums against their columns, running numbers."""

import re
from collections.abc import Iterator
from decimal import Decimal

from core.model.document_check import DocumentCheck
from core.rules.amount_reading import read_capital
from core.rules.chinese_numerals import read_numeral
from core.rules.document_texts import DocumentTexts, Found, PlacedTable, is_sum_row

_NUMBER = re.compile(
    r"^[¥￥]?(-?(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{1,6})?)(?:元|万元|个|人|名|家|分|%)?$"
)
_NOTHING = frozenset({"", "—", "－", "-", "/", "——", "无"})
_ROWS = re.compile(
    r"^(?:合计|共计|共|总计)?[：:]?(?:共)?(\d{1,6}|[一二三四五六七八九十百千]+)(?:个|家|名|户|行|项)(?:社会)?(?:组织)?$"
)
_ORDINALS = frozenset({"序号", "编号", "号"})
_ORDINAL = re.compile(r"\d{1,9}")
_NO_SUMS = ("序号", "编号", "名次", "排名", "年度", "年份", "电话", "代码", "账号", "均", "率", "%")


def sum_findings(texts: DocumentTexts) -> Iterator[Found]:
    """All sums in tables that are not those of their columns, and running numbers with gaps."""
    for table in texts.tables:
        yield from _ordinals(table)
        if any(is_sum_row(row) for row in table.rows) or table.has_totals:
            for column, title in enumerate(table.titles):
                if not any(word in title for word in _NO_SUMS):
                    yield from _column(table, column)
        if table.has_totals:
            yield from _row_counts(table)


def _column(table: PlacedTable, column: int) -> Iterator[Found]:
    """Each 小计 against the rows since the last one, the totals against all."""
    total, part = Decimal(0), Decimal(0)
    last = len(table.rows) - 1
    for place, (row, texts) in enumerate(zip(table.rows, table.texts, strict=True)):
        written = row[column].strip() if column < len(row) else ""
        number = _number(written)
        is_total = table.has_totals and place == last
        if number is None and not is_sum_row(row) and not is_total:
            if written not in _NOTHING:
                return
            number = Decimal(0)
        if is_total or is_sum_row(row):
            right = total if is_total else part
            part = Decimal(0)
            if number is not None and number != right:
                message = f"合计写的是 {written}，上面各行相加是 {right.normalize():f}。"
                yield texts[column].found(DocumentCheck.SUM, message, "请核对各行和合计。", written)
        elif number is not None:
            total, part = total + number, part + number


def _row_counts(table: PlacedTable) -> Iterator[Found]:
    """A totals' row that says how many rows there are: 共3个."""
    for written, text in zip(table.rows[-1], table.texts[-1], strict=False):
        found = _ROWS.match(written.strip())
        if not found or _NUMBER.match(written.strip()):
            continue
        number = int(found[1]) if found[1].isdecimal() else read_numeral(found[1])
        if number != table.listed:
            message = f"合计写的是“{written.strip()}”，表里有 {table.listed} 行。"
            yield text.found(DocumentCheck.SUM, message, "请核对行数。", written)


def _ordinals(table: PlacedTable) -> Iterator[Found]:
    """The first running number that does not follow on the one before."""
    if not table.titles or table.titles[0].strip() not in _ORDINALS:
        return
    expected = 1
    for row, texts in zip(table.rows, table.texts, strict=True):
        written = row[0].strip() if row else ""
        if is_sum_row(row) or not _ORDINAL.fullmatch(written):
            continue
        if int(written) != expected:
            message = f"序号是 {written}，按顺序应是 {expected}。"
            yield texts[0].found(DocumentCheck.SUM, message, "请检查有没有漏行或重行，再重排序号。", written)
            return
        expected += 1


def _number(text: str) -> Decimal | None:
    found = _NUMBER.match(text)
    if found:
        return Decimal(found[1].replace(",", ""))
    fen = read_capital(text)
    return None if fen is None else Decimal(fen).scaleb(-2)
