"""The wording of a kind of certificates as TOML, and how it is filled.

`{对象名称}` is a field; `[…]` is left out where a field in it says nothing. Source of the parts and their
order: custom, no standard was found (荣誉证书 and its kin are not 公文).
"""

import json
import re
from collections.abc import Mapping, Sequence

from core.model.certificate import CertificateSource, CertificateTemplate
from core.model.facts import FactKind, FactName, Row
from core.rules.certificate_facts import APPOINTED_FACTS, FILED_FACTS
from core.rules.certificate_form_file import is_code
from core.rules.document_filling import FIELD, Scope
from core.rules.facts_assessment import ASSESSMENT_FACTS
from core.rules.facts_cycle import NO_VALUE, SUBJECT_FACTS
from core.rules.facts_office import OFFICE_FACTS
from core.rules.sections import Section, nearest
from core.rules.toml_reading import toml_lines, toml_section


def _of(*facts: FactName) -> tuple[FactName, ...]:
    """Those of the facts that a text can name as they are: no lists."""
    return tuple(each for each in facts if each.kind is not FactKind.LIST)


FIELDS: Mapping[CertificateSource, tuple[FactName, ...]] = {
    CertificateSource.WINNERS: _of(*SUBJECT_FACTS, *ASSESSMENT_FACTS, *OFFICE_FACTS),
    CertificateSource.FILINGS: _of(*FILED_FACTS, *OFFICE_FACTS),
    CertificateSource.PEOPLE: _of(*APPOINTED_FACTS, *OFFICE_FACTS),
}
"""The fields that a text may have, by where its certificates come from; the name of who gets it first."""
SERIES_FIELDS = tuple(each for each in OFFICE_FACTS if each.name == "代字")
NUMBER_FIELDS = (
    FactName("字头", "编号开头的字，由机关代字和种类组成"),
    FactName("年份", "证书日期的年份", FactKind.NUMBER),
    FactName("序号", "这一年的第几个，位数不够时前面补 0"),
)

_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_SAYS_NOTHING = ("", 0, NO_VALUE)


def fields_of(kind: CertificateTemplate) -> tuple[FactName, ...]:
    """The fields that the texts of a kind may have: the words that the office chooses, then the data."""
    chosen = (FactName(name, f"本单位选定的词，现在是“{word}”") for name, word in kind.settings)
    return (*chosen, *FIELDS[kind.source])


def read_kind(text: str) -> CertificateTemplate:
    """The kind of certificates that a text describes.

    Raises:
        InvalidInput: with everything that is wrong, each with its place.
    """
    with toml_section(text, "证书模板") as section:
        settings, source = section.section("settings"), section.choice("source", CertificateSource)
        kind = CertificateTemplate(
            code=section.text("code"),
            name=section.text("name"),
            source=source,
            form=section.text("form"),
            heading=section.text("heading"),
            recipient=section.text("recipient", f"{{{FIELDS[source][0].name}}}"),
            text=section.text("text"),
            closing=section.text("closing", ""),
            result=section.text("result", ""),
            series=section.text("series", ""),
            number=section.text("number", "{字头}〔{年份}〕第{序号}号"),
            digits=section.whole("digits", 3),
            ceremonial=section.flag("ceremonial"),
            settings=_settings(settings) if settings else (),
        )
        _check(kind, section)
    return kind


def write_kind(kind: CertificateTemplate) -> str:
    """The text of a kind; `read_kind` gives the same kind."""
    names = ("code", "name", "source", "form", "heading", "recipient", "text", "closing", "result", "series")
    head = [(name, getattr(kind, name)) for name in (*names, "number", "digits", "ceremonial")]
    lines = ["# 证书怎么写。{…} 是字段；[…] 里的字段没有内容就整段不写。", *toml_lines(head)]
    if kind.settings:
        quoted = ((json.dumps(name, ensure_ascii=False), word) for name, word in kind.settings)
        lines += ["", "[settings]", *toml_lines(quoted)]
    return "\n".join(lines) + "\n"


def filled(text: str, facts: Row) -> str:
    """The text with its fields filled; optional parts with a field that says nothing are gone.

    Raises:
        InvalidInput: it names a field that is not there.
    """
    scope = Scope(facts)
    return scope.text(_OPTIONAL.sub(lambda part: part[1] if _all_said(part[1], scope) else "", text))


def number_text(kind: CertificateTemplate, series: str, year: int, sequence: int) -> str:
    """The number as it is printed: a certificate is no 公文, so zeros in front are usual."""
    said: Row = {"字头": series, "年份": year, "序号": f"{sequence:0{kind.digits}d}"}
    return Scope(said).text(kind.number)


def _settings(section: Section) -> tuple[tuple[str, str], ...]:
    return tuple((name, section.text(name, "")) for name in section.written())


def _all_said(part: str, scope: Scope) -> bool:
    return all(scope.find(name) not in _SAYS_NOTHING for name in _names_in(part))


def _names_in(text: str) -> list[str]:
    return [name.strip() for name in FIELD.findall(text)]


def _check(kind: CertificateTemplate, section: Section) -> None:
    if not is_code(kind.code):
        section.find("code", f"“{kind.code}”不能作代号", "只用小写字母、数字和连字符，例如 certificate")
    if not 1 <= kind.digits <= 8:
        section.find("digits", "编号的位数要在 1 至 8 之间", "例如 digits = 3")
    known = fields_of(kind)
    texts = {
        "heading": kind.heading,
        "recipient": kind.recipient,
        "text": kind.text,
        "closing": kind.closing,
        "result": kind.result,
    }
    for key, text in texts.items():
        _check_text(key, text, known, section)
    _check_text("series", kind.series, SERIES_FIELDS, section)
    _check_text("number", kind.number, NUMBER_FIELDS, section)
    named = _names_in(kind.number)
    if kind.series and "序号" not in named:
        section.find("number", "编号里没有 {序号}", "请写上，否则每张证书编号相同")
    if kind.series and "年份" not in named:
        section.find("number", "编号里没有 {年份}", "每年从 1 编起，所以编号里要有年份")


def _check_text(key: str, text: str, known: Sequence[FactName], section: Section) -> None:
    names = [each.name for each in known]
    for name in _names_in(text):
        if name not in names:
            section.find(key, f"没有“{{{name}}}”这个字段", nearest(name, names))
    bare = FIELD.sub("", text)
    if "{" in bare or "}" in bare:
        section.find(key, "花括号没有成对", "字段写成 {年度} 这样")
    if set("[]") & set(_OPTIONAL.sub("", bare)):
        section.find(key, "方括号没有成对，或套了两层", "可省略的部分写成 [考核等次为{等次}，] 这样")
