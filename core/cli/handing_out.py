"""Commands that verify results, hand them out, and keep the ledger of award money."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from core.cli.assessing import outcome_data
from core.cli.importing import problem_data
from core.cli.invocation import Invocation
from core.cli.terminal import Answer, table
from core.errors import InvalidInput
from core.model.award_payment import AwardPayment
from core.model.money_report import MoneyBy
from core.model.plain_records import to_plain
from core.model.result_package import Verification
from core.model.tables import OutValue
from core.services.files import refuse_unwritable, write_file
from core.services.services import Services
from core.services.verification import verify_package

DIFFERS = 1
_LINES = ("获奖对象", "奖项", "分成人", "金额（元）", "拨付日期", "备注")


def verify_kept(services: Services, call: Invocation) -> Answer:
    """Compute a kept cycle again and compare every figure."""
    if not call.year:
        raise InvalidInput("wrong_use", "缺少参数：--year 或结果包。", "请写年度，或写结果包的文件名。")
    return _verified(services.verification.verify(call.year, call.cycle))


def verify_file(call: Invocation) -> Answer:
    """Compute a result package again, without any store."""
    if call.year:
        told = "写了结果包，又写了 --year，不知道要核对哪一个。"
        raise InvalidInput("wrong_use", told, "核对结果包不写 --year；核对本机的不写结果包。")
    return _verified(verify_package(call.file))


def export_results(services: Services, call: Invocation) -> Answer:
    """Write the results as an Excel file."""
    refuse_unwritable(call.output)
    computed = services.assessments.outcome(call.year, call.cycle, trace=call.json)
    write_file(call.output, services.exports.results(computed))
    return Answer({"file": str(call.output), **outcome_data(computed)}, (f"已写入 {call.output}",))


def export_package(services: Services, call: Invocation) -> Answer:
    """Write everything that a cycle was computed from, to be verified elsewhere."""
    refuse_unwritable(call.output)
    write_file(call.output, services.verification.package(call.year, call.cycle))
    return Answer({"file": str(call.output)}, (f"已写入 {call.output}，可在别的电脑上用 verify 校验。",))


def propose(services: Services, call: Invocation) -> Answer:
    """Put the lines that follow from the announced outcome into the ledger."""
    lines = services.award_money.propose(call.year, call.cycle)
    said = f"登记了 {len(lines)} 笔奖金。" if lines else "公布的奖金都已在台账里。"
    return Answer({"lines": [to_plain(each) for each in lines]}, (said, *_money_lines(lines)))


def list_payments(services: Services, call: Invocation) -> Answer:
    """List the award money of a cycle."""
    lines = services.award_money.lines(call.year, call.cycle)
    data = {"lines": [to_plain(each) for each in lines]}
    return Answer(data, tuple(_money_lines(lines)) or ("台账里还没有这次考核的奖金。",))


def totals(services: Services, call: Invocation) -> Answer:
    """Sum the award money up; with an output file also as Excel."""
    sheet = services.award_money.totals(MoneyBy(call.totals_by))
    heads = [column.title for column in sheet.columns]
    rows = [["" if cell is None else str(cell) for cell in row] for row in sheet.rows]
    shown = [[_shown(cell) for cell in row] for row in sheet.rows]
    said = (
        table(heads, shown, frozenset(range(1, len(heads))))
        if rows
        else ["台账里没有要发、已发或要追回的奖金。"]
    )
    if call.output.name:
        refuse_unwritable(call.output)
        write_file(call.output, services.exports.sheet(sheet))
        said.append(f"已写入 {call.output}")
    return Answer({"columns": heads, "rows": rows}, tuple(said))


def _shown(cell: OutValue) -> str:
    """A cell for a person, who reads 1,234,567."""
    return f"{cell:,}" if isinstance(cell, int | Decimal) else str(cell or "")


def _verified(found: Verification) -> Answer:
    said = "一致" if found.holds else "不一致"
    lines = [
        f"{found.title}：{found.subjects} 个对象重新计算，与留存的{said}。",
        f"留存的校验码 {found.digest_kept}",
        f"现在的校验码 {found.digest_now}",
        *(f"  {problem}" for problem in found.differences),
    ]
    data = {
        "holds": found.holds,
        "title": found.title,
        "subjects": found.subjects,
        "digest_kept": found.digest_kept,
        "digest_now": found.digest_now,
        "differences": problem_data(found.differences),
    }
    return Answer(data, tuple(lines), 0 if found.holds else DIFFERS)


def _money_lines(lines: Sequence[AwardPayment]) -> list[str]:
    rows = [
        (
            each.winner,
            each.award,
            each.head,
            f"{(each.amount or 0) // 100:,}.{(each.amount or 0) % 100:02d}",
            str(each.paid_on or ""),
            each.remarks,
        )
        for each in lines
    ]
    return table(_LINES, rows, frozenset({3})) if rows else []


COMMANDS: dict[str, Callable[[Services, Invocation], Answer]] = {
    "verify": verify_kept,
    "export results": export_results,
    "export result-package": export_package,
    "payments propose": propose,
    "payments list": list_payments,
    "payments totals": totals,
}
