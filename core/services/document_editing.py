"""What an editor shows of a document's text: fields as words, blocks as they print, facts to choose from."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from core.errors import InvalidInput
from core.model.document import OfficialDocument, Paragraph, People, Receipt, Table, texts_of
from core.model.document import TextBlock as PrintedBlock
from core.model.document_text import (
    About,
    DocumentText,
    Part,
    TextAnnex,
    TextBlock,
    TextColumn,
    TextParagraph,
    TextPeople,
    TextReceipt,
    TextReceiptField,
    TextTable,
    WrittenBlock,
)
from core.model.facts import Fact, FactName, Row
from core.rules.document_fields import FACTS
from core.rules.document_filling import FIELD, Run, Scope, printed_block, printed_runs

_THIN = "\u2009"
_BETWEEN, _LINE = "　", "＿＿＿"
_WIDE = str.maketrans({"{": "｛", "}": "｝"})


class Piece(NamedTuple):
    """A piece of a text with fields: words, or the name between two braces as it is written there."""

    text: str
    is_field: bool = False


@dataclass(frozen=True, slots=True)
class BlockView:
    """A block that no one types into, as an editor shows it.

    `paragraphs` are its printed paragraphs in runs, `table` its printed table. `note` says when it is not
    printed at all, or that it cannot be filled.
    """

    kind: str
    paragraphs: tuple[tuple[Run, ...], ...] = ()
    table: Table | None = None
    note: str = ""


class FieldWords:
    """The fields of a text in words; without facts, as in a template, they stand by their names."""

    def __init__(self, facts: Row | None, about: About = About.OFFICE) -> None:
        """The words of these facts; without facts, of the names that a document about this may use."""
        self._facts = facts
        self._about = about
        self._scope = Scope(facts or {})

    @property
    def is_template(self) -> bool:
        """Whether there are no facts."""
        return self._facts is None

    def knows(self, name: str) -> bool:
        """Whether there is a fact of this name."""
        if self._facts is None:
            return name.strip() in _names(facts_of(self._about))
        return self.of(name) is not None

    def of(self, name: str) -> str | None:
        """What is printed for a field; nothing where there is no such fact."""
        if self._facts is None:
            return name.strip()
        try:
            return self._scope.text(f"{{{name}}}")
        except InvalidInput:
            return None

    def text(self, text: str) -> str:
        """A text with its fields in words; what cannot be filled stands by its name."""
        return "".join(
            self._or_name(piece.text) if piece.is_field else piece.text for piece in pieces_of(text)
        )

    def _or_name(self, name: str) -> str:
        words = self.of(name)
        return name.strip() if words is None else words

    def within(self, annex: TextAnnex) -> "FieldWords":
        """The words inside an annex; of one that repeats, those of the first."""
        if self._facts is None or not annex.each:
            return self
        try:
            first = next(self._scope.within(annex.each), None)
        except InvalidInput:
            return self
        if first is None:
            return self
        inner = FieldWords(self._facts, self._about)
        inner._scope = first
        return inner

    def count(self, annex: TextAnnex) -> int:
        """How many annexes this one becomes."""
        if self._facts is None:
            return 1
        try:
            scopes = self._scope.within(annex.each) if annex.each else (self._scope,)
            return sum(1 for each in scopes if each.holds(annex.when))
        except InvalidInput:
            return 0

    def view(self, block: WrittenBlock) -> BlockView:
        """A block as an editor shows it."""
        kind = _kind(block)
        if isinstance(block, TextReceipt):
            return BlockView(kind, tuple(map(self._receipt_row, block.rows)))
        if self._facts is None:
            return _as_written(block, kind)
        try:
            return self._printed(block, kind)
        except InvalidInput as error:
            return replace(_as_written(block, kind), note=f"{error.message_zh}{error.remedy_zh}")

    def plain(self, block: TextParagraph | TextPeople) -> tuple[TextParagraph | TextPeople, ...]:
        """A paragraph or a list by rule as mere words, as it prints now.

        Raises:
            InvalidInput: it cannot be filled.
        """
        made = printed_block(block, self._scope)
        return tuple(_in_words(each) for each in made if not isinstance(each, Table))

    def _receipt_row(self, row: Sequence[TextReceiptField]) -> tuple[Run, ...]:
        """The labels of a row, what is filled in after each, a line where nothing is."""
        return tuple(
            run
            for place, each in enumerate(row)
            for run in (
                Run(f"{_BETWEEN if place else ''}{self.text(each.label)}："),
                *(_written(each.text, self._or_name) if each.text else (Run(_LINE),)),
            )
        )

    def _printed(self, block: TextBlock, kind: str) -> BlockView:
        if isinstance(block, TextParagraph):
            runs = printed_runs(block, self._scope)
            return BlockView(kind, tuple(map(tuple, runs)), note="" if runs else "按现在的数据，这一段不印。")
        made = printed_block(block, self._scope)
        if not made:
            return replace(_as_written(block, kind), note="按现在的数据，这一块不印。")
        if isinstance(made[0], Table):
            return BlockView(kind, table=made[0])
        lists = [each for each in made if isinstance(each, People)]
        by_rule = "" if isinstance(block, TextPeople) and block.is_typed else "名单"
        return BlockView(
            kind,
            tuple(
                (Run(f"{each.label}："), Run("、".join(one.name for one in each.people), by_rule))
                for each in lists
            ),
        )


def pieces_of(text: str) -> list[Piece]:
    """A text cut at its fields; put together again it is the same."""
    return [
        Piece(piece, place % 2 == 1) for place, piece in enumerate(FIELD.split(text)) if piece or place % 2
    ]


def typed(text: str, words: FieldWords) -> str:
    """What was typed as a text with fields: a field that is there stays one, other braces mean nothing."""
    return "".join(
        f"{{{piece.text}}}"
        if piece.is_field and words.knows(piece.text)
        else literal(f"{{{piece.text}}}" if piece.is_field else piece.text)
        for piece in pieces_of(text)
    )


def literal(text: str) -> str:
    """Words in which braces mean nothing."""
    return text.translate(_WIDE)


def facts_of(about: About) -> tuple[FactName, ...]:
    """The facts that a document may name, by what it speaks of."""
    return FACTS.get(about, ())


def _names(facts: Sequence[FactName]) -> set[str]:
    """The names of facts, with those in the rows of lists."""
    return {name for each in facts for name in (each.name, *_names(each.fields))}


def _kind(block: WrittenBlock) -> str:
    if isinstance(block, TextTable):
        return "表格"
    if isinstance(block, TextPeople):
        return "人员名单"
    if isinstance(block, TextReceipt):
        return "送达回执"
    return "逐项重复的段落" if block.each else "按数据写的段落"


def _as_written(block: TextBlock, kind: str) -> BlockView:
    """A block by the names of its fields and the words of its conditions."""
    when = f"只在“{block.when}”时印。" if block.when else ""
    if isinstance(block, TextTable):
        columns = tuple(each.title for each in block.columns)
        rows = f"填写了 {len(block.cells)} 行：" if block.is_typed else f"每行一个“{block.rows}”："
        line = (Run(rows), Run("｜".join(columns)))
        return BlockView(kind, (line,), note=when)
    if isinstance(block, TextPeople):
        whose = [Run(f"［每个“{block.each}”一份］")] if block.each else []
        listed = _typed_people(block.typed) if block.is_typed else [Run(block.people, block.people)]
        people = (*whose, *_written(block.label), Run("："), *listed)
        return BlockView(kind, (people,), note=when)
    each = [Run(f"［每个“{block.each}”一段］")] if block.each else []
    runs = (*each, *_written(block.heading), *_written_parts(block.parts))
    return BlockView(kind, (tuple(_apart(runs)),), note=when)


def _apart(runs: Sequence[Run]) -> Iterator[Run]:
    """Names of fields that follow each other do not run together."""
    for run, before in zip(runs, (Run(""), *runs), strict=False):
        if run.field and before.field:
            yield Run(_THIN)
        yield run


def _written(text: str, words: Callable[[str], str] = str.strip) -> list[Run]:
    """A text piece by piece, its fields as `words` says of their names."""
    return [
        Run(words(each.text), each.text.strip()) if each.is_field else Run(each.text)
        for each in pieces_of(text)
    ]


def _typed_people(people: Sequence[tuple[str, str]]) -> Iterator[Run]:
    for place, (name, _) in enumerate(people):
        yield from (*([Run("、")] if place else []), *_written(name))


def _written_parts(parts: Sequence[Part]) -> Iterator[Run]:
    for part in parts:
        opening = "".join(
            words
            for words, given in ((f"每个“{part.each}”", part.each), (f"如果“{part.when}”", part.when))
            if given
        )
        if opening:
            yield Run(f"［{opening}：")
        yield from _written(part.text)
        yield from _written_parts(part.parts)
        if opening:
            yield Run("］")


def issued_view(text: DocumentText, content: OfficialDocument) -> tuple[DocumentText, FieldWords]:
    """What was printed, as a text to be looked at, and the words that it needs: its tables."""
    facts: dict[str, Fact] = {}
    shown = replace(
        text,
        title=tuple(map(literal, content.title)),
        head=literal(content.red_head),
        addressee=literal(content.addressee),
        copy_to=literal(content.copy_to),
        note=literal(content.note),
        blocks=_shown(content.paragraphs, facts),
        attendance=tuple(map(_people_in_words, content.attendance)),
        receipt=_receipt_in_words(content.receipt),
        annexes=tuple(
            TextAnnex(literal(each.title), _shown(each.blocks, facts), apart=each.apart)
            for each in content.annexes
        ),
    )
    return shown, FieldWords(facts)


def _shown(blocks: Sequence[PrintedBlock], facts: dict[str, Fact]) -> tuple[TextBlock, ...]:
    """Printed blocks as blocks of a text; what their tables list goes into `facts`."""
    made: list[TextBlock] = []
    for block in blocks:
        name = f"清单{len(facts) + 1}"
        if isinstance(block, Table):
            columns = tuple(
                TextColumn(literal(each.title), f"{{栏{place}}}", each.weight, each.align)
                for place, each in enumerate(block.columns)
            )
            facts[name] = tuple(
                {f"栏{place}": "".join(texts_of(cell)) for place, cell in enumerate(row)}
                for row in block.rows
            )
            made.append(TextTable(name, columns))
        else:
            made.append(_in_words(block))
    return tuple(made)


def _in_words(block: Paragraph | People) -> TextParagraph | TextPeople:
    """A printed paragraph or list as one that a person wrote."""
    if isinstance(block, People):
        return _people_in_words(block)
    words = literal(block.text)
    return TextParagraph((Part(words),) if words else (), literal(block.heading), block.level)


def _people_in_words(people: People) -> TextPeople:
    typed = tuple((literal(each.name), literal(each.post)) for each in people.people)
    return TextPeople(literal(people.label), "", typed=typed)


def _receipt_in_words(receipt: Receipt | None) -> TextReceipt:
    return TextReceipt(
        tuple(
            tuple(TextReceiptField(literal(each.label), literal(each.text)) for each in row)
            for row in (receipt.rows if receipt else ())
        )
    )
