"""What an act did to each of its records, in words."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from core.model.assessment import Cycle, Subject
from core.model.journal import Act, Change
from core.model.labelled import Labelled
from core.model.ledgers import LEDGERS
from core.model.organization import Organization
from core.model.versions import KIND_OF, RecordStory
from core.model.written_document import IssuedPaper
from core.ports import Reading
from core.rules.history_words import history_lines, linked_ids
from core.rules.ledger_titles import title_of
from core.services.cycle_reading import scheme_of

_TITLES: Mapping[str, type[Any] | None] = {
    "name": None,
    "title": None,
    "year": None,
    "organization_id": Organization,
    "subject_id": Subject,
}
"""What names a record that is in no ledger, and the kind of record that it refers to."""
_OF_A_STAGE = ("cycles", "score_sheets", "ballots")


def record_stories(view: Reading, act: Act, changes: Sequence[Change]) -> tuple[RecordStory, ...]:
    """What the act did to the records of these changes of it, in their order."""
    whole = _records(view, act.number, changes)
    titles = [_title(change.kind, whole[change.record_id]) for change in changes]
    wanted: dict[type[Any], set[str]] = defaultdict(set)
    for kind, value in titles:
        if kind:
            wanted[kind].add(value)
    for change in changes:
        for kind, record_id in linked_ids(change):
            wanted[kind].add(record_id)
    names = {each.id: title_of(each) for kind, ids in wanted.items() for each in view.some(kind, sorted(ids))}
    names |= _scheme_words(view, [whole[each.record_id] for each in changes if each.kind in _OF_A_STAGE])
    return tuple(
        RecordStory(
            change.record_id,
            change.kind,
            names.get(title, title) if kind else title,
            tuple(history_lines(act, change, names)),
            is_new=change.before is None,
            is_gone=change.after is None,
        )
        for change, (kind, title) in zip(changes, titles, strict=True)
    )


def _records(view: Reading, act_number: int, changes: Sequence[Change]) -> dict[str, Any]:
    """The records of the changes as the act left them, those that it removed as they were before."""
    ids: dict[str, list[str]] = defaultdict(list)
    for change in changes:
        ids[change.kind].append(change.record_id)
    return {
        each.id: each
        for number in (act_number - 1, act_number)
        for kind, some in ids.items()
        for each in view.as_of(KIND_OF[kind], number, some)
    }


def _scheme_words(view: Reading, records: Sequence[Any]) -> dict[str, str]:
    """What the schemes of these records call their stages and raters, by code."""
    words: dict[str, str] = {}
    ids = {each.id if isinstance(each, Cycle) else each.cycle_id for each in records}
    for cycle in view.some(Cycle, sorted(ids)):
        for stage in scheme_of(view, cycle).stages:
            words |= {stage.code: stage.name} | {rater.code: rater.name for rater in stage.raters}
    return words


def _title(kind: str, record: Any) -> tuple[type[Any] | None, str]:
    """What names the record; for the id of another one, also that one's kind."""
    if isinstance(record, IssuedPaper) and record.recipient:
        # Of papers that went to many at once the titles are all the same.
        return None, f"{record.title}（{record.recipient}）"
    if ledger := LEDGERS.get(kind):
        target, value = ledger.field(ledger.title_field).target, getattr(record, ledger.title_field)
    else:
        name = next((each for each in _TITLES if hasattr(record, each)), "")
        # What has no name but its id is told by its kind alone.
        target, value = _TITLES.get(name), getattr(record, name, "")
    return target, value.label if isinstance(value, Labelled) else str(value)
