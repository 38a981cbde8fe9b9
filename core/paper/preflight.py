"""Before printing: strings made fit for a line, and every character that no font shows."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from core.model.document import Annex, Certificate, MissingCharacter, OfficialDocument, Table
from core.paper.fonts import FontLibrary, Role

T = TypeVar("T")


def in_one_line(value: T) -> T:
    """The same record with the control characters of its strings as spaces and invisible ones left out."""
    return _cleaned(value)


def missing_in_document(document: OfficialDocument, fonts: FontLibrary) -> tuple[MissingCharacter, ...]:
    """Characters of the document that no font shows, in order of appearance."""
    return _missing(_document_texts(document), fonts)


def missing_in_certificates(
    certificates: Iterable[Certificate], fonts: FontLibrary
) -> tuple[MissingCharacter, ...]:
    """Characters of the certificates that no font shows, by certificate and field."""
    return _missing((text for each in certificates for text in _certificate_texts(each)), fonts)


_Text = tuple[str, str, str, Role]
"""Owner, field, text, role."""


def _missing(texts: Iterable[_Text], fonts: FontLibrary) -> tuple[MissingCharacter, ...]:
    return tuple(
        MissingCharacter(character, owner, field)
        for owner, field, text, role in texts
        for character in fonts.missing(text, role)
    )


def _document_texts(document: OfficialDocument) -> Iterator[_Text]:
    owner = "".join(document.title)
    yield owner, "发文机关标志", document.red_head, Role.TITLE
    yield owner, "发文字号", document.number, Role.BODY
    yield owner, "标题", owner, Role.TITLE
    yield owner, "主送机关", document.addressee, Role.BODY
    for paragraph in document.paragraphs:
        yield owner, "正文", paragraph.heading, HEADING_ROLES[paragraph.level]
        yield owner, "正文", paragraph.text, Role.BODY
    for number, annex in enumerate(document.annexes, start=1):
        yield from _annex_texts(f"附件{number}", annex)
    yield owner, "署名", document.issuer, Role.BODY
    yield owner, "抄送", document.copy_to, Role.BODY
    yield owner, "印发机关", document.printed_by, Role.BODY
