"""考核方案: the scheme as it was frozen when the year was opened, read only."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from core.model.cycle_view import CycleView
from core.model.scheme import Indicator, Rater, Scheme, Stage, plain
from gui.pages.assessment_rules import (
    award_facts,
    change_facts,
    choice_words,
    path_facts,
    score_facts,
    taking_part_facts,
    veto_facts,
)
from gui.pages.assessment_state import grade_face
from gui.theme import scaled
from gui.widgets.badge import Badge
from gui.widgets.card import READ_WIDTH, Card, FactRow, ScrollPane
from gui.widgets.labels import label
from gui.widgets.layouts import clear

NAME_WIDTH, CHARACTER, IN_A_ROW = 160, 14, 3


class SchemePane(QWidget):
    """Cards in the order in which the rules are applied."""

    schemes_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._shown = ""
        self._area = ScrollPane(24, most=READ_WIDTH)
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
        clear(self._area.body)
        source = _source_card(view)
        source.add_link("为以后的年度修改方案", self.schemes_asked.emit)
        for card in (source, *_cards(view)):
            self._area.body.addWidget(card)
        self._area.body.addStretch(1)


def _cards(view: CycleView) -> Iterator[Card]:
    scheme = view.scheme
    for stage in scheme.stages:
        yield _stage_card(scheme, stage)
    yield _grade_card(view)
    for title, facts in (
        ("加分、扣分和缺评分", (*score_facts(scheme), *change_facts(scheme))),
        ("一票否决", tuple(veto_facts(scheme))),
        ("排名、奖项和名单", tuple(award_facts(scheme))),
        ("参评、报备和公示", (*taking_part_facts(scheme), *path_facts(scheme))),
    ):
        if facts:
            yield _facts_card(title, facts)


def _source_card(view: CycleView) -> Card:
    card = Card(view.scheme.name, note=f"{view.cycle.opened_on} 开启时冻结，不能再改")
    if view.scheme.source.strip():
        card.body.addWidget(label(view.scheme.source.strip(), "secondary", wrap=True, selectable=True))
    return card


def _stage_card(scheme: Scheme, stage: Stage) -> Card:
    weight = f"，权重 {plain(stage.weight)}" if len(scheme.stages) > 1 else ""
    card = Card(
        stage.name,
        note=f"满分 {plain(stage.full)} 分{weight}，{choice_words('stages', 'aggregate', stage.aggregate)}",
    )
    card.body.addWidget(label("评分方", "strong"))
    card.body.addWidget(_grid([(rater.name, _weight_words(rater)) for rater in stage.raters]))
    sets = stage.indicator_sets
    if not sets:
        card.body.addWidget(label("每份评分表只给一个总分。", "secondary"))
    for each in sets:
        whom = f"评分指标（{'、'.join(each.categories)}）" if each.categories else "评分指标"
        card.body.addWidget(label(whom, "strong"))
        card.body.addWidget(_grid(list(_indicator_rows(each.indicators))))
    return card


def _weight_words(rater: Rater) -> str:
    """`权重 50`, and below it what it weighs in some categories."""
    words = f"权重 {plain(rater.weight)}{'，投票' if rater.ballots else ''}"
    return "\n".join((words, *(f"{own.category} {plain(own.weight)}" for own in rater.category_weights)))


def _indicator_rows(indicators: Sequence[Indicator], depth: int = 0) -> Iterator[tuple[str, str]]:
    for each in indicators:
        step = f"，步长 {plain(each.step)}" if each.step else ""
        yield "　" * depth + each.name, f"{plain(each.full)} 分{step}"
        yield from _indicator_rows(each.children, depth + 1)


def _grade_card(view: CycleView) -> Card:
    card = Card("等次", note="达到下限即属该等次")
    bands, below = view.scheme.bands, view.scheme.below_name
    floors = [(band.name, f"{plain(band.floor)} 分起") for band in bands]
    cells = [(Badge(grade_face(view, name)), label(floor)) for name, floor in floors]
    cells.append((Badge(grade_face(view, below)), label(f"不满 {plain(bands[-1].floor)} 分")))
    card.body.addWidget(_grid_of(cells))
    return card


def _facts_card(title: str, facts: Sequence[tuple[str, str]]) -> Card:
    card = Card(title)
    longest = max(len(name) for name, _ in facts)
    for name, value in facts:
        card.body.addWidget(FactRow(name, value, label_width=max(NAME_WIDTH, longest * CHARACTER)))
    return card


def _grid(cells: Sequence[tuple[str, str]]) -> QFrame:
    """Names with their figures."""
    return _grid_of([(label(name), label(figure, "hint")) for name, figure in cells])


def _grid_of(cells: Sequence[tuple[QWidget, QWidget]]) -> QFrame:
    """What is named beside its words, a few in a row."""
    holder = QFrame()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 4)
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(6)
    for place, (name, figure) in enumerate(cells):
        row, column = divmod(place, IN_A_ROW)
        grid.addWidget(name, row, column * 2, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(figure, row, column * 2 + 1)
    for column in range(IN_A_ROW):
        grid.setColumnMinimumWidth(column * 2, scaled(100))
        grid.setColumnStretch(column * 2 + 1, 1)
    return holder
