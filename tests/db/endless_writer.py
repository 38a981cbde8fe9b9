"""A program of its own that writes acts without end, to be killed in the middle."""

from multiprocessing.connection import Connection
from pathlib import Path

from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.organization import Organization
from db.store import open_store


def write_without_end(path: Path, told: Connection) -> None:
    """Add five organizations after each other act, and tell the ids of those that are kept."""
    store = open_store(path)
    while True:
        records = [Organization(new_id(), "志愿服务队") for _ in range(5)]
        with store.writing(ActDraft("新增", "张三")) as unit:
            unit.add(records)
        told.send([record.id for record in records])
