"""Which data a document may name, by what it speaks of; and whether it names only these."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from core.errors import InvalidInput, Problem
from core.model.document_text import (
    About,
    DocumentText,
    Part,
    TextAnnex,
    TextBlock,
    TextColumn,
    TextParagraph,
    TextPeople,
    TextTable,
)
from core.model.facts import PLACE, FactKind, FactName
from core.rules.document_conditions import read_condition
from core.rules.document_filling import FIELD
from core.rules.facts_cycle import CYCLE_FACTS
from core.rules.facts_groups import GROUP_FACTS
from core.rules.facts_office import OFFICE_FACTS
from core.rules.facts_opening import OPENING_FACTS
from core.rules.facts_payment import PAYMENT_FACTS
from core.rules.facts_revocation import REVOCATION_FACTS
from core.rules.facts_subject import PAPER_FACTS
from core.rules.facts_supervision import TASK_FACTS
from core.rules.facts_transition import LACKING_FACTS, TRANSITION_FACTS
from core.rules.sections import nearest

FACTS: Mapping[About, tuple[FactName, ...]] = {
    About.OFFICE: OFFICE_FACTS,
    About.OPENING: OFFICE_FACTS + OPENING_FACTS,
    About.CYCLE: OFFICE_FACTS + CYCLE_FACTS + PAYMENT_FACTS,
    About.SUBJECT: OFFICE_FACTS + CYCLE_FACTS + PAPER_FACTS,
    About.REVOCATION: OFFICE_FACTS + CYCLE_FACTS + REVOCATION_FACTS,
    About.GROUP: OFFICE_FACTS + GROUP_FACTS,
    About.ORGANIZATION: OFFICE_FACTS + LACKING_FACTS,
    About.TRANSITION: OFFICE_FACTS + TRANSITION_FACTS,
    About.TASK: OFFICE_FACTS + TASK_FACTS,
}
"""The facts that a document may name, by what it speaks of."""


def refuse_unknown(document: DocumentText) -> None:
    """Nothing, if the document names only data that it has.

    Raises:
        InvalidInput: it does not; with every place.
    """
    found = tuple(unknown_names(document))
    if found:
        raise InvalidInput(
            "template_wrong", f"这份文书有 {len(found)} 处取不到数。", "请按所列逐条修改。", found
        )


def unknown_names(document: DocumentText) -> Iterator[Problem]:
    """Every field, list and condition of a document that cannot be filled, and where."""
    scope = _Scope(FACTS[document.about])
    heads = ("head", "series", "addressee", "copy_to", "note")
    yield from scope.texts("标题", document.title)
    yield from scope.condition("印发条件", document.needs)
    for name in heads:
        yield from scope.texts("版头和版记", [getattr(document, name)])
    for people in document.attendance:
        yield from _of_people(people, scope, "出席名单")
    yield from _of_blocks(document.blocks, scope, "正文")
    for number, annex in enumerate(document.annexes, start=1):
        yield from _of_annex(annex, scope, f"附件{number}")
    for row in document.receipt.rows:
        yield from scope.texts("回执", [text for each in row for text in (each.label, each.text)])


class _Scope:
    """The names in reach."""

    def __init__(self, names: Sequence[FactName], outer: Mapping[str, FactName] | None = None) -> None:
        self._names = {**(outer or {}), **{each.name: each for each in names}}

    def texts(self, place: str, texts: Iterable[str]) -> Iterator[Problem]:
        """The fields in texts that are not in reach."""
        for text in texts:
            for name in map(str.strip, FIELD.findall(text)):
                if name not in self._names:
                    yield Problem(place, f"没有字段“{name}”", nearest(name, list(self._names)))

    def condition(self, place: str, when: str) -> Iterator[Problem]:
        """What is wrong with a condition."""
        try:
            names = read_condition(when).names
        except ValueError:
            yield Problem(place, f"条件“{when}”读不懂", "请写成“字段”“没有 字段”“字段 = 值”这样")
            return
        for name in names:
            if name not in self._names:
                yield Problem(place, f"条件“{when}”里没有字段“{name}”", nearest(name, list(self._names)))

    def entered(self, place: str, each: str, when: str) -> "tuple[_Scope, list[Problem]]":
        """The scope of what stands once, or once for each row of a list; with what is wrong with both."""
        scope, found = self.within(place, each) if each else (self, [])
        return scope, [*found, *scope.condition(place, when)]

    def within(self, place: str, name: str) -> "tuple[_Scope, list[Problem]]":
        """The scope of a list's rows; with a problem where there is no such list."""
        known = self._names.get(name)
        if known is None or known.kind is not FactKind.LIST:
            lists = [each.name for each in self._names.values() if each.kind is FactKind.LIST]
            return self, [Problem(place, f"没有清单“{name}”", nearest(name, lists))]
        return _Scope((PLACE, *known.fields), self._names), []


def _of_blocks(blocks: Sequence[TextBlock], scope: _Scope, place: str) -> Iterator[Problem]:
    for number, block in enumerate(blocks, start=1):
        here = f"{place}第 {number} 段"
        if isinstance(block, TextParagraph):
            yield from _of_paragraph(block, scope, here)
        elif isinstance(block, TextPeople):
            yield from _of_people(block, scope, here)
        else:
            yield from _of_table(block, scope, here)


def _of_paragraph(block: TextParagraph, scope: _Scope, place: str) -> Iterator[Problem]:
    scope, found = scope.entered(place, block.each, block.when)
    yield from found
    yield from scope.texts(place, [block.heading])
    for part in block.parts:
        yield from _of_part(part, scope, place)


def _of_part(part: Part, scope: _Scope, place: str) -> Iterator[Problem]:
    scope, found = scope.entered(place, part.each, part.when)
    yield from found
    yield from scope.texts(place, [part.text])
    for inner in part.parts:
        yield from _of_part(inner, scope, place)


def _of_table(block: TextTable, scope: _Scope, place: str) -> Iterator[Problem]:
    yield from scope.condition(place, block.when)
    inner = scope
    if not block.is_typed:
        inner, found = scope.within(place, block.rows)
        yield from found
    totals = block.totals or ("",) * len(block.columns)
    for column, total in zip(block.columns, totals, strict=False):
        yield from _of_column(column, total, scope, inner, place)
    for number, row in enumerate(block.cells, start=1):
        for column, text in zip(block.columns, row, strict=False):
            reach = scope.within(place, column.each)[0] if column.each else scope
            yield from reach.texts(f"{place}表格第 {number} 行", [text])


def _of_column(column: TextColumn, total: str, outer: _Scope, inner: _Scope, place: str) -> Iterator[Problem]:
    """The head of a column and its total name what the document has, its cells what the row has."""
    if column.each:
        (outer, found), (inner, more) = outer.within(place, column.each), inner.within(place, column.each)
        yield from dict.fromkeys((*found, *more))
    yield from outer.texts(place, [total, column.title])
    yield from inner.texts(place, [column.text])


def _of_people(block: TextPeople, scope: _Scope, place: str) -> Iterator[Problem]:
    scope, found = scope.entered(place, block.each, block.when)
    yield from found
    yield from scope.texts(place, [block.label])
    if block.is_typed:
        for number, row in enumerate(block.typed, start=1):
            yield from scope.texts(f"{place}名单第 {number} 人", row)
        return
    inner, found = scope.within(place, block.people)
    yield from found
    yield from inner.texts(place, [block.name, block.post])


def _of_annex(annex: TextAnnex, scope: _Scope, place: str) -> Iterator[Problem]:
    scope, found = scope.entered(place, annex.each, annex.when)
    yield from found
    yield from scope.texts(place, [annex.title])
    yield from _of_blocks(annex.blocks, scope, place)
