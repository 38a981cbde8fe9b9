"""The desk of schemes being written, over a real store."""

from decimal import Decimal
from pathlib import Path

import pytest

from core.errors import Conflict, InvalidInput, NotFound, StorageFailed
from core.model.assessment import SchemeText
from core.model.opening import Opening
from core.model.scheme_draft import Table, removed
from core.rules.scheme_trial import trial_sheet, trial_words
from core.services.services import Services

YEAR, CODE = 2025, "subdistrict-year"


def test_a_saved_draft_is_the_latest_version_and_open_years_keep_theirs(sample: Services) -> None:
    before = sample.assessments.year(YEAR).scheme
    draft = sample.scheme_drafts.of_scheme(CODE).put("name", "新名称")

    line = sample.scheme_drafts.save(draft, CODE)

    assert (line.code, line.name, line.own) == (CODE, "新名称", True)
    assert sample.schemes.scheme(CODE).name == "新名称"
    assert sample.assessments.year(YEAR).scheme == before
    assert sample.scheme_drafts.of_cycle(YEAR) == sample.scheme_drafts.of_cycle(YEAR, CODE)
    assert sample.scheme_drafts.of_cycle(YEAR).word("name") == before.name
    assert sample.register.acts(1)[0].verb == "保存考核方案"


def test_the_same_text_is_kept_once_and_an_earlier_version_can_be_taken_up_again(sample: Services) -> None:
    first = sample.scheme_drafts.of_scheme(CODE).put("name", "甲")
    second = first.put("name", "乙")

    for draft in (first, second, first, first):
        sample.scheme_drafts.save(draft, CODE)

    assert sample.schemes.scheme(CODE).name == "甲"
    with sample.store.reading() as view:
        assert sorted(each.name for each in view.all(SchemeText)) == ["乙", "甲", "街道社会组织年度考核"]


def test_a_faulty_draft_is_not_kept(sample: Services) -> None:
    draft = sample.scheme_drafts.of_scheme(CODE).put("full", "一百")

    with pytest.raises(InvalidInput, match="有 1 处问题") as caught:
        sample.scheme_drafts.save(draft, CODE)

    assert [each.place for each in caught.value.problems] == ["满分"]
    assert sample.schemes.scheme(CODE).full == 100


def test_a_copy_has_a_code_of_its_own_and_no_draft_takes_that_of_another(sample: Services) -> None:
    copy = sample.scheme_drafts.copy_of(CODE)
    assert (copy.word("code"), copy.word("name")) == (f"{CODE}-2", "街道社会组织年度考核（2）")

    sample.scheme_drafts.save(copy, copy.word("code"))
    assert sample.scheme_drafts.copy_of(CODE).word("code") == f"{CODE}-3"
    with pytest.raises(Conflict, match="已经是方案“街道社会组织年度考核”的"):
        sample.scheme_drafts.save(copy.put("code", CODE), copy.word("code"))
    with pytest.raises(NotFound):
        sample.scheme_drafts.of_scheme("nothing")


def test_a_scheme_from_nothing_has_a_code_of_its_own_and_the_usual_grades(sample: Services) -> None:
    blank = sample.scheme_drafts.blank()
    assert [(each.word("name"), each.get("floor")) for each in blank.tables("bands")] == [
        ("优秀", 90),
        ("良好", 80),
        ("合格", 70),
        ("基本合格", 60),
    ]
    missing = [(each.path, each.key) for each in sample.scheme_drafts.findings(blank)]
    assert missing == [((), "name"), ((), "source"), ((), "stages")]

    copy = sample.scheme_drafts.copy_of(CODE)
    sample.scheme_drafts.save(copy.put("code", blank.word("code")), "")
    assert sample.scheme_drafts.blank().word("code") == "scheme-2"
    with pytest.raises(Conflict, match="已经是方案"):
        sample.scheme_drafts.save(copy.put("code", CODE), "")


def test_an_own_scheme_goes_to_the_bin_unless_a_cycle_needs_it(sample: Services) -> None:
    drafts = sample.scheme_drafts
    copy = drafts.copy_of(CODE)
    for name in ("甲", "乙"):
        drafts.save(copy.put("name", name), copy.word("code"))
    assert drafts.remove(copy.word("code")) == "乙"
    assert not [line for line in sample.schemes.all() if line.own]
    sample.versions.undo(sample.register.acts(1)[0].number)
    assert sample.schemes.scheme(copy.word("code")).name == "乙"

    with pytest.raises(NotFound, match="是随程序的"):
        drafts.remove(CODE)
    drafts.save(drafts.of_scheme(CODE).put("name", "改过"), CODE)
    drafts.remove(CODE)
    assert sample.schemes.scheme(CODE).name == "街道社会组织年度考核"
    assert drafts.of_cycle(YEAR).word("name") == "街道社会组织年度考核"


def test_a_scheme_that_a_cycle_was_opened_with_stays(sample: Services) -> None:
    drafts = sample.scheme_drafts
    code = drafts.save(drafts.copy_of(CODE).put("name", "甲"), "").code
    sample.assessments.open_year(YEAR + 1, Opening(code))
    with pytest.raises(Conflict, match="已用于 2026 年度的考核"):
        drafts.remove(code)


def test_a_draft_goes_out_and_comes_back_as_text_and_as_workbook(sample: Services, tmp_path: Path) -> None:
    draft = sample.scheme_drafts.of_scheme(CODE)
    for name in ("方案.toml", "方案.xlsx"):
        path = tmp_path / name
        path.write_bytes(sample.scheme_drafts.as_file(draft, path.suffix))
        back = sample.scheme_drafts.of_file(path)
        assert sample.scheme_drafts.as_file(back, ".toml") == sample.scheme_drafts.as_file(draft, ".toml")


BAD_FILES: tuple[tuple[str, bytes | None, type[Exception], str], ...] = (
    ("长.toml", b"a = 1\n" * 1_000_000, InvalidInput, "不像考核方案"),
    ("坏.toml", b"full = = 100\n", InvalidInput, "这不是写法正确的考核方案"),
    ("码.toml", "满分".encode("gbk"), StorageFailed, "不是 UTF-8"),
    ("缺.toml", None, StorageFailed, "没有读到"),
)


def test_a_file_that_is_no_scheme_is_refused_with_one_message(
    sample: Services, tmp_path: Path, data: Path
) -> None:
    for name, content, error, words in BAD_FILES:
        path = tmp_path / name
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(error, match=words):
            sample.scheme_drafts.of_file(path)
    with pytest.raises(InvalidInput, match="没有“基本”工作表"):
        sample.scheme_drafts.of_file(data / "roster.xlsx")


def test_the_same_scheme_tried_on_its_own_year_moves_nobody(sample: Services) -> None:
    trial = sample.scheme_drafts.try_on(sample.scheme_drafts.of_scheme(CODE), YEAR)

    assert trial.moved == ()
    assert trial.money_before_fen == trial.money_after_fen > 0
    assert trial.remarks == ()
    assert len(trial.lines) == len(sample.assessments.year(YEAR).subjects)


def test_a_stricter_scheme_tells_who_would_lose_what(sample: Services) -> None:
    draft = sample.scheme_drafts.of_scheme(CODE)
    results = {each.subject_id: each for each in sample.assessments.compute(YEAR).outcome.results}
    lost = {
        subject.name
        for subject in sample.assessments.year(YEAR).subjects
        if results[subject.id].grade == "优秀" and (results[subject.id].final or 0) < Decimal(93)
    }

    stricter = draft.put_at(("bands", 0), draft.at(("bands", 0)).put("floor", Decimal(93)))
    trial = sample.scheme_drafts.try_on(stricter, YEAR)

    assert lost
    assert {line.name for line in trial.moved if line.before.grade != line.after.grade} == lost
    assert all(line.after.grade == "良好" for line in trial.moved if line.name in lost)
    sheet = trial_sheet(trial)
    assert [column.title for column in sheet.columns][:3] == ["考核对象", "原得分", "新得分"]
    assert all(isinstance(row[1], Decimal) and isinstance(row[3], int) for row in sheet.rows)
    assert {row[0] for row in sheet.rows} == {line.name for line in trial.moved}
    assert f"{len(lost)} 个等次会变" in trial_words(trial)


def test_marks_that_do_not_fit_the_scheme_are_told_not_guessed(sample: Services) -> None:
    draft = sample.scheme_drafts.of_scheme(CODE)
    stage = ("stages", 0)
    first = draft.at((*stage, "indicators", 0))
    draft = draft.put_at((*stage, "indicators", 0), first.put("full", Decimal(5)))
    second = draft.at((*stage, "indicators", 1))
    draft = draft.put_at((*stage, "indicators", 1), second.put("full", Decimal(20)).put("code", "new"))
    draft = removed(draft, (*stage, "raters", 4))

    trial = sample.scheme_drafts.try_on(draft.put("incomplete_sheet", "zero"), YEAR)

    said = "；".join(trial.remarks)
    assert "张评分表在方案里没有对应的评分方，没有计入" in said
    assert "个评分不在方案的范围内，作为空格" in said
    assert "个评分方案要、往年没有，作为空格" in said


def test_a_faulty_draft_is_not_tried(sample: Services) -> None:
    with pytest.raises(InvalidInput):
        sample.scheme_drafts.try_on(Table(), YEAR)
