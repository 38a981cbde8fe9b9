"""What a new office finds in its ledgers."""

import shutil
from pathlib import Path

import pytest

from core.model.ledgers import LEDGERS
from core.model.register_ledgers import CLASS_MAPPINGS, CLASSIFICATIONS, UNITS
from core.model.task_ledgers import OBLIGATIONS
from core.services.services import Services
from main import open_services


@pytest.mark.parametrize(
    ("code", "count"), [("units", 10), ("obligations", 4), ("classifications", 3), ("class_mappings", 27)]
)
def test_a_new_office_has_its_standards(services: Services, code: str, count: int) -> None:
    assert len(services.ledgers.find(LEDGERS[code])) == count


def test_they_are_found_and_linked(services: Services) -> None:
    assert len(services.ledgers.find(UNITS, "纪工委")) == 1
    assert [
        services.ledgers.record(OBLIGATIONS, one).title for one in services.ledgers.find(OBLIGATIONS, "yp")
    ] == ["月研判"]
    yueyang = services.ledgers.record(CLASSIFICATIONS, services.ledgers.find(CLASSIFICATIONS, "岳阳")[0])
    mapped = services.ledgers.find(CLASS_MAPPINGS, equal={"classification_id": yueyang.id})
    rows = services.ledgers.rows(CLASS_MAPPINGS, mapped)
    assert {row.record.mapped_class for row in rows} <= set(yueyang.classes)
    assert any(row.texts[1] == "文化体育类" and row.texts[2] == "社区文体" for row in rows)


def test_a_store_of_an_older_program_is_completed(tmp_path: Path) -> None:
    path = tmp_path / "shepingtong.sqlite"
    shutil.copy(Path(__file__).parents[1] / "data" / "stores" / "0001.sqlite", path)
    services = open_services(tmp_path, create=False)
    assert len(services.ledgers.find(OBLIGATIONS)) == 4
    assert [group.code for group in services.search.nearest("hct")] == ["organizations"]
    assert services.store.check().faults == ()
    services.close()
    again = open_services(tmp_path, create=False)
    assert [act.verb for act in again.register.acts(2)] == ["升级数据", "新建"]
    again.close()
