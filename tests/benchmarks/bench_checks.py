"""Checking a document before it is issued, and comparing two versions, at sizes that grow.

Run with: pytest tests/benchmarks/bench_checks.py -o python_files='bench_*.py' -s

No issue names a limit, and there is no floor. What counts is that a table of 1,000 rows against a register of
2,000 names takes under a second (asserted), and that twice as much takes twice as long (shown); of comparing,
that a person does not wait (shown). One name in ten is misspelt.
"""

import time
from dataclasses import replace
from datetime import date

import pytest

from core.model.document import Annex, OfficialDocument, Paragraph, Table, TableColumn
from core.model.document_check import DocumentCheck, Known
from core.rules.document_checks import check_document
from core.rules.text_comparison import compare_texts
from tests.benchmarks.measuring import best_of

PLACES = ("松枫", "东湖", "滨湖", "凤凰", "洁芳", "水洞埭", "三港新城", "大胜", "通界", "黄家浜")
KINDS = ("作风监督志愿队", "合唱团", "楼宇经济联合会", "平安巡逻队", "星级门店自治协会")
COLUMNS = tuple(
    TableColumn(title, 1) for title in ("序号", "组织名称", "所属社区", "得分", "金额（元）", "大写")
)


def names(count: int) -> tuple[str, ...]:
    return tuple(f"{PLACES[n % 10]}社区第{n // 50}{KINDS[n // 10 % 5]}" for n in range(count))


def a_document(rows: int, known: tuple[str, ...]) -> OfficialDocument:
    listed = [
        f"{name[:4]}的{name[5:]}" if place % 10 == 0 else name for place, name in enumerate(known[:rows])
    ]
    cells = tuple(
        (str(place), name, name[:4], "92.50", "40,000.00", "肆万元整")
        for place, name in enumerate(listed, start=1)
    )
    totals = ("合计", "", "", "", f"{rows * 40_000:,}.00", "")
    text = f"{'、'.join(known[: rows // 2])}等{rows // 2}个组织获奖，每个给予扶持资金4万元。"
    day = Paragraph("公示期为5个工作日，自2026年1月8日至1月14日（星期三）。", "一、公示时间。", 1)
    return OfficialDocument(
        red_head="",
        number="示例街办〔2026〕3号",
        title=("关于考核结果的通报",),
        addressee="各社区",
        paragraphs=(day, Paragraph(f"{rows}个组织列入名单（名单见附件1）。"), Paragraph(text)),
        annexes=(Annex("名单", (Table(COLUMNS, cells, totals),)),),
        issuer="示例街道办事处",
        dated_on=date(2026, 1, 8),
    )


@pytest.mark.parametrize(("rows", "register"), [(100, 200), (1_000, 2_000), (2_000, 4_000)])
def test_checking(rows: int, register: int) -> None:
    known = Known(date(2026, 1, 8), "通报", names(register), forbidden_words=("示范创建", "表彰"))
    document = a_document(rows, known.names)

    start = time.perf_counter()
    found = check_document(document, known)
    first = time.perf_counter() - start

    assert [each.code for each in found] == [DocumentCheck.NAME] * (rows // 10)
    bare = best_of(lambda: check_document(document, replace(known, names=())), 5)
    again = best_of(lambda: check_document(document, known), 5)
    times = f"first {first * 1000:.0f} ms, again {again * 1000:.0f} ms, without names {bare * 1000:.0f} ms"
    print(f"\n{rows:,} rows, {register:,} names: {times}")
    assert rows > 1_000 or first < 1


@pytest.mark.parametrize("count", [50, 100, 200])
def test_comparing(count: int) -> None:
    old = [f"{number}、{'社区社会组织考核工作' * 12}，第{number}段。" for number in range(count)]
    new = [text.replace("考核", "评估", number % 4) for number, text in enumerate(old)]
    print(f"\n{count} paragraphs: {best_of(lambda: compare_texts(old, new), 5) * 1000:.0f} ms")
