"""Setting up an office: its name, the nine categories with their work groups, the shipped schemes."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.errors import Conflict, InvalidInput
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.office import Office
from core.model.organization import Category, Organization, WorkGroup
from core.model.people import Unit
from core.ports import Store, Writing
from core.resources import resource_path
from core.services.derived import with_derived
from core.services.standards import add_standards


@dataclass(frozen=True, slots=True)
class OfficeDraft:
    """What the clerk says of the office; an empty document code is made from the name."""

    name: str
    document_code: str = ""


class SetupService:
    """The office's own record."""

    def __init__(self, store: Store, actor: str) -> None:
        """Work on this store in this person's name."""
        self._store = store
        self._actor = actor

    def office(self) -> Office | None:
        """The store's office, or None before set-up."""
        with self._store.reading() as view:
            return next(iter(view.all(Office)), None)

    def init_office(self, draft: OfficeDraft) -> Office:
        """Write the office, the nine categories and their work groups; all in one act.

        Raises:
            InvalidInput: the name is empty, holds control characters, or is longer than a red head can hold.
            Conflict: the store has an office already.
        """
        name = draft.name.strip()
        if not name:
            raise InvalidInput("office_name_empty", "单位名称是空的。", "请写全称，例如“××街道办事处”。")
        if not name.isprintable():
            raise InvalidInput("office_name_odd", "单位名称里有看不见的控制字符。", "请重新输入单位名称。")
        if len(name) > 30:
            raise InvalidInput(
                "office_name_long", f"单位名称有 {len(name)} 个字，公文的红头放不下。", "请不超过 30 个字。"
            )
        code = draft.document_code.strip() or _document_code(name)
        office = Office(id=new_id(), name=name, document_code=code)
        categories, groups = _nine_groups()
        with self._store.writing(ActDraft("新建单位", self._actor)) as work:
            if work.count(Office):
                raise Conflict(
                    "office_exists", "这个数据文件里已经有一个单位。", "请另选一个数据文件夹新建。"
                )
            work.add([office])
            work.add(categories)
            work.add(groups)
            add_standards(work, categories)
        return office

    def change_office(self, office: Office) -> None:
        """Keep changed settings of the office.

        Raises:
            InvalidInput: name or document code is empty.
        """
        if not office.name.strip() or not office.document_code.strip():
            raise InvalidInput(
                "office_incomplete", "单位名称和机关代字不能空。", "请填好再保存；原来的设置没有改动。"
            )
        with self._store.writing(ActDraft("修改单位设置", self._actor)) as work:
            work.change(
                [replace(office, name=office.name.strip(), document_code=office.document_code.strip())]
            )


def complete_upgrade(work: Writing) -> None:
    """Give a store that an older program filled what a new one has: search keys, standards."""
    work.change(with_derived(work, work.all(Organization)))
    if work.count(Office) and not work.count(Unit):
        add_standards(work, work.all(Category))


def _document_code(name: str) -> str:
    """A first guess at the 机关代字: 城东街道办事处 → 城东街办; the office can change it."""
    for ending in ("街道办事处", "街道办", "街道"):
        if name.endswith(ending):
            return name.removesuffix(ending) + "街办"
    return name.removesuffix("人民政府") + "发"


def _nine_groups() -> tuple[Sequence[Category], Sequence[WorkGroup]]:
    """The categories and work groups of seed 000, as new records."""
    rows = tomllib.loads(resource_path("standards", "work-groups.toml").read_text("utf-8"))["group"]
    categories = [
        Category(
            id=new_id(), number=row["number"], name=row["category"], aliases=tuple(row.get("aliases", ()))
        )
        for row in rows
    ]
    groups = [
        WorkGroup(
            id=new_id(),
            category_id=category.id,
            name=row["name"],
            coordinating_unit=row["coordinating_unit"],
            linked_departments=tuple(row["linked_departments"]),
            duties=row["duties"],
            position=row["number"],
        )
        for row, category in zip(rows, categories, strict=True)
    ]
    return categories, groups
