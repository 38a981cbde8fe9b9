"""What a document is checked for before it is issued: one way in to all checks, findings in reading order."""

from collections.abc import Iterable

from core.model.document import MissingCharacter, OfficialDocument
from core.model.document_check import DocumentCheck, DocumentFinding, Known
from core.rules.document_amounts import amount_findings
from core.rules.document_counts import count_findings
from core.rules.document_dates import date_findings
from core.rules.document_form import form_findings
from core.rules.document_names import name_findings
from core.rules.document_sums import sum_findings
from core.rules.document_texts import texts_in
from core.rules.document_words import word_findings

_ADD_FONT = "请换一个写法，或在“系统”页添加有这个字的字体文件。"


def check_document(document: OfficialDocument, known: Known) -> tuple[DocumentFinding, ...]:
    """All that is found in a document, in reading order; nothing of it forbids to issue it with a reason."""
    texts = texts_in(document)
    found = [
        *form_findings(document, texts, known),
        *sum_findings(texts),
        *count_findings(texts, known),
        *amount_findings(texts, known),
        *date_findings(document, texts, known),
        *name_findings(texts, known),
        *word_findings(texts, known),
    ]
    found.sort(key=lambda each: (each.order, each.at))
    return tuple(dict.fromkeys(each.finding for each in found))


def character_findings(missing: Iterable[MissingCharacter]) -> tuple[DocumentFinding, ...]:
    """The paper's list of characters that no font shows, as findings."""
    return tuple(
        DocumentFinding(
            DocumentCheck.CHARACTER,
            f"{each.owner}，{each.field}",
            f"没有字体能显示“{each.character}”（U+{ord(each.character):04X}）。",
            _ADD_FONT,
            each.character,
        )
        for each in missing
    )
