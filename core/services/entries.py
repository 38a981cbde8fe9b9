"""The desk of bonuses, deductions, vetoes and recusals that are put in by hand (R5, R7, R10)."""

from dataclasses import replace
from datetime import datetime

from core.errors import InvalidInput, NotFound, RuleViolation
from core.model.assessment import Cycle, Entry, ScoreSheet, Source
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.ports import Clock, Reading, Store
from core.rules.entry_drafts import completed_entry
from core.rules.input_checks import refuse_entries
from core.services.cycle_reading import assessed_subject, refuse_unwritable, scheme_of, writable_cycle


class EntryService:
    """What counts beside the sheets; all of it until the cycle is frozen."""

    def __init__(self, store: Store, actor: str, clock: Clock) -> None:
        """Work on this store in this person's name."""
        self._store = store
        self._actor = actor
        self._clock = clock

    def add(self, year: int, entry: Entry, cycle: str = "") -> Entry:
        """Keep an entry, whose `id`, `cycle_id` and `source` are given here; points by its item if left out.

        Raises:
            NotFound: the cycle or the subject is not there, or is not assessed.
            InvalidInput: something is not said, or does not fit the scheme.
            RuleViolation: the cycle is frozen, or the clock was set back.
        """
        now = self._clock()
        with self._store.writing(ActDraft("登记加减分", self._actor, entry.reason.strip())) as work:
            found = writable_cycle(work, year, cycle, now.date())
            scheme = scheme_of(work, found)
            subject = assessed_subject(work, found, entry.subject_id)
            drafted = replace(entry, id=new_id(), cycle_id=found.id, source=self._source(now))
            kept = completed_entry(scheme, drafted, now.date())
            others = work.all(Entry, cycle_id=found.id, subject_id=subject.id)
            refuse_entries(scheme, subject, [*others, kept])
            work.add([kept])
            return kept

    def lift(self, entry_id: str, reason: str) -> None:
        """Let an entry count no more, with the reason.

        Raises:
            NotFound: it is gone.
            InvalidInput: no reason is given.
            RuleViolation: it was lifted before, the cycle is frozen, or the clock was set back.
        """
        reason = _reason(reason)
        with self._store.writing(ActDraft("解除加减分", self._actor, reason)) as work:
            entry = work.get(Entry, entry_id)
            refuse_unwritable(work.get(Cycle, entry.cycle_id), self._clock().date())
            if entry.lifted:
                raise RuleViolation("lifted_already", f"已经解除过了（{entry.lifted}）。", "不用再解除。")
            work.change([replace(entry, lifted=reason)])

    def recuse(
        self, year: int, subject_id: str, stage: str, rater: str, reason: str, cycle: str = ""
    ) -> None:
        """Leave a rater out for a subject (回避); marks that it gave are kept but do not count.

        Raises:
            NotFound: the cycle, subject or rater is not there, or the subject is not assessed.
            InvalidInput: no reason is given.
            RuleViolation: the cycle is frozen, the clock was set back, or the rater is a box of ballots.
        """
        reason, now = _reason(reason), self._clock()
        with self._store.writing(ActDraft("登记回避", self._actor, reason)) as work:
            found = writable_cycle(work, year, cycle, now.date())
            scheme = scheme_of(work, found)
            subject = assessed_subject(work, found, subject_id)
            known = scheme.rater(stage, rater)
            if known is None:
                raise NotFound(
                    "rater_missing", f"考核方案里没有环节“{stage}”的评分方“{rater}”。", "请核对代号。"
                )
            if known.ballots:
                raise RuleViolation("no_recusal", "测评票没有回避。", "不该计的票请作废，写明理由。")
            sheet = _sheet(work, found, stage, rater, subject_id)
            if sheet:
                work.change([replace(sheet, recused=reason)])
            else:
                empty = (None,) * len(scheme.leaves(stage, subject.category))
                blank = ScoreSheet(
                    new_id(), found.id, subject_id, stage, rater, empty, source=self._source(now)
                )
                work.add([replace(blank, recused=reason)])

    def unrecuse(self, year: int, subject_id: str, stage: str, rater: str, cycle: str = "") -> None:
        """Take a recusal back; a sheet without marks goes with it.

        Raises:
            NotFound: there is no such recusal.
            RuleViolation: the cycle is frozen, or the clock was set back.
        """
        with self._store.writing(ActDraft("取消回避", self._actor)) as work:
            sheet = _sheet(
                work, writable_cycle(work, year, cycle, self._clock().date()), stage, rater, subject_id
            )
            if sheet is None or not sheet.recused:
                raise NotFound("recusal_missing", "这个评分方对这个对象没有回避。", "请刷新后再看。")
            if any(mark is not None for mark in sheet.marks) or sheet.issues:
                work.change([replace(sheet, recused="")])
            else:
                work.remove([sheet])

    def _source(self, now: datetime) -> Source:
        return Source(person=self._actor, at=now.isoformat(timespec="seconds"))


def _reason(text: str) -> str:
    if not text.strip():
        raise InvalidInput("reason_empty", "没有写理由。", "请写明理由。")
    return text.strip()


def _sheet(view: Reading, cycle: Cycle, stage: str, rater: str, subject_id: str) -> ScoreSheet | None:
    found = view.all(ScoreSheet, cycle_id=cycle.id, stage=stage, rater=rater, subject_id=subject_id)
    return found[0] if found else None
