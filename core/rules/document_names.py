"""Names of organizations in a document against those of the register."""

import re
from collections.abc import Iterator
from functools import lru_cache

from core.model.document_check import DocumentCheck, Known
from core.rules.cell_values import name_key
from core.rules.document_counts import lists_in
from core.rules.document_texts import DocumentText, DocumentTexts, Found, TextKind, is_sum_row
from core.rules.near_names import NearNames

_QUOTED = re.compile(r"“([^“”]{4,80})”")
_NAME_TITLES = frozenset({"名称", "获奖对象", "获奖组织", "收款单位"})
_ORGANIZATION_TITLES = frozenset(
    {"组织名称", "社会组织名称", "社会组织", "社区社会组织名称", "社区社会组织", "单位名称（社会组织）"}
)


def name_findings(texts: DocumentTexts, known: Known) -> Iterator[Found]:
    """Names that are nearly one of the register or no longer used; unknown ones in lists of organizations."""
    if not known.names:
        return
    register = _Register(known)
    for table in texts.tables:
        for column, title in enumerate(table.titles):
            lists_all = title.strip() in _ORGANIZATION_TITLES
            if not lists_all and title.strip() not in _NAME_TITLES:
                continue
            for row, line in zip(table.rows, table.texts, strict=True):
                if column < len(row) and not is_sum_row(row) and row[column].strip():
                    yield from register.check(line[column], row[column], 0, lists_all)
    for text in texts.texts:
        if text.kind is TextKind.PARAGRAPH or text.kind is TextKind.ADDRESSEE:
            yield from _in_text(text, register)


def _in_text(text: DocumentText, register: "_Register") -> Iterator[Found]:
    for found in _QUOTED.finditer(text.text):
        yield from register.check(text, found[1], found.start(1), False)
    for each in lists_in(text.text, register.with_comma):
        at = each.start
        for number, name in enumerate(each.items):
            if number:  # words may stand before the first name
                yield from register.check(text, name, at, False)
            at += len(name) + 1
    if text.kind is TextKind.ADDRESSEE:
        yield from register.check(text, text.text.rstrip("：:"), 0, False)


@lru_cache(maxsize=2)
def _near_names(names: tuple[str, ...]) -> NearNames:
    """Kept for the other papers of a batch, which are compared with the same names."""
    return NearNames(names)


class _Register:
    """What is known about names."""

    def __init__(self, known: Known) -> None:
        self._names = frozenset(known.names)
        self._others = frozenset(known.other_names)
        self.with_comma = tuple(name for name in self._names if "、" in name)
        self._former = known.former_names
        self._near = _near_names(known.names)
        self._alike: dict[str, str] = {}
        self._known = known

    def check(self, text: DocumentText, name: str, at: int, must_be_known: bool) -> Iterator[Found]:
        """What is to be said about a name that stands in a text."""
        if name in self._names:
            return
        if name in self._former:
            message = f"“{name}”是以前的名称。"
            remedy = f"现在的名称是“{self._former[name]}”，请改正。"
            yield text.found(DocumentCheck.NAME, message, remedy, name, at)
        elif name in self._others:
            return
        elif (same := self._same_but_for_signs(name)) is not None:
            message = f"“{name}”和名册里的写法不同（括号、空格或字母大小写）。"
            yield text.found(DocumentCheck.NAME, message, f"名册里是“{same}”，请照着改。", name, at)
        elif (near := self._near.nearest(name)) is not None:
            message = f"名册里没有“{name}”，和它只差{near[1]}个字的是“{near[0]}”。"
            yield text.found(DocumentCheck.NAME, message, "请核对是不是写错了。", name, at)
        elif must_be_known:
            message = f"名册里没有“{name}”。"
            yield text.found(DocumentCheck.NAME, message, "请核对名称，或先登记这个组织。", name, at)

    def _same_but_for_signs(self, name: str) -> str | None:
        if not self._alike:
            self._alike = {name_key(each): each for each in reversed(self._known.names)}
        return self._alike.get(name_key(name))
