"""The shipped forms and wordings of certificates, and which the office has of its own."""

from functools import cache
from typing import TypeVar

from core.errors import NotFound
from core.model.certificate import CertificateTemplate, OwnCertificateTemplate
from core.model.certificate_form import CertificateForm, OwnForm
from core.ports import Reading
from core.resources import resource_path
from core.rules.certificate_form_file import read_form
from core.rules.certificate_kinds import read_kind

T = TypeVar("T", CertificateForm, CertificateTemplate)


@cache
def shipped_forms() -> tuple[CertificateForm, ...]:
    """The forms that come with the program, by code."""
    return tuple(read_form(text) for text in _texts("forms"))


@cache
def shipped_kinds() -> tuple[CertificateTemplate, ...]:
    """The kinds of certificates that come with the program, by code."""
    return tuple(read_kind(text) for text in _texts("kinds"))


def shipped_kind_text(code: str) -> str:
    """The text of a shipped kind, with the words that explain it."""
    return resource_path("certificates", "kinds", f"{code}.toml").read_text("utf-8")


def all_forms(view: Reading) -> tuple[CertificateForm, ...]:
    """The office's forms in place of the shipped ones of the same code, then those of its own."""
    own = {each.code: read_form(each.text, each.underlay) for each in view.all(OwnForm)}
    return tuple({**{each.code: each for each in shipped_forms()}, **own}.values())


def find_form(view: Reading, code: str) -> CertificateForm:
    """The form of this code or name, as the office has it.

    Raises:
        NotFound: there is none.
    """
    return _named(all_forms(view), code, "证书版式")


def all_kinds(view: Reading) -> tuple[CertificateTemplate, ...]:
    """The office's wordings in place of the shipped ones of the same code, then those of its own."""
    own = {each.code: read_kind(each.text) for each in view.all(OwnCertificateTemplate)}
    return tuple({**{each.code: each for each in shipped_kinds()}, **own}.values())


def find_kind(view: Reading, code: str) -> CertificateTemplate:
    """The kind of this code or name, as the office words it.

    Raises:
        NotFound: there is none.
    """
    return _named(all_kinds(view), code, "证书种类")


def _named(known: tuple[T, ...], code: str, what: str) -> T:
    found = next((each for each in known if code in (each.code, each.name)), None)
    if found is None:
        listed = "、".join(f"{each.code}（{each.name}）" for each in known)
        raise NotFound("certificate_part_missing", f"没有“{code}”这个{what}。", f"可用的有：{listed}。")
    return found


def _texts(folder: str) -> tuple[str, ...]:
    return tuple(
        path.read_text("utf-8") for path in sorted(resource_path("certificates", folder).glob("*.toml"))
    )
