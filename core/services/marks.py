"""The desk of marks: typed one by one or pasted as a block, notes beside them, stated totals put right."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from core.errors import InvalidInput, NotFound, RuleViolation
from core.model.assessment import Cycle, MarkNote, ScoreSheet, Source, Subject
from core.model.cycle_view import CycleView, RaterProgress
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.mark_entry import MarksEntered, TypedMark
from core.model.scheme import Indicator, Scheme
from core.model.visibility import SeenStage
from core.ports import Clock, Reading, Store, Writing
from core.rules.cell_values import accepted, quoted, read_text
from core.rules.mark_entry import read_mark, with_marks
from core.rules.visibility import seen_by
from core.services.cycle_reading import read_cycle, refuse_unwritable, scheme_of, writable_cycle
from core.services.roster_import import newest_act


@dataclass(frozen=True, slots=True)
class _Pile:
    """One rater's sheets of some subjects, found or new, while an act changes them `now`."""

    cycle: Cycle
    scheme: Scheme
    stage: str
    rater: str
    subjects: Mapping[str, Subject]
    sheets: Mapping[str, ScoreSheet]
    now: datetime

    def leaves(self, subject_id: str) -> tuple[Indicator, ...]:
        return self.scheme.leaves(self.stage, self.subjects[subject_id].category)

    def sheet(self, subject_id: str) -> ScoreSheet:
        blank = (None,) * len(self.leaves(subject_id))
        return self.sheets.get(subject_id) or ScoreSheet(
            new_id(), self.cycle.id, subject_id, self.stage, self.rater, blank
        )

    def shut(self, subject_id: str) -> tuple[str, str]:
        """Why the rater marks this subject not at all, and what to do; empty if it does."""
        sheet = self.sheets.get(subject_id)
        if barred := self.subjects[subject_id].barred:
            return f"这个对象不参评（{barred}）", "请核对对象。"
        return ("评分方对这个对象回避", "如要评分，请先取消回避。") if sheet and sheet.recused else ("", "")

    def fitting(self, subject_id: str, typed: Mapping[str, str]) -> dict[str, str]:
        """Those of the texts that the subject's sheet takes, by indicator."""
        if self.shut(subject_id)[0]:
            return {}
        return {leaf.code: typed[leaf.code] for leaf in self.leaves(subject_id) if leaf.code in typed}

    def keep(self, work: Writing, sheets: Sequence[ScoreSheet]) -> tuple[ScoreSheet, ...]:
        """Store these states, and give back what stands then."""
        work.change([each for each in sheets if each.subject_id in self.sheets])
        work.add([each for each in sheets if each.subject_id not in self.sheets])
        return work.some(ScoreSheet, [each.id for each in sheets])


class MarkService:
    """Raters' sheets, filled in by hand."""

    def __init__(self, store: Store, actor: str, clock: Clock) -> None:
        """Work on this store in this person's name."""
        self._store = store
        self._actor = actor
        self._clock = clock

    def enter(self, year: int, stage: str, rater: str, mark: TypedMark, cycle: str = "") -> MarksEntered:
        """Put one mark into a rater's sheet; an empty text takes it out.

        Raises:
            InvalidInput: the text is no mark within the indicator's range (R1); nothing is stored.
            NotFound: the cycle, subject, stage, rater or indicator is not there.
            RuleViolation: the cycle is frozen, the clock was set back, or the sheet takes no such mark.
        """
        with self._store.writing(ActDraft("录入评分", self._actor)) as work:
            pile = self._pile(work, year, stage, rater, [mark.subject_id], cycle)
            _refuse_mark(pile, mark)
            return self._entered(work, pile, [mark])

    def enter_block(
        self, year: int, stage: str, rater: str, marks: Sequence[TypedMark], cycle: str = ""
    ) -> MarksEntered:
        """Put many marks into a rater's sheets in one act; those out of range are kept as faults.

        Raises:
            NotFound: the cycle, a subject, the stage or the rater is not there.
            RuleViolation: the cycle is frozen, or the clock was set back.
        """
        with self._store.writing(ActDraft("录入评分", self._actor, f"{len(marks)} 格")) as work:
            pile = self._pile(work, year, stage, rater, [each.subject_id for each in marks], cycle)
            return self._entered(work, pile, marks)

    def note(
        self, year: int, stage: str, rater: str, subject_id: str, note: MarkNote, cycle: str = ""
    ) -> MarksEntered:
        """Keep what is to be said about a mark; an empty note takes away what was said.

        Raises:
            InvalidInput: a text is too long or holds characters that cannot be kept.
            NotFound: the cycle, subject, stage, rater or indicator is not there.
            RuleViolation: the cycle is frozen, or the clock was set back.
        """
        text = accepted("说明", read_text(note.text))
        evidence = accepted("佐证", read_text(note.evidence))
        with self._store.writing(ActDraft("评分说明", self._actor)) as work:
            pile = self._pile(work, year, stage, rater, [subject_id], cycle)
            _leaf(pile, subject_id, note.indicator)
            before, sheet = newest_act(work), pile.sheet(subject_id)
            others = tuple(each for each in sheet.notes if each.indicator != note.indicator)
            said = (replace(note, text=text, evidence=evidence),) if text or evidence else ()
            kept = pile.keep(work, [replace(sheet, notes=(*others, *said))])
            return _outcome(work, before, kept, taken=1)

    def settle_total(self, sheet_id: str, reason: str) -> MarksEntered:
        """Take the sum of the marks as right where a sheet's stated total disagrees, with the reason.

        Raises:
            InvalidInput: there is no reason.
            NotFound: the sheet is gone.
            RuleViolation: the cycle is frozen, or the clock was set back.
        """
        if not reason.strip():
            raise InvalidInput("reason_missing", "没有写核定的理由。", "请写明理由，会记入变更记录。")
        with self._store.writing(ActDraft("核定合计", self._actor, reason.strip())) as work:
            sheet, before = work.get(ScoreSheet, sheet_id), newest_act(work)
            refuse_unwritable(work.get(Cycle, sheet.cycle_id), self._clock().date())
            work.change([replace(sheet, issues=tuple(each for each in sheet.issues if each.indicator))])
            return _outcome(work, before, work.some(ScoreSheet, [sheet_id]), taken=1)

    def others(self, year: int, stage: str, rater: str, cycle: str = "") -> SeenStage:
        """What a rater may see now of the others in its stage, as the scheme allows it; also once frozen.

        Without a stage the only one with such a rater is meant.

        Raises:
            NotFound: the cycle or the rater is not there, it marks nobody, or several stages have one with
                this code.
        """
        with self._store.reading() as reading:
            view = read_cycle(reading, year, cycle, lean=True)
        return self.others_in(view, stage, rater)

    def others_in(self, view: CycleView, stage: str, rater: str) -> SeenStage:
        """The same for a cycle that was read before.

        Raises:
            NotFound: as `others`.
        """
        own = _find_rater(view.progress, stage, rater)
        return seen_by(view.scheme, view.subjects, view.sheets, own)

    def _pile(
        self, work: Writing, year: int, stage: str, rater: str, subject_ids: Sequence[str], code: str
    ) -> _Pile:
        now = self._clock()
        cycle = writable_cycle(work, year, code, now.date())
        return _pile_of(work, cycle, stage, rater, subject_ids, now)

    def _entered(self, work: Writing, pile: _Pile, marks: Sequence[TypedMark]) -> MarksEntered:
        before = newest_act(work)
        changed, taken, faulty = [], 0, 0
        for subject_id, typed in _by_subject(marks).items():
            sheet, fitting = pile.sheet(subject_id), pile.fitting(subject_id, typed)
            entered = with_marks(sheet, pile.leaves(subject_id), fitting)
            taken += len(fitting)
            faulty += sum(each.indicator in fitting for each in entered.issues)
            if (entered.marks, entered.issues) != (sheet.marks, sheet.issues):
                changed.append(replace(entered, source=self._source(sheet, pile.now)))
        kept = pile.keep(work, changed)
        return _outcome(work, before, kept, taken - faulty, faulty, len(marks) - taken)

    def _source(self, sheet: ScoreSheet, now: datetime) -> Source:
        if sheet.source.file:
            return sheet.source._replace(corrected=f"{self._actor} {now:%Y-%m-%d %H:%M}")
        return Source(person=self._actor, at=now.isoformat(timespec="seconds"))


def _pile_of(
    work: Reading, cycle: Cycle, stage: str, rater: str, subject_ids: Sequence[str], now: datetime
) -> _Pile:
    scheme = scheme_of(work, cycle)
    _refuse_rater(scheme, stage, rater)
    ids = list(dict.fromkeys(subject_ids))
    subjects = {each.id: each for each in work.some(Subject, ids) if each.cycle_id == cycle.id}
    if len(subjects) < len(ids):
        raise NotFound("subject_missing", "这个对象不在本次考核的名单里。", "请刷新后重试。")
    only = {"subject_id": ids[0]} if len(ids) == 1 else {}
    held = work.all(ScoreSheet, cycle_id=cycle.id, stage=stage, rater=rater, **only)
    return _Pile(cycle, scheme, stage, rater, subjects, {each.subject_id: each for each in held}, now)


def _refuse_rater(scheme: Scheme, stage: str, rater: str) -> None:
    known = scheme.rater(stage, rater)
    if known is None:
        raise NotFound("rater_missing", "考核方案里没有这个评分方。", "请刷新后重试。")
    if known.ballots:
        raise RuleViolation("box_of_ballots", f"“{known.name}”用测评票，不填评分表。", "请录入测评票。")


def _find_rater(progress: Sequence[RaterProgress], stage: str, rater: str) -> RaterProgress:
    found = [each for each in progress if each.rater.code == rater and stage in ("", each.stage.code)]
    if len(found) == 1:
        return found[0]
    if found:
        stages = "、".join(each.stage.code for each in found)
        raise NotFound("rater_ambiguous", f"几个环节都有评分方“{rater}”：{stages}。", "请写明是哪个环节。")
    known = "、".join(f"{each.stage.code}/{each.rater.code}" for each in progress)
    named = f"{stage}/{rater}" if stage else rater
    why = f"考核方案里没有评分方“{named}”，或者它没有要评的对象。"
    raise NotFound("rater_missing", why, f"可用的（环节/评分方）：{known}。")


def _by_subject(marks: Sequence[TypedMark]) -> dict[str, dict[str, str]]:
    """The texts by subject and indicator."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for mark in marks:
        found[mark.subject_id][mark.indicator] = mark.text
    return found


def _leaf(pile: _Pile, subject_id: str, indicator: str) -> Indicator:
    for leaf in pile.leaves(subject_id):
        if leaf.code == indicator:
            return leaf
    raise NotFound("indicator_missing", "考核方案里没有这项指标。", "请刷新后重试。")


def _refuse_mark(pile: _Pile, mark: TypedMark) -> None:
    leaf = _leaf(pile, mark.subject_id, mark.indicator)
    why_not, remedy = pile.shut(mark.subject_id)
    if why_not:
        raise RuleViolation("sheet_shut", f"没有录入评分：{why_not}。", remedy)
    if wrong := read_mark(leaf, mark.text)[1]:
        raise InvalidInput(
            "mark_out_of_range",
            f"“{leaf.name}”不能填“{quoted(mark.text)}”。",
            f"{wrong}。",
        )


def _outcome(
    work: Reading, before: int, sheets: tuple[ScoreSheet, ...], taken: int, faulty: int = 0, left_out: int = 0
) -> MarksEntered:
    newest = newest_act(work)
    return MarksEntered(newest if newest != before else 0, sheets, taken, faulty, left_out)
