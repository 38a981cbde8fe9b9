"""Filled documents in lines of text, as golden files keep them."""

from collections.abc import Iterator, Sequence

from core.model.document import OfficialDocument, Paragraph, People, Table, TextBlock


def lines_of(document: OfficialDocument) -> list[str]:
    """All that is said, a line for each paragraph, row and person; the title shows where it may be broken."""
    heads = (document.red_head, document.number, "｜".join(document.title), document.addressee)
    lists = [line for people in document.attendance for line in _people(people)]
    receipt = [
        f"回执 {'　'.join(f'{each.label}：{each.text}' for each in row)}"
        for row in (document.receipt.rows if document.receipt else ())
    ]
    annexes = [line for each in document.annexes for line in (f"附件 {each.title}", *_blocks(each.blocks))]
    said = [*heads, *_blocks(document.paragraphs), *lists, *annexes, *receipt]
    return [line for line in said if line]


def _blocks(blocks: Sequence[TextBlock]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.heading + block.text
        elif isinstance(block, People):
            yield from _people(block)
        else:
            yield from _table(block)


def _people(people: People) -> Iterator[str]:
    yield f"{people.label}："
    for each in people.people:
        yield f"  {each.name}　{each.post}".rstrip()


def _table(table: Table) -> Iterator[str]:
    yield "｜".join(each.title for each in table.columns)
    for row in (*table.rows, *([table.totals] if table.totals else [])):
        yield "｜".join(cell if isinstance(cell, str) else "／".join(cell) for cell in row)
