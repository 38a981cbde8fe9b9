"""A form of certificates as TOML: read, checked, written."""

import re
from collections.abc import Iterator
from dataclasses import fields

from core.model.certificate_form import Align, CertificateForm, Colour, Face, FieldText, Fit, FormField
from core.rules.sections import Section
from core.rules.toml_reading import toml_lines, toml_section

LEAST_SIDE, LARGEST_SIDE = 50.0, 1500.0
"""Millimetres of a sheet's side: from a small card to the plate of a wide plaque."""
LEAST_QR = 15.0
"""Millimetres of a QR code with its margin: with long names its points are then 0.2 mm."""
LEAST_SIZE, LARGEST_SIZE = 4.0, 300.0
"""Type sizes in points."""
POINT = 25.4 / 72
"""Millimetres of a point."""

_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_DEFAULTS = {each.name: each.default for each in fields(FormField)}


def read_form(text: str, underlay: str = "") -> CertificateForm:
    """The form that a text describes; `underlay` is the digest of its scan.

    Raises:
        InvalidInput: with everything that is wrong, each with its place.
    """
    with toml_section(text, "证书版式") as section:
        form = _form(section, underlay)
        if not section.findings:
            _check(form, section)
    return form


def write_form(form: CertificateForm) -> str:
    """The text of a form, without its scan; `read_form` gives the same form."""
    head = (
        ("code", form.code),
        ("name", form.name),
        ("purpose", form.purpose),
        ("width", form.width),
        ("height", form.height),
        ("frame", form.frame),
        ("rule", form.rule),
    )
    lines = ["# 证书版式。长度用毫米，从纸的左上角量起；字号用磅。", *toml_lines(head)]
    for each in form.fields:
        lines += ["", "[[fields]]", *toml_lines(_written(each))]
    return "\n".join(lines) + "\n"


def is_code(text: str) -> bool:
    """Whether a text may name a form or a kind: small letters, digits and hyphens."""
    return bool(_CODE.fullmatch(text))


def _written(field: FormField) -> Iterator[tuple[str, str | float | bool]]:
    """The keys of a field, without those at their defaults."""
    for each in fields(field):
        value = getattr(field, each.name)
        if value != _DEFAULTS[each.name]:
            yield each.name, value


def _form(section: Section, underlay: str) -> CertificateForm:
    return CertificateForm(
        code=section.text("code"),
        name=section.text("name"),
        purpose=section.text("purpose", ""),
        width=float(section.number("width")),
        height=float(section.number("height")),
        frame=section.flag("frame"),
        rule=_length(section, "rule", 0),
        underlay=underlay,
        fields=tuple(_field(each) for each in section.sections("fields", "栏", required=True)),
    )


def _field(section: Section) -> FormField:
    text = section.choice("text", FieldText)
    axis_of = section.text("axis_of", "")
    field = FormField(
        text=text,
        left=float(section.number("left")),
        top=float(section.number("top")),
        width=float(section.number("width")),
        height=float(section.number("height")),
        face=section.choice("face", Face, Face.BODY),
        size=_length(section, "size", 16),
        least=_length(section, "least", 10),
        leading=_length(section, "leading", 1.35),
        align=section.choice("align", Align, Align.LEFT),
        fit=section.choice("fit", Fit, Fit.LINE),
        axis=_length(section, "axis", 0),
        axis_of=section.choice("axis_of", FieldText) if axis_of else None,
        span=_length(section, "span", 0),
        prefix=section.text("prefix", ""),
        suffix=section.text("suffix", ""),
        colour=section.choice("colour", Colour, Colour.BLACK),
        printed=section.flag("printed"),
    )
    section.close()
    return field


def _length(section: Section, key: str, default: float) -> float:
    given = section.optional_number(key)
    return float(default if given is None else given)


def _check(form: CertificateForm, section: Section) -> None:
    if not is_code(form.code):
        section.find("code", f"“{form.code}”不能作代号", "只用小写字母、数字和连字符，例如 a4-honor")
    for key, side in (("width", form.width), ("height", form.height)):
        if not LEAST_SIDE <= side <= LARGEST_SIDE:
            section.find(
                key, f"{side:g} 毫米不是证书纸的尺寸", f"请量出实际尺寸，{LEAST_SIDE:g} 至 {LARGEST_SIDE:g}"
            )
    seen: set[FieldText] = set()
    for number, field in enumerate(form.fields, start=1):
        place = Section({}, f"第 {number} 项栏“{field.text.label}”", section.findings)
        if field.text in seen:
            place.find("text", "同一个内容有两栏", "请删去一栏")
        seen.add(field.text)
        _check_field(form, field, place)


def _check_field(form: CertificateForm, field: FormField, place: Section) -> None:
    right, bottom = field.left + field.width, field.top + field.height
    if min(field.left, field.top) < 0 or right > form.width + 1e-6 or bottom > form.height + 1e-6:
        place.find("left", f"超出了 {form.width:g}×{form.height:g} 毫米的纸", "请改小或移回纸内")
    if field.width <= 0 or field.height <= 0:
        place.find("width", "宽和高必须大于 0", "请量出这一栏的尺寸")
    if field.text is FieldText.QR:
        if min(field.width, field.height) < LEAST_QR:
            place.find("width", f"二维码不足 {LEAST_QR:g} 毫米，扫不出来", "请放大")
        return
    if not LEAST_SIZE <= field.least <= field.size <= LARGEST_SIZE:
        place.find(
            "size",
            f"字号 {field.size:g}、最小 {field.least:g} 不合适",
            f"字号在 {LEAST_SIZE:g} 至 {LARGEST_SIZE:g} 磅之间，最小字号不大于字号",
        )
    elif field.size * POINT > field.height + 1e-6:
        place.find("height", f"栏高 {field.height:g} 毫米，放不下 {field.size:g} 磅的字", "请加高或改小字号")
    if not 1 <= field.leading <= 5:
        place.find("leading", f"行距 {field.leading:g} 倍不合适", "请写 1 至 5")
    if field.axis and not field.left <= field.axis <= right:
        place.find("axis", "居中线不在这一栏里", "请写在栏的左右边之间，或者不写")
    if field.axis_of and form.field(field.axis_of) is None:
        place.find("axis_of", f"版式里没有“{field.axis_of.label}”这一栏", "请删去，或补上那一栏")
