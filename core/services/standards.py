"""What a new office finds in its ledgers: units, obligations and classifications."""

import tomllib
from collections.abc import Sequence
from typing import Any

from core.model.classification import Classification, ClassMapping
from core.model.identity import new_id
from core.model.organization import Category
from core.model.people import Unit, UnitKind
from core.model.tasks import Obligation, Rhythm
from core.ports import Writing
from core.resources import resource_path
from core.services.derived import with_derived

SUGGESTED = "建议，可改"


def add_standards(work: Writing, categories: Sequence[Category]) -> None:
    """Store them inside the act that makes the office; `categories` are stored already."""
    rows: dict[str, list[dict[str, Any]]] = tomllib.loads(
        resource_path("standards", "register.toml").read_text("utf-8")
    )
    units = [
        Unit(new_id(), row["name"], UnitKind.OFFICE, position=place)
        for place, row in enumerate(rows["unit"], start=1)
    ]
    obligations = [
        Obligation(new_id(), row["title"], Rhythm(row["rhythm"]), unit_id=units[0].id)
        for row in rows["obligation"]
    ]
    work.add(with_derived(work, units))
    work.add(with_derived(work, obligations))
    ids = {each.name: each.id for each in categories}
    for row in rows["classification"]:
        made = Classification(new_id(), row["title"], row["source"], classes=tuple(row["classes"]))
        work.add(with_derived(work, [made]))
        mapped = [
            ClassMapping(new_id(), made.id, ids[name], target, remarks=SUGGESTED)
            for name, target in row["mapping"].items()
            if name in ids
        ]
        work.add(with_derived(work, mapped))
