"""The desk of the log."""

from datetime import date

import pytest

from core.model.audit import ActQuery
from core.model.journal import ActDraft
from core.model.personal import LOOKS
from core.rules.chain_heads import read_head
from core.services.services import Services

KEEP = "330499199001010012"


def test_numbers_in_a_reason_lose_their_middle(services: Services) -> None:
    reason = f"李四 13800000104 要求更正，身份证号 {KEEP}；文号〔2026〕12 号不变"
    with services.store.writing(ActDraft("更正", "张三", reason, keep=True)):
        pass
    [act] = services.audit.acts(ActQuery(text="更正"))
    assert act.reason == "李四 138****0104 要求更正，身份证号 330****0012；文号〔2026〕12 号不变"
    assert services.versions.undoable(1)[0].act == act
    assert services.versions.story(act.number).act == act


def test_acts_are_found_by_day_person_kind_and_words(services: Services) -> None:
    day = services.audit.acts(ActQuery())[0].at.date()
    with services.store.writing(ActDraft("查看号码", "李四", "100% 需要", keep=True)):
        pass
    found = {
        "day": services.audit.acts(ActQuery(first=day, last=day)),
        "before": services.audit.acts(ActQuery(last=date(2020, 1, 1))),
        "person": services.audit.acts(ActQuery(actor="李四")),
        "kind": services.audit.acts(ActQuery(kind="offices")),
        "words": services.audit.acts(ActQuery(text="100%")),
        "verbs": services.audit.acts(ActQuery(verbs=LOOKS)),
        "none": services.audit.acts(ActQuery(text="100_")),
    }
    assert {name: len(acts) for name, acts in found.items()} == {
        "day": 2,
        "before": 0,
        "person": 1,
        "kind": 1,
        "words": 1,
        "verbs": 1,
        "none": 0,
    }
    assert set(services.audit.actors()) == {"录入员", "李四"}
    assert dict(services.audit.kinds())["organizations"] == "社会组织"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("128-3F2A-91BC", (128, "3f2a91bc")),
        ("１２８－３Ｆ２Ａ－９１ＢＣ", (128, "3f2a91bc")),
        ("第128号 3f2a91bc", (128, "3f2a91bc")),
        ("1234-5678", (None, "12345678")),
        ("1234-5678-9012", (1234, "56789012")),
        ("3F2A 91BC", (None, "3f2a91bc")),
        ("l28-3F2A-9lBC", (128, "3f2a91bc")),
        ("o" * 64, (None, "0" * 64)),
        ("3F2A", None),
        ("a" * 65, None),
        ("zzzz-zzzz", None),
        (f"{'9' * 5000}-3F2A-91BC", None),
        ("", None),
    ],
)
def test_heads_are_read_as_they_are_typed(typed: str, read: tuple[int | None, str] | None) -> None:
    assert read_head(typed) == read
