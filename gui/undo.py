"""Acts taken back and done again: from the keys, from the log, from the link that stands behind an act.

undo_newest(desk), redo_newest(desk)          Ctrl+Z, Ctrl+Y
undo_act(desk, number), redo_act(desk, number)
do_undoably(desk, work, title="移到回收站", told=lambda count: f"已移到回收站：{count} 个组织")

What was done is told in the status bar, with a link to the way back; why it cannot be, in a box.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject

from core.model.journal import Act
from core.model.versions import ActStory
from gui.actions import REDO, UNDO
from gui.desk import Desk
from gui.rights import may

if TYPE_CHECKING:
    from core.services.versions import VersionService

T = TypeVar("T")
NAMED = 1


@dataclass(frozen=True, slots=True)
class _TakenBack:
    """The act that was taken back, in words, and the act that did it."""

    story: ActStory
    by: Act


def undo_newest(desk: Desk) -> None:
    """Take back what was done last, in this or an earlier run of the program."""
    versions = desk.services.versions
    if may(desk, "versions.undo"):
        _start(desk, UNDO.text, lambda: _undone(versions, versions.newest_undoable()), _tell_undone)


def redo_newest(desk: Desk) -> None:
    """Do again what was taken back last."""
    versions = desk.services.versions
    if may(desk, "versions.redo"):
        _start(desk, REDO.text, lambda: _redone(versions, versions.newest_redoable()), _tell_redone)


def undo_act(desk: Desk, number: int) -> None:
    """Take back the act with this number."""
    versions = desk.services.versions
    _start(desk, UNDO.text, lambda: _undone(versions, number), _tell_undone)


def redo_act(desk: Desk, number: int) -> None:
    """Do again what the act with this number took back."""
    versions = desk.services.versions
    _start(desk, REDO.text, lambda: _redone(versions, number), _tell_redone)


def do_undoably(
    desk: Desk,
    work: Callable[[], T],
    *,
    title: str,
    told: Callable[[T], str],
    done: Callable[[T], object] | None = None,
    owner: QObject | None = None,
    **ends: Any,
) -> None:
    """Do one act as a job, then tell it in the status bar with the way back beside it.

    `done` gets the result first; `ends` are `failed` and `ended` of the job. Where nothing was changed there
    is no act, and no way back; nor where the act is never undone, as that of a decision.
    """
    register, versions = desk.services.register, desk.services.versions

    def act() -> tuple[T, int | None]:
        before = register.acts(1)
        result = work()
        after = register.acts(1)
        undoable = after != before and not versions.story(after[0].number, NAMED).why_not
        return result, after[0].number if undoable else None

    def finish(outcome: tuple[T, int | None]) -> None:
        result, number = outcome
        if done is not None:
            done(result)
        if number is None:
            desk.tell(told(result))
        else:
            desk.tell(told(result), UNDO.text, partial(undo_act, desk, number))

    desk.jobs.start(lambda _report: act(), finish, title=title, saves=True, owner=owner, **ends)


def act_words(story: ActStory) -> str:
    """An act in short: its verb and what it was done to."""
    if not story.records:
        return story.act.verb
    first, rest = story.records[0], len(story.records) + story.further - 1
    also = f"等 {rest + 1:,} 条" if rest else ""
    return f"{story.act.verb}“{first.title}”{also}" if first.title else story.act.verb


def _start(
    desk: Desk,
    title: str,
    work: Callable[[], _TakenBack | None],
    tell: Callable[[Desk, _TakenBack | None], None],
) -> None:
    desk.jobs.start(lambda _report: work(), partial(tell, desk), title=title, saves=True)


def _undone(versions: "VersionService", number: int | None) -> _TakenBack | None:
    if number is None:
        return None
    return _TakenBack(versions.story(number, NAMED), versions.undo(number))


def _redone(versions: "VersionService", number: int | None) -> _TakenBack | None:
    if number is None:
        return None
    return _TakenBack(versions.story(number, NAMED), versions.redo(number))


def _tell_undone(desk: Desk, back: _TakenBack | None) -> None:
    if back is None:
        desk.warn("没有可以撤销的操作")
    else:
        desk.tell(f"已撤销：{act_words(back.story)}", REDO.text, partial(redo_act, desk, back.by.number))


def _tell_redone(desk: Desk, again: _TakenBack | None) -> None:
    if again is None:
        desk.warn("没有可以重做的操作")
    else:
        words = act_words(again.story).removeprefix("撤销：")
        desk.tell(f"已重做：{words}", UNDO.text, partial(undo_act, desk, again.by.number))
