"""A worked year of each scheme that ships; the results were worked out by hand, as the comments show."""

import json
from pathlib import Path
from typing import Any

import pytest

from core.model.outcome import OpenReason, Outcome
from core.rules.assessing import assess
from core.rules.scheme_file import read_scheme
from core.rules.trial import read_sheets_json

STANDARDS = Path(__file__).resolve().parents[2] / "resources/standards"
CODES = (
    "brand-organizations", "district-awards", "governance-pilots", "joint-teams", "neighbour-models",
    "nurture-results", "priority-work", "property-stars", "subdistrict-year",
)  # fmt: skip

Json = dict[str, Any]


def a_year(code: str, *subjects: Json, **beside: list[Json]) -> Outcome:
    """What the shipped scheme makes of subjects as try-scheme takes them."""
    scheme = read_scheme((STANDARDS / f"{code}.toml").read_text("utf-8"))
    trial = read_sheets_json(json.dumps({"subjects": subjects, **beside}, ensure_ascii=False), scheme)
    return assess(scheme, trial.subjects, trial.sheets, trial.entries, **trial.settled._asdict())


def subject(name: str, *sheets: Json, **more: object) -> Json:
    return {"id": name, "name": name, "sheets": list(sheets), **more}


def marked(stage: str, rater: str, *points: float, codes: str = "total", **found: str) -> Json:
    """A sheet: points of the leaves with these codes, and what was found for others."""
    return {
        "stage": stage,
        "rater": rater,
        "marks": dict(zip(codes.split(), points, strict=True)),
        "found": found,
    }


def voted(stage: str, rater: str, *totals: float) -> list[Json]:
    return [marked(stage, rater, total) for total in totals]


def told(outcome: Outcome) -> list[tuple[str, str, int, str]]:
    """Final, grade, rank and award of each."""
    return [(str(one.final), one.grade, one.rank, one.award) for one in outcome.results]


def test_every_shipped_scheme_comes_by_the_same_door_and_is_without_findings() -> None:
    shipped = [path for path in STANDARDS.glob("*.toml") if "[[stages]]" in path.read_text("utf-8")]

    assert tuple(sorted(path.stem for path in shipped)) == CODES
    assert tuple(read_scheme((STANDARDS / f"{code}.toml").read_text("utf-8")).code for code in CODES) == CODES


def test_subdistrict_year() -> None:
    leaves = "project convener team mechanism base activities ledger satisfaction"

    def organization(name: str, *points: float, satisfaction: float) -> Json:
        raters = ("self", "community", "department", "desk", "public")
        return subject(
            name, *(marked("year", rater, *points, satisfaction, codes=leaves) for rater in raters)
        )

    outcome = a_year(
        "subdistrict-year",
        organization("甲", 14, 9, 9, 14, 9, 14, 9, satisfaction=14),  # 92
        organization("乙", 14, 9, 9, 14, 9, 14, 8, satisfaction=15),  # 92, more satisfied
        organization("丙", 13, 9, 9, 14, 9, 13, 10, satisfaction=15),  # 92, as satisfied as 乙
        organization("丁", 12, 8, 8, 12, 8, 12, 8, satisfaction=12),  # 80
    )

    # Two places: 乙 and 丙 (satisfaction 15) stand before 甲 (14); 甲 then takes the first of the next award.
    assert told(outcome) == [
        ("92.00", "优秀", 1, "良好社会组织奖"),
        ("92.00", "优秀", 1, "优秀社会组织奖"),
        ("92.00", "优秀", 1, "优秀社会组织奖"),
        ("80.00", "良好", 4, "良好社会组织奖"),
    ]
    assert outcome.awards[1].open_reasons == (OpenReason.NO_CANDIDATE,)
    assert outcome.money_fen == 2 * 4_000_000 + 2 * 3_000_000
    assert outcome.lists[0].subject_ids == ("甲", "乙", "丙", "丁")


def test_governance_pilots() -> None:
    leaves = "leadership mechanism effect model"

    def community(
        name: str, own: float, county: list[float], experts: list[float], votes: list[float]
    ) -> Json:
        return subject(
            name,
            marked("self", "community", own),
            marked("county", "county", *county, codes=leaves),
            *(marked("expert", f"expert-{number}", mark) for number, mark in enumerate(experts, start=1)),
            *voted("residents", "ballots", *votes),
        )

    outcome = a_year(
        "governance-pilots",
        # 县区 18+27+28+17=90；专家去掉 96、85：(92+90+88)÷3=90；居民 450÷5=90
        # (95×10 + 90×30 + 90×40 + 90×20) ÷ 100 = 90.50
        community("甲", 95, [18, 27, 28, 17], [92, 90, 88, 96, 85], [90, 95, 85, 100, 80]),
        # 县区 80；专家只有四张，不去：332÷4=83；居民 480÷6=80；9 + 24 + 33.2 + 16 = 82.20
        community("乙", 90, [15, 25, 25, 15], [80, 82, 84, 86], [70, 80, 90, 80, 80, 80]),
        # 有效票只有 4 张，居民测评缺，未完成
        community("丙", 90, [15, 25, 25, 15], [80, 82, 84, 86], [70, 80, 90, 80]),
    )

    assert told(outcome) == [
        ("90.50", "优秀", 1, "社区治理创新示范点"),
        ("82.20", "通过验收", 2, ""),
        ("None", "", 0, ""),
    ]
    assert "缺环节：居民测评" in outcome.results[2].notes
    assert outcome.lists[0].subject_ids == ("甲", "乙")


def test_joint_teams() -> None:
    leaves = "duty discipline skill"

    def person(name: str, team: str, party: list[float], unit: list[float], **more: object) -> Json:
        sheets = [marked("year", "party", *party, codes=leaves), marked("year", "unit", *unit, codes=leaves)]
        return subject(name, *sheets, category=team, **more)

    veto = [{"kind": "veto", "item": "disobedient", "reason": "三次不服从调度"}]
    outcome = a_year(
        "joint-teams",
        person("甲", "综合整治", [36, 27, 27], [30, 24, 26]),  # 90×80% + 80×20% = 88
        person("乙", "安监", [36, 27, 27], [30, 24, 26]),  # 90×50% + 80×50% = 85
        person("丙", "综合整治", [28, 21, 21], [24, 18, 18]),  # 70×80% + 60×20% = 68
        person("丁", "安监", [24, 18, 18], [26, 19, 19]),  # (60 + 64) ÷ 2 = 62
        person("戊", "安监", [38, 29, 28], [38, 29, 28], entries=veto),  # 95, vetoed
        weights=[
            {"stage": "year", "rater": "party", "weight": 80, "category": "综合整治"},
            {"stage": "year", "rater": "unit", "weight": 20, "category": "综合整治"},
        ],
        earlier=[
            {"year": 2025, "subject": "乙", "grade": "优秀", "rank": 2, "of": 10},
            {"year": 2025, "subject": "丙", "grade": "合格", "rank": 8, "of": 10},
            {"year": 2025, "subject": "丁", "grade": "合格", "rank": 10, "of": 10},
        ],
    )

    assert told(outcome) == [
        ("88.00", "良好", 1, ""),
        ("85.00", "良好", 2, ""),
        ("68.00", "基本合格", 3, ""),
        ("62.00", "基本合格", 4, ""),
        ("95.00", "不合格", 0, ""),
    ]
    # 今年最后三名是乙、丙、丁，其中丙、丁去年也在最后三名（第 8、10 名，共 10 名）
    assert [one.subject_ids for one in outcome.lists] == [(), ("丙", "丁")]


def test_property_stars() -> None:
    leaves = "order clean disputes"

    def area(name: str, kind: str, sheets: list[Json], votes: list[float], *entries: Json) -> Json:
        ballots = voted("residents", "ballots", *votes)
        return subject(name, *sheets, *ballots, category=kind, entries=list(entries))

    def check(rater: str, order: float, clean: float, disputes: float, cut: str, settled: str) -> Json:
        points = order, clean, disputes
        return marked("check", rater, *points, codes=leaves, equipment=cut, service=settled)

    def both(*figures: Any) -> list[Json]:
        return [check("community", *figures), check("office", *figures)]

    overdue = {"kind": "deduction", "item": "overdue", "points": 2, "reason": "消防通道未清"}
    petition = {"kind": "veto", "item": "petition", "reason": "集体上访"}
    outcome = a_year(
        "property-stars",
        # 19/20 = 95%，达到目标，得 15。社区 24+24+14+19+15=96，物业办 23+24+14+18+15=94，平均 95；
        # 业主 276÷3=92；95×80% + 92×20% = 94.4；扣 2 分，92.40
        area(
            "甲",
            "商品房",
            [check("community", 24, 24, 14, "1", "19/20"), check("office", 23, 24, 14, "2", "19/20")],
            [90, 92, 94],
            overdue,
        ),
        area("乙", "商品房", both(23, 22, 12, "2", "1/1"), [95, 95, 95]),  # 90×80% + 95×20% = 91
        area("丙", "商品房", both(22, 23, 12, "2", "1/1"), [96, 95, 94]),  # 91 too: both places are free
        area("丁", "商品房", both(20, 20, 10, "5", "1/1"), [70, 80, 90]),  # 80×80% + 80×20% = 80
        area("戊", "老旧小区", both(20, 20, 10, "5", "1/1"), [70, 80, 90], petition),  # 80, capped
        area("己", "老旧小区", both(17, 17, 8, "5", "1/1"), [75, 75, 75]),  # 72×80% + 75×20% = 72.6
    )

    assert told(outcome) == [
        ("92.40", "五星", 1, "先进物业小区奖补"),
        ("91.00", "五星", 2, "先进物业小区奖补"),
        ("91.00", "五星", 2, "先进物业小区奖补"),
        ("80.00", "四星", 4, ""),
        ("80.00", "二星", 0, ""),
        ("72.60", "三星", 1, ""),
    ]
    assert [one.amount_fen for one in outcome.results[:3]] == [2_000_000, 1_000_000, 1_000_000]
    assert outcome.lists[0].subject_ids == ("丁", "己")


def test_district_awards() -> None:
    def unit(name: str, kind: str, total: float, *entries: Json, category: str = "") -> Json:
        sheet = marked("year", "office", total)
        return subject(name, sheet, kind=kind, category=category, entries=list(entries))

    veto = {"kind": "veto", "item": "safety", "reason": "较大安全事故"}
    proof = {
        "kind": "direct",
        "item": "unit-first",
        "reason": "承担的市考核项目第一",
        "evidence": "市考核通报",
    }
    rows = [
        unit("东街", "街镇", 95, veto),
        unit("西街", "街镇", 93),
        unit("南镇", "街镇", 91, category="申报创新奖"),
        unit("园区", "单独考核单位", 92),
        unit("景区", "单独考核单位", 88),
        unit("甲局", "区直单位", 96),
        unit("乙局", "区直单位", 95),
        unit("丙局", "区直单位", 94),
        unit("丁局", "区直单位", 93),
        unit("戊局", "区直单位", 90, category="申报创新奖"),
        unit("己局", "区直单位", 80, proof),
    ]
    outcome = a_year("district-awards", *rows)

    # 东街有否决，西街递为第一；己局凭证明占一个优秀奖名额；南镇已得先进奖，不再得创新奖
    assert [one.winners for one in outcome.awards] == [
        ("西街",), ("园区",), ("己局", "甲局"), ("南镇",), ("景区",), ("乙局", "丙局"), ("戊局",),
    ]  # fmt: skip
    # 100000：两位负责人各 5000，本单位 90000；60000：各 3000、54000；50000：各 2500、45000
    assert [one.lines for one in outcome.awards[::3]] == [
        (9_000_000, 500_000, 500_000), (5_400_000, 300_000, 300_000), (4_500_000, 250_000, 250_000),
    ]  # fmt: skip
    # 4×100000 + 4×60000 + 50000 = 690000
    assert outcome.money_fen == 69_000_000
    assert [one.rank for one in outcome.results[:3]] == [1, 2, 3]

    taken = {"subject": "甲局", "body": "区政府", "dated_on": "2026-06-01", "reason": "弄虚作假"}
    again = a_year("district-awards", *rows, revocations=[taken])
    assert [one.winners for one in again.awards[2::3]] == [("己局", "乙局"), ("丙局", "丁局")]
    stays = a_year("district-awards", *rows, revocations=[{**taken, "promote": False}])
    assert stays.awards[2].winners == ("己局",)
    assert stays.awards[2].open_reasons == (OpenReason.REVOKED,)
    assert stays.awards[5].winners == ("乙局", "丙局")


def test_nurture_results() -> None:
    def community(name: str, kind: str, projects: tuple[float, float], **found: str) -> Json:
        sheets = [
            marked("evaluation", rater, points, codes="projects", **found)
            for rater, points in zip(("street", "bureau"), projects, strict=True)
        ]
        return subject(name, *sheets, category=kind, kind=kind)

    outcome = a_year(
        "nurture-results",
        # 8 个得 20，2 个品牌得 20，95% 得 19，报告 10；加 27 是 96，加 24 是 93：96×40% + 93×60% = 94.2
        community("城社", "社区", (27, 24), number="8", brands="2", filing="95%", report="是"),
        # 村 3 个得 15，1 个品牌得 10，80% 得 16，没有报告；加 24 是 65，加 21 是 62：26 + 37.2 = 63.2
        community("村社", "村", (24, 21), number="3", brands="1", filing="80%", report="否"),
        # 社区 3 个不到最低一档，得 0；3 个品牌封顶 20；100% 得 20；报告 10；加 25：75
        community("新社", "社区", (25, 25), number="3", brands="3", filing="100", report="是"),
    )

    assert told(outcome) == [
        ("94.20", "优秀", 1, ""),
        ("63.20", "基本合格", 1, ""),
        ("75.00", "合格", 2, ""),
    ]
    assert outcome.lists[0].subject_ids == ("城社",)


def test_brand_organizations() -> None:
    leaves = "appeal cohesion endurance"

    def organization(name: str, *sheets: tuple[float, ...], **more: object) -> Json:
        raters = ("community", "street", "experts")
        made = [
            marked("review", rater, *points, codes=leaves)
            for rater, points in zip(raters, sheets, strict=True)
        ]
        return subject(name, *made, **more)

    honour = {"kind": "bonus", "item": "honour", "level": "市", "points": 2, "reason": "市级优秀组织"}
    outcome = a_year(
        "brand-organizations",
        organization("甲", *[(27, 27, 36)] * 3, entries=[honour]),  # 90 + 2
        # 78×30% + 80×30% + 79×40% = 23.4 + 24 + 31.6 = 79
        organization("乙", (24, 24, 30), (25, 25, 30), (24, 25, 30)),
        organization(
            "丙", *[(27, 27, 36)] * 3, facts={"opened_on": "2026-01-08", "last_penalty_on": "2024-05-01"}
        ),
    )

    assert told(outcome) == [
        ("92.00", "品牌组织", 1, "品牌社区社会组织"),
        ("79.00", "培育品牌", 3, ""),
        ("90.00", "品牌组织", 2, ""),
    ]
    assert [one.subject_ids for one in outcome.lists] == [("甲", "丙"), ("乙",)]


def test_priority_work() -> None:
    leaves = "accepted settled resolved rhythm duty"
    raters = ("social", "supervision", "government")
    criticized = {"kind": "deduction", "item": "criticized", "points": 2, "reason": "进度慢"}
    supervised = {"kind": "deduction", "item": "挂牌督办", "points": 5, "reason": "落实不力"}

    outcome = a_year(
        "priority-work",
        # 100%得20，98%得19.6，95%达标得20，加 19 + 18.4 = 97；另两方 95、90：97×50% + 95×30% + 90×20% = 95
        # 社会评价：票 276÷3=92；92×60% + 87×40% = 90；95×70% + 90×30% = 93.5；扣 2，91.5
        subject(
            "城街",
            marked(
                "base", "social", 19, 18.4, codes="rhythm duty",
                accepted="100/100", settled="98/100", resolved="95/100",
            ),
            marked("base", "supervision", 20, 20, 20, 18, 17, codes=leaves),
            marked("base", "government", 20, 20, 20, 15, 15, codes=leaves),
            *voted("public", "residents", 90, 92, 94),
            marked("public", "delegates", 87),
            entries=[criticized],
        ),
        # 各方都是 80；扣 5，75；去年也是一般
        subject(
            "山乡",
            *(marked("base", rater, 16, 16, 16, 16, 16, codes=leaves) for rater in raters),
            *voted("public", "residents", 80, 80, 80),
            marked("public", "delegates", 80),
            kind="乡镇",
            entries=[supervised],
        ),
        earlier=[{"year": 2025, "subject": "山乡", "grade": "一般", "rank": 3, "of": 3}],
    )  # fmt: skip

    assert told(outcome) == [("91.50", "优秀", 1, ""), ("75.00", "一般", 1, "")]
    assert [one.subject_ids for one in outcome.lists] == [("城街", "山乡"), ("山乡",)]


def test_neighbour_models() -> None:
    leaves = "site activities issues mutual content"

    def place(name: str, kind: str, *sheets: tuple[float, ...]) -> Json:
        raters = ("community", "centre", "residents", "residents", "residents")
        made = [
            marked("selection", rater, *points, codes=leaves)
            for rater, points in zip(raters, sheets, strict=True)
        ]
        return subject(name, *made, kind=kind)

    outcome = a_year(
        "neighbour-models",
        # 93×20% + 93×50% + (100+90+87)÷3×30% = 18.6 + 46.5 + 27.7 = 92.8
        place(
            "松枫站", "友邻站", (19, 28, 18, 14, 14), (18, 28, 19, 14, 14),
            (20, 30, 20, 15, 15), (18, 27, 18, 13, 14), (17, 26, 18, 13, 13),
        ),
        place("一号点", "友邻点", *[(19, 29, 19, 14, 14)] * 5),  # 95
        place("二号点", "友邻点", *[(19, 29, 19, 13, 15)] * 5),  # 95, content 15 against 14
        place("三号点", "友邻点", *[(16, 24, 16, 12, 12)] * 5),  # 80
        place("四号点", "友邻点", *[(16, 24, 16, 12, 12)] * 5),  # 80
        place("五号点", "友邻点", *[(12, 18, 12, 9, 9)] * 5),  # 60
    )  # fmt: skip

    assert told(outcome) == [
        ("92.80", "示范", 1, "友邻示范站"),
        ("95.00", "示范", 1, ""),
        ("95.00", "示范", 1, "友邻示范点"),
        ("80.00", "达标", 3, ""),
        ("80.00", "达标", 3, ""),
        ("60.00", "未达标", 5, ""),
    ]
    assert [one.places for one in outcome.awards] == [2, 1]
    assert len(outcome.lists[0].subject_ids) == 5


@pytest.mark.parametrize("code", CODES)
def test_every_scheme_says_where_it_comes_from(code: str) -> None:
    source = read_scheme((STANDARDS / f"{code}.toml").read_text("utf-8")).source

    assert "方案没有写" in source or "原文" in source or "要点没有写" in source
