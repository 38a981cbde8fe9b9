"""The assessment desk: open a year, enter marks, compute, explain."""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from core.errors import InvalidInput, NotFound, Problem, RuleViolation
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
from core.model.cycle_view import ComputedYear, CycleView, RaterProgress
from core.model.document import IssuedPaper
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.organization import Organization, Status
from core.model.outcome import Outcome
from core.model.scheme import Indicator, Rater, Scheme, Stage
from core.model.year_path import YearPath
from core.ports import Clock, Reading, Store, Writing
from core.resources import resource_path
from core.rules.assessing import assess
from core.rules.input_digest import digest_of
from core.rules.leaf_marks import points_for
from core.rules.scheme_checker import check_places
from core.rules.scheme_file import read_scheme
from core.rules.year_path import year_path
from core.services.register import read_register

SHIPPED_SCHEME = "subdistrict-year"


class AssessmentService:
    """One year's assessment from opening to result."""

    def __init__(self, store: Store, actor: str, clock: Clock) -> None:
        """Work on this store in this person's name."""
        self._store = store
        self._actor = actor
        self._clock = clock

    def years(self) -> tuple[int, ...]:
        """Years with an open or computed cycle, newest first."""
        with self._store.reading() as view:
            return tuple(sorted((cycle.year for cycle in view.all(Cycle)), reverse=True))

    def open_year(self, year: int) -> CycleView:
        """Open the year: freeze the scheme and the register's facts (R21).

        Organizations that are not at work are listed apart with the reason (R11).

        Raises:
            InvalidInput: the year is not a sensible one.
            RuleViolation: the year is open already, or the register is empty.
        """
        if not 1990 <= year <= 2100:
            raise InvalidInput("year_odd", f"{year} 不像一个考核年度。", "请写四位年份，例如 2025。")
        text = resource_path("standards", f"{SHIPPED_SCHEME}.toml").read_text("utf-8")
        with self._store.writing(ActDraft("开启考核", self._actor, f"{year}年度")) as work:
            if work.count(Cycle, year=year):
                raise RuleViolation("cycle_exists", f"{year} 年度考核已经开启。", "请直接导入评分或计算。")
            if not work.count(Organization):
                raise RuleViolation("roster_empty", "名册还是空的，没有可以考核的组织。", "请先导入名册。")
            scheme = self._keep_scheme(work, text)
            today = self._clock().date().isoformat()
            cycle = Cycle(new_id(), year, scheme.id, CycleState.OPEN, today)
            work.add([cycle])
            work.add(_frozen_subjects(work, cycle))
        return self.year(year)

    def year(self, year: int) -> CycleView:
        """The year as it stands.

        Raises:
            NotFound: the year was not opened.
        """
        with self._store.reading() as view:
            return read_cycle(view, year)

    def findings(self, year: int) -> tuple[Problem, ...]:
        """What is odd about the scheme for this year's subjects, such as more places than subjects.

        Raises:
            NotFound: the year was not opened.
        """
        view = self.year(year)
        return check_places(view.scheme, view.subjects)

    def path(self, year: int) -> YearPath:
        """How far the year has come, what is next and what waits; also before it is opened."""
        with self._store.reading() as view:
            opened = view.count(Cycle, year=year)
            return year_path(year, read_register(view), read_cycle(view, year) if opened else None)

    def compute(self, year: int) -> ComputedYear:
        """Compute the year from what is stored, and keep the results; the same data changes nothing.

        Raises:
            NotFound: the year was not opened.
            RuleViolation: there is not one sheet yet.
        """
        with self._store.writing(ActDraft("计算结果", self._actor, f"{year}年度")) as work:
            view = read_cycle(work, year)
            if not view.sheets:
                raise RuleViolation(
                    "no_sheets", f"{year} 年度还没有一份评分表。", "请先导入评分表或录入评分。"
                )
            outcome = _outcome(view, trace=True)
            if outcome.digest != view.cycle.digest:
                _keep_results(work, view, outcome.results)
                done = replace(
                    view.cycle,
                    state=CycleState.COMPUTED,
                    computed_at=self._clock().isoformat(timespec="seconds"),
                    digest=outcome.digest,
                )
                work.change([done])
            return ComputedYear(read_cycle(work, year), outcome)

    def outcome(self, year: int) -> ComputedYear:
        """The results that were kept, with awards, lists and money.

        Raises:
            NotFound: the year was not opened.
            RuleViolation: it was not computed, or data changed since.
        """
        with self._store.reading() as view:
            return computed_year(view, year)

    def explain(self, year: int, name: str) -> tuple[Subject, Result]:
        """The kept result of one organization, with its trace; the name may be a part that is found once.

        Raises:
            NotFound: no such organization takes part, or several do.
            RuleViolation: as `outcome`.
        """
        computed = self.outcome(year)
        subject = _find_subject(computed.view.subjects, name)
        result = next(each for each in computed.outcome.results if each.subject_id == subject.id)
        return subject, result

    def enter_mark(
        self, year: int, subject_id: str, stage: str, rater: str, indicator: str, text: str
    ) -> None:
        """Put one mark, as typed, into a rater's sheet; an empty text takes it out.

        Raises:
            InvalidInput: the text is no mark within the indicator's range (R1).
            NotFound: the cycle, subject, stage, rater or indicator is not there.
        """
        with self._store.writing(ActDraft("录入评分", self._actor)) as work:
            view = read_cycle(work, year)
            subject = next((each for each in view.subjects if each.id == subject_id), None)
            if subject is None:
                raise NotFound("subject_missing", "这个组织不在本年度的考核名单里。", "请刷新后重试。")
            leaves = view.scheme.leaves(stage, subject.category)
            place = _place_of(leaves, indicator)
            mark = _typed_mark(leaves[place], text)
            sheet = _sheet_of(view, subject_id, stage, rater)
            blank = ScoreSheet(new_id(), view.cycle.id, subject_id, stage, rater, (None,) * len(leaves))
            entered = self._with_mark(sheet or blank, place, mark, indicator)
            if sheet:
                work.change([entered])
            else:
                work.add([entered])

    def settle_total(self, year: int, sheet_id: str, reason: str) -> None:
        """Take the sum of the marks as right where a sheet's stated total disagrees, with the reason.

        Raises:
            NotFound: the sheet is gone.
        """
        with self._store.writing(ActDraft("核定合计", self._actor, reason or f"{year}年度")) as work:
            sheet = work.get(ScoreSheet, sheet_id)
            work.change([replace(sheet, issues=tuple(each for each in sheet.issues if each.indicator))])

    def _with_mark(self, sheet: ScoreSheet, place: int, mark: int | None, indicator: str) -> ScoreSheet:
        now = self._clock()
        source = Source(person=self._actor, at=now.isoformat(timespec="seconds"))
        if sheet.source.file:
            source = replace(sheet.source, corrected=f"{self._actor} {now:%Y-%m-%d %H:%M}")
        return replace(
            sheet,
            marks=(*sheet.marks[:place], mark, *sheet.marks[place + 1 :]),
            issues=tuple(each for each in sheet.issues if each.indicator != indicator),
            remark="",
            source=source,
        )

    def _keep_scheme(self, work: Writing, text: str) -> SchemeText:
        """The scheme as loaded; the same text is kept once."""
        scheme = read_scheme(text)
        kept = next(iter(work.all(SchemeText, digest=scheme.digest)), None)
        if kept:
            return kept
        now = self._clock().isoformat(timespec="seconds")
        record = SchemeText(new_id(), scheme.code, scheme.name, text, scheme.digest, now)
        work.add([record])
        return record


def read_cycle(view: Reading, year: int) -> CycleView:
    """The cycle of a year as a view of the store shows it.

    Raises:
        NotFound: the year was not opened.
    """
    cycle = next(iter(view.all(Cycle, year=year)), None)
    if cycle is None:
        raise NotFound("cycle_missing", f"{year} 年度考核还没有开启。", "请先开启考核。")
    text = view.get(SchemeText, cycle.scheme_id)
    scheme = read_scheme(text.text)
    subjects = tuple(sorted(view.all(Subject, cycle_id=cycle.id), key=lambda each: each.position))
    sheets = view.all(ScoreSheet, cycle_id=cycle.id)
    entries = view.all(Entry, cycle_id=cycle.id)
    return CycleView(
        cycle=cycle,
        scheme=scheme,
        subjects=subjects,
        sheets=sheets,
        entries=entries,
        results=view.all(Result, cycle_id=cycle.id),
        progress=_progress(scheme, subjects, sheets),
        papers=view.all(IssuedPaper, cycle_id=cycle.id),
        stale=bool(cycle.digest) and cycle.digest != digest_of(scheme.digest, subjects, sheets, entries),
    )


def computed_year(view: Reading, year: int) -> ComputedYear:
    """The computed year as a view of the store shows it.

    Raises:
        NotFound: the year was not opened.
        RuleViolation: it was not computed, or data changed since.
    """
    cycle = read_cycle(view, year)
    if cycle.cycle.state is CycleState.OPEN:
        raise RuleViolation("not_computed", f"{year} 年度还没有计算结果。", "请先计算。")
    if cycle.stale:
        raise RuleViolation("results_stale", "上次计算以后评分有改动，结果已经过时。", "请重新计算。")
    return ComputedYear(cycle, _outcome(cycle, trace=True))


def _outcome(view: CycleView, *, trace: bool) -> Outcome:
    return assess(view.scheme, view.subjects, view.sheets, view.entries, cycle_id=view.cycle.id, trace=trace)


def _frozen_subjects(work: Reading, cycle: Cycle) -> list[Subject]:
    register = read_register(work)
    return [
        Subject(
            id=new_id(),
            cycle_id=cycle.id,
            organization_id=summary.id,
            name=summary.organization.name,
            category=summary.category,
            community=summary.community,
            filed_on=str(summary.organization.founded_on or ""),
            previous_grade=summary.organization.previous_grade,
            barred="" if summary.organization.status is Status.ACTIVE else summary.organization.status.label,
            position=place,
        )
        for place, summary in enumerate(register.organizations, start=1)
    ]


def _keep_results(work: Writing, view: CycleView, results: Sequence[Result]) -> None:
    """Put new results in place of the kept ones; a subject's record goes on under its id."""
    kept = {each.subject_id: each for each in view.results}
    work.change(
        [
            replace(each, id=kept[each.subject_id].id, version=kept[each.subject_id].version)
            for each in results
            if each.subject_id in kept
        ]
    )
    work.add([replace(each, id=new_id()) for each in results if each.subject_id not in kept])


def _progress(
    scheme: Scheme, subjects: Sequence[Subject], sheets: Sequence[ScoreSheet]
) -> tuple[RaterProgress, ...]:
    taking_part = [subject for subject in subjects if not subject.barred]
    by_rater: dict[tuple[str, str], dict[str, ScoreSheet]] = {}
    for sheet in sheets:
        by_rater.setdefault((sheet.stage, sheet.rater), {})[sheet.subject_id] = sheet
    return tuple(
        _rater_progress(stage, rater, taking_part, by_rater.get((stage.code, rater.code), {}))
        for stage in scheme.stages
        for rater in stage.raters
    )


def _rater_progress(
    stage: Stage, rater: Rater, subjects: Sequence[Subject], sheets: dict[str, ScoreSheet]
) -> RaterProgress:
    held = [sheets[subject.id] for subject in subjects if subject.id in sheets]
    given = [sheet for sheet in held if any(mark is not None for mark in sheet.marks) or sheet.recused]
    incomplete = tuple(sheet for sheet in given if not sheet.recused and None in sheet.marks)
    handed_in = {sheet.subject_id for sheet in given}
    return RaterProgress(
        stage=stage,
        rater=rater,
        delivered=len(given) - len(incomplete),
        expected=len(subjects),
        missing=tuple(subject for subject in subjects if subject.id not in handed_in),
        incomplete=incomplete,
        issue_count=sum(len(sheet.issues) for sheet in held),
    )


def _sheet_of(view: CycleView, subject_id: str, stage: str, rater: str) -> ScoreSheet | None:
    return next(
        (
            each
            for each in view.sheets
            if each.subject_id == subject_id and each.stage == stage and each.rater == rater
        ),
        None,
    )


def _typed_mark(leaf: Indicator, text: str) -> int | None:
    """A mark as typed, in units of 10⁻⁶ points; None for an empty text."""
    typed = unicodedata.normalize("NFKC", text).strip()
    if not typed:
        return None
    units = points_for(leaf, typed)
    if units is None:
        raise InvalidInput(
            "mark_out_of_range",
            f"“{leaf.name}”不能填“{text.strip()}”。",
            f"{leaf.range_text()}；原来的评分没有改动。",
        )
    return units


def _place_of(leaves: Sequence[Indicator], code: str) -> int:
    for place, leaf in enumerate(leaves):
        if leaf.code == code:
            return place
    raise NotFound("indicator_missing", "考核方案里没有这项指标。", "请刷新后重试。")


def _find_subject(subjects: Sequence[Subject], name: str) -> Subject:
    wanted = name.strip()
    found = [each for each in subjects if each.name == wanted] or [
        each for each in subjects if wanted and wanted in each.name
    ]
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotFound("subject_missing", f"考核名单里没有“{name}”。", "请核对名称。")
    names = "、".join(each.name for each in found[:5])
    raise NotFound("subject_ambiguous", f"“{name}”对应 {len(found)} 个组织：{names}。", "请写全称。")
