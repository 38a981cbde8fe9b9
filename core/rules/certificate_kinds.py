"""The wording of a kind of certificates as TOML, and how it is filled.

`{name}` is a field; `[…]` is left out where a field in it is blank. Source of the parts and their order:
custom, no standard was found (荣誉证书 and its kin are not 公文).
"""

import re
from collections.abc import Mapping

from core.model.certificate import CertificateSource, CertificateTemplate
from core.rules.certificate_form_file import is_code
from core.rules.sections import Section, nearest
from core.rules.toml_reading import toml_section

FIELDS: Mapping[CertificateSource, tuple[str, ...]] = {
    CertificateSource.WINNERS: ("name", "year", "award", "grade", "rank", "total", "kind", "office"),
    CertificateSource.FILINGS: (
        *("name", "filing_number", "credit_code", "category", "community", "principal", "founded_on"),
        *("scope", "address", "supervisory_unit", "year", "office"),
    ),
    CertificateSource.PEOPLE: (
        *("name", "sex_style", "post", "place", "since", "until", "term", "unit", "title", "year", "office"),
    ),
}
"""The fields that a text may have, by where its certificates come from."""

_FIELD = re.compile(r"\{([^{}]*)\}")
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_NUMBER_FIELDS = ("series", "year", "sequence")
_SERIES_FIELDS = ("code",)


def read_kind(text: str) -> CertificateTemplate:
    """The kind of certificates that a text describes.

    Raises:
        InvalidInput: with everything that is wrong, each with its place.
    """
    with toml_section(text, "证书模板") as section:
        settings = section.section("settings")
        kind = CertificateTemplate(
            code=section.text("code"),
            name=section.text("name"),
            source=section.choice("source", CertificateSource),
            form=section.text("form"),
            heading=section.text("heading"),
            recipient=section.text("recipient", "{name}"),
            text=section.text("text"),
            closing=section.text("closing", ""),
            result=section.text("result", ""),
            series=section.text("series", ""),
            number=section.text("number", "{series}〔{year}〕第{sequence}号"),
            digits=section.whole("digits", 3),
            ceremonial=section.flag("ceremonial"),
            settings=_settings(settings) if settings else (),
        )
        _check(kind, section)
    return kind


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its fields' values; optional parts with a blank field are gone."""
    kept = _OPTIONAL.sub(lambda part: part[1] if _all_said(part[1], values) else "", text)
    return _FIELD.sub(lambda field: values.get(field[1], ""), kept)


def number_text(kind: CertificateTemplate, series: str, year: int, sequence: int) -> str:
    """The number as it is printed: a certificate is no 公文, so zeros in front are usual."""
    said = {"series": series, "year": str(year), "sequence": f"{sequence:0{kind.digits}d}"}
    return _FIELD.sub(lambda field: said.get(field[1], ""), kind.number)


def _settings(section: Section) -> tuple[tuple[str, str], ...]:
    return tuple((name, section.text(name, "")) for name in section.written())


def _all_said(part: str, values: Mapping[str, str]) -> bool:
    return all(values.get(name) for name in _FIELD.findall(part))


def _check(kind: CertificateTemplate, section: Section) -> None:
    if not is_code(kind.code):
        section.find("code", f"“{kind.code}”不能作代号", "只用小写字母、数字和连字符，例如 certificate")
    if not 1 <= kind.digits <= 8:
        section.find("digits", "编号的位数要在 1 至 8 之间", "例如 digits = 3")
    known = (*FIELDS[kind.source], *(name for name, _ in kind.settings))
    texts = {
        "heading": kind.heading,
        "recipient": kind.recipient,
        "text": kind.text,
        "closing": kind.closing,
        "result": kind.result,
    }
    for key, text in texts.items():
        _check_text(key, text, known, section)
    _check_text("series", kind.series, _SERIES_FIELDS, section)
    _check_text("number", kind.number, _NUMBER_FIELDS, section)
    if kind.series and "{sequence}" not in kind.number:
        section.find("number", "编号里没有 {sequence}", "请写上，否则每张证书编号相同")
    if kind.series and "{year}" not in kind.number:
        section.find("number", "编号里没有 {year}", "每年从 1 编起，所以编号里要有年份")


def _check_text(key: str, text: str, known: tuple[str, ...], section: Section) -> None:
    for name in _FIELD.findall(text):
        if name not in known:
            section.find(key, f"没有“{{{name}}}”这个字段", nearest(name, known))
    bare = _FIELD.sub("", text)
    if "{" in bare or "}" in bare:
        section.find(key, "花括号没有成对", "字段写成 {name} 这样")
    if set("[]") & set(_OPTIONAL.sub("", bare)):
        section.find(key, "方括号没有成对，或套了两层", "可省略的部分写成 [考核等次为{grade}，] 这样")
