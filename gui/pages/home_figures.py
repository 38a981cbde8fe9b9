"""The office in figures: organizations, communities, the award money of the year, the nine categories."""

from collections import Counter
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from core.model.organization import CommunityKind, Standing
from core.model.register import RegisterFigures
from core.model.scheme import Award, Places, Scheme
from gui.desk import Desk
from gui.widgets.bar_list import BarList
from gui.widgets.card import Card
from gui.widgets.labels import ElidedLabel, label, rule

FEN_PER_WAN = 1_000_000


class FiguresCard(Card):
    """Three figures over the bars."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("本街道概况")
        self._organizations = _Figure("社会组织", "个")
        self._communities = _Figure("社区（村）", "个")
        self._budget = _Figure("奖励预算", "万元")
        self._bars_title = label("", "hint")
        self._bars = BarList("各类组织数")
        self._bars.chosen.connect(lambda _index: desk.go("groups"))
        figures = QHBoxLayout()
        figures.setSpacing(8)
        for figure in (self._organizations, self._communities, self._budget):
            figures.addLayout(figure, 1)
        self.body.addLayout(figures)
        self.body.addWidget(rule())
        self.body.addWidget(self._bars_title)
        self.body.addWidget(self._bars, 1)

    def show_figures(self, figures: RegisterFigures, scheme: Scheme | None) -> None:
        standings = figures.of_standing
        kinds = Counter(community.kind for community in figures.communities)
        self._organizations.show(
            f"{figures.total:,}",
            _split([(each.label if each else "未填", standings.get(each, 0)) for each in (*Standing, None)]),
        )
        self._communities.show(
            f"{len(figures.communities):,}", _split([(each.label, kinds[each]) for each in CommunityKind])
        )
        self._show_budget(scheme)
        self._show_categories(figures)

    def _show_budget(self, scheme: Scheme | None) -> None:
        if scheme is None:
            self._budget.show("—", "开启考核后按方案")
            return
        promised = sum(award.amount_fen * int(award.number) for award in _numbered(scheme))
        fen = scheme.budget_fen if scheme.budget_fen is not None else promised
        parts = [f"{_wan(award.amount_fen)}万×{award.number:f}" for award in _numbered(scheme)]
        words = "+".join(parts) or ("方案定的总额" if fen else "方案没有奖金")
        self._budget.show(f"{Decimal(fen) / FEN_PER_WAN:,.1f}", words)

    def _show_categories(self, figures: RegisterFigures) -> None:
        rows = [(category.name, figures.in_category.get(category.id, 0)) for category in figures.categories]
        if unclassed := len(figures.unclassed):
            rows.append(("未归类", unclassed))
        self._bars_title.setText(f"{_number(len(figures.categories))}类组织数")
        self._bars.set_rows(rows)


class _Figure(QVBoxLayout):
    """A word, a big figure with its unit, and what it is made of."""

    def __init__(self, word: str, unit: str) -> None:
        super().__init__()
        self.setSpacing(2)
        self._figure = label("", "figure")
        self._unit = label(unit, "hint")
        self._parts = ElidedLabel("", "caption")
        line = QHBoxLayout()
        line.setSpacing(5)
        line.addWidget(self._figure)
        line.addWidget(self._unit, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addStretch(1)
        self.addWidget(label(word, "hint"))
        self.addLayout(line)
        self.addWidget(self._parts)

    def show(self, figure: str, parts: str) -> None:
        self._figure.setText(figure)
        self._unit.setVisible(figure != "—")
        self._parts.set_whole_text(parts)


def _split(parts: list[tuple[str, int]]) -> str:
    return "·".join(f"{word} {count:,}" for word, count in parts if count)


def _numbered(scheme: Scheme) -> list[Award]:
    return [
        award
        for award in scheme.awards
        if award.places is Places.NUMBER and award.amount_fen and not award.per_category
    ]


def _wan(fen: int) -> str:
    return f"{(Decimal(fen) / FEN_PER_WAN).normalize():f}"


def _number(count: int) -> str:
    return "零一二三四五六七八九"[count] if count < 10 else f" {count} "
