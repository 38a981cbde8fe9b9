"""Certificates filled from facts, and what the number register keeps of each."""

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import NamedTuple

from core.model.certificate import Certificate, CertificateTemplate, Facts
from core.model.office import Office
from core.model.office_font import FontUse
from core.model.written_document import IssuedPaper
from core.rules.certificate_kinds import filled, number_text
from core.rules.check_values import check_value, qr_text
from core.rules.facts_office import office_facts
from core.rules.paper_fonts import with_fonts

_BEGIN = '{"certificate":'


class Content(NamedTuple):
    """What was printed: the certificate, whom the register knows it by, the digest of its form's text.

    `log_head` stands in the file's properties; it is empty for files from before it did.
    """

    certificate: Certificate
    ref_id: str
    form: str
    log_head: str


def certificate_for(
    kind: CertificateTemplate, facts: Facts, office: Office, paper: IssuedPaper, key: bytes
) -> Certificate:
    """The certificate of one, with the number and the date that stand in the register."""
    dated_on = date.fromisoformat(paper.dated_on)
    values = {**office_facts(office, dated_on.year, dated_on), **facts.row, **dict(kind.settings)}
    number = number_text(kind, paper.series, paper.year, paper.sequence) if paper.series else ""
    recipient, result = filled(kind.recipient, values), filled(kind.result, values)
    certificate = Certificate(
        heading=filled(kind.heading, values),
        recipient=recipient,
        text=filled(kind.text, values),
        closing=filled(kind.closing, values),
        issuer=office.name,
        dated_on=dated_on,
        number=number,
        result=result,
        ceremonial=kind.ceremonial,
    )
    return _with_code(certificate, key) if number else certificate


def content_text(content: Content, fonts: Sequence[FontUse]) -> str:
    """What the register keeps, with the fonts that drew it."""
    certificate = asdict(content.certificate) | {"dated_on": content.certificate.dated_on.isoformat()}
    kept = {"ref": content.ref_id, "form": content.form, "log_head": content.log_head}
    return with_fonts({"certificate": certificate, **kept}, fonts)


def read_content(paper: IssuedPaper) -> Content | None:
    """What a paper of the register kept, None for one from before this was kept."""
    if not paper.content:
        return None
    said = json.loads(paper.content)
    values = said["certificate"]
    certificate = Certificate(**values | {"dated_on": date.fromisoformat(values["dated_on"])})
    return Content(certificate, said["ref"], said["form"], said.get("log_head", ""))


def digests_in(content: str) -> tuple[str, ...]:
    """The digests of the form's text and of its scan that the content of a certificate names."""
    if not content.startswith(_BEGIN):
        return ()
    return tuple(json.loads(content)["form"].split(":"))


def ref_of(paper: IssuedPaper) -> str:
    """Whom a paper was given to: the subject, organization or post."""
    content = read_content(paper)
    return content.ref_id if content else paper.subject_id


def _with_code(certificate: Certificate, key: bytes) -> Certificate:
    said = (certificate.number, certificate.recipient, certificate.result)
    return replace(certificate, qr=qr_text(*said, check_value(key, *said)))
