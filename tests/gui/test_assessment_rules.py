"""The rules of every shipped scheme in words."""

import re
from pathlib import Path

import pytest

from core.rules.scheme_file import read_scheme
from gui.pages.assessment_rules import (
    award_facts,
    change_facts,
    path_facts,
    score_facts,
    taking_part_facts,
    veto_facts,
)

ROOT = Path(__file__).resolve().parents[2]
FILES = [
    file
    for file in (
        *sorted((ROOT / "resources/standards").glob("*.toml")),
        ROOT / "tests/data/schemes/everything.toml",
    )
    if "[[stages]]" in file.read_text("utf-8")
]
FACTS = (score_facts, change_facts, veto_facts, award_facts, taking_part_facts, path_facts)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_rules_of_a_scheme_are_said_in_chinese(file: Path) -> None:
    scheme = read_scheme(file.read_text("utf-8"))
    facts = [fact for say in FACTS for fact in say(scheme)]

    assert len(facts) > 10
    for name, words in facts:
        assert name and words
        assert not re.search("[A-Za-z]{2}|None", name + words)


def test_items_lists_and_the_path_are_told() -> None:
    scheme = read_scheme((ROOT / "resources/standards/priority-work.toml").read_text("utf-8"))

    assert dict(change_facts(scheme))["通报批评"] == "减 2 分"
    assert dict(award_facts(scheme))["连续两年一般以下名单"] == "一般、较差等次的全部列入，连续 2 年"
    teams = read_scheme((ROOT / "resources/standards/joint-teams.toml").read_text("utf-8"))
    assert dict(path_facts(teams))["公布前先报"] == "区组织人事部门"
