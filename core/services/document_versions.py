"""Two versions of a document beside each other, paragraph by paragraph."""

from collections.abc import Iterator

from core.model.document_text import DocumentText, TextBlock, TextParagraph, TextTable
from core.model.text_comparison import ComparedParagraph
from core.rules.document_text import read_document
from core.rules.text_comparison import compare_texts
from core.services.document_editing import FieldWords
from core.services.document_opening import OpenDocument


def compare_versions(opened: OpenDocument, old: str, new: str) -> tuple[ComparedParagraph, ...]:
    """What was changed from one text of a document to another, filled with its data as they are now.

    Of a document that is issued the data are not at hand: fields stand by their names.

    Raises:
        InvalidInput: a version cannot be read.
    """
    facts = opened.copies[0].facts if opened.copies and not opened.papers else None
    words = FieldWords(facts, opened.text.about)
    texts = [list(_lines(read_document(each), words)) for each in (old, new)]
    return compare_texts(*texts)


def _lines(text: DocumentText, words: FieldWords) -> Iterator[str]:
    yield words.text("".join(text.title))
    yield from filter(None, map(words.text, (text.addressee, text.copy_to, text.note)))
    yield from _blocks(text.blocks, words)
    for annex in text.annexes:
        inner = words.within(annex)
        yield f"附件：{inner.text(annex.title)}"
        yield from _blocks(annex.blocks, inner)


def _blocks(blocks: tuple[TextBlock, ...], words: FieldWords) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, TextParagraph) and block.is_plain and not block.when:
            yield words.text(block.heading + block.text)
            continue
        view = words.view(block)
        for runs in view.paragraphs:
            yield "".join(run.text for run in runs)
        if view.table is not None:
            heads = "｜".join(each.title for each in view.table.columns)
            yield f"表格：{heads}（{len(view.table.rows)} 行）"
        if isinstance(block, TextTable):
            yield from (words.text("｜".join(row)) for row in block.cells)
