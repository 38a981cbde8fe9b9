"""The weights that a cycle chooses where its scheme only gives a lower bound (R4).

rows = OpeningWeights(); rows.show_scheme(scheme); rows.chosen() -> weights, None where one is no number
rows.changed                           a field was left
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from core.model.assessment import ChosenWeight
from core.model.scheme import Scheme, plain
from gui.dialogs.ledger_fields import LineEdit
from gui.widgets.labels import label
from gui.widgets.layouts import clear

SHORT = 88
_WEIGHT = re.compile(r"\d{1,3}(\.\d{1,6})?")
_Place = tuple[str, str, str]


class OpeningWeights(QWidget):
    """A line for each rater whose stage has a lower bound, filled with the scheme's own weights."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(6)
        self._fields: dict[_Place, LineEdit] = {}

    def show_scheme(self, scheme: Scheme) -> None:
        """Ask for the weights of this scheme."""
        clear(self._grid)
        self._fields = {}
        for row, (place, name, weight, bound) in enumerate(_open_weights(scheme)):
            field = LineEdit(SHORT)
            field.set_text(plain(weight))
            field.setAccessibleName(f"{name}的权重")
            field.left.connect(self.changed)
            self._fields[place] = field
            words = "" if bound is None else f"不低于 {plain(bound)}"
            for column, part in enumerate((label(name), field, label(words, "hint"))):
                self._grid.addWidget(part, row, column)
        self._grid.setColumnStretch(2, 1)

    def is_empty(self) -> bool:
        """Whether the scheme leaves nothing to choose."""
        return not self._fields

    def texts(self) -> tuple[str, ...]:
        """What stands in the fields."""
        return tuple(field.text() for field in self._fields.values())

    def chosen(self) -> tuple[ChosenWeight, ...] | None:
        """The weights; None where one is not a number."""
        if not all(_WEIGHT.fullmatch(text.strip()) for text in self.texts()):
            return None
        return tuple(
            ChosenWeight(stage, rater, Decimal(field.text().strip()), category)
            for (stage, rater, category), field in self._fields.items()
        )


def _open_weights(scheme: Scheme) -> Iterator[tuple[_Place, str, Decimal, Decimal | None]]:
    """Place, name, weight and bound of every rater, where one of its stage and category has a bound."""
    for stage in scheme.stages:
        categories = dict.fromkeys(own.category for rater in stage.raters for own in rater.category_weights)
        for category in ("", *categories):
            weights = [rater.weight_for(category) for rater in stage.raters]
            if all(bound is None for _, bound in weights):
                continue
            beside = f"\uff08{category or '其余类别'}\uff09" if categories else ""
            for rater, (weight, bound) in zip(stage.raters, weights, strict=True):
                yield (stage.code, rater.code, category), f"{rater.name}{beside}", weight, bound
