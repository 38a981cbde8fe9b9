"""The assessment desk: open a year, compute, explain."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from core.errors import InvalidInput, Problem, RuleViolation
from core.model.assessment import Cycle, CycleState, Result, SchemeText, Subject
from core.model.cycle_view import ComputedYear, CycleLine, CycleView
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.opening import Opening, OpeningPreview, Participant
from core.model.organization import Category, Community, Organization
from core.model.penalty import Penalty
from core.model.people import Unit
from core.model.scheme import Scheme, SubjectSource
from core.model.settled import Settled
from core.model.year_path import YearPath
from core.ports import Clock, Reading, ReadWorkbook, Store
from core.rules.cell_values import accepted, read_name
from core.rules.opening import frozen_subjects
from core.rules.participants import read_participants
from core.rules.scheme_checker import check_places
from core.rules.scheme_file import read_scheme
from core.rules.settled_checks import bad_settled
from core.rules.year_path import year_path
from core.services.cycle_reading import (
    code_of,
    computed_year,
    cycle_as_it_stands,
    cycles_of,
    find_cycle,
    find_subject,
    read_cycle,
    scheme_of,
    writable_cycle,
)
from core.services.register_reading import read_figures, read_register
from core.services.result_keeping import compute_and_keep
from core.services.schemes import keep_scheme, scheme_text

SUBJECT_SOURCES = {
    SubjectSource.ORGANIZATIONS: "名册里的社会组织",
    SubjectSource.COMMUNITIES: "登记的社区（村）",
    SubjectSource.UNITS: "台账里的单位",
}
"""Where the register has the subjects, in words."""
THIS_YEARS = Opening()
"""The sub-district's own assessment under its usual name."""


class AssessmentService:
    """A cycle's assessment from opening to result; without a code the first cycle of its year is meant."""

    def __init__(self, store: Store, actor: str, clock: Clock, read_workbook: ReadWorkbook) -> None:
        """Work on this store in this person's name, reading lists with this reader."""
        self._store = store
        self._actor = actor
        self._clock = clock
        self._read = read_workbook

    def years(self) -> tuple[int, ...]:
        """Years with a cycle, newest first."""
        with self._store.reading() as view:
            return tuple(sorted({cycle.year for cycle in view.all(Cycle)}, reverse=True))

    def cycles(self, year: int | None = None) -> tuple[CycleLine, ...]:
        """The cycles of a year, or of all years, in the order of their opening."""
        with self._store.reading() as view:
            names = {each.id: each.name for each in view.all(SchemeText)}
            found = view.all(Cycle) if year is None else cycles_of(view, year)
            return tuple(
                CycleLine(
                    each.year,
                    each.code,
                    each.title or names[each.scheme_id],
                    names[each.scheme_id],
                    each.state,
                )
                for each in found
            )

    def read_participants(self, path: Path) -> tuple[Participant, ...]:
        """Those who take part, from a sheet with names, kinds and categories.

        Raises:
            InvalidInput: it holds no such list.
            StorageFailed: it cannot be read.
        """
        return read_participants(self._read(path))

    def preview_opening(self, year: int, opening: Opening = THIS_YEARS) -> OpeningPreview:
        """What opening a cycle would freeze: who takes part, who does not and why, what is odd.

        Raises:
            InvalidInput: the year, the code or the title is no sensible one, or a chosen weight is below its
                bound.
            NotFound: there is no such scheme.
            RuleViolation: the year has a cycle with this code, the clock was set back, there is nobody to
                assess, or a list was given to a scheme that takes the register.
        """
        with self._store.reading() as view:
            preview, _ = _opened(view, year, opening, self._clock().date())
            return preview

    def open_year(self, year: int, opening: Opening = THIS_YEARS) -> CycleView:
        """Open a cycle: freeze the scheme and the register's facts (R21).

        Those who may not take part are listed apart with the reason (R11).

        Raises:
            InvalidInput, NotFound, RuleViolation: as `preview_opening`.
        """
        now = self._clock()
        with self._store.writing(ActDraft("开启考核", self._actor, f"{year}年度")) as work:
            preview, text = _opened(work, year, opening, now.date())
            scheme = keep_scheme(work, preview.scheme, text, now)
            cycle = replace(preview.cycle, scheme_id=scheme.id)
            work.add([cycle])
            work.add(preview.subjects)
            return read_cycle(work, year, cycle.code)

    def year(self, year: int, cycle: str = "") -> CycleView:
        """The cycle as it stands.

        Raises:
            NotFound: it was not opened.
        """
        with self._store.reading() as view:
            return read_cycle(view, year, cycle)

    def scheme(self, year: int, cycle: str = "") -> Scheme:
        """The frozen scheme of the cycle.

        Raises:
            NotFound: it was not opened.
        """
        with self._store.reading() as view:
            return scheme_of(view, find_cycle(view, year, cycle))

    def findings(self, year: int, cycle: str = "") -> tuple[Problem, ...]:
        """What is odd about the scheme for the cycle's subjects, such as more places than subjects.

        Raises:
            NotFound: it was not opened.
        """
        view = self.year(year, cycle)
        return check_places(view.scheme, view.subjects)

    def path(self, year: int, cycle: str = "") -> YearPath:
        """How far the cycle has come, what is next and what waits; also before it is opened."""
        with self._store.reading() as view:
            opened = cycles_of(view, year)
            cycle_view = read_cycle(view, year, cycle, lean=True) if opened else None
            return year_path(year, read_figures(view), cycle_view, self._clock().date())

    def compute(self, year: int, cycle: str = "") -> ComputedYear:
        """Compute the cycle from what is stored, and keep the results; the same data changes nothing.

        Raises:
            NotFound: it was not opened.
            RuleViolation: there is not one sheet yet, the cycle is frozen, or the clock was set back.
        """
        now = self._clock()
        with self._store.writing(ActDraft("计算结果", self._actor, f"{year}年度")) as work:
            found = writable_cycle(work, year, cycle, now.date())
            computed = compute_and_keep(work, found, now)
            if not computed.view.sheets:
                raise RuleViolation(
                    "no_sheets", f"{found.called}还没有一份评分表。", "请先导入评分表或录入评分。"
                )
            return computed

    def as_it_stands(self, year: int, cycle: str = "") -> tuple[CycleView, ComputedYear | None]:
        """The cycle, and as `outcome` what its results come to; None where there are none that hold.

        Raises:
            NotFound: it was not opened.
        """
        with self._store.reading() as view:
            return cycle_as_it_stands(view, year, cycle)

    def outcome(self, year: int, cycle: str = "", *, trace: bool = False) -> ComputedYear:
        """The results that were kept, with their awards, lists and money; `trace` gives each its steps.

        Raises:
            NotFound: the cycle was not opened.
            RuleViolation: it was not computed, or data changed since.
        """
        with self._store.reading() as view:
            return computed_year(view, year, cycle, trace=trace)

    def explain(self, year: int, name: str, cycle: str = "") -> tuple[Subject, Result]:
        """The result of one subject, with its trace; the name may be a part that is found once.

        Raises:
            NotFound: no such subject takes part, or several do.
            RuleViolation: as `outcome`.
        """
        with self._store.reading() as view:
            computed = computed_year(view, year, cycle)
        subject = find_subject(computed.view.subjects, name)
        result = next(each for each in computed.outcome.results if each.subject_id == subject.id)
        return subject, computed.explained(result)


def _opened(view: Reading, year: int, opening: Opening, today: date) -> tuple[OpeningPreview, str]:
    """What opening comes to, and the text of its scheme; the cycle does not name its scheme yet."""
    if not 1990 <= year <= 2100:
        raise InvalidInput("year_odd", f"{year} 不像一个考核年度。", "请写四位年份，例如 2025。")
    text = scheme_text(view, opening.scheme_code)
    scheme = read_scheme(text)
    cycle = Cycle(
        id=new_id(),
        year=year,
        scheme_id="",
        state=CycleState.OPEN,
        opened_on=today.isoformat(),
        code=accepted("考核的代号", read_name(opening.code)) or scheme.code,
        title=accepted("考核的名称", read_name(opening.title)) or scheme.name,
        weights=opening.weights,
    )
    _refuse_second(view, cycle)
    _refuse_clock_back(view, cycle.opened_on)
    _refuse_unused(scheme, opening.participants)
    subjects = _subjects(view, scheme, cycle, opening.participants)
    if not subjects:
        raise _nobody(view, scheme)
    problems = tuple(bad_settled(scheme, subjects, Settled(weights=opening.weights)))
    if problems:
        raise InvalidInput("weights_wrong", "选定的权重不符合考核方案。", "请按所列改正。", problems)
    findings = check_places(scheme, subjects)
    categories = sorted(view.all(Category), key=lambda each: each.number)
    names = tuple(each.name for each in categories)
    return OpeningPreview(cycle, scheme, subjects, findings, names), text


def _subjects(
    view: Reading, scheme: Scheme, cycle: Cycle, participants: Sequence[Participant]
) -> tuple[Subject, ...]:
    return frozen_subjects(
        scheme,
        cycle.id,
        date.fromisoformat(cycle.opened_on),
        read_register(view).organizations,
        sorted(view.all(Community), key=lambda each: each.position),
        sorted(view.all(Unit), key=lambda each: each.position or 0),
        participants,
        view.all(Penalty),
    )


def _refuse_second(view: Reading, cycle: Cycle) -> None:
    """A year has one cycle of each code."""
    for each in cycles_of(view, cycle.year):
        if cycle.code == code_of(view, each):
            raise RuleViolation(
                "cycle_exists",
                f"{cycle.year} 年度考核“{each.title or cycle.title}”已经开启。",
                "请直接导入评分或计算；同一年再考核一次，请另取一个代号，例如加上季度。",
            )


def _refuse_clock_back(view: Reading, today: str) -> None:
    """A register is not frozen on a day before another cycle was opened or computed."""
    last = max((max(each.opened_on, each.computed_at[:10]) for each in view.all(Cycle)), default="")
    if today < last:
        raise RuleViolation(
            "clock_back",
            f"今天是 {today}，早于已有考核的日期 {last}。",
            "请核对电脑的日期；没有改动任何内容。",
        )


def _refuse_unused(scheme: Scheme, participants: Sequence[Participant]) -> None:
    """A list that would be passed over without a word is refused."""
    if participants and scheme.subjects.source is not SubjectSource.LIST:
        where = SUBJECT_SOURCES[scheme.subjects.source]
        raise RuleViolation(
            "participants_unused",
            f"方案“{scheme.name}”考核{where}，用不上另给的名单（{len(participants)} 个）；没有开启。",
            "请不要给名单；要按名单考核，请换对象来自名单的方案。",
        )


def _nobody(view: Reading, scheme: Scheme) -> RuleViolation:
    if scheme.subjects.source is SubjectSource.LIST:
        return RuleViolation("participants_empty", "没有给出参加考核的名单。", "请逐个列出名称、种类和类别。")
    if scheme.subjects.source is SubjectSource.ORGANIZATIONS and not view.count(Organization):
        return RuleViolation("roster_empty", "名册还是空的，没有可以考核的组织。", "请先导入名册。")
    return RuleViolation("roster_empty", "台账还是空的，没有可以考核的对象。", "请先登记社区（村）或单位。")
