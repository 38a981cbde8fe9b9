"""Names that look like markup or formulas, or that no font shows: from the roster to table and paper."""

from pathlib import Path

import pypdfium2
import pytest

from core.errors import DocumentFailed
from core.model.certificate import CertificateRequest
from core.model.roster import RosterColumn, Verdict
from core.model.written_document import IssuedPaper
from core.services.document_opening import Wanted
from core.services.roster_import import RosterCounts
from core.services.services import Services
from core.sheets.reader import read_workbook
from tests.sheets.bad_workbooks import a_workbook

YEAR = 2025
NOTICE = Wanted("results-notice", YEAR)
RATERS = ("自评", "社区初评", "联动部门", "社会事务办", "群众测评")
FULL_MARKS = {
    "一个好项目": 15,
    "一个好牵头人": 10,
    "一支好队伍": 10,
    "一套好机制": 15,
    "一个好阵地": 10,
    "活动开展": 15,
    "台账资料": 10,
    "居民满意度": 15,
}
LONG = "长名字的社会组织联合会" * 3 + "志愿服务总队"
WINNERS = ("A&B <中心>", "<b>某", "</para>", "张䶮李𬭎艾山·甲𠮷队", LONG)
OTHERS = ('=HYPERLINK("http:x","点我")', "<!-- x -->中心", "&lt;甲&gt;&#20013;心")
COMMUNITY = "<i>东湖</i>&社区"


def imported(services: Services, roster: Path) -> RosterCounts:
    """The roster stored, with the names like formulas that a person let stand."""
    preview = services.roster_import.preview(roster)
    for row in preview.of(Verdict.REFUSED):
        preview = services.roster_import.keep(preview.reading, row.row.number, RosterColumn.NAME)
    return services.roster_import.apply(preview)


def a_computed_year(services: Services, folder: Path, names: tuple[str, ...]) -> None:
    """Names from best to worst, imported, scored by all raters and computed."""
    rows = ((name, COMMUNITY, "文化体育类", "李𬭎", "2019-03-05") for name in names)
    roster = a_workbook(folder / "名册.xlsx", ("组织名称", "所属社区", "类别", "负责人", "成立日期"), *rows)
    imported(services, roster)
    services.assessments.open_year(YEAR)
    head = ("组织名称", *(f"{name}({full}分)" for name, full in FULL_MARKS.items()))
    for rater in RATERS:
        marks = (
            (name, *(full - place / 4 for full in FULL_MARKS.values())) for place, name in enumerate(names)
        )
        sheet = a_workbook(folder / f"{rater}.xlsx", (f"{YEAR}年度评分表({rater})",), head, *marks)
        services.score_import.apply(services.score_import.preview(YEAR, sheet))
    services.assessments.compute(YEAR)


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page without its line ends."""
    pages = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_range().replace("\r\n", "") for page in pages]


def test_names_are_data_from_roster_to_paper(services: Services, tmp_path: Path) -> None:
    names = (*WINNERS, *OTHERS)
    a_computed_year(services, tmp_path, names)
    computed = services.assessments.outcome(YEAR)
    assert tuple(subject.name for subject, _ in computed.ordered()) == names

    notice = "".join(pages_of(services.document_issue.paper(NOTICE)))
    assert all(notice.count(name) == (3 if name in WINNERS else 2) for name in names)
    assert COMMUNITY in notice
    certificates = pages_of(services.certificates.issue(CertificateRequest(year=YEAR)).files[0].content)
    assert [page.removeprefix("荣誉证书").partition("\uff1a")[0] for page in certificates] == list(WINNERS)


def test_names_are_data_in_tables_and_come_back_as_they_were(services: Services, tmp_path: Path) -> None:
    names = (*WINNERS, *OTHERS)
    a_computed_year(services, tmp_path, names)
    organizations = services.register.register().organizations
    for name, table in (
        ("名册.xlsx", services.exports.roster(organizations, "花名册")),
        ("结果.xlsx", services.exports.results(services.assessments.outcome(YEAR))),
    ):
        (tmp_path / name).write_bytes(table)
        written = {cell for row in read_workbook(tmp_path / name).sheets[0].rows for cell in row}
        assert {*names, COMMUNITY} <= written
    again = imported(services, tmp_path / "名册.xlsx")
    assert (again.same, again.added, again.changed, again.refused) == (len(names), 0, 0, 0)


def test_character_without_a_font_stops_the_paper_and_books_no_number(
    services: Services, tmp_path: Path
) -> None:
    a_computed_year(services, tmp_path, ("甲\ue000队", "乙队"))

    def counts() -> dict[str, int]:
        # The key of check values is made once, in an act of its own.
        with_key = ("acts", "act_digests", "changes", "store_keys")
        return {name: count for name, count in services.store.check().counts if name not in with_key}

    before = counts()
    for issue, place in (
        (lambda: services.document_issue.paper(NOTICE), "附件1第1行“甲\ue000队”，组织名称"),
        (lambda: services.certificates.issue(CertificateRequest(year=YEAR)), "甲\ue000队，名称"),
    ):
        with pytest.raises(DocumentFailed) as caught:
            issue()
        assert f"U+E000，{place}" in caught.value.message_zh
        assert caught.value.remedy_zh
    assert counts() == before
    with services.store.reading() as view:
        assert view.count(IssuedPaper) == 0
