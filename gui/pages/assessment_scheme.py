"""考核方案: the scheme as it was frozen when the year was opened, read only."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from core.model.cycle_view import CycleView
from core.model.scheme import (
    Aggregate,
    Award,
    IncompleteSheet,
    Indicator,
    MissingRater,
    MissingStage,
    Places,
    RankWithin,
    Scheme,
    Stage,
    TieKey,
    TieKeyKind,
    TieRule,
    VetoEffect,
)
from gui.pages.assessment_state import grade_face
from gui.pages.marks_book import plain
from gui.pages.results_sums import yuan
from gui.theme import scaled
from gui.widgets.badge import Badge
from gui.widgets.card import Card, FactRow, ScrollPane
from gui.widgets.labels import label

AGGREGATES = {Aggregate.MEAN: "加权平均", Aggregate.MEDIAN: "中位数", Aggregate.TRIMMED: "去掉最高最低后平均"}
INCOMPLETE = {IncompleteSheet.IGNORE: "有空格的评分表整份不计", IncompleteSheet.ZERO: "评分表的空格按 0 分"}
RATER_MISSING = {
    MissingRater.RENORMALISE: "缺某个评分方，其余按权重折算",
    MissingRater.ZERO: "缺某个评分方，按 0 分",
}
STAGE_MISSING = {
    MissingStage.BLOCK: "缺整个环节，结果为“未完成”",
    MissingStage.RENORMALISE: "缺整个环节，其余按权重折算",
    MissingStage.ZERO: "缺整个环节，按 0 分",
}
TIES = {
    TieRule.UNDECIDED: "名额线上并列的待定",
    TieRule.ALL: "名额线上并列的都给",
    TieRule.NONE: "名额线上并列的都不给",
}
KEY_WORDS = {
    TieKeyKind.FEWER_DEDUCTIONS: "扣分少的在前",
    TieKeyKind.MORE_BONUS: "加分多的在前",
    TieKeyKind.EARLIER_FILING: "登记备案早的在前",
    TieKeyKind.RAW: "取整前的总分",
}


class SchemePane(QWidget):
    """Cards in the order in which the rules are applied."""

    schemes_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._shown = ""
        self._area = ScrollPane(24)
        self._area.body.setSpacing(16)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._area)

    def set_narrow(self, narrow: bool) -> None:
        margin = 16 if narrow else 24
        self._area.body.setContentsMargins(margin, margin, margin, margin)

    def show_view(self, view: CycleView) -> None:
        """Show the year's scheme; it never changes once the year is open."""
        if self._shown == view.cycle.id:
            return
        self._shown = view.cycle.id
        while (item := self._area.body.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        scheme = view.scheme
        source = _source_card(view)
        source.add_link("为以后的年度修改方案", self.schemes_asked.emit)
        self._area.body.addWidget(source)
        for stage in scheme.stages:
            self._area.body.addWidget(_stage_card(scheme, stage))
        self._area.body.addWidget(_grade_card(view))
        self._area.body.addWidget(_facts_card("加分、扣分和缺评分", _score_facts(scheme)))
        if scheme.vetoes:
            self._area.body.addWidget(_facts_card("一票否决", _veto_facts(scheme)))
        self._area.body.addWidget(_facts_card("排名、奖项和名单", list(_award_facts(scheme))))
        self._area.body.addStretch(1)


def _source_card(view: CycleView) -> Card:
    card = Card(view.scheme.name, note=f"{view.cycle.opened_on} 开启时冻结，不能再改")
    if view.scheme.source.strip():
        card.body.addWidget(label(view.scheme.source.strip(), "secondary", wrap=True, selectable=True))
    return card


def _stage_card(scheme: Scheme, stage: Stage) -> Card:
    weight = f"，权重 {plain(stage.weight)}" if len(scheme.stages) > 1 else ""
    card = Card(stage.name, note=f"满分 {plain(stage.full)} 分{weight}，{AGGREGATES[stage.aggregate]}")
    weights = [(rater.name, f"权重 {plain(rater.weight)}") for rater in stage.raters]
    card.body.addWidget(label("评分方", "strong"))
    card.body.addWidget(_grid(weights))
    sets = stage.indicator_sets
    if not sets:
        card.body.addWidget(label("每份评分表只给一个总分。", "secondary"))
    for each in sets:
        whom = f"评分指标（{'、'.join(each.categories)}）" if each.categories else "评分指标"
        card.body.addWidget(label(whom, "strong"))
        card.body.addWidget(_grid(list(_indicator_rows(each.indicators))))
    return card


def _indicator_rows(indicators: Sequence[Indicator], depth: int = 0) -> Iterator[tuple[str, str]]:
    for each in indicators:
        step = f"，步长 {plain(each.step)}" if each.step else ""
        yield "　" * depth + each.name, f"{plain(each.full)} 分{step}"
        yield from _indicator_rows(each.children, depth + 1)


def _grade_card(view: CycleView) -> Card:
    card = Card("等次", note="达到下限即属该等次")
    row = QHBoxLayout()
    row.setSpacing(8)
    for band in view.scheme.bands:
        row.addWidget(Badge(grade_face(view, band.name)))
        row.addWidget(label(f"{plain(band.floor)} 分起"))
        row.addSpacing(12)
    row.addWidget(Badge(grade_face(view, view.scheme.below_name)))
    row.addWidget(label(f"不满 {plain(view.scheme.bands[-1].floor)} 分"))
    row.addStretch(1)
    card.body.addLayout(row)
    return card


def _facts_card(title: str, facts: Sequence[tuple[str, str]]) -> Card:
    card = Card(title)
    for name, value in facts:
        card.body.addWidget(FactRow(name, value, label_width=160))
    return card


def _score_facts(scheme: Scheme) -> list[tuple[str, str]]:
    times = "每个环节都取整" if scheme.rounding.each_stage else "只在最后取整一次"
    return [
        ("加分", "不设上限" if scheme.bonus_cap is None else f"合计最多计 {plain(scheme.bonus_cap)} 分"),
        (
            "扣分",
            "不设上限" if scheme.deduction_cap is None else f"合计最多计 {plain(scheme.deduction_cap)} 分",
        ),
        ("总分", f"最低 {plain(scheme.score_floor)} 分，最高 {plain(scheme.score_cap)} 分"),
        ("取整", f"四舍五入保留 {scheme.rounding.places} 位小数，{times}"),
        ("缺评分", INCOMPLETE[scheme.incomplete_sheet]),
        ("", RATER_MISSING[scheme.missing_rater]),
        ("", STAGE_MISSING[scheme.missing_stage]),
    ]


def _veto_facts(scheme: Scheme) -> list[tuple[str, str]]:
    below = [each.name for each in scheme.vetoes if each.effect is VetoEffect.BELOW]
    barred = [each.name for each in scheme.vetoes if each.effect is VetoEffect.BAR_AWARDS]
    capped = [
        (f"最高定为“{each.cap_grade}”", each.name) for each in scheme.vetoes if each.effect is VetoEffect.CAP
    ]
    facts = [(f"定为“{scheme.below_name}”", "、".join(below))] if below else []
    return facts + capped + ([("不得评奖", "、".join(barred))] if barred else [])


def _award_facts(scheme: Scheme) -> Iterator[tuple[str, str]]:
    yield "排名范围", "各类别分别排" if scheme.rank_within is RankWithin.CATEGORY else "全街道一起排"
    keys = "，再比".join(_key_words(scheme, key) for key in scheme.tie_keys)
    yield "同分先后", f"先比{keys}；仍然相同的并列" if keys else "方案没有规定，同分并列"
    for award in scheme.awards:
        yield award.name, _award_words(award)
    for each in scheme.lists:
        yield each.name, f"{'、'.join(each.grades)}等次的全部列入"
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
    money = f"，每个 {yuan(award.amount_fen)}" if award.amount_fen else ""
    return f"{among}{places}，从{'、'.join(award.grades)}等次中按总分取{money}；{TIES[award.ties]}"


def _key_words(scheme: Scheme, key: TieKey) -> str:
    if key.kind is TieKeyKind.STAGE:
        return f"“{scheme.stage(key.stage).name}”得分"
    if key.kind is TieKeyKind.INDICATOR:
        leaves = [leaf for each in scheme.stages for leaf in scheme.leaves(each.code)]
        return f"“{next((leaf.name for leaf in leaves if leaf.code == key.indicator), key.indicator)}”"
    return KEY_WORDS[key.kind]


def _grid(cells: Sequence[tuple[str, str]]) -> QFrame:
    """Names with their figures, four in a row."""
    holder = QFrame()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 4)
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(6)
    for place, (name, figure) in enumerate(cells):
        row, column = divmod(place, 4)
        grid.addWidget(label(name), row, column * 2)
        grid.addWidget(label(figure, "hint"), row, column * 2 + 1)
    for column in range(4):
        grid.setColumnMinimumWidth(column * 2, scaled(100))
        grid.setColumnStretch(column * 2 + 1, 1)
    return holder
