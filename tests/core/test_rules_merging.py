"""Two records made one, and changes to a selection: what comes of the fields."""

from dataclasses import fields, replace
from typing import Any

import pytest

from core.errors import InvalidInput, RuleViolation
from core.model.activities import Activity, Good, GoodEvidence
from core.model.dates import PartialDate
from core.model.ledgers import ledger_of
from core.model.organization import (
    Assignment,
    Category,
    Community,
    Organization,
    PartyOrganization,
    Status,
    WorkGroup,
)
from core.model.register_changes import BulkChange, BulkField
from core.model.roster import OrganizationDraft, RosterReading, RosterRow, Verdict
from core.rules.bulk_changes import BulkContext, BulkPlan, plan_bulk
from core.rules.merging import MERGE_FIELDS, check_merge, filled, merge_fields, merged
from core.rules.roster_matching import preview, taken_over

KEPT = Organization("k", "凤凰社区合唱团", "c", principal="王喆", members=0, tags=("甲",), version=3)
OTHER = Organization(
    "d", "凤凰合唱队", "c", principal="李乙", members=30, phones=("13800000123",), tags=("乙", "甲")
)


def test_every_field_is_chosen_for_or_kept_of_both() -> None:
    own = {"id", "former_names", "tags", "merged_into", "position", "search_key", "sort_key", "version"}
    assert {field.name for field in fields(Organization)} == own | set(MERGE_FIELDS)


def test_kept_record_gets_what_only_the_duplicate_says() -> None:
    one = merged(KEPT, OTHER, {})
    assert (one.id, one.name, one.principal, one.version) == ("k", "凤凰社区合唱团", "王喆", 3)
    assert (one.phones, one.members) == (("13800000123",), 0)
    assert (one.former_names, one.tags) == (("凤凰合唱队",), ("甲", "乙"))


def test_choices_take_the_duplicates_value() -> None:
    one = merged(KEPT, OTHER, {"name": "duplicate", "phones": "kept"})
    assert (one.name, one.former_names, one.phones) == ("凤凰合唱队", ("凤凰社区合唱团",), ())


def test_same_name_in_other_writing_is_no_former_one() -> None:
    assert merged(KEPT, replace(OTHER, name="凤凰社区 合唱团"), {}).former_names == ()


def test_figures_stay_with_their_year() -> None:
    other = replace(OTHER, figures_year=2025, activities=9, visits=90)
    assert merged(KEPT, other, {}).activities == 9
    assert merged(replace(KEPT, activities=3), other, {}).visits is None


def test_unknown_choice_is_refused() -> None:
    with pytest.raises(InvalidInput):
        merged(KEPT, OTHER, {"merged_into": "duplicate"})


def test_fields_that_differ_stand_side_by_side_with_the_phone_masked() -> None:
    rows = {each.name: each for each in merge_fields(KEPT, OTHER, {"c": "凤凰社区"})}
    assert set(rows) == {"name", "principal", "members", "phones"}
    assert (rows["phones"].kept, rows["phones"].duplicate, rows["phones"].side) == (
        "—",
        "138****0123",
        "duplicate",
    )
    assert rows["members"].side == "kept"


@pytest.mark.parametrize(
    ("kept", "duplicate", "code"),
    [
        (KEPT, KEPT, "merge_same"),
        (replace(KEPT, merged_into="x"), OTHER, "merge_merged"),
        (KEPT, replace(OTHER, merged_into="k"), "merge_merged"),
    ],
)
def test_no_merge(kept: Organization, duplicate: Organization, code: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        check_merge(kept, duplicate)
    assert refused.value.code == code


def test_twin_is_filled_and_zero_is_a_count() -> None:
    ledger = ledger_of(Activity)
    mine = Activity("1", "k", "演出", visits=0, place="礼堂", version=2)
    other = Activity("2", "k", "演出", PartialDate(2025, 5, 1), visits=80, place="广场")
    assert filled(ledger, mine, other) == replace(mine, held_on=PartialDate(2025, 5, 1))


def test_yes_of_either_is_a_yes() -> None:
    ledger = ledger_of(GoodEvidence)
    no = GoodEvidence("1", "k", next(iter(Good)), has=False)
    assert filled(ledger, no, replace(no, id="2", has=True)).has is True


def row(number: int, name: str, **said: Any) -> RosterRow:
    return RosterRow(number, (), OrganizationDraft(name=name, community="凤凰社区", **said))


def a_reading(*rows: RosterRow) -> RosterReading:
    return RosterReading("花名册.xlsx", "花名册", (), rows, ())


def test_import_finds_the_kept_record_by_the_name_of_the_duplicate() -> None:
    kept = replace(KEPT, former_names=("凤凰合唱队",))
    gone = replace(OTHER, merged_into="k", filing_number="001号")
    reading = a_reading(row(1, "凤凰合唱队", principal="张三"), row(2, "凤凰社区合唱团"))
    judged = preview(reading, [kept, gone], [Community("c", "凤凰社区")]).rows
    assert (judged[0].verdict, judged[0].organization_id) == (Verdict.CHANGED, "k")
    assert [(each.field, each.new) for each in judged[0].changes] == [("负责人", "张三")]
    assert judged[1].verdict is Verdict.DUPLICATE
    assert taken_over(reading.rows[0].draft, kept, {}).name == "凤凰社区合唱团"


def test_import_finds_the_kept_record_by_the_number_of_the_duplicate() -> None:
    gone = replace(OTHER, name=KEPT.name, merged_into="k", filing_number="001号")
    reading = a_reading(row(1, "新名合唱团", filing_number="001号"), row(2, KEPT.name))
    judged = preview(reading, [gone, KEPT], [Community("c", "凤凰社区")]).rows
    assert judged[0].organization_id == "k"
    assert judged[1].verdict is Verdict.DUPLICATE


CONTEXT = BulkContext(
    organizations=(
        Organization("1", "合唱团", "c", tags=("甲",)),
        Organization("2", "合唱团", "e"),
        Organization("3", "舞蹈队", "e", status=Status.DEREGISTERED),
        Organization("4", "旧队", "c", merged_into="1"),
    ),
    communities=(Community("c", "凤凰社区"), Community("e", "百花社区")),
    categories=(Category("k", 8, "文化体育类"),),
    work_groups=(WorkGroup("g", "k", "群众文体"), WorkGroup("h", "x", "公益堂")),
    assignments=(
        Assignment("a", "1", "g", "2025-01-01"),
        Assignment("b", "2", "h", "2024-01-01", "2025-01-01"),
    ),
)


def plan(field: BulkField, value: str) -> BulkPlan:
    return plan_bulk(["1", "2", "3", "4", "1", "gone"], BulkChange(field, value), CONTEXT)


def told(done: BulkPlan) -> tuple[list[tuple[str, str, str]], list[tuple[str, str]], int]:
    changed = [(each.organization_id, each.old, each.new) for each in done.preview.changed]
    return changed, [(each.organization_id, each.refused) for each in done.preview.refused], done.preview.same


def test_class_of_a_selection() -> None:
    done = plan(BulkField.CATEGORY, "k")
    assert told(done) == (
        [("1", "—", "文化体育类"), ("2", "—", "文化体育类"), ("3", "—", "文化体育类")],
        [("4", "已并入另一个组织")],
        0,
    )
    assert {each.category_id for each in done.changed} == {"k"}


def test_community_must_not_make_twins() -> None:
    changed, refused, same = told(plan(BulkField.COMMUNITY, "c"))
    assert changed == [("3", "百花社区", "凤凰社区")]
    assert refused == [("2", "那个社区\uff08村\uff09里已经有同名组织")]
    assert same == 2


def test_an_organization_may_go_where_its_own_duplicate_was() -> None:
    kept, gone = Organization("1", "合唱团", "c"), Organization("4", "合唱团", "e", merged_into="1")
    merged = replace(CONTEXT, organizations=(kept, gone))
    changed, refused, _ = told(plan_bulk(["1"], BulkChange(BulkField.COMMUNITY, "e"), merged))
    assert ([each[0] for each in changed], refused) == (["1"], [])


def test_two_namesakes_cannot_go_to_one_place() -> None:
    changed, refused, _ = told(plan(BulkField.COMMUNITY, ""))
    assert [each[0] for each in changed] == ["1", "3"]
    assert [each[0] for each in refused] == ["2", "4"]


def test_group_moves_and_cancelled_ones_stay_out() -> None:
    done = plan(BulkField.WORK_GROUP, "g")
    assert told(done)[0] == [("2", "", "群众文体")]
    assert told(done)[1] == [("3", "已注销，不能再改工作组"), ("4", "已并入另一个组织")]
    assert (done.moved, done.changed, done.preview.same) == (("2",), (), 1)


def test_cancelled_one_does_not_come_back_in_bulk() -> None:
    changed, refused, same = told(plan(BulkField.STATUS, Status.ACTIVE.value))
    assert (changed, [each[0] for each in refused], same) == ([], ["3"], 3)


def test_tags_come_and_go() -> None:
    assert told(plan(BulkField.ADD_TAG, " 甲 "))[0] == [("2", "", "甲"), ("3", "", "甲")]
    removed = plan(BulkField.REMOVE_TAG, "甲")
    assert (removed.changed[0].tags, removed.preview.same) == ((), 3)


def test_party_organization_can_be_taken_away() -> None:
    done = plan(BulkField.PARTY_ORGANIZATION, PartyOrganization.JOINT.value)
    assert told(done)[0][0] == ("1", "—", "联合组建")
    assert plan(BulkField.PARTY_ORGANIZATION, "").preview.same == 4


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (BulkField.CATEGORY, "x"),
        (BulkField.WORK_GROUP, ""),
        (BulkField.STATUS, ""),
        (BulkField.STATUS, "正常"),
        (BulkField.ADD_TAG, " "),
        (BulkField.ADD_TAG, "长" * 21),
        (BulkField.ADD_TAG, "甲、乙"),
    ],
)
def test_value_that_the_field_cannot_have(field: BulkField, value: str) -> None:
    with pytest.raises(InvalidInput):
        plan(field, value)
