"""What a document is compared with before it is issued, and what is found."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from core.model.attachment import Attachment
from core.model.document_check import DocumentCheck, DocumentFinding, Known
from core.model.office_font import FontPlace
from core.model.organization import Community, Organization
from core.model.tasks import Holiday
from core.ports import OwnFonts, Paper, Reading
from core.rules.document_checks import character_findings, check_document
from core.rules.document_known import names_in
from core.services.document_facts import Copy
from core.services.document_opening import OpenDocument

PUBLIC_NOTICE = "公示"
"""The genre that comes before results are settled."""
MOST_FOUND = 200
_FACES = (FontPlace.BODY, FontPlace.TITLE, FontPlace.KAI, FontPlace.HEI)


def document_findings(
    view: Reading, opened: OpenDocument, paper: Paper, own_fonts: OwnFonts
) -> tuple[DocumentFinding, ...]:
    """What is found in all papers of a document, the first two hundred.

    Raises:
        InvalidInput: it names a field that is not there, or a condition cannot be read.
    """
    known = _known(view, opened)
    found: dict[DocumentFinding, None] = dict.fromkeys(_fonts(view, opened, own_fonts))
    for place, copy in enumerate(opened.copies):
        document = opened.filled(place)
        others = tuple(dict.fromkeys((*known.other_names, *names_in(copy.facts))))
        compared = replace(known, counts=copy.counts, amounts=copy.amounts, other_names=others)
        of_copy = chain(
            _stage(opened, copy),
            check_document(document, compared),
            character_findings(paper.missing_in_document(document)),
        )
        found |= dict.fromkeys(of_copy)
        if len(found) >= MOST_FOUND:
            break
    return tuple(found)[:MOST_FOUND]


def _known(view: Reading, opened: OpenDocument) -> Known:
    """What every paper of a document is compared with."""
    office = opened.office
    organizations = view.all(Organization)
    return Known(
        today=opened.today,
        genre=opened.text.genre,
        names=tuple(each.name for each in organizations),
        other_names=tuple(each.name for each in view.all(Community)),
        former_names={
            former: each.name for each in organizations for former in each.former_names if former != each.name
        },
        holidays=view.all(Holiday),
        forbidden_words=office.forbidden_words,
        praise_verb=office.praise_verb,
        contact_phones=(office.contact_phone,) if office.contact_phone else (),
    )


def _fonts(view: Reading, opened: OpenDocument, own_fonts: OwnFonts) -> Iterator[DocumentFinding]:
    """The official faces that the office wants from its PC and that are not there."""
    if not opened.office.use_office_fonts:
        return
    added = [each for each in _FACES if view.count(Attachment, owner_id=each.owner_id)]
    there = {name for name, _file in own_fonts()} | {each.label for each in added}
    lacking = [each.label for each in _FACES if each.label not in there]
    if lacking:
        yield DocumentFinding(
            DocumentCheck.FONT,
            "字体",
            f"单位设定用本机的公文字体，本机没有{'、'.join(lacking)}，改用程序自带的字体。",
            "请在“系统”页添加字体文件，或者换一台装有这些字体的电脑；用自带字体也可以的，写明理由。",
        )


def _stage(opened: OpenDocument, copy: Copy) -> Iterator[DocumentFinding]:
    if copy.unsettled and opened.text.genre != PUBLIC_NOTICE:
        yield DocumentFinding(
            DocumentCheck.STAGE, "考核进度", copy.unsettled, "请先走完公示和确定；确需先发，请写明理由。"
        )
