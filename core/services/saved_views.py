"""Filters that clerks keep by name (常用筛选)."""

from dataclasses import replace

from core.errors import Conflict, InvalidInput
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.saved_view import SavedView
from core.ports import Reading, Store

_LONGEST = 20


class SavedViewService:
    """The kept filters of each page."""

    def __init__(self, store: Store, actor: str) -> None:
        """Work on this store in this person's name."""
        self._store = store
        self._actor = actor

    def of(self, page: str) -> tuple[SavedView, ...]:
        """The kept filters of a page, in the order in which they were kept first."""
        with self._store.reading() as view:
            return _of(view, page)

    def save(self, page: str, name: str, filters: str) -> SavedView:
        """Keep a filter; one of the same name is replaced.

        Raises:
            InvalidInput: the name is empty or too long.
        """
        name = _checked(name)
        with self._store.writing(ActDraft("保存常用筛选", self._actor)) as work:
            known = _of(work, page)
            same = next((each for each in known if each.name == name), None)
            if same is not None:
                work.change([replace(same, filters=filters)])
                return same
            position = max((each.position for each in known), default=0) + 1
            made = SavedView(new_id(), page, name, filters, position)
            work.add([made])
            return made

    def rename(self, view_id: str, name: str) -> None:
        """Give a kept filter another name.

        Raises:
            InvalidInput: the name is empty or too long.
            Conflict: the page has another one of this name.
            NotFound: it is gone.
        """
        name = _checked(name)
        with self._store.writing(ActDraft("改名常用筛选", self._actor)) as work:
            kept = work.get(SavedView, view_id)
            if any(each.name == name and each.id != view_id for each in _of(work, kept.page)):
                raise Conflict("view_exists", f"已经有名为“{name}”的常用筛选。", "请换一个名称。")
            work.change([replace(kept, name=name)])

    def remove(self, view_id: str) -> None:
        """Give up a kept filter.

        Raises:
            NotFound: it is gone.
        """
        with self._store.writing(ActDraft("删除常用筛选", self._actor)) as work:
            work.remove([work.get(SavedView, view_id)])


def _of(view: Reading, page: str) -> tuple[SavedView, ...]:
    return tuple(sorted(view.all(SavedView, page=page), key=lambda each: each.position))


def _checked(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise InvalidInput("view_name_empty", "常用筛选的名称是空的。", "请填写名称再保存。")
    if len(name) > _LONGEST:
        raise InvalidInput(
            "view_name_long", f"常用筛选的名称有 {len(name)} 个字，最多 {_LONGEST} 个字。", "请改短一些。"
        )
    return name
