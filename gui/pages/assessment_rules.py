"""The rules of a scheme in words: (name, sentence) for the cards that show it."""

from collections.abc import Iterator

from core.model.scheme import (
    Award,
    ChangeItem,
    Indicator,
    Places,
    Scheme,
    SupportListRule,
    TieKey,
    VetoEffect,
    plain,
)
from core.model.scheme_parts import PARTS
from gui.pages.results_sums import yuan

Fact = tuple[str, str]


def choice_words(part: str, key: str, value: str) -> str:
    """What the editor of schemes calls a choice."""
    return PARTS[part].by_key[key].words_for(value)


def score_facts(scheme: Scheme) -> Iterator[Fact]:
    """Caps, rounding and what is missing."""
    times = "每个环节都取整" if scheme.rounding.each_stage else "只在最后取整一次"
    for name, cap in (("加分", scheme.bonus_cap), ("扣分", scheme.deduction_cap)):
        yield name, "不设上限" if cap is None else f"合计最多计 {plain(cap)} 分"
    yield "总分", f"最低 {plain(scheme.score_floor)} 分，最高 {plain(scheme.score_cap)} 分"
    yield "取整", f"四舍五入保留 {scheme.rounding.places} 位小数，{times}"
    for key in ("incomplete_sheet", "missing_rater", "missing_stage"):
        known = PARTS[""].by_key[key]
        yield known.label, known.words_for(getattr(scheme, key))


def change_facts(scheme: Scheme) -> Iterator[Fact]:
    """What earns a bonus and what costs points."""
    for word, items in (("加", scheme.bonuses), ("减", scheme.deductions)):
        for item in items:
            yield item.name, _worth(word, item)


def _worth(word: str, item: ChangeItem) -> str:
    points = "、".join(f"{one.level} {plain(one.points)}" for one in item.levels)
    if item.points is not None:
        points = plain(item.points)
    said = f"{word} {points} 分"
    days = [str(day) for day in (item.starts_on, item.ends_on) if day]
    most = f"，最多 {item.at_most} 次" if item.at_most else ""
    return f"{said}{most}{'，' + ' 至 '.join(days) if days else ''}"


def veto_facts(scheme: Scheme) -> Iterator[Fact]:
    """The matters of each effect."""
    for effect, name in (
        (VetoEffect.BELOW, f"定为“{scheme.below_name}”"),
        (VetoEffect.BAR_AWARDS, "不得评奖"),
    ):
        if items := [each.name for each in scheme.vetoes if each.effect is effect]:
            yield name, "、".join(items)
    for each in scheme.vetoes:
        if each.effect is VetoEffect.CAP:
            yield f"最高定为“{each.cap_grade}”", each.name


def award_facts(scheme: Scheme) -> Iterator[Fact]:
    """Ranking, ties, awards, lists and money."""
    yield "排名范围", choice_words("", "rank_within", scheme.rank_within)
    keys = "，再比".join(_key_words(scheme, key) for key in scheme.tie_keys)
    yield "同分先后", f"先比{keys}；仍然相同的并列" if keys else "方案没有规定，同分并列"
    for award in scheme.awards:
        yield award.name, _award_words(award)
    for rule in scheme.lists:
        yield rule.name, _list_words(rule)
    if scheme.budget_fen is not None:
        yield "奖励预算", yuan(scheme.budget_fen)


def _award_words(award: Award) -> str:
    number = plain(award.number)
    places = {
        Places.NUMBER: f"{number} 个",
        Places.PERCENT: f"参评数的 {number} %",
        Places.OPEN: "名额不限",
    }[award.places]
    among = "每个类别 " if award.per_category else ""
    whom = f"{'、'.join(award.kinds)}中" if award.kinds else ""
    money = f"，每个 {yuan(award.amount_fen)}" if award.amount_fen else ""
    asked = "、".join(condition.fact.label for condition in award.conditions)
    if asked:
        money += f"，另看{asked}"
    ties = choice_words("awards", "ties", award.ties)
    return f"{whom}{among}{places}，从{'、'.join(award.grades)}等次中按总分取{money}；名额线上并列的{ties}"


def _list_words(rule: SupportListRule) -> str:
    parts = [f"{'、'.join(rule.grades)}等次的"] if rule.grades else []
    parts += [f"最后 {rule.last} 名"] if rule.last else []
    again = f"，连续 {rule.years} 年" if rule.years > 1 else ""
    return f"{'和'.join(parts)}全部列入{again}"


def _key_words(scheme: Scheme, key: TieKey) -> str:
    if not key.stage:
        return choice_words("tie_keys", "kind", key.kind)
    stage = scheme.stage(key.stage)
    if not key.indicator:
        return f"“{stage.name}”得分"
    trees = (tree for each in stage.indicator_sets for tree in each.indicators)
    names = (node.name for tree in trees for node in _nodes(tree) if node.code == key.indicator)
    return f"“{next(names)}”"


def _nodes(tree: Indicator) -> Iterator[Indicator]:
    yield tree
    for child in tree.children:
        yield from _nodes(child)


def taking_part_facts(scheme: Scheme) -> Iterator[Fact]:
    """Who is assessed."""
    entry, rule = scheme.entry, scheme.subjects
    yield "考核对象", f"{choice_words('subjects', 'source', rule.source)}，称为“{rule.kind}”"
    conditions = [f"备案满 {entry.minimum_months} 个月"] if entry.minimum_months else []
    conditions += ["、".join(each) for each in (entry.standings, entry.statuses) if each]
    yield "参评条件", "；".join(conditions) or "没有"


def path_facts(scheme: Scheme) -> Iterator[Fact]:
    """What the path from results to announcement demands."""
    yield "公布前先报", scheme.report_to or "不用报"
    yield "公示", f"至少 {scheme.notice_days} 个工作日" if scheme.notice_days else "方案没有规定几天"
    yield "撤销以后", "名额由后面的递补" if scheme.promote else "名额空着"
