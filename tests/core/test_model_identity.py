"""Record ids: each its own, later ones after earlier ones, whether asked for one by one or many at once."""

from uuid import UUID

from core.model.identity import new_id, new_ids


def test_ids_are_uuids_of_version_7_in_order() -> None:
    ids = [new_id(), *new_ids(5_000), new_id(), *new_ids(0), *new_ids(2), new_id()]
    assert len(ids) == 5_005 == len(set(ids))
    assert ids == sorted(ids)
    assert {(UUID(one).version, UUID(one).variant, str(UUID(one)) == one) for one in ids} == {
        (7, UUID(ids[0]).variant, True)
    }
