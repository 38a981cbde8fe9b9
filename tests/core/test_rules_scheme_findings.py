"""Every finding about a scheme has a scheme here that triggers it: the rest of them, and the proof."""

import ast
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from core.errors import InvalidInput
from core.rules import (
    award_checks,
    indicator_checks,
    scheme_checker,
    scheme_file,
    sections,
    weight_checks,
)
from core.rules.scheme_file import read_scheme
from tests.core import test_rules_scheme, test_rules_scheme_keys
from tests.core.test_rules_scheme import EVERYTHING, SHIPPED, changed, problems_of
from tests.core.test_rules_scheme_keys import a_condition

LEDGER = '"台账资料", full = 10'
MODULES = (award_checks, indicator_checks, scheme_checker, scheme_file, sections, weight_checks)
FINDERS = ("Problem", "twice", "check_grades", "_unknown_words")
"""What makes a finding where it is called; `Section.find` besides."""
Site = tuple[str, int]
DEEP = '{ code = "e", name = "第五级", full = 10 }'
for level in "dcb":
    DEEP = f'{{ code = "{level}", name = "{level}级", full = 10, children = [{DEEP}] }}'


def shipped(old: str, new: str) -> str:
    return changed(old, new, SHIPPED)


def every(old: str, new: str) -> str:
    return changed(old, new, EVERYTHING)


CASES: tuple[tuple[str, str], ...] = (
    (a_condition('fact = "tags"'), "奖项“优秀事项奖”的条件“标签”：没有写要求"),
    (shipped(LEDGER, '"台账资料", full = 0'), "“台账资料”：满分是 0"),
    (shipped(LEDGER, f"{LEDGER}, step = 0"), "step 不大于 0"),
    (shipped(LEDGER, f'{LEDGER}, kind = "options"'), "按选项计分没有写选项"),
    (shipped(LEDGER, f'{LEDGER}, kind = "steps"'), "按档次计分没有写档次"),
    (
        every(
            "[[stages.indicators]]\ncode = \"work\"",
            "[[stages.sets]]\ncategories = [\"巡查类\"]\n"
            "indicators = [{ code = \"other\", name = \"又一套\", full = 100 }]\n\n"
            "[[stages.indicators]]\ncode = \"work\"",
        ),
        "环节“基础工作”类别“巡查类”：有几套指标",
    ),
    (shipped("full = 100              #", "full = 0              #"), "full：满分不大于 0"),
    (shipped("edge_margin = 0.01", "edge_margin = -0.01"), "edge_margin：小于 0"),
    (every("weight = 6\n", "weight = 0\n"), "环节“基础工作”：满分或权重不大于 0"),
    (shipped("indicators = [\n", "indicators = [\n    7,\n"), "的 indicators：应是一项或多项指标"),
    (shipped(LEDGER, '"活动开展", full = 10'), "名称“活动开展”用了 2 次"),
    (every('code = "public"', 'code = "base"'), "环节：代码“base”用了 2 次"),
    (shipped('code = "community"', 'code = "self"'), "环节“年度考核”的评分方：代码“self”用了 2 次"),
    (shipped('name = "良好"', 'name = "优秀"'), "等次：名称“优秀”用了 2 次"),
    (every('code = "late"', 'code = "penalty"'), "一票否决：代码“penalty”用了 2 次"),
    (every('name = "迟报"', 'name = "受到处罚"'), "一票否决：名称“受到处罚”用了 2 次"),
    (every('code = "named"', 'code = "stars"'), "奖项：代码“stars”用了 2 次"),
    (every('name = "优秀事项奖"', 'name = "星级奖"'), "奖项：名称“星级奖”用了 2 次"),
    (f'{EVERYTHING}\n[[lists]]\ncode = "keep"\nname = "又一份"\nlast = 1\n', "名单：代码“keep”用了 2 次"),
    (
        f'{EVERYTHING}\n[[lists]]\ncode = "x"\nname = "某名单"\ngrades = ["四星"]\n',
        "名单“某名单”：没有“四星”这个等次",
    ),
    (
        f'{EVERYTHING}\n[[bonuses]]\ncode = "a"\nname = "甲"\npoints = 1\n'
        '[[bonuses]]\ncode = "b"\nname = "甲"\npoints = 1\n',
        "加分项目：名称“甲”用了 2 次",
    ),
    (every("starts_on = 2026-10-01", 'starts_on = "十月"'), "环节“基础工作”的 starts_on：应是日期"),
    (
        every('raters = [{ code = "ballot", name = "居民测评", weight = 1 }]', "raters = []"),
        "环节“社会评价”的 raters：没有写评分方",
    ),
    (shipped(LEDGER, f"{LEDGER}, children = [{DEEP}]"), "指标超过 4 级"),
    ("code = \n", "第 1 行第 8 列：写法有误"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "part"), CASES)
def test_what_cannot_work_is_found_with_place_and_remedy(text: str, part: str) -> None:
    problems = problems_of(text)

    assert any(part in problem for problem in problems), problems


def test_every_finding_has_a_scheme_that_triggers_it(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: set[Site] = set()
    for module in MODULES:
        for name in FINDERS:
            if hasattr(module, name):
                monkeypatch.setattr(module, name, noting(seen, module, getattr(module, name)))
    find = sections.Section.find
    monkeypatch.setattr(
        sections.Section, "find", lambda *given: (seen.add(caller(sys._getframe(1))), find(*given))[1]
    )

    for text in faulty_schemes():
        with pytest.raises(InvalidInput):
            read_scheme(text)

    test_rules_scheme.test_more_places_than_subjects_are_found_when_a_year_opens()

    missed = sorted(set(sites()) - seen)
    assert not missed, missed


def noting(seen: set[Site], module: ModuleType, finder: Callable[..., object]) -> Callable[..., object]:
    """The finder, noting who called it where it finds something."""

    def note(*given: object) -> object:
        site = caller(sys._getframe(1))
        found = finder(*given)
        if finder.__name__ == "Problem":
            seen.add(site)
            return found
        findings = list(found)
        if findings:
            seen.add(site)
        return findings

    return note


def caller(frame: object) -> Site:
    return Path(frame.f_code.co_filename).stem, frame.f_lineno


def sites() -> Iterator[Site]:
    """The lines on which something can be found."""
    for module in MODULES:
        path = Path(str(module.__file__))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = node.func
                by_name = isinstance(called, ast.Name) and called.id in FINDERS
                by_key = isinstance(called, ast.Attribute) and called.attr == "find"
                if by_name or by_key:
                    yield path.stem, node.lineno


def faulty_schemes() -> Iterator[str]:
    """The schemes of all tables of faults."""
    one, keys = test_rules_scheme, test_rules_scheme_keys
    yield from (text for text, _ in CASES)
    yield from (text for text, _ in cases_of(keys.test_what_cannot_work_is_found_with_place_and_remedy))
    for test in (
        one.test_a_wrong_key_or_value_is_found_with_place_and_remedy,
        one.test_a_scheme_that_cannot_work_is_found,
    ):
        yield from (shipped(old, new) for old, new, _ in cases_of(test))
    yield from (every(old, new) for old, new, _ in cases_of(one.test_rarer_parts_that_cannot_work_are_found))


def cases_of(test: object) -> list[tuple[str, ...]]:
    """The table that a test runs through."""
    return list(test.pytestmark[0].args[1])
