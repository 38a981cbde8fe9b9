"""A scheme from its TOML text."""

import hashlib
from decimal import Decimal
from functools import lru_cache

from core.errors import InvalidInput, Problem
from core.model.condition import Condition, Fact
from core.model.scheme import (
    Aggregate,
    Award,
    Band,
    CategoryWeight,
    ChangeItem,
    Choice,
    EntryRule,
    HeadShare,
    IncompleteSheet,
    Indicator,
    IndicatorSet,
    LeafKind,
    LevelPoints,
    MissingRater,
    MissingStage,
    PlaceAmount,
    Places,
    RankWithin,
    Rater,
    Rounding,
    Scheme,
    Stage,
    SubjectRule,
    SubjectSource,
    SupportListRule,
    Threshold,
    TieKey,
    TieKeyKind,
    TieRule,
    VetoEffect,
    VetoItem,
    Visibility,
    Visible,
)
from core.rules.amounts import MOST_READ
from core.rules.scheme_checker import check_scheme
from core.rules.sections import Section
from core.rules.toml_reading import toml_table

DEEPEST_LEVEL = 4
LONGEST_TEXT = 1_000_000


# Whatever is told of a cycle begins with its scheme: the same few texts again and again.
@lru_cache(maxsize=8)
def read_scheme(text: str, *, frozen: bool = False) -> Scheme:
    """The scheme that a TOML text describes, checked; its digest is the SHA-256 of the text.

    A `frozen` one was checked when it was loaded: what the checker has learned since is nothing to its cycle.

    Raises:
        InvalidInput: the text is no TOML, or something in it is wrong; all findings are in `problems`.
    """
    findings: list[Problem] = []
    section = Section(scheme_table(text), "", findings)
    scheme = _scheme(section, hashlib.sha256(text.encode()).hexdigest())
    section.close()
    problems = findings or (() if frozen else check_scheme(scheme))
    if problems:
        raise InvalidInput(
            "scheme_invalid", f"考核方案有 {len(problems)} 处问题。", "请按所列逐条修改。", problems
        )
    return scheme


def scheme_table(text: str) -> dict[str, object]:
    """The root table of a scheme's text, not looked into.

    Raises:
        InvalidInput: the text is no TOML, or far longer than any scheme.
    """
    return toml_table(text, "考核方案", LONGEST_TEXT)


def _scheme(section: Section, digest: str) -> Scheme:
    full = section.number("full")
    score = section.section("score") or Section({}, "[score]", section.findings)
    rounding = section.section("rounding") or Section({}, "[rounding]", section.findings)
    scheme = Scheme(
        code=section.text("code"),
        name=section.text("name"),
        source=section.text("source"),
        full=full,
        stages=tuple(_stage(part) for part in section.sections("stages", "环节", required=True)),
        bands=tuple(_band(part) for part in section.sections("bands", "等次", required=True)),
        below_name=section.text("below_name"),
        score_floor=score.number("floor", Decimal(0)),
        score_cap=score.number("cap", full),
        bonus_cap=score.optional_number("bonus_cap"),
        deduction_cap=score.optional_number("deduction_cap"),
        incomplete_sheet=section.choice("incomplete_sheet", IncompleteSheet, IncompleteSheet.IGNORE),
        missing_rater=section.choice("missing_rater", MissingRater, MissingRater.RENORMALISE),
        missing_stage=section.choice("missing_stage", MissingStage, MissingStage.BLOCK),
        rounding=Rounding(rounding.whole("places", 2), rounding.flag("each_stage")),
        rank_within=section.choice("rank_within", RankWithin, RankWithin.ALL),
        vetoes=tuple(_veto(part) for part in section.sections("vetoes", "一票否决")),
        tie_keys=tuple(_tie_key(part) for part in section.sections("tie_keys", "同分排序")),
        awards=tuple(_award(part) for part in section.sections("awards", "奖项")),
        lists=tuple(_list(part) for part in section.sections("lists", "名单")),
        budget_fen=_fen(section, "budget_yuan"),
        edge_margin=section.number("edge_margin", Decimal("0.01")),
        digest=digest,
        subjects=_subject_rule(section.section("subjects")),
        entry=_entry_rule(section.section("entry")),
        bonuses=tuple(_change_item(part) for part in section.sections("bonuses", "加分项目")),
        deductions=tuple(_change_item(part) for part in section.sections("deductions", "扣分项目")),
        report_to=section.text("report_to", ""),
        notice_days=section.whole("notice_days", 0),
        promote=section.flag("promote", True),
    )
    score.close()
    rounding.close()
    return scheme


def _subject_rule(section: Section | None) -> SubjectRule:
    if section is None:
        return SubjectRule()
    rule = SubjectRule(
        section.choice("source", SubjectSource, SubjectSource.ORGANIZATIONS),
        section.text("kind", SubjectRule().kind),
    )
    section.close()
    return rule


def _entry_rule(section: Section | None) -> EntryRule:
    if section is None:
        return EntryRule()
    rule = EntryRule(
        section.whole("minimum_months", 0),
        section.texts("standings"),
        section.texts("statuses", default=EntryRule().statuses),
    )
    section.close()
    return rule


def _change_item(section: Section) -> ChangeItem:
    item = ChangeItem(
        code=section.text("code"),
        name=section.text("name"),
        points=section.optional_number("points"),
        levels=tuple(_level(part) for part in section.sections("levels", "级别")),
        starts_on=section.day("from"),
        ends_on=section.day("until"),
        at_most=section.whole("at_most", 0),
    )
    section.close()
    return item


def _level(section: Section) -> LevelPoints:
    level = LevelPoints(section.text("name"), section.number("points"))
    section.close()
    return level


def _stage(section: Section) -> Stage:
    own_sets = [_indicator_set(part) for part in section.sections("sets", "分类指标")]
    common = tuple(_indicator(part) for part in section.sections("indicators", "指标"))
    stage = Stage(
        code=section.text("code"),
        name=section.text("name"),
        full=section.number("full"),
        weight=section.number("weight"),
        raters=tuple(_rater(part) for part in section.sections("raters", "评分方", required=True)),
        indicator_sets=(*own_sets, *([IndicatorSet((), common)] if common else [])),
        aggregate=section.choice("aggregate", Aggregate, Aggregate.MEAN),
        minimum_sheets=section.whole("minimum_sheets", 1),
        starts_on=section.day("starts_on"),
        ends_on=section.day("ends_on"),
        visibility=_visibility(section.section("visibility")),
    )
    section.close()
    return stage


def _visibility(section: Section | None) -> Visibility:
    if section is None:
        return Visibility()
    visibility = Visibility(
        *(section.choice(key, Visible, Visible.NEVER) for key in ("sheets", "means", "ranks"))
    )
    section.close()
    return visibility


def _rater(section: Section) -> Rater:
    rater = Rater(
        code=section.text("code"),
        name=section.text("name"),
        weight=section.number("weight"),
        minimum_share=section.optional_number("minimum_share"),
        category_weights=tuple(_category_weight(part) for part in section.sections("categories", "类别权重")),
        ballots=section.flag("ballots"),
        minimum_ballots=section.whole("minimum_ballots", 1),
    )
    section.close()
    return rater


def _category_weight(section: Section) -> CategoryWeight:
    weight = CategoryWeight(
        category=section.text("name"),
        weight=section.number("weight"),
        minimum_share=section.optional_number("minimum_share"),
    )
    section.close()
    return weight


def _indicator_set(section: Section) -> IndicatorSet:
    indicator_set = IndicatorSet(
        categories=section.texts("categories", required=True),
        indicators=tuple(_indicator(part) for part in section.sections("indicators", "指标", required=True)),
    )
    section.close()
    return indicator_set


def _indicator(section: Section, level: int = 1) -> Indicator:
    children: tuple[Indicator, ...] = ()
    below = section.sections("children", "指标")
    if level < DEEPEST_LEVEL:
        children = tuple(_indicator(part, level + 1) for part in below)
    elif any(True for _ in below):
        section.find("children", f"指标超过 {DEEPEST_LEVEL} 级", "请合并层级")
    indicator = Indicator(
        code=section.text("code"),
        name=section.text("name"),
        full=section.number("full"),
        kind=section.choice("kind", LeafKind, LeafKind.POINTS),
        children=children,
        step=section.optional_number("step"),
        choices=tuple(_choice(part) for part in section.sections("choices", "选项")),
        thresholds=tuple(_threshold(part) for part in section.sections("thresholds", "档次")),
        unit=section.optional_number("unit"),
        target=section.optional_number("target"),
    )
    section.close()
    return indicator


def _choice(section: Section) -> Choice:
    choice = Choice(section.text("name"), section.number("points"))
    section.close()
    return choice


def _threshold(section: Section) -> Threshold:
    threshold = Threshold(section.number("at_least"), section.number("points"))
    section.close()
    return threshold


def _band(section: Section) -> Band:
    band = Band(section.text("name"), section.number("floor"))
    section.close()
    return band


def _veto(section: Section) -> VetoItem:
    veto = VetoItem(
        code=section.text("code"),
        name=section.text("name"),
        effect=section.choice("effect", VetoEffect, VetoEffect.BELOW),
        cap_grade=section.text("cap_grade", ""),
    )
    section.close()
    return veto


def _tie_key(section: Section) -> TieKey:
    tie_key = TieKey(
        kind=section.choice("kind", TieKeyKind),
        stage=section.text("stage", ""),
        indicator=section.text("indicator", ""),
    )
    section.close()
    return tie_key


def _award(section: Section) -> Award:
    award = Award(
        code=section.text("code"),
        name=section.text("name"),
        grades=section.texts("grades", required=True),
        places=section.choice("places", Places, Places.NUMBER),
        number=section.number("number", Decimal(0)),
        per_category=section.flag("per_category"),
        amount_fen=_fen(section, "amount_yuan") or 0,
        ties=section.choice("ties", TieRule, TieRule.UNDECIDED),
        share=_share(section.section("share")),
        conditions=tuple(_condition(part) for part in section.sections("conditions", "条件")),
        kinds=section.texts("kinds"),
        amounts=tuple(_place_amount(part) for part in section.sections("amounts", "名次奖金")),
    )
    section.close()
    return award


def _place_amount(section: Section) -> PlaceAmount:
    amount = PlaceAmount(section.whole("places", 1), _fen(section, "yuan", required=True) or 0)
    section.close()
    return amount


def _condition(section: Section) -> Condition:
    condition = Condition(
        fact=section.choice("fact", Fact),
        one_of=section.texts("one_of"),
        none_of=section.texts("none_of"),
        until=section.text("until", ""),
        at_least=section.optional_number("at_least"),
        years=section.whole("years", 0),
    )
    section.close()
    return condition


def _share(section: Section | None) -> HeadShare | None:
    if section is None:
        return None
    share = HeadShare(
        section.number("percent"),
        section.flag("each", True),
        section.flag("added"),
        section.whole("heads", 1),
    )
    section.close()
    return share


def _list(section: Section) -> SupportListRule:
    rule = SupportListRule(
        code=section.text("code"),
        name=section.text("name"),
        grades=section.texts("grades"),
        last=section.whole("last", 0),
        years=section.whole("years", 1),
    )
    section.close()
    return rule


def _fen(section: Section, key: str, required: bool = False) -> int | None:
    yuan = section.optional_number(key, required)
    if yuan is None:
        return None
    fen = yuan * 100
    if not 0 <= fen <= MOST_READ or fen != fen.to_integral_value():
        section.find(key, "金额应在 0 元至 100 亿元之间，最多到分", "请写成元，例如 40000 或 40000.50")
        return 0
    return int(fen)
