"""Reports: progress by unit, the three ticks, organizations by another classification; on paper too."""

from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from core.errors import InvalidInput, NotFound
from core.model.classification import Classification, ClassMapping
from core.model.dates import PartialDate
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.organization import Category, Organization, Status
from core.model.people import Unit
from core.model.tables import OutSheet
from core.model.tasks import Task
from core.services.services import Services

UNIT = Unit("u1", "党政办")
LATE = Task(
    "t1",
    "印发专项工作方案",
    unit_id="u1",
    responsible="吴十",
    division="起草、送审",
    due_on=PartialDate(2026, 1, 5),
    planned=True,
    arranged=True,
    supervised=True,
    progress=60,
)
DONE = Task(
    "t2", "报送典型材料", unit_id="u1", due_on=PartialDate(2026, 1, 9), done_on=PartialDate(2026, 1, 6)
)
OVER = (Status.DEREGISTERED, Status.REVOKED)
SCHEME = Classification("c1", "上级四类", classes=("生活服务", "公益慈善"))


def put(services: Services, *records) -> None:
    with services.store.writing(ActDraft("准备", "录入员")) as work:
        work.add(records)


def rows(sheet: OutSheet) -> dict[object, tuple]:
    return {row[0]: row[1:] for row in sheet.rows}


def test_progress_names_what_is_overdue(services: Services) -> None:
    put(services, UNIT, LATE, DONE)
    sheet = services.reports.progress()
    assert sheet.rows == ((1, "党政办", 2, 1, "50%", 1, 3, "印发专项工作方案（逾期 3 个工作日）"),)
    assert sheet.title == "示例街道办事处各单位任务进展"
    assert sheet.subtitle == "2026年1月8日　任务 2 项，已完成 1 项；逾期 1 项，涉及 1 个单位"


def test_ticks_stand_as_marks_and_are_counted(services: Services) -> None:
    put(services, UNIT, LATE, replace(DONE, planned=True))
    sheet = services.reports.ticks()
    first = sheet.rows[0]
    assert first[1:9] == ("印发专项工作方案", "党政办", "吴十", "起草、送审", "√", "√", "√", "60%")
    assert first[9] == date(2026, 1, 5)
    assert sheet.rows[1][5:8] == ("√", None, None)
    assert sheet.subtitle.endswith("任务 2 项；有计划 2 项，有安排 1 项，有督查 1 项，三项都有 1 项")


@pytest.fixture
def classified(sample: Services) -> Services:
    """The sample office with a classification into which only one of its categories is mapped."""
    with sample.store.reading() as view:
        category = view.all(Category)[0]
    put(sample, SCHEME, ClassMapping(new_id(), SCHEME.id, category.id, "公益慈善"))
    return sample


def test_classes_count_what_is_living_by_community(classified: Services) -> None:
    with classified.store.reading() as view:
        organizations, category = view.all(Organization), view.all(Category)[0]
    living = [each for each in organizations if each.status not in OVER]
    mapped = [each for each in living if each.category_id == category.id]
    with classified.store.writing(ActDraft("注销", "录入员")) as work:
        work.change([replace(mapped[0], status=Status.DEREGISTERED)])
        work.add([Organization(new_id(), "无社区的队", category_id=category.id)])
    sheet = classified.reports.classes(SCHEME.id)
    assert [column.title for column in sheet.columns] == [
        "社区（村）",
        "生活服务",
        "公益慈善",
        "未对应",
        "合计",
    ]
    found = rows(sheet)
    assert found["未填社区（村）"] == (0, 1, 0, 1)
    assert found["合计"] == (0, len(mapped), len(living) - len(mapped), len(living))
    assert list(found)[-1] == "合计"


def test_classes_of_a_day_before_the_classification_are_refused(classified: Services) -> None:
    with pytest.raises(NotFound):
        classified.reports.classes(SCHEME.id, date(2020, 1, 1))


def test_every_bundled_classification_takes_all_organizations(sample: Services) -> None:
    for classification_id, _title in sample.reports.classifications():
        assert "未对应" not in {each.title for each in sample.reports.classes(classification_id).columns}


def test_classifications_out_of_use_come_last(classified: Services) -> None:
    old = Classification("c0", "旧分类", until_on=PartialDate(2020), classes=("甲",))
    put(classified, old)
    assert classified.reports.classifications()[-1] == ("c0", "旧分类（2020 停用）")


def test_reports_go_on_paper(classified: Services) -> None:
    sheet = classified.reports.classes(SCHEME.id)
    pdf = pypdfium2.PdfDocument(classified.papers.table(sheet, sheet.name, sheet.subtitle))
    said = "".join(page.get_textpage().get_text_range() for page in pdf)
    assert all(word in said for word in ("社会组织分类统计", "公益慈善", "未对应", "上级四类"))


@pytest.mark.parametrize(("count", "code"), [(0, "nothing_to_print"), (5_001, "too_much_to_print")])
def test_a_list_too_short_or_too_long_for_paper_is_refused(services: Services, count: int, code: str) -> None:
    sheet = replace(services.reports.progress(), rows=(("一",),) * count)
    with pytest.raises(InvalidInput) as caught:
        services.papers.table(sheet, "表", "")
    assert caught.value.code == code
