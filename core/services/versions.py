"""The desk of versions: acts undone and redone, the bin, the register as of a day."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

from core.errors import AccessDenied, Conflict, NotFound, RuleViolation
from core.model.assessment import Cycle, CycleState
from core.model.filing import Particulars
from core.model.finding import Find
from core.model.journal import Act, ActDraft, Change, FieldValue
from core.model.office import Office
from core.model.organization import Assignment
from core.model.personal import ERASED, masked_act
from core.model.register import HistoryLine, Register
from core.model.rights import EVERYBODY
from core.model.user import Session
from core.model.versions import KIND_OF, LABEL_OF, ActStory, BinEntry, PastRecord, UndoableAct
from core.ports import Clock, Reading, Source, Store, Writing
from core.rules.history_words import history_lines, linked_ids, standing, standing_words, title_in
from core.rules.ledger_titles import title_of
from core.rules.search_keys import with_keys
from core.rules.undoing import (
    blocked,
    coming_back,
    is_redoing,
    is_undoing,
    never_undone,
    of_another,
    role_to_undo,
    standing_after,
    undoing_verb,
    with_others,
)
from core.services.act_stories import record_stories
from core.services.cycle_reading import STILL_OPEN
from core.services.derived import rekey_linked, with_derived
from core.services.past import Past, last_act_of, seen_on
from core.services.register_reading import read_register

_NEAREST_FIRST = (3, 50)
"""How many acts are looked at: what is looked for is mostly among the very last."""


class VersionService:
    """The one journal used backwards: undo, redo, bin, and what stood on a day."""

    def __init__(self, store: Store, session: Session, clock: Clock) -> None:
        """Work on this store for whoever works now."""
        self._store = store
        self._session = session
        self._actor = session.actor
        self._clock = clock

    def undo(self, act_number: int, reason: str = "") -> Act:
        """Put all that an act changed back as it stood before it, as a new act, which is given back.

        Raises:
            NotFound: there is no such act.
            RuleViolation: it is never undone (`undo_never`), or a later act stands in the way
                (`undo_blocked`).
            AccessDenied: somebody else did it, and it takes a role to undo it.
        """
        with self._store.reading() as view:
            act = view.act(act_number)
        because = f"第 {act.number} 号操作" + (f"；{reason}" if reason else "")
        draft = ActDraft(undoing_verb(act.verb), self._actor, because)
        with _references_told(act), self._store.writing(draft) as work:
            _refuse(act, work)
            if why := self._of_another(act, work):
                raise AccessDenied("no_right", why, "请由那个人登录后撤销，或照实改过来。")
            last = work.acts(1)[0].number
            _put_back(work, act, last)
            done = work.acts(1)[0]
            if done.number == last:
                raise RuleViolation("undo_never", "这次操作前后的内容一样，不用撤销。")
            return done

    def redo(self, act_number: int) -> Act:
        """Do again what the act `act_number` undid.

        Raises:
            NotFound: there is no such act.
            RuleViolation: it undid nothing, or a later act stands in the way.
            AccessDenied: as `undo`.
        """
        with self._store.reading() as view:
            act = view.act(act_number)
        if not is_undoing(act):
            raise RuleViolation(
                "redo_never",
                f"第 {act.number} 号操作“{act.verb}”不是撤销，没有可以重做的。",
                "请选择一次撤销。",
            )
        return self.undo(act_number)

    def undoable(self, limit: int = 50) -> tuple[UndoableAct, ...]:
        """The newest acts, newest first, each with what stands against undoing it.

        Records that were made later and refer to those of an act are noticed only when it is undone.
        """
        with self._store.reading() as view:
            return tuple(UndoableAct(masked_act(act), self._why_not(act, view)) for act in view.acts(limit))

    def newest_undoable(self) -> int | None:
        """The number of the newest act that can be undone and is no undoing itself; None if there is none."""
        for limit in _NEAREST_FIRST:
            for each in self.undoable(limit):
                if each.can_undo and not is_undoing(each.act):
                    return each.act.number
        return None

    def newest_redoable(self) -> int | None:
        """The number of the newest undoing that can be taken back; None once something else was done."""
        for limit in _NEAREST_FIRST:
            for each in self.undoable(limit):
                if is_undoing(each.act):
                    if each.can_undo:
                        return each.act.number
                elif each.act.change_count and not is_redoing(each.act):
                    return None
        return None

    def story(self, act_number: int, limit: int = 40) -> ActStory:
        """What an act did, in words, record by record for the first ones, and whether it can be undone.

        Raises:
            NotFound: there is no such act.
        """
        with self._store.reading() as view:
            act, changes = view.act(act_number), view.changes(act_number)
            return ActStory(
                masked_act(act),
                record_stories(view, act, changes[:limit]),
                max(0, len(changes) - limit),
                self._why_not(act, view),
                is_undoing(act),
            )

    def history(self, record_id: str) -> tuple[HistoryLine, ...]:
        """What was changed on a record of any kind, newest first, a line per field."""
        with self._store.reading() as view:
            past = view.history(record_id)
            names = _names(view, [change for _, change in past])
            return tuple(line for act, change in reversed(past) for line in history_lines(act, change, names))

    def record_as_of(self, record_id: str, day: date) -> PastRecord:
        """A record of any kind as it stood at the end of a day; an organization with all that is its form.

        Raises:
            NotFound: it was not there that day.
        """
        with self._store.reading() as view:
            last = last_act_of(view, day)
            stood = standing(view.history(record_id), last)
            if stood is None:
                raise NotFound(
                    "record_not_there", f"{day} 还没有这条记录，或者它已被删除。", "请换一天再看。"
                )
            then = Past(view, last)
            wholes = [stood, *_belonging(view, then, stood, last)]
            names = _names(then, wholes)
        told = tuple((LABEL_OF[each.kind], standing_words(each, names)) for each in wholes)
        return PastRecord(day, LABEL_OF[stood.kind], title_in(stood, names), told)

    def bin(self) -> tuple[BinEntry, ...]:
        """The removed records, the last removed first; what comes back with another one is left out."""
        with self._store.reading() as view:
            removed = [
                pair for pair in view.removed() if pair[1].kind != "results" and pair[0].verb != ERASED
            ]
            names = _names(view, [change for _, change in removed])
        together: dict[int, dict[str, Change]] = defaultdict(dict)
        for act, change in removed:
            together[act.number][change.record_id] = change
        names |= {change.record_id: title_in(change, names) for _, change in removed}
        return tuple(
            BinEntry(act, change.record_id, change.kind, title_in(change, names))
            for act, change in removed
            if not with_others(together[act.number], change.record_id)
        )

    def restore(self, act_number: int, record_id: str) -> None:
        """Bring a record back that an act removed, with what the act removed along with it; one act.

        Raises:
            NotFound: the act removed no such record, or it is back already.
            RuleViolation: what it refers to is gone, or it belongs to a cycle that is frozen.
        """
        with self._store.reading() as view:
            act = view.act(act_number)
        draft = ActDraft("从回收站恢复", self._actor, f"第 {act.number} 号操作“{act.verb}”删除的")
        with _references_told(act), self._store.writing(draft) as work:
            again = {change.record_id for change in work.overtaken(act.number)}
            removals = {
                change.record_id: change
                for change in work.changes(act.number)
                if change.after is None and change.record_id not in again
            }
            if record_id not in removals:
                raise NotFound("not_in_bin", "这条记录已经不在回收站里。", "请刷新后再看。")
            back = [removals[each] for each in coming_back(removals, record_id)]
            if frozen := _frozen(act, frozenset(each.kind for each in back), work):
                raise RuleViolation("restore_never", frozen)
            work.add(with_derived(work, [_next(work.before(change), change.version) for change in back]))

    def register_as_of(self, day: date) -> Register:
        """The register as it stood at the end of a day."""
        with self._store.reading() as view:
            then = read_register(seen_on(view, day))
        keyed = [
            replace(each, organization=with_keys(each.organization, each.community))
            for each in then.organizations
        ]
        return replace(then, organizations=tuple(keyed))

    def _why_not(self, act: Act, view: Reading) -> str:
        """What stands against undoing an act; empty if nothing does."""
        if never := _never(act, view):
            return never
        hindrance = _hindrance(act, view)
        return blocked(act, *hindrance) if hindrance else self._of_another(act, view)

    def _of_another(self, act: Act, view: Reading) -> str:
        """Why the act of another person is not for this one to undo; empty if it is."""
        if act.actor == self._actor or self._session.roles == EVERYBODY:
            return ""
        needed = role_to_undo(view.touched(act.number))
        return "" if needed in self._session.roles else of_another(act, needed)


def _never(act: Act, view: Reading) -> str:
    touched = view.touched(act.number)
    founding = "offices" in touched and not view.as_of(Office, act.number - 1)
    numbering = "issued_papers" in touched and not _told_only(act, "issued_papers", "received_on", view)
    moved = "cycles" in touched and "subjects" not in touched
    stepping = moved and not _told_only(act, "cycles", "title", view)
    return never_undone(touched, founding, numbering, stepping) or _frozen(act, touched, view)


def _told_only(act: Act, kind: str, field: str, view: Reading) -> bool:
    """Whether all that the act told of records of a kind is one field: a receipt's day, a cycle's title."""
    return all(
        change.before is not None and change.after is not None and change.after.keys() == {field}
        for change in view.changes(act.number)
        if change.kind == kind
    )


def _frozen(act: Act, touched: frozenset[str], view: Reading) -> str:
    """Why what the act did stays (data erased on request; R21); empty if it may change."""
    if act.verb == ERASED:
        return "个人信息是按要求删除的，不能撤销，也不能从回收站恢复。"
    if _in_cycles_past(STILL_OPEN, act, touched & {"score_sheets", "entries", "ballots"}, view):
        return "这次考核已经公示（或报备），评分已经锁定，没有改动；要更正结果，请作出决定。"
    if _in_cycles_past((CycleState.NOTICED,), act, touched & {"objections"}, view):
        return "公示已经结束，异议的登记和办理留作记录，没有改动；要更正结果，请作出决定。"
    return ""


def _in_cycles_past(states: Collection[CycleState], act: Act, kinds: frozenset[str], view: Reading) -> bool:
    """Whether the act changed records of these kinds in a cycle that is in none of the states."""
    past = {each.id for each in view.all(Cycle) if each.state not in states} if kinds else set()
    if not past:
        return False
    changes = [change for change in view.changes(act.number) if change.kind in kinds]
    said = {
        values["cycle_id"] for each in changes if "cycle_id" in (values := each.before or each.after or {})
    }
    standing = (each.cycle_id for kind, ids in _by_kind(changes) for each in view.some(kind, ids))
    return not past.isdisjoint((*said, *standing))


def _hindrance(act: Act, view: Reading) -> tuple[Change, Act] | None:
    """A change of the act that does not stand as it made it, and the later act that stands there."""
    for change in view.overtaken(act.number):
        if later := standing_after(view.history(change.record_id), act.number):
            return change, later
    return None


def _refuse(act: Act, view: Reading) -> None:
    if never := _never(act, view):
        raise RuleViolation("undo_never", never)
    if hindrance := _hindrance(act, view):
        later = hindrance[1]
        raise RuleViolation(
            "undo_blocked", blocked(act, *hindrance), f"请先撤销第 {later.number} 号操作，再撤销这一次。"
        )


def _put_back(work: Writing, act: Act, last: int) -> None:
    """Make the act's records what they were before it; `last` is the newest act until now."""
    changes = work.changes(act.number)
    versions = {change.record_id: change.version for change in changes}
    versions |= {
        change.record_id: work.history(change.record_id)[-1][1].version
        for change in work.overtaken(act.number)
    }
    gone: list[Any] = []
    undone: list[Any] = []
    kept: list[Any] = []
    back: list[Any] = []
    for kind, ids in _by_kind(changes):
        # Read alike, without derived fields, so that what is the same can be seen.
        present = {each.id: each for each in work.as_of(kind, last, ids)}
        before = {each.id: each for each in work.as_of(kind, act.number - 1, ids)}
        gone += [each for key, each in present.items() if key not in before]
        for key, each in before.items():
            if key not in present:
                back.append(_next(each, versions[key]))
            elif (wanted := replace(each, version=present[key].version)) != present[key]:
                kept.append(wanted)
                undone.append(present[key])
    # What goes first: values that occur only once are free again for what comes back.
    work.remove(gone)
    # Together: what stays may be found by the name of what comes back.
    keyed = with_derived(work, [*kept, *back])
    work.change(keyed[: len(kept)])
    rekey_linked(work, undone, kept)
    work.add(keyed[len(kept) :])


def _next(record: Any, version: int) -> Any:
    """The record, its version counted on from its removal."""
    return replace(record, version=version + 1)


def _by_kind(changes: Iterable[Change]) -> Iterator[tuple[type[Any], list[str]]]:
    ids: dict[str, dict[str, None]] = defaultdict(dict)
    for change in changes:
        ids[change.kind][change.record_id] = None
    return ((KIND_OF[name], list(each)) for name, each in ids.items())


def _belonging(view: Reading, then: Source, stood: Change, act_number: int) -> list[Change]:
    """What stood on an organization's form beside its own record: its work group, its particulars."""
    if stood.kind != "organizations":
        return []
    owner = ("organization_id", stood.record_id)
    ids = [
        *then.find(Assignment, Find(equal=(owner, ("until_on", "")))),
        *then.find(Particulars, Find(equal=(owner,))),
    ]
    found = (standing(view.history(each), act_number) for each in ids)
    return [replace(each, after=_without(each, owner[0])) for each in found if each]


def _without(stood: Change, name: str) -> Mapping[str, FieldValue]:
    return {key: value for key, value in (stood.after or {}).items() if key != name}


def _names(view: Source, changes: Sequence[Change]) -> dict[str, str]:
    """The titles of the records that changes refer to, as far as they are there."""
    wanted: dict[type[Any], set[str]] = defaultdict(set)
    for change in changes:
        for kind, record_id in linked_ids(change):
            wanted[kind].add(record_id)
    return {each.id: title_of(each) for kind, ids in wanted.items() for each in view.some(kind, sorted(ids))}


@contextmanager
def _references_told(act: Act) -> Iterator[None]:
    """Tell in words that an act cannot be taken back since other records refer to its own."""
    try:
        yield
    except Conflict as error:
        if error.code != "still_linked":
            raise
        raise RuleViolation(
            "undo_blocked",
            f"第 {act.number} 号操作“{act.verb}”不能撤回：后来有记录引用了它的记录，或它引用的已被删除。",
            "请先撤销建立或删除那些记录的操作，再试。",
        ) from error
