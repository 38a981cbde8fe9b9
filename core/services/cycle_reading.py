"""How every desk of the assessment reads a cycle, and what it refuses to change."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import repeat

from core.errors import NotFound, RuleViolation
from core.model.assessment import (
    Cycle,
    CycleState,
    Entry,
    Result,
    SchemeText,
    ScoreSheet,
    Source,
    Subject,
)
from core.model.ballot import Ballot
from core.model.cycle_view import ComputedYear, CycleView
from core.model.decision import Decision, Revocation
from core.model.finding import Find
from core.model.in_bulk import records_of
from core.model.objection import Objection
from core.model.outcome import Outcome
from core.model.scheme import Scheme
from core.model.settled import Settled
from core.model.written_document import IssuedPaper
from core.ports import Reading
from core.rules.ballot_sheets import ballot_sheets
from core.rules.chosen_weights import with_weights
from core.rules.computing import Computation
from core.rules.cycle_gates import refuse_clock_back
from core.rules.delivery import rater_progress
from core.rules.input_checks import refuse_misfits
from core.rules.input_digest import digest_of
from core.rules.scheme_file import read_scheme
from core.services.earlier_results import read_earlier, told_without_groups

STILL_OPEN = (CycleState.OPEN, CycleState.COMPUTED)
"""Where sheets, entries and ballots may change; from the report or the notice on they are frozen (R21)."""


@dataclass(frozen=True)
class CycleInputs:
    """Everything that a cycle is computed from, and the ballots that some of its sheets are made of."""

    cycle: Cycle
    scheme: Scheme
    subjects: tuple[Subject, ...]
    sheets: tuple[ScoreSheet, ...]
    entries: tuple[Entry, ...]
    settled: Settled
    ballots: tuple[Ballot, ...]

    @cached_property
    def computation(self) -> Computation:
        """What follows from it, step by step.

        Raises:
            InvalidInput: something of it does not fit the scheme.
        """
        refuse_misfits(self.scheme, self.subjects, self.sheets, self.entries, self.settled)
        return Computation.of(self.scheme, self.subjects, self.sheets, self.entries, self.settled)

    def outcome(self, *, trace: bool = False) -> Outcome:
        """What the engine finds.

        Raises:
            InvalidInput: something of it does not fit the scheme.
        """
        return self.computation.outcome(digest=self.digest, cycle_id=self.cycle.id, trace=trace)

    @cached_property
    def digest(self) -> str:
        """The digest of all of it (R21)."""
        return digest_of(
            self.scheme.digest, self.subjects, self.sheets, self.entries, **self.settled._asdict()
        )


def cycles_of(view: Reading, year: int) -> tuple[Cycle, ...]:
    """The cycles of a year, the first opened first."""
    return view.all(Cycle, year=year)


def code_of(view: Reading, cycle: Cycle) -> str:
    """The cycle's code; one from before there were codes has its scheme's."""
    return cycle.code or view.get(SchemeText, cycle.scheme_id).code


def find_cycle(view: Reading, year: int, code: str = "") -> Cycle:
    """The cycle of a year with this code; without a code the first one that was opened.

    Raises:
        NotFound: there is none.
    """
    cycles = cycles_of(view, year)
    if not cycles:
        raise NotFound("cycle_missing", f"{year} 年度考核还没有开启。", "请先开启考核。")
    found = next((each for each in cycles if code in ("", code_of(view, each))), None)
    if found is None:
        codes = "、".join(code_of(view, each) for each in cycles)
        raise NotFound("cycle_missing", f"{year} 年度没有代号为“{code}”的考核。", f"可用的代号：{codes}。")
    return found


def writable_cycle(view: Reading, year: int, code: str, today: date) -> Cycle:
    """The cycle, if its sheets, entries and ballots may change today.

    Raises:
        NotFound: there is none.
        RuleViolation: it is frozen, or the clock was set back.
    """
    cycle = find_cycle(view, year, code)
    refuse_unwritable(cycle, today)
    return cycle


def refuse_unwritable(cycle: Cycle, today: date) -> None:
    """Nothing, if the cycle's sheets, entries and ballots may change today.

    Raises:
        RuleViolation: they are frozen, or the clock was set back.
    """
    if cycle.state in STILL_OPEN:
        refuse_clock_back(cycle, today)
        return
    remedy = {
        CycleState.REPORTED: "请先退回上一步，写明理由，再改评分。",
        CycleState.ARCHIVED: "查实弄虚作假的，可以撤销。",
    }.get(cycle.state, "要更正结果，请作出决定（例如复核得分）。")
    raise RuleViolation(
        "cycle_frozen", f"{cycle.called}{cycle.state.label}，评分已经锁定，没有改动。", remedy
    )


def read_inputs(view: Reading, cycle: Cycle, *, lean: bool = False) -> CycleInputs:
    """Everything that a cycle is computed from, as a view of the store shows it.

    A `lean` reading leaves out what no figure depends on: the sheets' ids, sources and notes. They are half
    of what there is to read.
    """
    scheme = scheme_of(view, cycle)
    subjects = tuple(sorted(view.all(Subject, cycle_id=cycle.id), key=lambda each: each.position))
    ballots = view.all(Ballot, cycle_id=cycle.id)
    sheets = _lean_sheets(view, cycle) if lean else view.all(ScoreSheet, cycle_id=cycle.id)
    inputs = CycleInputs(
        cycle=cycle,
        scheme=scheme,
        subjects=subjects,
        sheets=(*sheets, *ballot_sheets(scheme, subjects, ballots)),
        entries=view.all(Entry, cycle_id=cycle.id),
        settled=Settled(
            view.all(Decision, cycle_id=cycle.id),
            view.all(Revocation, cycle_id=cycle.id),
            read_earlier(view, cycle, scheme),
            cycle.weights,
        ),
        ballots=ballots,
    )
    return inputs if cycle.state in STILL_OPEN else _as_frozen(inputs)


def _as_frozen(inputs: CycleInputs) -> CycleInputs:
    """The inputs as the program that froze the cycle told them; the kept digest shows which it was (R21)."""
    if inputs.digest == inputs.cycle.digest:
        return inputs
    earlier = told_without_groups(inputs.settled.earlier, inputs.scheme)
    before = replace(inputs, settled=inputs.settled._replace(earlier=earlier))
    return before if before.digest == inputs.cycle.digest else inputs


def _lean_sheets(view: Reading, cycle: Cycle) -> tuple[ScoreSheet, ...]:
    query = Find(equal=(("cycle_id", cycle.id),))
    names = ("subject_id", "stage", "rater", "marks", "issues", "recused", "remark")
    found = view.values(ScoreSheet, names, query)
    if not found:
        return ()
    rest = repeat(Source()), repeat(()), repeat(1)
    given = zip(*found, strict=True)
    return tuple(records_of(ScoreSheet, len(found), repeat(""), repeat(cycle.id), *given, *rest))


def scheme_of(view: Reading, cycle: Cycle) -> Scheme:
    """The frozen scheme of a cycle."""
    return read_scheme(view.get(SchemeText, cycle.scheme_id).text, frozen=True)


def read_cycle(view: Reading, year: int, code: str = "", *, lean: bool = False) -> CycleView:
    """A cycle as a view of the store shows it; `lean` as `read_inputs`.

    Raises:
        NotFound: there is none.
    """
    cycle = find_cycle(view, year, code)
    return cycle_view(view, cycle, read_inputs(view, cycle, lean=lean), view.all(Result, cycle_id=cycle.id))


def cycle_view(view: Reading, cycle: Cycle, inputs: CycleInputs, results: Sequence[Result]) -> CycleView:
    """The view of a cycle as it is now, with its inputs and its kept results."""
    settled = inputs.settled
    scheme = with_weights(inputs.scheme, settled.weights)
    return CycleView(
        cycle=cycle,
        scheme=scheme,
        subjects=inputs.subjects,
        sheets=inputs.sheets,
        entries=inputs.entries,
        results=tuple(results),
        progress=rater_progress(scheme, inputs.subjects, inputs.sheets),
        papers=view.all(IssuedPaper, cycle_id=cycle.id),
        stale=bool(cycle.digest) and cycle.digest != inputs.digest,
        decisions=settled.decisions,
        revocations=settled.revocations,
        objections=view.all(Objection, cycle_id=cycle.id),
        ballots=inputs.ballots,
        earlier=settled.earlier,
    )


def computed_year(view: Reading, year: int, code: str = "", *, trace: bool = False) -> ComputedYear:
    """The computed cycle as a view of the store shows it; its results carry their steps only with `trace`.

    Raises:
        NotFound: there is none.
        RuleViolation: it was not computed, or data changed since.
    """
    return computed_from(view, read_inputs(view, find_cycle(view, year, code)), trace=trace)


def computed_from(view: Reading, inputs: CycleInputs, *, trace: bool = False) -> ComputedYear:
    """The same for inputs that were read before.

    Raises:
        RuleViolation: as `computed_year`.
    """
    cycle = inputs.cycle
    if cycle.state is CycleState.OPEN:
        raise RuleViolation("not_computed", f"{cycle.called}还没有计算结果。", "请先计算。")
    if cycle.digest != inputs.digest:
        raise RuleViolation("results_stale", "上次计算以后评分有改动，结果已经过时。", "请重新计算。")
    shown = cycle_view(view, cycle, inputs, view.all(Result, cycle_id=cycle.id))
    return ComputedYear(shown, inputs.outcome(trace=trace), inputs.computation.explain)


def cycle_as_it_stands(view: Reading, year: int, code: str = "") -> tuple[CycleView, ComputedYear | None]:
    """A cycle, and what its results come to unless it was not computed, or data changed since.

    Raises:
        NotFound: there is none.
    """
    cycle = find_cycle(view, year, code)
    inputs = read_inputs(view, cycle)
    if cycle.state is not CycleState.OPEN and cycle.digest == inputs.digest:
        computed = computed_from(view, inputs)
        return computed.view, computed
    return cycle_view(view, cycle, inputs, view.all(Result, cycle_id=cycle.id)), None


def subject_of(view: Reading, cycle: Cycle, subject_id: str) -> Subject:
    """The subject of a cycle with this id.

    Raises:
        NotFound: it is none of this cycle's.
    """
    found = view.all(Subject, cycle_id=cycle.id, id=subject_id)
    if not found:
        raise NotFound("subject_missing", "这个对象不在这次考核的名单里。", "请刷新后从名单中选择。")
    return found[0]


def assessed_subject(view: Reading, cycle: Cycle, subject_id: str) -> Subject:
    """The same, for what counts only for who is assessed (R11).

    Raises:
        NotFound: it is none of this cycle's, or is not assessed.
    """
    subject = subject_of(view, cycle, subject_id)
    if subject.barred:
        message = f"“{subject.name}”不参评（{subject.barred}），没有得分，没有登记。"
        raise NotFound("subject_barred", message, "请核对对象。")
    return subject


def find_subject(subjects: Iterable[Subject], name: str) -> Subject:
    """The subject whose name is this, or holds it; it must be the only one.

    Raises:
        NotFound: no such subject takes part, or several do.
    """
    wanted = name.strip()
    known = tuple(subjects)
    found = [each for each in known if each.name == wanted] or [
        each for each in known if wanted and wanted in each.name
    ]
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotFound("subject_missing", f"考核名单里没有“{name}”。", "请核对名称。")
    names = "、".join(each.name for each in found[:5]) + ("等" if len(found) > 5 else "")
    raise NotFound("subject_ambiguous", f"“{name}”对应 {len(found)} 个对象：{names}。", "请写全称。")
