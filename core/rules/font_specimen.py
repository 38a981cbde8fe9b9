"""A page with the faces of an official document, to be printed and held beside one of the office's."""

from collections.abc import Sequence
from datetime import date

from core.model.document import DocumentFormat, OfficialDocument, Paragraph, Table, TableColumn
from core.model.office import Office
from core.model.office_font import FontUse

LINE = "社会组织考核评定表扬通报，永远平安。0123456789 Aa《》“”"
_COLUMNS = (TableColumn("用在哪里", 3), TableColumn("字体", 5))


def font_specimen(office: Office, today: date, uses: Sequence[FontUse] = ()) -> OfficialDocument:
    """Headings of four levels, text and a table; with `uses` the table says which font draws what."""
    rows = tuple((each.place.label, each.name) for each in uses) or (("表格", "数字 0123456789"),)
    return OfficialDocument(
        red_head="",
        number="",
        title=("公文", "字体", "样张"),
        addressee="",
        paragraphs=(
            Paragraph(f"标题用小标宋，正文用仿宋，每页22行，每行28个字。{LINE}"),
            Paragraph(heading="一、一级标题用黑体", level=1),
            Paragraph(heading="（一）二级标题用楷体", level=2),
            Paragraph(heading="1.三级标题用仿宋。", level=3),
            Paragraph(heading="（1）四级标题用仿宋。", level=4),
            Paragraph("这一页实际用的字体如下表。"),
            Table(_COLUMNS, rows),
        ),
        annexes=(),
        issuer="",
        dated_on=today,
        seal=False,
        line_pitch=office.line_pitch,
        format=DocumentFormat.PLAIN,
    )
