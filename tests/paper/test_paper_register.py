"""Papers of the register, read back from the finished PDF."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pypdfium2
import pytest

from core.errors import DocumentFailed, NotFound
from core.model.dates import PartialDate
from core.model.document import Paragraph, Table, TableColumn
from core.model.filing import Particulars
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.organization import Assignment, Organization, Standing
from core.model.register_papers import Block, Form, FormField, FormRow, Opinion, PaperPart, RegisterPaper
from core.paper.render import ReportLabPaper
from core.services.register_papers import RegisterPaperService
from core.services.services import Services

MM = 72 / 25.4
A4 = (210, 297)
LONG_NAME = ("松枫社区老年书画摄影朗诵合唱䶮㛃𬭎志愿服务" * 10)[:200]
MARKUP = "<b>服务</b>&amp;居民"
COLUMNS = (TableColumn("序号", 1), TableColumn("组织名称", 6, "left"), TableColumn("成立日期", 2))
LOG_HEAD = re.compile("日志[0-9]+-[0-9A-F]{4}-[0-9A-F]{4}")


def texts(data: bytes) -> list[str]:
    """The text of each page without its line ends."""
    document = pypdfium2.PdfDocument(BytesIO(data))
    return ["".join(page.get_textpage().get_text_range().split()) for page in document]


def flowing(pages: list[str], *repeated: str) -> str:
    """The text over all pages without page numbers, heads of the log and what each page repeats."""
    for number, page in enumerate(pages, start=1):
        page = LOG_HEAD.sub("", page)
        for said in (*repeated, f"—{number}—"):
            page = page.replace(said, "")
        pages[number - 1] = page
    return "".join(pages)


def sizes(data: bytes) -> list[tuple[int, int]]:
    return [
        (round(w / MM), round(h / MM)) for w, h in (page.get_size() for page in pypdfium2.PdfDocument(data))
    ]


def extents(data: bytes) -> Iterator[tuple[float, float, float, float]]:
    """What is drawn on each page reaches from here to there: left, right, top, bottom in mm."""
    for page in pypdfium2.PdfDocument(data):
        boxes = [each.get_bounds() for each in page.get_objects()]
        height = page.get_size()[1]
        yield (
            min(box[0] for box in boxes) / MM,
            max(box[2] for box in boxes) / MM,
            (height - max(box[3] for box in boxes)) / MM,
            (height - min(box[1] for box in boxes)) / MM,
        )


def a_paper(*blocks: Block, **changes: Any) -> RegisterPaper:
    part = PaperPart("社会组织花名册", "范围：全部", blocks)
    return replace(RegisterPaper("花名册", "示例街道办事处", date(2026, 1, 8), (part,)), **changes)


def rows(count: int) -> tuple[tuple[str, ...], ...]:
    return tuple((str(n), f"第{n}支队伍", "2024-10-11") for n in range(1, count + 1))


def a_form(*pairs: tuple[str, str]) -> Form:
    return Form(tuple(FormRow((FormField(label, (text,) if text else ()),)) for label, text in pairs))


@pytest.fixture
def papers(sample: Services, paper: ReportLabPaper) -> RegisterPaperService:
    return RegisterPaperService(sample.store, "录入员", sample.clock, paper)


def test_list_repeats_its_head_and_numbers_its_pages(paper: ReportLabPaper) -> None:
    pages = texts(paper.register_paper(a_paper(Table(COLUMNS, rows(90)), landscape=True)))
    assert len(pages) > 2
    for number, page in enumerate(pages, start=1):
        assert "序号组织名称成立日期" in page
        assert f"—{number}—" in page
    assert all(f"第{n}支队伍" in "".join(pages) for n in range(1, 91))
    assert pages[0].startswith("社会组织花名册填报单位：示例街道办事处2026年1月8日范围：全部")


def test_lying_page_keeps_its_margins(paper: ReportLabPaper) -> None:
    data = paper.register_paper(a_paper(Table(COLUMNS, rows(90)), landscape=True, internal=True))
    assert set(sizes(data)) == {(297, 210)}
    for left, right, top, bottom in extents(data):
        assert left >= 19.5
        assert right <= 277.5
        assert top >= 15
        assert bottom <= 202


@pytest.mark.parametrize("internal", [True, False])
def test_internal_paper_says_so_on_every_page(paper: ReportLabPaper, internal: bool) -> None:
    pages = texts(paper.register_paper(a_paper(Table(COLUMNS, rows(90)), internal=internal)))
    assert ["内部资料" in page for page in pages] == [internal] * len(pages)


def test_text_is_never_markup(paper: ReportLabPaper) -> None:
    blocks = (a_form(("宗旨", MARKUP)), Table(COLUMNS, (("1", MARKUP, ""),)), Paragraph(MARKUP))
    [page] = texts(paper.register_paper(a_paper(*blocks)))
    assert page.count(MARKUP) == 3


def test_row_higher_than_a_page_goes_over_and_loses_nothing(paper: ReportLabPaper) -> None:
    remark = "".join(f"第{n}句话，" for n in range(900))
    table = Table(
        (*COLUMNS, TableColumn("备注", 1, "left")),
        (*((*row, "") for row in rows(3)), ("4", "长", "", remark)),
    )
    data = paper.register_paper(a_paper(table, landscape=True))
    pages = texts(data)
    assert len(pages) > 1
    assert remark in flowing(pages, "序号组织名称成立日期备注")
    for _, _, _, bottom in extents(data):
        assert bottom <= 202


def test_one_long_text_does_not_tear_the_dates(paper: ReportLabPaper) -> None:
    wide = tuple(TableColumn(f"栏目{n}", 1, "left") for n in range(12))
    cells = (LONG_NAME,) * 12
    table = Table((*COLUMNS, *wide), (*((*row, *cells) for row in rows(2)),))
    pages = texts(paper.register_paper(a_paper(table, landscape=True)))
    assert "2024-10-11" in "".join(pages)
    document = pypdfium2.PdfDocument(paper.register_paper(a_paper(table, landscape=True)))
    assert "2024-10-11" in document[0].get_textpage().get_text_range()


def test_two_telephone_numbers_are_parted_between_them(paper: ReportLabPaper) -> None:
    wide = tuple(TableColumn(f"栏目{n}", 1) for n in range(9))
    filled = ("松枫社区合唱团",) * 9
    table = Table((TableColumn("联系电话", 1), *wide), (("138****0104 0571-88886666", *filled),))
    [page] = pypdfium2.PdfDocument(paper.register_paper(a_paper(table)))
    lines = page.get_textpage().get_text_range().split()
    assert "138****0104" in lines
    assert "0571-88886666" in lines


def test_long_box_goes_over_pages_with_its_label_and_closed_edges(paper: ReportLabPaper) -> None:
    scope = "".join(f"第{n}项服务，" for n in range(700))[:5000]
    data = paper.register_paper(a_paper(a_form(("名称", "队"), ("业务范围", scope), ("备注", ""))))
    pages = texts(data)
    assert len(pages) > 3
    assert all("业务范围" in page for page in pages)
    assert scope in flowing(pages, "业务范围")
    assert set(sizes(data)) == {A4}
    for number, page in enumerate(pypdfium2.PdfDocument(data), start=1):
        level = [
            box
            for box in (each.get_bounds() for each in page.get_objects())
            if box[2] - box[0] > 400 and box[3] - box[1] < 3
        ]
        tops = [(297 * MM - box[3]) / MM for box in level]
        assert max(tops) > 255 or number == len(pages)
        assert min(tops) < 70


def test_boxes_side_by_side_and_room_for_the_seal(paper: ReportLabPaper) -> None:
    form = Form(
        (
            FormRow((FormField("负责人", ("李䶮",)), FormField("性别"), FormField("政治面貌", ("群众",)))),
            Opinion("社区意见", ("同意。",), "2025年3月5日"),
            Opinion("街道意见"),
        )
    )
    [page] = texts(paper.register_paper(a_paper(form)))
    assert "负责人李䶮性别政治面貌群众" in page
    assert "同意。（盖章）2025年3月5日" in page
    assert page.count("（盖章）") == 2
    assert "（盖章）年月日" in page


def test_opinion_over_pages_keeps_its_seal_with_its_last_line(paper: ReportLabPaper) -> None:
    said = "".join(f"第{n}条，" for n in range(600))
    pages = texts(paper.register_paper(a_paper(Form((Opinion("街道意见", (said,), "2025年3月5日"),)))))
    assert len(pages) > 1
    assert "第599条，（盖章）2025年3月5日" in pages[-1]


def test_title_too_long_for_a_line_takes_several(paper: ReportLabPaper) -> None:
    part = PaperPart(f"{LONG_NAME}情况卡片", "", (Paragraph("正文"),))
    [page] = texts(paper.register_paper(a_paper(parts=(part,))))
    assert page.startswith(f"{LONG_NAME}情况卡片填报单位")


def test_character_without_font_is_refused_with_its_place(paper: ReportLabPaper) -> None:
    with pytest.raises(DocumentFailed) as caught:
        paper.register_paper(a_paper(a_form(("负责人", "李\ue863"))))
    assert "U+E863" in caught.value.message_zh
    assert "负责人" in caught.value.message_zh


def test_roster_of_the_office(papers: RegisterPaperService, sample: Services) -> None:
    everything = sample.register.register().organizations
    whole = "".join(texts(papers.roster()))
    assert f"范围：全部共{len(everything)}个" in whole
    assert "138****0104" in whole
    assert "13800000104" not in whole
    chosen = [everything[7].id, everything[3].id]
    [page] = texts(papers.roster(chosen, shown="类别：小区物业类"))
    assert "范围：类别：小区物业类共2个" in page
    assert sample.register.acts(1)[0].verb != "打印完整号码"


def test_whole_numbers_are_internal_and_logged(papers: RegisterPaperService, sample: Services) -> None:
    organization = next(
        each for each in sample.register.register().organizations if "13800000104" in each.organization.phones
    )
    [page] = texts(papers.roster([organization.id], masked=False))
    assert "13800000104" in page
    assert "内部资料" in page
    act = sample.register.acts(1)[0]
    assert (act.verb, act.actor) == ("打印完整号码", "录入员")
    assert act.reason == "社会组织花名册\u3000范围：所选组织\u3000共 1 个"


def test_filing_form_of_a_long_record(papers: RegisterPaperService, sample: Services) -> None:
    organization = sample.register.register().organizations[0].organization
    scope = "".join(f"第{n}项，" for n in range(900))[:5000]
    with sample.store.writing(ActDraft("修改", "录入员")) as work:
        work.change([replace(organization, name=LONG_NAME, principal="𬭎㛃䶮")])
        work.add([Particulars(new_id(), organization.id, scope_registered=scope, has_charter=True)])
    pages = texts(papers.filing_form(organization.id))
    whole = flowing(pages, "业务范围")
    assert LONG_NAME in whole
    assert "𬭎㛃䶮" in whole
    assert scope in whole
    assert "备案机关意见" in whole


def test_filing_form_with_nothing_but_the_roster_takes_two_pages(
    papers: RegisterPaperService, sample: Services
) -> None:
    first, second = texts(papers.filing_form(sample.register.register().organizations[0].id))
    assert first.startswith(
        "社区社会组织备案表填报单位：示例街道办事处2026年1月8日组织名称松枫社区作风监督志愿队"
    )
    assert second.count("（盖章）") == 3
    assert "□备案申请书" in second


def test_booklet_of_a_large_group(papers: RegisterPaperService, sample: Services) -> None:
    group = sample.register.register().work_groups[0]
    more = [
        Organization(
            new_id(),
            f"第{n}支志愿服务队",
            standing=Standing.FILED,
            founded_on=PartialDate(2020),
            position=1000 + n,
        )
        for n in range(300)
    ]
    with sample.store.writing(ActDraft("新增", "录入员")) as work:
        work.add(more)
        work.add([Assignment(new_id(), each.id, group.id, "2025-01-01") for each in more])
    pages = texts(papers.booklet([group.id]))
    whole = "".join(pages)
    assert pages[0].startswith("专项推进组工作手册")
    assert pages[1].startswith(group.name)
    assert all(each.name in whole for each in more)
    assert "任务清单（缺）" in whole


def test_all_groups_begin_on_pages_of_their_own(papers: RegisterPaperService, sample: Services) -> None:
    pages = texts(papers.booklet())
    for group in sample.register.register().work_groups:
        assert any(page.startswith(f"{group.name}填报单位") for page in pages)


def test_cards_of_all_communities_in_the_office_s_order(
    papers: RegisterPaperService, sample: Services
) -> None:
    pages = texts(papers.community_card())
    names = [each.name for each in sample.register.register().communities]
    titles = [page for page in pages if "情况卡片" in page]
    assert len(titles) == len(names)
    assert all(page.startswith(f"{name}社会组织情况卡片") for page, name in zip(titles, names, strict=True))


def test_missing_papers_of_the_office(papers: RegisterPaperService) -> None:
    whole = "".join(texts(papers.missing_papers()))
    assert "松枫社区公益堂松枫社区备案信息；章程" in whole
    assert "专项工作方案；任务清单；责任清单" in whole
    assert "三、未报送工作方案的单位" in whole


@pytest.mark.parametrize("desk", ["roster", "booklet", "community_card"])
def test_nothing_chosen_is_said(papers: RegisterPaperService, desk: str) -> None:
    with pytest.raises(NotFound, match="没有可打印的"):
        getattr(papers, desk)(["gone"])
    with pytest.raises(NotFound, match="没有找到这个组织"):
        papers.filing_form("gone")


def test_the_head_of_the_log_stands_at_the_foot_of_every_page_and_in_the_properties(sample: Services) -> None:
    head = sample.audit.head().said
    printed = sample.papers.roster()
    pages = texts(printed)
    assert len(pages) > 1
    assert all(f"日志{head}" in page for page in pages)
    assert pypdfium2.PdfDocument(printed).get_metadata_value("Keywords") == f"日志校验码 {head}"
    assert sample.audit.verify([head]).is_whole
