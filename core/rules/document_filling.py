"""A document's text filled with facts: fields become words, conditions choose, lists repeat."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import compress
from typing import NamedTuple

from core.errors import InvalidInput, Problem
from core.model.document import (
    Annex,
    OfficialDocument,
    Paragraph,
    People,
    Person,
    Receipt,
    ReceiptField,
    Table,
    TableColumn,
    TextBlock,
)
from core.model.document_text import (
    DocumentText,
    Part,
    TextAnnex,
    TextParagraph,
    TextPeople,
    TextReceipt,
    TextTable,
)
from core.model.document_text import TextBlock as WrittenBlock
from core.model.facts import PLACE, Fact, Row
from core.model.office import Office
from core.rules.document_conditions import read_condition

FIELD = re.compile(r"\{([^{}]*)\}")
"""A field; the braces hold its name."""
_DELIVERED = "送达文书"
"""The field of a receipt that says for which paper it is."""


class Run(NamedTuple):
    """A piece of a filled text; `field` names the fact that it came from, empty for written words."""

    text: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class PaperFrame:
    """What surrounds the text of one paper: whose it is, its number in full, its days."""

    office: Office
    number: str
    dated_on: date
    printed_on: date | None = None


class Scope:
    """The facts in reach: those of the row being written before those around it."""

    def __init__(self, *rows: Row) -> None:
        self._rows = rows

    def find(self, name: str) -> Fact:
        """What a name stands for.

        Raises:
            InvalidInput: nothing in reach has this name.
        """
        for row in reversed(self._rows):
            if name in row:
                return row[name]
        raise unknown_field(name)

    def within(self, name: str) -> Iterator["Scope"]:
        """A scope for each row of a list, its place counted from 1."""
        rows = self.find(name)
        if not isinstance(rows, tuple):
            raise InvalidInput("no_list", f"“{name}”不是清单，不能逐个写。", "请换成一个清单，或者改成字段。")
        for place, row in enumerate(rows, start=1):
            yield Scope(*self._rows, {PLACE.name: place, **row})

    def holds(self, when: str) -> bool:
        """Whether a condition is true here.

        Raises:
            InvalidInput: it cannot be read, or names what is not there.
        """
        try:
            condition = read_condition(when)
        except ValueError as error:
            raise broken_condition(when) from error
        return condition.holds(self.find)

    def runs(self, text: str) -> list[Run]:
        """A text with its fields filled, piece by piece."""
        pieces = FIELD.split(text)
        made = [
            Run(_words(self.find(name := piece.strip())), name) if place % 2 else Run(piece)
            for place, piece in enumerate(pieces)
        ]
        return [run for run in made if run.text]

    def text(self, text: str) -> str:
        """A text with its fields filled."""
        return FIELD.sub(lambda match: _words(self.find(match[1].strip())), text)


def unknown_field(name: str) -> InvalidInput:
    """The refusal of a field that the data do not have."""
    return InvalidInput(
        "unknown_field",
        f"文书里的字段“{name}”取不到数。",
        "请改成“插入数据”里有的字段，或者改成文字。",
        [Problem(f"{{{name}}}", "没有这个字段")],
    )


def broken_condition(when: str) -> InvalidInput:
    """The refusal of a condition that cannot be read."""
    return InvalidInput(
        "broken_condition",
        f"条件“{when}”读不懂。",
        "请写成“字段”“没有 字段”“字段 = 值”这样，几个条件之间写“且”或“或”，前后留空格。",
        [Problem(when, "条件写法有误")],
    )


def fill(text: DocumentText, facts: Row, frame: PaperFrame) -> OfficialDocument:
    """The document as it is printed.

    Raises:
        InvalidInput: it names a field that is not there, or a condition cannot be read.
    """
    scope, office = Scope(facts), frame.office
    return OfficialDocument(
        red_head=scope.text(text.head),
        number=frame.number,
        title=tuple(filter(None, map(scope.text, text.title))),
        addressee=scope.text(text.addressee),
        paragraphs=tuple(_blocks(text.blocks, scope)),
        annexes=tuple(annex for each in text.annexes for annex in _annexes(each, scope)),
        issuer=office.name,
        dated_on=frame.dated_on,
        copy_to=scope.text(text.copy_to),
        printed_by=office.name if text.imprint else "",
        printed_on=frame.printed_on if text.imprint else None,
        seal=text.seal,
        line_pitch=office.line_pitch,
        two_sided=office.two_sided,
        format=text.format,
        partners=text.partners,
        signers=text.signers,
        copy_number=text.copy_number,
        secrecy=text.secrecy,
        urgency=text.urgency,
        stamp_posts=text.stamp_posts,
        note=scope.text(text.note),
        addressee_below=text.addressee_below,
        attendance=tuple(people for each in text.attendance for people in _people(each, scope)),
        receipt=_receipt(text.receipt, scope, frame.number),
    )


def printed_runs(paragraph: TextParagraph, scope: Scope) -> list[list[Run]]:
    """The paragraphs that one of a draft becomes, piece by piece, each begun by its heading.

    Raises:
        InvalidInput: it names a field that is not there, or a condition cannot be read.
    """
    made = [
        [*each.runs(paragraph.heading), *(run for part in paragraph.parts for run in _runs(part, each))]
        for each in _scopes(paragraph.each, scope)
        if each.holds(paragraph.when)
    ]
    return [runs for runs in made if runs]


def printed_block(block: WrittenBlock, scope: Scope) -> list[TextBlock]:
    """What a block of a draft becomes on paper.

    Raises:
        InvalidInput: it names a field that is not there, or a condition cannot be read.
    """
    return list(_blocks((block,), scope))


def origins(text: DocumentText, facts: Row) -> list[tuple[int, list[int]]]:
    """From which blocks of a draft the printed ones come: first those of the document, then of each 附件.

    Each of these is the place of the 附件 in the draft, counted from 1 and 0 for the document itself, and
    for each printed block the place of its block there.

    Raises:
        InvalidInput: it names a field that is not there, or a condition cannot be read.
    """
    scope = Scope(facts)
    return [
        (0, _origins(text.blocks, scope)),
        *(
            (place, _origins(each.blocks, inner))
            for place, each in enumerate(text.annexes, start=1)
            for inner in _scopes(each.each, scope)
            if inner.holds(each.when)
        ),
    ]


def _origins(blocks: Sequence[WrittenBlock], scope: Scope) -> list[int]:
    return [place for place, block in enumerate(blocks) for _ in _blocks((block,), scope)]


def _blocks(blocks: Sequence[WrittenBlock], scope: Scope) -> Iterator[TextBlock]:
    for block in blocks:
        if isinstance(block, TextParagraph):
            for inner in _scopes(block.each, scope):
                if inner.holds(block.when) and (made := _paragraph(block, inner)):
                    yield made
        elif isinstance(block, TextPeople):
            yield from _people(block, scope)
        elif scope.holds(block.when):
            yield _table(block, scope)


def _paragraph(block: TextParagraph, scope: Scope) -> Paragraph | None:
    text = "".join(run.text for part in block.parts for run in _runs(part, scope))
    heading = scope.text(block.heading)
    return Paragraph(text, heading, block.level) if text or heading else None


def _runs(part: Part, scope: Scope) -> list[Run]:
    if not part.each:
        return _runs_once(part, scope)
    made = [runs for inner in scope.within(part.each) if (runs := _runs_once(part, inner))]
    joined = [run for place, each in enumerate(made) for run in ([Run(part.between)] if place else []) + each]
    return [run._replace(field=run.field or part.each) for run in joined if run.text]


def _runs_once(part: Part, scope: Scope) -> list[Run]:
    if not scope.holds(part.when):
        return []
    return scope.runs(part.text) + [run for inner in part.parts for run in _runs(inner, scope)]


def _table(block: TextTable, scope: Scope) -> Table:
    """The table without the columns whose data say nothing in any row; those to be written in stay."""
    spread = [(each, place) for each in block.columns for place in _scopes(each.each, scope)]
    columns = [
        TableColumn(place.text(each.title), each.weight, each.align, float(each.least_mm))
        for each, place in spread
    ]
    rows = list(_rows(block, scope))
    totals = [
        place.text(text)
        for column, text in zip(block.columns, block.totals, strict=False)
        for place in _scopes(column.each, scope)
    ]
    speaks = [
        not each.text or not rows or any(row[at] for row in rows) for at, (each, _) in enumerate(spread)
    ]
    return Table(
        tuple(compress(columns, speaks)),
        tuple(tuple(compress(row, speaks)) for row in rows),
        tuple(compress(totals, speaks)) if rows else (),
        float(block.row_mm),
    )


def _rows(block: TextTable, scope: Scope) -> Iterator[tuple[str, ...]]:
    """The printed cells of a table, those that were typed or those of its list."""
    if block.is_typed:
        written = [(scope, row) for row in block.cells]
    else:
        texts = tuple(each.text for each in block.columns)
        written = [(inner, texts) for inner in scope.within(block.rows)]
    for inner, texts in written:
        yield tuple(
            place.text(text)
            for column, text in zip(block.columns, texts, strict=True)
            for place in _scopes(column.each, inner)
        )


def _scopes(each: str, scope: Scope) -> Iterator[Scope]:
    """A scope for each row of a list, or the one that there is."""
    return scope.within(each) if each else iter((scope,))


def _people(block: TextPeople, scope: Scope) -> Iterator[People]:
    for place in _scopes(block.each, scope):
        if place.holds(block.when):
            if block.is_typed:
                written = [(place, each) for each in block.typed]
            else:
                written = [(inner, (block.name, block.post)) for inner in place.within(block.people)]
            people = tuple(Person(inner.text(name), inner.text(post)) for inner, (name, post) in written)
            yield People(place.text(block.label), people)


def _annexes(annex: TextAnnex, scope: Scope) -> Iterator[Annex]:
    for inner in _scopes(annex.each, scope):
        if inner.holds(annex.when):
            yield Annex(inner.text(annex.title), tuple(_blocks(annex.blocks, inner)), annex.apart)


def _receipt(receipt: TextReceipt, scope: Scope, number: str) -> Receipt | None:
    rows = tuple(
        row
        for written in receipt.rows
        for row in _receipt_rows(
            tuple(ReceiptField(scope.text(one.label), scope.text(one.text)) for one in written), number
        )
    )
    return Receipt(rows) if rows else None


def _receipt_rows(row: tuple[ReceiptField, ...], number: str) -> Iterator[tuple[ReceiptField, ...]]:
    """A row, and under the one that says for which paper it is the number: many letters have one title."""
    yield row
    if number and any(each.label == _DELIVERED and number not in each.text for each in row):
        yield (ReceiptField("发文字号", number),)


def _words(fact: Fact) -> str:
    """A fact in a text; a list stands as the number of its rows."""
    return str(len(fact)) if isinstance(fact, tuple) else str(fact)
