"""The workbook of an office that computes the same year in a spreadsheet: the floor of `assess compute`.

A sheet for each rater with the marks and a total; a summary with weighted mean, grade and rank.
"""

import random
from pathlib import Path

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name


def write(path: Path, subjects: int, indicators: int, raters: int) -> None:
    """Write the workbook; nothing in it is computed yet."""
    chance = random.Random(20251128)
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    last = xl_col_to_name(indicators)
    for rater in range(raters):
        sheet = book.add_worksheet(f"r{rater}")
        for row in range(subjects):
            sheet.write_string(row, 0, f"组织{row:06}")
            for column in range(1, indicators + 1):
                sheet.write_number(row, column, chance.randint(8, 20) / 4)
            sheet.write_formula(row, indicators + 1, f"=SUM(B{row + 1}:{last}{row + 1})")
    total = xl_col_to_name(indicators + 1)
    summary = book.add_worksheet("汇总")
    full = indicators * 5
    for row in range(subjects):
        place = row + 1
        parts = "+".join(f"r{rater}!{total}{place}" for rater in range(raters))
        summary.write_string(row, 0, f"组织{row:06}")
        summary.write_formula(row, 1, f"=ROUND(({parts})/{raters},2)")
        summary.write_formula(
            row,
            2,
            f'=IF(B{place}>={full * 0.9},"优秀",IF(B{place}>={full * 0.8},"良好",'
            f'IF(B{place}>={full * 0.7},"合格",IF(B{place}>={full * 0.6},"基本合格","不合格"))))',
        )
        summary.write_formula(row, 3, f"=RANK(B{place},B$1:B${subjects})")
    book.close()
