"""Documents to be checked, and what is found in them."""

from dataclasses import replace
from datetime import date

from core.model.document import Annex, OfficialDocument, Paragraph, Table, TableColumn
from core.model.document_check import DocumentCheck, DocumentFinding, Known
from core.rules.document_checks import check_document

TODAY = date(2026, 1, 8)
NAMES = ("东湖社区合唱团", "松枫社区作风监督志愿队", "凤凰社区平安巡逻队", "滨湖社区楼宇经济联合会")
KNOWN = Known(TODAY, names=NAMES)


def a_document(*texts: str | Paragraph | Table, **changes: object) -> OfficialDocument:
    """A sound notice with these blocks as its text."""
    document = OfficialDocument(
        red_head="示例街道办事处文件",
        number="示例街办〔2026〕3号",
        title=("关于", "2025年度", "社会组织", "考核结果的通报"),
        addressee="各社区，各社会组织",
        paragraphs=tuple(Paragraph(text) if isinstance(text, str) else text for text in texts),
        annexes=(),
        issuer="示例街道办事处",
        dated_on=date(2026, 1, 5),
    )
    return replace(document, **changes)


def a_table(titles: str, *rows: str, totals: str = "") -> Table:
    """A table written as lines, its cells parted by spaces; _ is an empty cell."""

    def cells(line: str) -> tuple[str, ...]:
        return tuple("" if cell == "_" else cell for cell in line.split())

    columns = tuple(TableColumn(title, 1) for title in titles.split())
    return Table(columns, tuple(cells(row) for row in rows), cells(totals))


def an_annex(*blocks: Paragraph | Table, title: str = "名单") -> Annex:
    return Annex(title, blocks)


def found_in(document: OfficialDocument, known: Known = KNOWN) -> list[tuple[DocumentCheck, str]]:
    """The codes and words of all findings."""
    return [(each.code, each.words) for each in check_document(document, known)]


def finding_in(document: OfficialDocument, known: Known = KNOWN) -> DocumentFinding:
    """The one finding that there is."""
    (finding,) = check_document(document, known)
    return finding
