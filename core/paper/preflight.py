"""Before printing: strings made fit for a line, and every character that no font shows."""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from core.errors import DocumentFailed
from core.model.certificate import Certificate
from core.model.certificate_form import CertificateLayout, FieldText
from core.model.chart import Chart
from core.model.document import (
    Annex,
    DocumentFormat,
    MissingCharacter,
    OfficialDocument,
    Paragraph,
    People,
    Receipt,
    Table,
    TextBlock,
    texts_of,
)
from core.model.register_papers import Block, Form, FormRow, RegisterPaper
from core.paper.certificate import fields_drawn
from core.paper.certificate_fields import text_of
from core.paper.fonts import ADD_FONT, FontLibrary, Role
from core.paper.form import LABEL_ROLE
from core.paper.people import LABEL_ROLE as PEOPLE_LABEL_ROLE
from core.paper.text_blocks import HEADING_ROLES

_Text: TypeAlias = tuple[str, str, str, Role]
"""Owner, field, text, role."""

_MOST_LISTED = 30
_NAMES = ("组织名称", "名称", "社会组织", "社会组织名称", "姓名")
"""Titles of the column that says whose row it is."""


def missing_in_document(document: OfficialDocument, fonts: FontLibrary) -> tuple[MissingCharacter, ...]:
    """Characters of the document that no font shows, in order of appearance."""
    return _missing(_document_texts(document), fonts)


def missing_in_certificates(
    certificates: Iterable[Certificate], layout: CertificateLayout, fonts: FontLibrary
) -> tuple[MissingCharacter, ...]:
    """Characters of the certificates that no font shows, by certificate and field."""
    return _missing((text for each in certificates for text in _certificate_texts(each, layout)), fonts)


def missing_in_register_paper(paper: RegisterPaper, fonts: FontLibrary) -> tuple[MissingCharacter, ...]:
    """Characters of a paper of the register that no font shows, in order of appearance."""
    return _missing(_register_paper_texts(paper), fonts)


def refuse_missing(missing: tuple[MissingCharacter, ...]) -> None:
    """Stop before anything is printed that would show an empty box.

    Raises:
        DocumentFailed: naming each character with its code, its owner and its field.
    """
    if not missing:
        return
    places = [
        f"“{each.character}”（U+{ord(each.character):04X}，{each.owner}，{each.field}）"
        for each in missing[:_MOST_LISTED]
    ]
    more = f"等{len(missing)}处" if len(missing) > _MOST_LISTED else ""
    raise DocumentFailed(
        "missing_characters",
        f"没有字体能显示这些字：{'、'.join(places)}{more}。",
        ADD_FONT,
    )


def _missing(texts: Iterable[_Text], fonts: FontLibrary) -> tuple[MissingCharacter, ...]:
    return tuple(
        MissingCharacter(character, owner, field)
        for owner, field, text, role in texts
        for character in fonts.missing(text, role)
    )


def _document_texts(document: OfficialDocument) -> Iterator[_Text]:
    owner = "".join(document.title)
    yield from _head_texts(owner, document)
    yield owner, "主送机关", document.addressee, Role.BODY
    for block in document.paragraphs:
        yield from _block_texts(owner, block)
    for number, annex in enumerate(document.annexes, start=1):
        yield from _annex_texts(f"附件{number}", annex)
    yield owner, "署名", "".join((document.issuer, *document.partners)), Role.BODY
    yield owner, "签发人职务", "".join(document.stamp_posts), Role.BODY
    yield owner, "附注", document.note, Role.BODY
    for people in document.attendance:
        yield from _people_texts(owner, people)
    if document.receipt:
        yield from _receipt_texts(document.receipt)
    yield owner, "抄送", document.copy_to, Role.BODY
    yield owner, "印发机关", document.printed_by, Role.BODY


def _head_texts(owner: str, document: OfficialDocument) -> Iterator[_Text]:
    if document.format is not DocumentFormat.PLAIN:
        yield owner, "发文机关标志", "".join((document.red_head, *document.partners)), Role.TITLE
    yield owner, "份号", document.copy_number, Role.BODY
    yield owner, "密级和保密期限", document.secrecy, Role.HEI
    yield owner, "紧急程度", document.urgency, Role.HEI
    yield owner, "发文字号", document.number, Role.BODY
    yield owner, "签发人", "".join(document.signers), Role.KAI
    yield owner, "标题", owner, Role.TITLE


def _paragraph_texts(owner: str, paragraph: Paragraph) -> Iterator[_Text]:
    yield owner, "正文", paragraph.heading, HEADING_ROLES[paragraph.level]
    yield owner, "正文", paragraph.text, Role.BODY


def _people_texts(owner: str, people: People) -> Iterator[_Text]:
    yield owner, "名单", people.label, PEOPLE_LABEL_ROLE
    for person in people.people:
        yield owner, people.label, person.name + person.post, Role.BODY


def _receipt_texts(receipt: Receipt) -> Iterator[_Text]:
    yield receipt.title, "标题", receipt.title, Role.TITLE
    for row in receipt.rows:
        for field in row:
            yield receipt.title, field.label, field.label + field.text, Role.BODY


def _annex_texts(name: str, annex: Annex) -> Iterator[_Text]:
    yield name, "标题", annex.title, Role.TITLE
    for block in annex.blocks:
        yield from _block_texts(name, block)


def _block_texts(name: str, block: Block | TextBlock) -> Iterator[_Text]:
    if isinstance(block, Paragraph):
        yield from _paragraph_texts(name, block)
    elif isinstance(block, Table):
        yield from _table_texts(name, block)
    elif isinstance(block, People):
        yield from _people_texts(name, block)
    elif isinstance(block, Chart):
        yield from _chart_texts(name, block)
    else:
        yield from _form_texts(name, block)


def _table_texts(name: str, table: Table) -> Iterator[_Text]:
    for column in table.columns:
        yield name, "表头", column.title, Role.HEI
    rows = (*table.rows, table.totals) if table.totals else table.rows
    named = next((n for n, column in enumerate(table.columns) if column.title in _NAMES), None)
    for number, row in enumerate(rows, start=1):
        for column, cell in zip(table.columns, row, strict=True):
            for text in texts_of(cell):
                whose = text if named is None else "".join(texts_of(row[named]))
                yield f"{name}第{number}行“{whose or text}”", column.title, text, Role.BODY


def _chart_texts(name: str, chart: Chart) -> Iterator[_Text]:
    names = (each.name for each in chart.series)
    labels = (each.label for each in chart.categories)
    for text in (chart.title, chart.unit, chart.note, *names, *labels):
        yield name, f"图“{chart.title}”", text, Role.HEI


def _form_texts(name: str, form: Form) -> Iterator[_Text]:
    boxes = [box for row in form.rows for box in (row.fields if isinstance(row, FormRow) else [row])]
    for box in boxes:
        yield name, "栏目", box.label, LABEL_ROLE
        yield name, box.label, "".join(box.paragraphs), Role.BODY


def _register_paper_texts(paper: RegisterPaper) -> Iterator[_Text]:
    yield paper.title, "单位", paper.office, Role.BODY
    for part in paper.parts:
        yield part.title, "标题", part.title, Role.TITLE
        yield part.title, "说明", part.note, Role.BODY
        for block in part.blocks:
            yield from _block_texts(part.title, block)


def _certificate_texts(certificate: Certificate, layout: CertificateLayout) -> Iterator[_Text]:
    owner = certificate.recipient or certificate.heading
    for field in fields_drawn(layout):
        if field.text is not FieldText.QR:
            yield owner, field.text.label, text_of(certificate, field), Role(field.face.value)
    if layout.form.field(FieldText.CLOSING) is None and (text := layout.form.field(FieldText.TEXT)):
        yield owner, FieldText.CLOSING.label, certificate.closing, Role(text.face.value)
