"""The section of the year's report about award money."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from core.model.award_payment import AwardPayment
from core.model.money_report import MoneyBy
from core.model.outcome import AwardFilling
from core.model.tables import OutColumn, OutSheet
from core.model.year_report import CountedList, ReportSection
from core.rules.amounts import in_yuan, yuan_text
from core.rules.money_report import NOT_SAID, money_sheet
from core.rules.year_figures import TOTAL, count_chart, sheet_of

_TITLE = "奖金按奖项"
_COMPUTED = (OutColumn("奖项", 24), OutColumn("获奖对象", 10), OutColumn("应发（元）", 14, places=2))


def money_section(lines: Sequence[AwardPayment], awards: Iterable[AwardFilling], year: int) -> ReportSection:
    """The ledger's money of the year by award; while nothing is in it, what the outcome grants."""
    if lines:
        cycles = sorted({each.cycle for each in lines})
        whose = (("year", (year,)), ("cycle", cycles))
        names = {each.award or NOT_SAID: each.award for each in lines}
        lists = {
            name: CountedList("award_payments", f"{year}年{name}的奖金", (("award", (award,)), *whose))
            for name, award in names.items()
        }
        return _section(_from_ledger(lines), 2, "", lists)
    granted: dict[str, list[int]] = {}
    for each in awards:
        if each.winners and each.paid_fen:
            sums = granted.setdefault(each.name, [0, 0])
            sums[0] += len(each.winners)
            sums[1] += each.paid_fen * len(each.winners)
    rows = [(name, count, in_yuan(fen)) for name, (count, fen) in granted.items()]
    if rows:
        winners = sum(count for count, _ in granted.values())
        rows.append((TOTAL, winners, in_yuan(sum(fen for _, fen in granted.values()))))
    lists = {
        name: CountedList("results", f"{year}年{name}", (("year", (year,)), ("award", (name,))))
        for name in granted
    }
    return _section(sheet_of(_TITLE, _COMPUTED, rows), 2, "奖金还没有登记，按考核结果应发。", lists)


def _from_ledger(lines: Sequence[AwardPayment]) -> OutSheet:
    sheet = money_sheet("", MoneyBy.AWARD, lines, ())
    return sheet_of(_TITLE, sheet.columns, sheet.rows)


def _section(sheet: OutSheet, place: int, note: str, lists: Mapping[str, CountedList]) -> ReportSection:
    """The section of a table whose money granted stands in this column, the sum in the last row."""
    if not sheet.rows:
        return ReportSection("money", _TITLE, "没有奖金。", (), sheet)
    *rows, total = sheet.rows
    charts = count_chart(
        "money",
        _TITLE,
        [(str(row[0]), str(row[0]), in_yuan(_fen(row[place]))) for row in rows],
        unit="元",
        places=2,
    )
    said = f"应发奖金{yuan_text(_fen(total[place]))}"
    if not note:
        said += f"，已拨付{yuan_text(_fen(total[place + 1]))}，未拨付{yuan_text(_fen(total[place + 2]))}"
    return ReportSection("money", _TITLE, f"{said}。{note}", charts, sheet, lists)


def _fen(value: object) -> int:
    """Whole fen of a cell in yuan."""
    return int(Decimal(str(value)).scaleb(2))
