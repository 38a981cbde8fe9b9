"""The documents of an assessment on paper: where things stand on the first page, long names, many rows."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest

from core.model.document import OfficialDocument
from core.model.scheme import Scheme
from core.paper.fonts import FontLibrary
from core.paper.official_document import document_pages
from core.services.document_templates import shipped_templates
from tests.core.engine_cases import EXCELLENT, a_scheme, a_stage
from tests.core.test_rules_assessment_documents import CYCLE, document_of, many
from tests.core.test_rules_results_notice import a_computed_year
from tests.paper.conftest import Character, Print, ReadPage, near

PITCH, CELL = 225 / 22, 156 / 28
DATE_RIGHT = 184 - 4 * CELL
LONG = "临江街道东湖社区" + "长" * 72
"""A name of eighty characters."""


def middle(characters: Sequence[Character]) -> float:
    return (characters[0].left + characters[-1].right) / 2


def signed(page: ReadPage, day: str = "2026年1月5日") -> None:
    """The signature block: date four characters from the right, the office's name in its middle above it."""
    both = page.find(f"临江街道办事处{day}")
    issuer, dated = both[:7], both[7:]
    assert dated[-1].right == near(DATE_RIGHT)
    assert middle(issuer) == near(middle(dated), 0.1)
    assert dated[0].y - issuer[0].y == near(PITCH, 0.1)


def test_first_page_of_an_ordinary_one(print_document: Print) -> None:
    pages = print_document(document_of("praise-circular", a_computed_year({"甲": "95"})))
    page = pages[0]
    assert min(each.top for each in page.find("临江街道办事处文件")) == near(72)
    assert middle(page.find("临街办〔2026〕3号")) == near(106)
    lines = page.text.split("\n")
    title = lines[
        lines.index("临街办〔2026〕3号") + 1 : lines.index(
            "各社区\uff08村\uff09，各社会组织，机关各办\uff08所\uff09："
        )
    ]
    assert "".join(title) == "关于2025年度社会组织考核获奖情况的通报"
    assert [middle(page.find(line)) for line in title] == [near(106)] * 2
    rule = page.rules()[0]
    assert (rule.left, rule.right) == (near(28), near(184))
    assert page.find("各社区\uff08村\uff09")[0].left == near(28)
    assert page.find("2025年度，社会事务办")[0].left == near(28 + 2 * CELL, 0.1)
    signed(pages[-1])


def test_only_page_of_a_letter_with_its_receipt(print_document: Print) -> None:
    [page] = print_document(document_of("result-letter", a_computed_year({"甲": "75"}), "甲"))
    title = page.find("2025年度社会组织考核结果告知书")
    assert middle(title) == near(106)
    assert page.find("临街办〔2026〕3号")[-1].right == near(184)
    assert page.find("组织甲：")[0].left == near(28)
    assert page.find("按照《测试方案》")[0].left == near(28 + 2 * CELL, 0.1)
    signed(page)
    cut = min(rule.top for rule in page.rules())
    assert page.find("2026年1月5日")[0].bottom < cut < page.find("送达回执")[0].top


def test_only_page_of_a_rectification_notice_with_its_receipt(print_document: Print) -> None:
    [page] = print_document(document_of("rectification-notice", a_computed_year({"甲": "50"}), "甲"))
    assert page.find("组织甲：")[0].left == near(28)
    signed(page)


def test_first_page_of_a_public_notice_has_neither_head_nor_number(print_document: Print) -> None:
    pages = print_document(document_of("public-notice", a_computed_year({"甲": "95"})))
    assert "文件" not in pages[0].text
    assert pages[0].rules() == []
    assert middle(pages[0].find("关于2025年度社会组织考核结果的公示")) == near(106)
    assert pages[0].find("按照《测试方案》")[0].left == near(28 + 2 * CELL, 0.1)
    signed(next(page for page in pages if "临江街道办事处\n2026年1月5日" in page.text))


def test_a_payment_table_has_room_to_sign(print_document: Print) -> None:
    scheme = a_scheme(awards=(replace(EXCELLENT, number=EXCELLENT.number * 30),))
    pages = print_document(document_of("payment-table", a_computed_year(many(60), scheme=scheme)))
    page = pages[0]
    columns = sorted({round(rule.left, 1) for rule in page.rules() if rule.bottom - rule.top > 1})
    signing = page.find("签收")
    left = max(place for place in columns if place < signing[0].left)
    assert columns[-1] - left >= 24 - 0.1
    rows = sorted({round(rule.top, 1) for rule in page.rules() if rule.right - rule.left > 20})
    assert min(low - high for high, low in pairwise(rows[1:])) >= 12 - 0.1
    [ending] = [page.text for page in pages if "\n合计" in page.text]
    assert "组织60 优秀奖" in ending


@pytest.mark.parametrize("code", CYCLE)
@pytest.mark.parametrize("count", [0, 60])
def test_years_of_any_size_are_printed_whole(print_document: Print, code: str, count: int) -> None:
    scheme = a_scheme(*(a_stage(f"s{number}") for number in range(5)), awards=(EXCELLENT,))
    pages = print_document(document_of(code, a_computed_year(many(count), scheme=scheme)))
    assert any("2026年1月5日" in page.text for page in pages)


def with_long_names(code: str, scheme: Scheme | None = None) -> OfficialDocument:
    computed = a_computed_year({"甲": "95", "乙": "50"}, scheme=scheme)
    subjects = tuple(replace(each, name=LONG[:-1] + each.id) for each in computed.view.subjects)
    long = replace(computed, view=replace(computed.view, subjects=subjects))
    alone = code in ("result-letter", "rectification-notice")
    return document_of(code, long, "乙" if alone else "")


@pytest.mark.parametrize(
    "code", [*CYCLE, "opening-notice", "participants-table", "result-letter", "rectification-notice"]
)
def test_names_of_eighty_characters_are_printed_whole(print_document: Print, code: str) -> None:
    said = "".join(page.text for page in print_document(with_long_names(code)))
    assert said.count("长") >= 71
    outside = [
        each
        for page in print_document(with_long_names(code))
        for each in page.characters()
        if each.text == "长" and not 20 < each.left < each.right < 297 - 20
    ]
    assert outside == []


@pytest.mark.parametrize(("stages", "turned"), [(1, False), (3, False), (4, True), (8, True)])
def test_the_results_of_many_stages_stand_in_an_annex_as_wide_as_they_need(
    fonts: FontLibrary, stages: int, turned: bool
) -> None:
    scheme = a_scheme(*(a_stage(f"第{number}季度") for number in range(1, stages + 1)), awards=(EXCELLENT,))
    document = with_long_names("results-table", scheme)
    last = document_pages(document, fonts)[-1]
    assert len(document.annexes) == (stages > 3)
    assert last.turned is turned


def test_a_revocation_with_a_long_name_keeps_its_title_in_the_page(print_document: Print) -> None:
    text = shipped_templates()["revocation-decision"]
    long = replace(
        document_of("praise-circular", a_computed_year({})), title=("关于", "撤销", LONG, "的决定")
    )
    assert text.title[2] == "{对象名称}"
    page = print_document(long)[0]
    assert all(
        each.left >= 28 - 0.1 and each.right <= 184 + 0.1 for each in page.characters() if each.text == "长"
    )
