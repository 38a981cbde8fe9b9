"""Acts in words, the newest that can be undone or redone, and a form of two records kept as one act."""

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

import pytest

from core.errors import Conflict, NotFound
from core.model.activities import Good, GoodEvidence
from core.model.certificate import CertificateRequest
from core.model.filing import Particulars, Transition, TransitionKind
from core.model.identity import new_id
from core.model.ledgers import LEDGERS
from core.model.office import LinePitch
from core.model.organization import Organization
from core.model.register_ledgers import GOOD_EVIDENCE, PARTICULARS
from core.model.versions import KIND_OF
from core.rules.exact import units_text
from core.rules.history_fields import OWN_FIELDS
from core.rules.history_words import FIELD_LABELS
from core.services.services import Services

UNTOLD = frozenset(
    {
        # Keys, what names the record in the list already, and what only the program reads.
        *("id", "version", "position", "search_key", "sort_key", "document_id", "objection_id", "paper_id"),
        *("cycle_id", "subject_id", "owner_id", "ref_id", "template", "purpose", "page", "filters"),
        # What follows from the rest, or stands in the act already.
        *("kind", "loaded_at"),
        *("trace", "facts", "steps", "content", "digest", "issued_at", "recorded_at", "added_at", "made_at"),
        # What was measured on a calibration sheet; its time is told.
        *("dx", "dy", "scale_x", "scale_y", "rotation"),
        # Secrets, and answers that the second of two people must not see.
        *("secret", "first", "second"),
    }
)
"""Fields of which the log says nothing, whatever the kind of record."""


def first(services: Services) -> Organization:
    return services.register.register().organizations[0].organization


def rename(services: Services, principal: str) -> int:
    services.register.save_form(replace(first(services), principal=principal), None)
    return newest(services)


def newest(services: Services) -> int:
    return services.register.acts(1)[0].number


def test_story_tells_records_fields_and_masks_phones(sample: Services) -> None:
    changed = replace(first(sample), principal="王丙", phones=("13900001111",))
    sample.register.save_form(changed, None, "换届")
    story = sample.versions.story(newest(sample))
    (record,) = story.records
    assert (record.label, record.title, record.is_new, record.is_gone) == (
        "社会组织",
        changed.name,
        False,
        False,
    )
    assert [(line.field, line.old, line.new) for line in record.lines] == [
        ("负责人", "张三", "王丙"),
        ("联系电话", "138****0100", "139****1111"),
    ]
    assert (story.act.reason, story.why_not, story.further) == ("换届", "", 0)


def test_story_of_a_large_act_counts_what_it_does_not_tell(sample: Services) -> None:
    act = next(each for each in sample.register.acts() if each.verb == "导入名册")
    story = sample.versions.story(act.number, 5)
    assert len(story.records) == 5 and story.further == act.change_count - 5
    assert all(record.is_new and record.title for record in story.records)


def a_matter(services: Services) -> str:
    services.filing.open(Transition(new_id(), first(services).id, TransitionKind.SUSPEND))
    return first(services).name


def a_good(services: Services) -> str:
    services.ledgers.save(GOOD_EVIDENCE, GoodEvidence(new_id(), first(services).id, Good.TEAM))
    return "好队伍"


@pytest.mark.parametrize("do", [a_matter, a_good])
def test_records_are_called_by_what_names_them(sample: Services, do: Callable[[Services], str]) -> None:
    title = do(sample)
    assert sample.versions.story(newest(sample)).records[0].title == title


def test_story_of_no_act_is_not_found(sample: Services) -> None:
    with pytest.raises(NotFound):
        sample.versions.story(9999)


def test_newest_to_undo_goes_back_step_by_step_and_forward_again(sample: Services) -> None:
    versions = sample.versions
    older, newer = rename(sample, "王丙"), rename(sample, "李丁")
    assert (versions.newest_undoable(), versions.newest_redoable()) == (newer, None)
    undone = versions.undo(newer).number
    assert (versions.newest_undoable(), versions.newest_redoable()) == (older, undone)
    redone = versions.redo(undone).number
    assert (versions.newest_undoable(), versions.newest_redoable()) == (redone, None)


def test_looking_at_a_number_neither_is_undone_nor_ends_redoing(sample: Services) -> None:
    undone = sample.versions.undo(rename(sample, "王丙")).number
    assert sample.register.reveal_phones(first(sample).id) == ("13800000100",)
    assert sample.register.acts(1)[0].verb == "查看号码"
    assert sample.versions.newest_redoable() == undone


def kept_particulars(services: Services) -> Any:
    (key,) = services.ledgers.find(PARTICULARS, equal={"organization_id": first(services).id})
    return services.ledgers.record(PARTICULARS, key)


def test_form_of_two_records_is_one_act_that_is_undone_as_one(sample: Services) -> None:
    was = first(sample)
    said = Particulars(new_id(), was.id, purpose="邻里互助")
    sample.register.save_form(replace(was, principal="王丙"), said)
    assert kept_particulars(sample).purpose == "邻里互助"
    sample.versions.undo(newest(sample))
    assert first(sample).principal == was.principal
    assert sample.ledgers.find(PARTICULARS) == ()


def test_second_particulars_of_an_organization_are_refused_and_nothing_is_kept(sample: Services) -> None:
    was = first(sample)
    sample.register.save_form(was, Particulars(new_id(), was.id, purpose="邻里互助"))
    with pytest.raises(Conflict) as caught:
        sample.register.save_form(
            replace(was, principal="王丙"), Particulars(new_id(), was.id, purpose="别的")
        )
    assert caught.value.code == "particulars_exist"
    assert (first(sample).principal, kept_particulars(sample).purpose) == (was.principal, "邻里互助")


def told(services: Services) -> list[tuple[str, str, str]]:
    (record,) = services.versions.story(newest(services)).records
    return [(line.field, line.old, line.new) for line in record.lines]


def test_settings_cycles_and_marks_are_told_with_old_and_new_value(computed: Services) -> None:
    office = computed.setup.office()
    assert office is not None
    changed = replace(office, line_pitch=LinePitch.B, two_sided=True, accept_days=6, forbidden_words=("甲",))
    computed.setup.change_office(changed)
    assert told(computed) == [
        ("正文行距", "每行 225 ÷ 22 毫米", "首行、末行顶到版心边"),
        ("双面打印", "否", "是"),
        ("受理期限\uff08工作日\uff09", "5", "6"),
        ("禁用词", "—", "甲"),
    ]
    computed.certificates.issue(CertificateRequest(year=2025))
    key = next(act for act in computed.register.acts() if act.verb == "生成证书校验密钥")
    assert [(each.label, each.title) for each in computed.versions.story(key.number).records] == [
        ("校验密钥", "")
    ]
    view = computed.assessments.outcome(2025).view
    sheet = next(each for each in view.sheets if each.rater == "public" and all(each.marks))
    act = next(each for each in computed.register.acts() if each.verb == "导入评分表")
    lines = {
        line.field: line.new
        for record in computed.versions.story(act.number, act.change_count).records
        if record.record_id == sheet.id
        for line in record.lines
    }
    assert (lines["环节"], lines["评分方"]) == ("年度考核", "群众测评")
    assert lines["各项得分"].split("、")[0] == units_text(sheet.marks[0] or 0)
    assert lines["出处"].startswith("scores.xlsx 群众测评 第 ")


@pytest.mark.parametrize("kind", sorted(set(KIND_OF) - set(LEDGERS)))
def test_every_field_of_a_record_is_told_or_kept_quiet_for_a_reason(kind: str) -> None:
    names = {each.name for each in fields(KIND_OF[kind])}
    own = set(OWN_FIELDS.get(kind, {}))
    assert own <= names
    assert names <= own | set(FIELD_LABELS) | UNTOLD
