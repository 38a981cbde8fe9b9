"""The last changes of a record in the pane beside its list.

add_last_changes(pane, lines, on_all)       a group with a link to all of them
"""

from collections.abc import Callable, Sequence

from core.model.register import HistoryLine
from gui.pages.roster_columns import masked_phone
from gui.table_model import NO_VALUE
from gui.widgets.detail_pane import DetailPane
from gui.widgets.labels import label

ACTS, LINES = 3, 3


def add_last_changes(pane: DetailPane, lines: Sequence[HistoryLine], on_all: Callable[[], object]) -> None:
    """The newest acts and the first of their changes."""
    pane.add_group("变更记录", (), link="全部", on_link=on_all)
    for act, changes in list(_acts_of(lines).items())[:ACTS]:
        pane.add_widget(label("　".join(act), "caption", wrap=True))
        for text in changes[:LINES]:
            pane.add_widget(label(text, "hint", wrap=True))
        if len(changes) > LINES:
            pane.add_widget(label(f"……共 {len(changes)} 项", "hint"))
    if not lines:
        pane.add_widget(label("还没有变更", "hint"))


def _acts_of(lines: Sequence[HistoryLine]) -> dict[tuple[str, str, str], list[str]]:
    """What was changed, in words, by the act it belongs to; newest act first."""
    acts: dict[tuple[str, str, str], list[str]] = {}
    for line in lines:
        shown = masked_phone if line.field == "联系电话" else str
        texts = acts.setdefault((line.at, line.actor, line.verb), [])
        if line.old != NO_VALUE:
            texts.append(f"{line.field}：{shown(line.old)} → {shown(line.new)}")
        elif line.new != NO_VALUE:
            texts.append(f"{line.field}：{shown(line.new)}")
    return acts
