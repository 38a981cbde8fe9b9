"""The desk of marks over a real store: one mark, a block, what is refused, notes, undoing."""

from dataclasses import replace

import pytest

from core.errors import InvalidInput, NotFound, RuleViolation
from core.model.assessment import CycleState, MarkNote, ScoreSheet, Subject
from core.model.cycle_view import CycleView
from core.model.journal import ActDraft
from core.model.mark_entry import TypedMark
from core.model.opening import Opening
from core.services.services import Services

YEAR, STAGE, RATER = 2025, "year", "self"


@pytest.fixture
def view(sample: Services) -> CycleView:
    return sample.assessments.year(YEAR)


def sheet_of(services: Services, subject: Subject, rater: str = RATER) -> ScoreSheet | None:
    sheets = services.assessments.year(YEAR).sheets
    return next((each for each in sheets if (each.subject_id, each.rater) == (subject.id, rater)), None)


def test_a_mark_is_put_in_and_its_act_undoes_it(sample: Services, view: CycleView) -> None:
    subject = view.assessed[0]
    before = sheet_of(sample, subject)
    entered = sample.marks.enter(YEAR, STAGE, RATER, TypedMark(subject.id, "project", "3.5"))
    after = sheet_of(sample, subject)
    assert entered.sheets == (after,)
    assert (entered.taken, entered.faulty, entered.left_out) == (1, 0, 0)
    assert after.marks == (3_500_000, *before.marks[1:])
    assert after.source.corrected == "录入员 2026-01-08 09:30"
    sample.versions.undo(entered.act)
    assert replace(sheet_of(sample, subject), version=before.version) == before


def test_the_same_mark_again_is_no_act(sample: Services, view: CycleView) -> None:
    subject = view.assessed[0]
    first = sample.marks.enter(YEAR, STAGE, RATER, TypedMark(subject.id, "project", "3.5"))
    again = sample.marks.enter(YEAR, STAGE, RATER, TypedMark(subject.id, "project", "3.50"))
    assert first.act and not again.act
    assert again.sheets == ()


@pytest.mark.parametrize("text", ["15.25", "-1", "十分", "nan", "1e9"])
def test_a_mark_out_of_range_changes_nothing(sample: Services, view: CycleView, text: str) -> None:
    with pytest.raises(InvalidInput, match="应在 0 至 15 分之间"):
        sample.marks.enter(YEAR, STAGE, RATER, TypedMark(view.assessed[0].id, "project", text))
    assert sample.assessments.year(YEAR).sheets == view.sheets


def test_a_block_is_one_act_and_keeps_what_is_out_of_range_as_faults(
    sample: Services, view: CycleView
) -> None:
    first, second = view.assessed[:2]
    marks = [
        TypedMark(first.id, "project", "3"),
        TypedMark(first.id, "convener", "99"),
        TypedMark(second.id, "project", "优"),
        TypedMark(second.id, "convener", "/"),
        TypedMark(second.id, "no such indicator", "1"),
    ]
    before = sample.register.acts(1)[0].number
    entered = sample.marks.enter_block(YEAR, STAGE, RATER, marks)
    assert (entered.act, entered.taken, entered.faulty, entered.left_out) == (before + 1, 2, 2, 1)
    one, two = sheet_of(sample, first), sheet_of(sample, second)
    assert one.marks[:2] == (3_000_000, None) and two.marks[:2] == (None, None)
    assert [(each.indicator, each.text) for each in one.issues] == [("convener", "99")]
    assert [(each.indicator, each.text) for each in two.issues] == [("project", "优")]
    sample.versions.undo(entered.act)
    kept = [replace(each, version=1) for each in sample.assessments.year(YEAR).sheets]
    assert kept == [replace(each, version=1) for each in view.sheets]


def test_a_rater_without_a_sheet_gets_one(sample: Services, view: CycleView) -> None:
    missing = view.assessed[0]
    with sample.store.writing(ActDraft("删除", "录入员")) as work:
        work.remove([sheet_of(sample, missing, "department")])
    entered = sample.marks.enter(YEAR, STAGE, "department", TypedMark(missing.id, "project", "9"))
    sheet = sheet_of(sample, missing, "department")
    assert entered.sheets == (sheet,)
    assert sheet.marks[0] == 9_000_000 and set(sheet.marks[1:]) == {None}
    assert sheet.source.person == "录入员"


def test_a_recused_rater_and_a_barred_subject_take_no_marks(sample: Services, view: CycleView) -> None:
    subject, barred = view.assessed[0], next(each for each in view.subjects if each.barred)
    with sample.store.writing(ActDraft("回避", "录入员")) as work:
        work.change([replace(sheet_of(sample, subject), recused="负责人亲属")])
    marks = [TypedMark(each.id, "project", "1") for each in (subject, barred)]
    for mark, remedy in zip(marks, ("如要评分，请先取消回避。", "请核对对象。"), strict=True):
        with pytest.raises(RuleViolation, match="没有录入评分") as told:
            sample.marks.enter(YEAR, STAGE, RATER, mark)
        assert told.value.remedy_zh == remedy
    entered = sample.marks.enter_block(YEAR, STAGE, RATER, marks)
    assert (entered.act, entered.taken, entered.left_out) == (0, 0, 2)


@pytest.mark.parametrize(
    ("stage", "rater", "subject", "indicator"),
    [("no", RATER, 0, "project"), (STAGE, "no", 0, "project"), (STAGE, RATER, 0, "no")],
)
def test_what_is_not_there_is_named(
    sample: Services, view: CycleView, stage: str, rater: str, subject: int, indicator: str
) -> None:
    with pytest.raises(NotFound):
        sample.marks.enter(YEAR, stage, rater, TypedMark(view.assessed[subject].id, indicator, "1"))
    with pytest.raises(NotFound, match="不在本次考核的名单里"):
        sample.marks.enter(YEAR, STAGE, RATER, TypedMark("no", "project", "1"))


def test_a_frozen_cycle_takes_nothing(sample: Services, view: CycleView) -> None:
    with sample.store.writing(ActDraft("公示", "录入员")) as work:
        work.change([replace(view.cycle, state=CycleState.NOTICED)])
    subject = view.assessed[0]
    with pytest.raises(RuleViolation, match="锁定"):
        sample.marks.enter(YEAR, STAGE, RATER, TypedMark(subject.id, "project", "1"))
    with pytest.raises(RuleViolation, match="锁定"):
        sample.marks.enter_block(YEAR, STAGE, RATER, [TypedMark(subject.id, "project", "1")])
    with pytest.raises(RuleViolation, match="锁定"):
        sample.marks.note(YEAR, STAGE, RATER, subject.id, MarkNote("project", "缺会议记录"))
    with pytest.raises(RuleViolation, match="锁定"):
        sample.marks.settle_total(view.sheets[0].id, "以各项为准")
    assert sample.assessments.year(YEAR).sheets == view.sheets


def test_the_cycle_is_found_by_its_code(sample: Services, view: CycleView) -> None:
    second = sample.assessments.open_year(YEAR, Opening(code="second"))
    mark = TypedMark(second.assessed[0].id, "project", "3")
    with pytest.raises(NotFound, match="不在本次考核的名单里"):
        sample.marks.enter(YEAR, STAGE, RATER, mark)
    sample.marks.enter(YEAR, STAGE, RATER, mark, "second")
    assert [each.marks[0] for each in sample.assessments.year(YEAR, "second").sheets] == [3_000_000]
    assert sample.assessments.year(YEAR).sheets == view.sheets


def test_a_note_is_kept_changed_and_taken_away(sample: Services, view: CycleView) -> None:
    subject = view.assessed[0]
    sample.marks.note(
        YEAR, STAGE, RATER, subject.id, MarkNote("project", " 缺一次例会，扣 2 分 ", "会议记录")
    )
    sample.marks.note(YEAR, STAGE, RATER, subject.id, MarkNote("convener", "换届"))
    assert sheet_of(sample, subject).notes == (
        MarkNote("project", "缺一次例会，扣 2 分", "会议记录"),
        MarkNote("convener", "换届"),
    )
    sample.marks.note(YEAR, STAGE, RATER, subject.id, MarkNote("project", "", ""))
    assert sheet_of(sample, subject).notes == (MarkNote("convener", "换届"),)
    with pytest.raises(InvalidInput, match="超过"):
        sample.marks.note(YEAR, STAGE, RATER, subject.id, MarkNote("project", "长" * 5000))


def test_a_note_changes_no_result(sample: Services, view: CycleView) -> None:
    digest = sample.assessments.compute(YEAR).view.cycle.digest
    sample.marks.note(YEAR, STAGE, RATER, view.assessed[0].id, MarkNote("project", "缺一次例会"))
    assert not sample.assessments.year(YEAR).stale
    assert sample.assessments.compute(YEAR).view.cycle.digest == digest


def test_a_stated_total_is_settled_with_a_reason(sample: Services, view: CycleView) -> None:
    sheet = next(sheet for sheet in view.sheets for issue in sheet.issues if not issue.indicator)
    with pytest.raises(InvalidInput, match="理由"):
        sample.marks.settle_total(sheet.id, " ")
    entered = sample.marks.settle_total(sheet.id, "已电话核对")
    assert entered.sheets[0].issues == ()
    assert sample.register.acts(1)[0].reason == "已电话核对"
