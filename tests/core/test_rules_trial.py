"""The JSON of try-scheme, in and out."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from core.cli.outcome_json import outcome_json
from core.errors import InvalidInput
from core.rules.assessing import assess
from core.rules.scheme_file import read_scheme
from core.rules.trial import read_sheets_json

DATA = Path(__file__).resolve().parents[1] / "data/schemes"
SCHEME = read_scheme((DATA / "everything.toml").read_text(encoding="utf-8"))
TRIAL = (DATA / "trial.json").read_text(encoding="utf-8")


def problems_of(text: str) -> str:
    with pytest.raises(InvalidInput) as caught:
        read_sheets_json(text, SCHEME)
    return "\n".join(map(str, caught.value.problems))


def changed(old: str, new: str) -> str:
    assert old in TRIAL
    return TRIAL.replace(old, new, 1)


def test_points_and_findings_become_sheets() -> None:
    trial = read_sheets_json(TRIAL, SCHEME)

    assert [subject.id for subject in trial.subjects] == ["choir", "new"]
    found = [Decimal(mark or 0).scaleb(-6) for mark in trial.sheets[0].marks]
    assert found == [20, 20, 18, Decimal("9.5"), Decimal("9.8"), 10, 10]
    assert trial.entries[0].points == 5


def test_the_trial_computes_to_plain_json() -> None:
    trial = read_sheets_json(TRIAL, SCHEME)

    outcome = assess(SCHEME, trial.subjects, trial.sheets, trial.entries)
    answer = json.loads(json.dumps(outcome_json(outcome, trial.subjects), ensure_ascii=False))

    choir, new = answer["results"]
    assert (choir["final"], choir["grade"], choir["rank"], choir["award"]) == (
        "956.3",
        "三星",
        1,
        "优秀事项奖",
    )
    assert (new["state"], new["final"], new["grade"], new["rank"]) == ("not_assessed", None, None, None)
    assert choir["trace"][0]["rule"] == "R2"
    assert answer["awards"][0] == {
        "code": "stars",
        "name": "星级奖",
        "category": "文化体育类",
        "places": 0,
        "winners": [],
        "undecided": [],
        "open_places": 0,
        "reason": None,
        "open_reasons": [],
        "amount_fen": 100_050,
        "lines": [95_047, 5_003],
    }
    assert answer["lists"][0]["changes"] == [{"subject": "choir", "came": True, "why": "上年合格，本年三星"}]
    assert answer["grade_counts"][0] == {"grade": "三星", "count": 1}
    assert len(answer["digest"]) == 64


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ('"marks": { "total": 92 }', '"marks": { "totel": 92 }', ("totel", "是不是想写 total？")),
        ('"rater": "ballot"', '"rater": "balot"', ("没有评分方“balot”", "ballot？")),
        ('"stage": "public"', '"stage": "pubic"', ("没有环节“pubic”", "public？")),
        (
            '"brand": "市级"',
            '"brand": "国家级"',
            ("“国家级”换算不成“品牌”的分数——只能是 20 分、12 分、0 分",),
        ),
        ('{ "events": 18, ', '{ "events": 18, "brand": 20, ', ("brand：marks 里已有这一项",)),
        ('"total": 92', '"total": "92"', ("应是数字",)),
        ('"id": "new"', '"id": "choir"', ("“choir”用过了",)),
        ('"kind": "bonus"', '"kind": "bonuses"', ("kind：不认识“bonuses”", "bonus？")),
        ('"filed_on": "2019-03"', '"filed_on": "去年"', ("filed_on：不认识日期“去年”",)),
        ('"total": 92', '"total": 92, "total": 93', ("“total”：在同一处写了两次",)),
        ('"total": 92', '"total": NaN', ("数字太大",)),
        ('"total": 92', '"total": 1e999999999', ("数字太大",)),
        ('"name": "新成立的队"', '"name": "队\\ud800"', ("name：有看不见的控制字符或残缺的字",)),
        ('"name": "新成立的队"', '"name": "队\\u001f"', ("name：有看不见的控制字符或残缺的字",)),
        ('"barred"', '"bared"', ("bared", "barred？")),
    ],
)
def test_what_is_wrong_is_found_with_place_and_remedy(old: str, new: str, parts: tuple[str, ...]) -> None:
    text = problems_of(changed(old, new))

    for part in parts:
        assert part in text


@pytest.mark.parametrize("text", ["", "{", "[]", "[" * 100_000, '{"subjects": 1e999999999999999999999}'])
def test_no_json_is_one_message(text: str) -> None:
    assert len(problems_of(text).splitlines()) == 1


def test_a_file_without_subjects_is_refused() -> None:
    assert "没有写对象" in problems_of("{}")


def test_a_mark_out_of_range_is_refused_by_the_engine() -> None:
    trial = read_sheets_json(changed('"total": 92', '"total": 192'), SCHEME)

    with pytest.raises(InvalidInput) as caught:
        assess(SCHEME, trial.subjects, trial.sheets, trial.entries)
    assert "192.00 分不在范围内" in str(caught.value.problems[0])
