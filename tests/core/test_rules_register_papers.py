"""What the papers of the register say, before they have a place on a page."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from core.model.activities import Brand, BrandLevel, Good
from core.model.completeness_view import (
    AverageCount,
    CommunityCount,
    Completeness,
    FiveOnesGap,
    GroupGap,
    PartyCoverage,
    Targets,
)
from core.model.dates import PartialDate
from core.model.document import Paragraph, Table
from core.model.filing import Outcome, Particulars, Transition, TransitionKind
from core.model.filing_view import MissingPapers
from core.model.office import Office
from core.model.organization import Community, CommunityKind, Organization, Standing, Status, WorkGroup
from core.model.people import Person, Post, PostKind, Unit
from core.model.register import OrganizationSummary
from core.model.register_papers import Form, FormRow, Opinion, RegisterPaper
from core.model.tasks import GroupPaper, PaperKind
from core.rules.community_card import CommunityFacts, community_cards
from core.rules.filing_form import FilingFacts, entry_of, filing_form
from core.rules.group_booklet import GroupFacts, People, group_booklet
from core.rules.register_papers import PaperFrame, missing_papers_list, roster_paper

OFFICE = Office("office", "示例街道办事处", document_code="示例街办")
DAY = date(2026, 1, 8)
FRAME = PaperFrame(OFFICE, DAY)
WHOLE = PaperFrame(OFFICE, DAY, masked=False)
CHOIR = Organization(
    "choir",
    "松枫社区合唱团",
    standing=Standing.FILED,
    filing_number="示例街社备〔2024〕001号",
    principal="李䶮",
    phones=("13800000104", "96345"),
    members=30,
)
ID_NUMBER = "11010519491231002X"


def summary(organization: Organization = CHOIR, **changes: Any) -> OrganizationSummary:
    return OrganizationSummary(
        replace(organization, **changes), "松枫社区", "文化体育类", "群众文体", "group"
    )


def tables(paper: RegisterPaper, part: int = 0) -> list[Table]:
    return [block for block in paper.parts[part].blocks if isinstance(block, Table)]


def boxes(paper: RegisterPaper) -> dict[str, tuple[str, ...]]:
    """The boxes of the first form by label."""
    form = next(block for block in paper.parts[0].blocks if isinstance(block, Form))
    rows = [row.fields if isinstance(row, FormRow) else (row,) for row in form.rows]
    return {box.label: box.paragraphs for row in rows for box in row}


def cell(table: Table, title: str, row: int = 0) -> str:
    return dict(zip((each.title for each in table.columns), table.rows[row], strict=True))[title]


def test_roster_masks_phones_and_says_what_it_shows() -> None:
    paper = roster_paper(FRAME, [summary(), summary(id="two")], "社区：松枫社区")
    assert paper.landscape
    assert not paper.internal
    assert paper.parts[0].note == "范围：社区：松枫社区\u3000共 2 个"
    [table] = tables(paper)
    assert cell(table, "联系电话") == "138****0104 96****45"
    assert [row[0] for row in table.rows] == ["1", "2"]


def test_roster_with_whole_numbers_is_internal() -> None:
    paper = roster_paper(WHOLE, [summary()], "全部")
    assert paper.internal
    assert cell(tables(paper)[0], "联系电话") == "13800000104 96345"


@pytest.mark.parametrize(
    ("status", "remarks", "shown"),
    [
        (Status.ACTIVE, "活动多", "活动多"),
        (Status.SUSPENDED, "场地装修", "暂停活动；场地装修"),
        (Status.SUSPENDED, "2025年起暂停活动", "2025年起暂停活动"),
        (Status.DEREGISTERED, "", "已注销"),
    ],
)
def test_roster_says_a_status_once(status: Status, remarks: str, shown: str) -> None:
    paper = roster_paper(FRAME, [summary(status=status, remarks=remarks)], "全部")
    assert cell(tables(paper)[0], "备注") == shown


def test_registered_organization_shows_its_credit_code() -> None:
    paper = roster_paper(FRAME, [summary(credit_code="52330499MJ00000500")], "全部")
    assert cell(tables(paper)[0], "备案号/信用代码") == "52330499MJ00000500"


def test_form_without_particulars_is_blank_for_the_pen() -> None:
    said = boxes(filing_form(FRAME, FilingFacts(summary())))
    assert said["组织名称"] == ("松枫社区合唱团",)
    assert said["宗旨"] == said["业务范围"] == said["章程"] == said["社区（村）意见"] == ()
    assert said["提交材料"] == ("□ 备案申请书", "□ 章程", "□ 负责人身份证明", "□ 成员名单", "□ 活动场所证明")
    assert "身份证号" not in said
    assert "曾用名" not in said


def test_form_says_what_the_register_knows() -> None:
    particulars = Particulars(
        "p",
        "choir",
        purpose="服务居民。\n丰富生活。",
        scope_registered="合唱",
        scope_printed="合唱",
        has_charter=True,
        charter_version="2024版",
        floor_area=12050,
        funds=3_000_000,
    )
    said = boxes(filing_form(FRAME, FilingFacts(summary(former_names=("合唱队",)), particulars)))
    assert said["宗旨"] == ("服务居民。", "丰富生活。")
    assert said["业务范围"] == ("合唱",)
    assert said["章程"] == ("有，2024版",)
    assert said["场所面积"] == ("120.5平方米",)
    assert said["开办资金"] == ("3万元",)
    assert said["曾用名"] == ("合唱队",)


def test_form_shows_both_scopes_where_they_differ() -> None:
    particulars = Particulars("p", "choir", scope_registered="合唱、朗诵", scope_printed="合唱")
    said = boxes(filing_form(FRAME, FilingFacts(summary(), particulars)))
    assert said["业务范围（登记）"] == ("合唱、朗诵",)
    assert said["业务范围（印发）"] == ("合唱",)


@pytest.mark.parametrize(("masked", "shown"), [(True, "110105********002X"), (False, ID_NUMBER)])
def test_id_number_stands_on_the_form_only_where_the_office_keeps_it(masked: bool, shown: str) -> None:
    facts = FilingFacts(summary(), Particulars("p", "choir", principal_id_number=ID_NUMBER))
    keeping = PaperFrame(replace(OFFICE, keep_id_numbers=True), DAY, masked)
    assert boxes(filing_form(keeping, facts))["身份证号"] == (shown,)
    assert "身份证号" not in boxes(filing_form(PaperFrame(OFFICE, DAY, masked), facts))


def test_form_takes_opinions_and_papers_from_the_application() -> None:
    application = Transition(
        "t",
        "choir",
        TransitionKind.FILE,
        papers=("备案申请书", "章程（2024版）"),
        community_opinion="同意上报。",
        community_opined_on=PartialDate(2025, 3, 5),
        street_opined_on=PartialDate(2025, 3),
    )
    paper = filing_form(FRAME, FilingFacts(summary(), None, application))
    form = next(block for block in paper.parts[0].blocks if isinstance(block, Form))
    opinions = [row for row in form.rows if isinstance(row, Opinion)]
    assert [(each.paragraphs, each.dated_on) for each in opinions] == [
        (("同意上报。",), "2025年3月5日"),
        ((), "2025年3月"),
        ((), ""),
    ]
    handed_in = boxes(paper)["提交材料"]
    assert handed_in[:2] == ("√ 备案申请书", "√ 章程（2024版）")
    assert "□ 成员名单" in handed_in
    assert "□ 章程" not in handed_in


def test_entry_is_the_newest_application_not_refused() -> None:
    def made(id: str, kind: TransitionKind, year: int, outcome: Outcome | None = None) -> Transition:
        return Transition(id, "choir", kind, applied_on=PartialDate(year), outcome=outcome)

    found = entry_of(
        [
            made("a", TransitionKind.ENROLL, 2020, Outcome.APPROVED),
            made("b", TransitionKind.FILE, 2023, Outcome.APPROVED),
            made("c", TransitionKind.REGISTER, 2024, Outcome.REFUSED),
            made("d", TransitionKind.CHANGE, 2025),
        ]
    )
    assert found
    assert found.id == "b"
    assert entry_of([]) is None


def test_booklet_lists_those_in_office_leaders_first() -> None:
    group = WorkGroup(
        "group", "category", "群众文体", "党政办", ("党政办",), convener="旧牵头人", duties="指导。"
    )
    names = {"a": "王牵", "b": "李员", "c": "张走", "d": "赵长"}
    posts = [
        Post("1", "b", PostKind.MEMBER, work_group_id="group"),
        Post("2", "a", PostKind.LEAD_LEADER, work_group_id="group", unit_id="unit"),
        Post("3", "c", PostKind.MEMBER, work_group_id="group", until_on=PartialDate(2025)),
        Post("4", "d", PostKind.GROUP_HEAD),
        Post("5", "b", PostKind.MEMBER, work_group_id="group", since_on=PartialDate(2026, 2)),
    ]
    people = People(
        posts,
        {key: Person(key, name, title="主任", phones=("13800000104",)) for key, name in names.items()},
        {"unit": "党政办"},
    )
    paper = GroupPaper("p", "group", PaperKind.PLAN, "方案", 2025)
    facts = GroupFacts(group, "文化体育类", (summary(),), (paper,), ("任务清单",))
    booklet = group_booklet(FRAME, [facts], people)
    leading, overview = tables(booklet)
    assert leading.rows == (("1", "组长", "赵长", "主任", "138****0104"),)
    assert overview.rows == (("1", "群众文体", "文化体育类", "王牵", "旧牵头人", "1"),)
    members, organizations, papers = tables(booklet, 1)
    assert [row[1:4] for row in members.rows] == [
        ("牵头领导", "王牵", "党政办主任"),
        ("成员", "李员", "主任"),
    ]
    assert organizations.rows[0][1] == "松枫社区合唱团"
    assert [row[1:3] for row in papers.rows] == [("专项工作方案", "方案"), ("任务清单", "（缺）")]


def test_post_counts_to_the_end_of_its_month() -> None:
    group = WorkGroup("group", "category", "群众文体")
    post = Post("1", "a", PostKind.MEMBER, work_group_id="group", until_on=PartialDate(2026, 1))
    people = People([post], {"a": Person("a", "李员")}, {})
    booklet = group_booklet(FRAME, [GroupFacts(group, "", (), (), ())], people)
    assert tables(booklet, 1)[0].rows[0][2] == "李员"


def card(**changes: Any) -> CommunityFacts:
    brand = Brand("b", "choir", "松枫之声", BrandLevel.STREET, 2024)
    count = CommunityCount("c", "松枫社区", CommunityKind.URBAN, 1, 1, 7, 1)
    average = AverageCount(CommunityKind.URBAN, 3, 5, Decimal("1.67"), 8)
    plain = CommunityFacts(
        Community("c", "松枫社区", population=10914, areas=11),
        (summary(),),
        (brand,),
        count,
        average,
        PartyCoverage(1, (), 1, Decimal("0.00")),
    )
    return replace(plain, **changes)


def test_card_compares_with_the_targets() -> None:
    paper = community_cards(FRAME, [card()], ["公益宣传类", "文化体育类"], Targets())
    said = boxes(paper)
    assert said["常住人口"] == ("10914 人",)
    assert said["小区数"] == ("11 个",)
    assert said["组织数对照"] == ("1 个，目标平均 8 个，还差 7 个；全街道社区平均 1.67 个",)
    assert said["品牌组织"] == ("1 个，目标 2 个，还差 1 个",)
    assert said["党组织覆盖"] == ("未填 1 个",)
    classes, brands = tables(paper)
    assert [row[1:] for row in classes.rows] == [
        ("公益宣传类", "0", ""),
        ("文化体育类", "1", "松枫社区合唱团"),
    ]
    assert brands.rows == (("1", "松枫之声", "松枫社区合唱团", "街道级", "2024"),)


def test_card_of_a_village_counts_its_groups() -> None:
    village = Community("v", "三北村", CommunityKind.RURAL, areas=7, preparatory=True)
    said = boxes(community_cards(FRAME, [card(community=village)], [], Targets()))
    assert said["性质"] == ("村（筹建组）",)
    assert said["村小组数"] == ("7 个",)
    assert said["常住人口"] == ()


def test_missing_papers_by_organization_group_and_unit() -> None:
    found = Completeness(
        five_ones=(
            FiveOnesGap("choir", "松枫社区合唱团", "松枫社区", (Good.TEAM, Good.BASE), (Good.PROJECT,)),
            FiveOnesGap("team", "松枫社区公益堂", "松枫社区", (), tuple(Good)),
        ),
        communities=(),
        averages=(),
        party=PartyCoverage(0, (), 0, None),
        groups=(GroupGap("g", "公益堂", (PaperKind.PLAN, PaperKind.DUTY_LIST)),),
        units_without_plan=(),
        papers=(MissingPapers("choir", "松枫社区合唱团", "松枫社区", ("备案信息", "章程")),),
    )
    paper = missing_papers_list(FRAME, found)
    organizations, groups, goods = tables(paper)
    assert organizations.rows == (("1", "松枫社区合唱团", "松枫社区", "备案信息；章程"),)
    assert groups.rows == (("1", "公益堂", "专项工作方案；责任清单"),)
    assert Paragraph("无。", "三、未报送工作方案的单位：", 1) in paper.parts[0].blocks
    assert paper.parts[0].note == "社会组织 1 个，专项推进组 1 个，单位 0 个；“五个一”2 个。"
    assert goods.rows == (
        ("1", "松枫社区合唱团", "松枫社区", "好队伍；好阵地", "好项目"),
        ("2", "松枫社区公益堂", "松枫社区", "—", "全部"),
    )


def test_unit_without_plan_is_listed_with_its_masked_phone() -> None:
    gap = Completeness(
        (),
        (),
        (),
        PartyCoverage(0, (), 0, None),
        (),
        (Unit("u", "城建办", liaison="周九", phones=("13800000104",)),),
        (),
    )
    [table] = tables(missing_papers_list(FRAME, gap))
    assert table.rows == (("1", "城建办", "周九", "138****0104"),)
