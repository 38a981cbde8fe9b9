"""The desk of residents' ballots: entered twice by two people who do not see each other's entry."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from core.errors import InvalidInput, NotFound, RuleViolation
from core.model.assessment import Cycle
from core.model.ballot import Ballot
from core.model.ballot_view import BallotTally, Vote
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.scheme import Indicator
from core.ports import Clock, Reading, Store, Writing
from core.rules.ballot_sheets import ballot_fault
from core.rules.chosen_weights import with_weights
from core.rules.delivery import marked_by
from core.services.cycle_reading import (
    assessed_subject,
    find_cycle,
    read_inputs,
    refuse_unwritable,
    scheme_of,
    writable_cycle,
)


class BallotService:
    """Ballots of the raters whom the scheme calls ballot boxes, until the cycle is frozen."""

    def __init__(self, store: Store, actor: str, clock: Clock) -> None:
        """Work on this store in this person's name."""
        self._store = store
        self._actor = actor
        self._clock = clock

    def enter(self, year: int, vote: Vote, by: str, *, second: bool = False, cycle: str = "") -> Ballot:
        """Keep the first entry of a ballot, or the second one of a ballot that has a first.

        A ballot whose entries agree on answers that cannot be is invalid, with the reason.

        Raises:
            NotFound: the cycle, subject or box is not there; the second entry has no first.
            InvalidInput: nobody is named, or the answers are too few or too many.
            RuleViolation: the pass was done before, the same person enters twice, the cycle is frozen,
                or the clock was set back.
        """
        with self._store.writing(ActDraft("录入测评票", self._actor, "第二遍" if second else "")) as work:
            found = writable_cycle(work, year, cycle, self._clock().date())
            leaves = _leaves(work, found, vote)
            _refuse_unread(vote, leaves, by)
            known = next(iter(_of_box(work, found, vote, vote.number)), None)
            if not second:
                return _first(work, found, vote, by.strip(), known)
            return _second(work, leaves, vote, by.strip(), known)

    def waiting(self, year: int, stage: str, rater: str, subject_id: str, cycle: str = "") -> tuple[int, ...]:
        """The numbers of the ballots that wait for their second entry.

        Raises:
            NotFound: the cycle was not opened.
        """
        with self._store.reading() as view:
            box = Vote(stage, rater, subject_id, 0, ())
            ballots = _of_box(view, find_cycle(view, year, cycle), box)
            return tuple(sorted(each.number for each in ballots if not each.second and not each.invalid))

    def differences(self, year: int, cycle: str = "") -> tuple[Ballot, ...]:
        """The ballots whose two entries do not agree, in the order of their numbers.

        Raises:
            NotFound: the cycle was not opened.
        """
        with self._store.reading() as view:
            ballots = view.all(Ballot, cycle_id=find_cycle(view, year, cycle).id)
        differing = (each for each in ballots if each.differs and not each.invalid)
        return tuple(sorted(differing, key=lambda each: (each.stage, each.rater, each.number)))

    def resolve(self, ballot_id: str, answers: Sequence[str], by: str) -> Ballot:
        """Settle what a ballot says after looking at the paper again.

        Raises:
            NotFound: it is gone.
            InvalidInput: nobody is named, or the answers are too few or too many.
            RuleViolation: it is invalid, it has no two entries that differ, the cycle is frozen, or the
                clock was set back.
        """
        with self._store.writing(ActDraft("核对测评票", self._actor, by.strip())) as work:
            ballot, cycle = self._writable(work, ballot_id)
            _refuse_invalid(ballot)
            if not ballot.differs:
                raise RuleViolation(
                    "no_difference", "这张票没有两遍不一致的录入，不用核对。", "请刷新后看还有哪些票不一致。"
                )
            vote = Vote(ballot.stage, ballot.rater, ballot.subject_id, ballot.number, tuple(answers))
            leaves = _leaves(work, cycle, vote)
            _refuse_unread(vote, leaves, by)
            settled = replace(ballot, first=vote.answers, second=vote.answers)
            return _changed(work, replace(settled, invalid=ballot_fault(leaves, vote.answers)))

    def invalidate(self, ballot_id: str, reason: str) -> Ballot:
        """Let a ballot not count, with the reason (identical handwriting, not a resident …).

        Raises:
            NotFound: it is gone.
            InvalidInput: no reason is given.
            RuleViolation: it is invalid already, the cycle is frozen, or the clock was set back.
        """
        if not reason.strip():
            raise InvalidInput("reason_empty", "没有写作废的理由。", "请写明理由。")
        with self._store.writing(ActDraft("作废测评票", self._actor, reason.strip())) as work:
            ballot, _ = self._writable(work, ballot_id)
            _refuse_invalid(ballot)
            return _changed(work, replace(ballot, invalid=reason.strip()))

    def tally(self, year: int, cycle: str = "") -> tuple[BallotTally, ...]:
        """How many ballots there are on each subject in each box, in the order of the scheme.

        Raises:
            NotFound: the cycle was not opened.
        """
        with self._store.reading() as view:
            inputs = read_inputs(view, find_cycle(view, year, cycle), lean=True)
        boxes: dict[tuple[str, str, str], list[Ballot]] = defaultdict(list)
        for ballot in inputs.ballots:
            boxes[ballot.stage, ballot.rater, ballot.subject_id].append(ballot)
        return tuple(
            BallotTally(
                stage,
                rater,
                subject,
                entered=len(own),
                waiting=sum(not each.second and not each.invalid for each in own),
                differing=sum(each.differs and not each.invalid for each in own),
                invalid=sum(bool(each.invalid) for each in own),
                valid=sum(each.counts for each in own),
                minimum=rater.minimum_ballots,
            )
            for stage in with_weights(inputs.scheme, inputs.settled.weights).stages
            for rater in stage.raters
            if rater.ballots
            for subject in marked_by(rater, inputs.subjects)
            if not subject.barred
            for own in [boxes[stage.code, rater.code, subject.id]]
        )

    def _writable(self, work: Writing, ballot_id: str) -> tuple[Ballot, Cycle]:
        ballot = work.get(Ballot, ballot_id)
        cycle = work.get(Cycle, ballot.cycle_id)
        refuse_unwritable(cycle, self._clock().date())
        return ballot, cycle


def _first(work: Writing, cycle: Cycle, vote: Vote, by: str, known: Ballot | None) -> Ballot:
    if known:
        raise RuleViolation(
            "ballot_entered", f"第 {vote.number} 号票已经录过第一遍。", "请核对票号；第二遍请在“第二遍”里录。"
        )
    ballot = Ballot(
        new_id(), cycle.id, vote.stage, vote.rater, vote.subject_id, vote.number, vote.answers, by
    )
    work.add([ballot])
    return ballot


def _second(work: Writing, leaves: Sequence[Indicator], vote: Vote, by: str, known: Ballot | None) -> Ballot:
    if known is None:
        raise NotFound("ballot_missing", f"第 {vote.number} 号票还没有录第一遍。", "请核对票号。")
    if known.second:
        raise RuleViolation("ballot_entered", f"第 {vote.number} 号票已经录过两遍。", "请核对票号。")
    if known.first_by == by:
        raise RuleViolation(
            "same_person", f"第 {vote.number} 号票的第一遍也是“{by}”录的。", "第二遍要由另一个人录入。"
        )
    entered = replace(known, second=vote.answers, second_by=by)
    fault = "" if entered.differs else ballot_fault(leaves, vote.answers)
    return _changed(work, replace(entered, invalid=known.invalid or fault))


def _refuse_invalid(ballot: Ballot) -> None:
    """What a person let not count would count again by way of its answers."""
    if ballot.invalid:
        raise RuleViolation(
            "invalid_already", f"这张票已经作废（{ballot.invalid}）。", "不用再办；错作废的请撤销那次操作。"
        )


def _leaves(view: Reading, cycle: Cycle, vote: Vote) -> tuple[Indicator, ...]:
    scheme = scheme_of(view, cycle)
    box = scheme.rater(vote.stage, vote.rater)
    if box is None or not box.ballots:
        raise NotFound("box_missing", f"考核方案里没有测评票箱“{vote.rater}”。", "请核对环节和评分方。")
    return scheme.leaves(vote.stage, assessed_subject(view, cycle, vote.subject_id).category)


def _refuse_unread(vote: Vote, leaves: Sequence[Indicator], by: str) -> None:
    if not by.strip():
        raise InvalidInput("person_empty", "没有写录入人。", "请写明是谁录的。")
    if vote.number < 1:
        raise InvalidInput("ballot_number", "票号应是 1 以上的整数。", "请给每张票编号。")
    if len(vote.answers) != len(leaves):
        raise InvalidInput(
            "ballot_answers", f"有 {len(vote.answers)} 个答案，应有 {len(leaves)} 项。", "没有填的项请留空。"
        )


def _of_box(view: Reading, cycle: Cycle, vote: Vote, number: int | None = None) -> tuple[Ballot, ...]:
    only = {} if number is None else {"number": number}
    return view.all(
        Ballot, cycle_id=cycle.id, stage=vote.stage, rater=vote.rater, subject_id=vote.subject_id, **only
    )


def _changed(work: Writing, ballot: Ballot) -> Ballot:
    work.change([ballot])
    return work.get(Ballot, ballot.id)
