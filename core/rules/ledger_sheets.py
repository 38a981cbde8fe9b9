"""Ledgers as tables: to hand out, to fill in, to repair."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from core.model.ledger import Field, FieldKind, Ledger
from core.model.ledger_view import LedgerPreview
from core.model.roster import Verdict
from core.model.tables import OutColumn, OutSheet, OutValue
from core.model.workbook import CellValue
from core.rules.cell_values import shown
from core.rules.faulty_rows import PROBLEM_TITLE
from core.rules.ledger_titles import LinkBook
from core.rules.ledger_values import NOTHING, out_value, shown_value

INTERNAL = "内部资料，请勿外传"
_PLACES = {FieldKind.MONEY: 2, FieldKind.AREA: 2}
_AS_TEXT = frozenset({FieldKind.PHONES, FieldKind.ID_NUMBER})
_HINTS = {
    FieldKind.TEXT: "文字，500 个字以内",
    FieldKind.NAME: "文字，100 个字以内；少数民族姓名的分隔号用“·”",
    FieldKind.LONG: "文字，5,000 个字以内，可以换行",
    FieldKind.WHOLE: "整数，不知道的空着",
    FieldKind.YEAR: "四位数的年份，例如 2025",
    FieldKind.MONEY: "以元为单位的数字，例如 40000；也可以写“4万元”",
    FieldKind.AREA: "以平方米为单位的数字，例如 120.5",
    FieldKind.DATE: "2026-03-05；只知道年月的写 2026年3月，只知道年份的写 2026年",
    FieldKind.YES_NO: "是或否",
    FieldKind.CHOICE: "从下拉列表里选一项",
    FieldKind.CYCLE: "开启考核时的代号，没有的空着",
    FieldKind.LINK: "从下拉列表里选；有同名的，在后面加括号写明",
    FieldKind.TEXTS: "几项之间用“、”隔开",
    FieldKind.PHONES: "几个号码之间用“、”隔开",
    FieldKind.ID_NUMBER: "18 位，末位可以是 X",
}


def out_fields(in_use: Iterable[Field], publication: bool) -> tuple[Field, ...]:
    """The fields that go out: for publication without phones, ID numbers and addresses."""
    return tuple(each for each in in_use if not (publication and (each.private or each.masked)))


def ledger_sheet(
    ledger: Ledger,
    office: str,
    fields: Sequence[Field],
    records: Iterable[Any],
    links: LinkBook,
    *,
    publication: bool,
    masked: bool,
    day: date | None = None,
) -> OutSheet:
    """The records given, in the order given, under the office's heading, which says a `day` that is past."""
    rows = tuple(
        (place, *(_out(field, getattr(record, field.name), links, masked) for field in fields))
        for place, record in enumerate(records, start=1)
    )
    columns = tuple(_column(each, each.label) for each in fields)
    title = heading(ledger, office) + (f"（{day.year}年{day.month}月{day.day}日）" if day else "")
    whole = [] if masked else [each.label for each in fields if each.masked]
    return OutSheet(
        ledger.label,
        title,
        (OutColumn("序号", 6), *columns),
        rows,
        subtitle="" if publication else INTERNAL,
        whole_numbers=f"{title} {len(rows):,} 条：{'、'.join(whole)}" if whole and rows else "",
    )


def template_sheet(
    ledger: Ledger, office: str, fields: Sequence[Field], links: Mapping[str, tuple[str, ...]]
) -> OutSheet:
    """A sheet to fill in; `links` are the titles that the link fields can have, by field name."""
    columns = tuple(_column(each, _filled_title(each), _choices(each, links)) for each in fields)
    return OutSheet(
        ledger.label,
        f"{heading(ledger, office)}（填报表）",
        columns,
        (),
        subtitle="带 * 的列要填；各列怎么填，见“填写说明”",
        guide=tuple((_filled_title(each), _hint(each)) for each in fields),
    )


def faulty_ledger_rows(preview: LedgerPreview) -> OutSheet:
    """The refused rows with their cells as in the file, titles that are understood again, what is wrong."""
    reading = preview.reading
    titles = [
        reading.ledger.field(each.meaning).label if each.meaning else each.title for each in reading.columns
    ]
    rows = tuple(
        (
            *(_as_read(cell) for cell in (line.row.cells + (None,) * len(titles))[: len(titles)]),
            line.row.number,
            "；".join(str(problem) for problem in line.problems),
        )
        for line in preview.of(Verdict.REFUSED)
    )
    return OutSheet(
        name="待修改",
        title=f"“{reading.file}”中不能导入的行",
        columns=(
            *(OutColumn(title, 14) for title in titles),
            OutColumn("原行号", 8),
            OutColumn(PROBLEM_TITLE, 60),
        ),
        rows=rows,
        note="注：按“问题”一列改好后，可以把本表直接导入；“原行号”“问题”两列不会导入。",
    )


def heading(ledger: Ledger, office: str) -> str:
    """What stands above a ledger on paper."""
    return f"{office}{ledger.label}台账"


def _column(field: Field, title: str, choices: tuple[str, ...] = ()) -> OutColumn:
    unit = f"（{field.hint}）" if field.kind in _PLACES and field.hint else ""
    return OutColumn(
        title + unit,
        max(field.width, len(title + unit) * 2),
        _PLACES.get(field.kind),
        choices,
        field.kind in _AS_TEXT,
    )


def _out(field: Field, value: Any, links: LinkBook, masked: bool) -> OutValue:
    if masked and field.masked:
        text = shown_value(field, value, links)
        return None if text == NOTHING else text
    return out_value(field, value, links)


def _filled_title(field: Field) -> str:
    return f"{field.label}*" if field.required else field.label


def _choices(field: Field, links: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    if field.choices:
        return tuple(each.label for each in field.choices)
    if field.kind is FieldKind.YES_NO:
        return ("是", "否")
    return links.get(field.name, ())


def _hint(field: Field) -> str:
    parts = ["必填" if field.required else "", _HINTS[field.kind]]
    if field.hint and field.kind not in _PLACES:
        parts.append(field.hint)
    return "；".join(part for part in parts if part)


def _as_read(cell: CellValue) -> OutValue:
    """The cell so that it is read again as it was."""
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() else Decimal(shown(cell))
    if type(cell) is int or type(cell) is date:
        return cell
    return shown(cell) or None
