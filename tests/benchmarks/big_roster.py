"""Makes a roster of any size for the benchmark: `python tests/benchmarks/big_roster.py FILE [ROWS]`."""

import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from openpyxl import Workbook

COMMUNITIES = 300
CATEGORIES = (
    "作风建设类",
    "矛盾调处类",
    "经济发展类",
    "卫计服务类",
    "公益宣传类",
    "城市管理类",
    "综合治理类",
    "文化体育类",
    "小区物业类",
)
HEAD = (
    "所属社区",
    "序号",
    "组织名称",
    "类别",
    "方式",
    "备案号/统一社会信用代码",
    "日期",
    "姓名",
    "政治面貌",
    "联系电话",
    "成员数",
    "党员数",
    "志愿者数",
    "活动场所",
    "2025年活动次数",
    "服务人次",
    "上年度等级",
    "备注",
)
DIGITS = "〇一二三四五六七八九"
SURNAMES = "张李王赵钱孙周吴郑陈林沈陆朱俞欧"
GIVEN = "甲乙丙丁戊己庚辛壬癸"


def numeral(number: int) -> str:
    """The number in Chinese digits, so that every name is different."""
    return "".join(DIGITS[int(digit)] for digit in str(number))


def cells(number: int, rows: int) -> tuple[object, ...]:
    """One organization, spelled in the ways of the sample roster."""
    community = numeral(number * COMMUNITIES // rows)
    founded = date(2012, 1, 1) + timedelta(days=number % 4900)
    phone = 13800000000 + number
    return (
        f"{community}社区",
        number + 1,
        f"{community}社区{numeral(number)}号志愿队" + " " * (number % 13 == 5),
        CATEGORIES[number % 9],
        "备案",
        f"XX街社备〔{founded.year}〕{number:05d}号",
        (founded, f"{founded.year}.{founded.month}.{founded.day}", f"{founded.year}年{founded.month}月")[
            number % 3
        ],
        SURNAMES[number % 16] + GIVEN[number % 10] + GIVEN[number // 10 % 10],
        ("中共党员", "群众")[number % 2],
        (phone, str(phone), f"{str(phone)[:3]} {str(phone)[3:7]} {str(phone)[7:]}")[number % 3],
        number % 80 + 8 if number % 21 else f"{number % 80 + 8}人",
        number % 9,
        number % 40,
        "社区活动室",
        number % 40,
        number % 900,
        ("优秀", "良好", "合格", "/")[number % 4],
        "",
    )


def make(path: Path, rows: int = 10_000) -> None:
    """Write a roster of `rows` organizations."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("花名册")
    sheet.append(["XX街道社区社会组织花名册"])
    sheet.append(HEAD)
    for line in table(rows):
        sheet.append(line)
    book.save(path)


def table(rows: int) -> Iterator[tuple[object, ...]]:
    """The data rows alone."""
    return (cells(number, rows) for number in range(rows))


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 10_000)
