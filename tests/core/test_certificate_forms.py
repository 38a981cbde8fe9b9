"""Forms and wordings of certificates as data: shipped, read, refused."""

from dataclasses import replace

import pytest

from core.errors import InvalidInput
from core.model.certificate import CertificateSource, CertificateTemplate
from core.model.certificate_form import CertificateForm, FieldText
from core.model.facts import Fact
from core.rules.certificate_form_file import read_form, write_form
from core.rules.certificate_kinds import FIELDS, fields_of, filled, number_text, read_kind, write_kind
from core.services.certificate_forms import shipped_forms, shipped_kinds

SHIPPED = {each.code: each for each in shipped_forms()}
FORM = write_form(SHIPPED["a4-honor"])
KIND = """
code = "own"
name = "自办证书"
source = "winners"
form = "a4-honor"
heading = "证书"
text = "在{年度}年度[，等次{等次}]，{授奖用语}{奖项}。"
series = "{代字}证"
[settings]
"授奖用语" = "获"
"""


@pytest.mark.parametrize("form", shipped_forms(), ids=lambda each: each.code)
def test_a_form_comes_back_as_it_was_written(form: CertificateForm) -> None:
    assert read_form(write_form(form)) == form


def test_each_shipped_kind_has_its_form() -> None:
    codes = {each.code for each in shipped_forms()}
    assert {each.form for each in shipped_kinds()} <= codes
    assert {each.source for each in shipped_kinds()} == set(CertificateSource)


def test_every_numbered_kind_has_its_own_series() -> None:
    series = [each.series for each in shipped_kinds() if each.series]
    assert len(set(series)) == len(series) == 4


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('code = "a4-honor"', 'code = "A4 荣誉"', "code"),
        ("width = 297", "width = 20", "width"),
        ("width = 209.55", "width = 290", "left"),
        ("size = 46", "size = 460", "size"),
        ("least = 15", "least = 30", "size"),
        ("leading = 1.75", "leading = 0.5", "leading"),
        ("axis = 210", "axis = 20", "axis"),
        ('text = "issuer"', 'text = "number"', "text"),
        ('face = "title"', 'face = "comic"', "face"),
        ("height = 21", "height = 10", "width"),
        ("frame = true", "framed = true", "framed"),
    ],
)
def test_what_cannot_be_printed_is_refused_with_its_place(old: str, new: str, place: str) -> None:
    assert old in FORM
    with pytest.raises(InvalidInput) as caught:
        read_form(FORM.replace(old, new))
    assert any(each.place.endswith(place) for each in caught.value.problems)


def test_what_is_no_toml_is_told_with_its_line() -> None:
    with pytest.raises(InvalidInput) as caught:
        read_form('code = "a\n')
    assert caught.value.problems[0].place.startswith("第 1 行")


def test_optional_parts_go_with_their_fields() -> None:
    kind = read_kind(KIND)
    said: dict[str, Fact] = {"年度": 2025, "奖项": "优秀奖", "授奖用语": "获"}
    assert filled(kind.text, said | {"等次": "优秀"}) == "在2025年度，等次优秀，获优秀奖。"
    for nothing in ("", "—", 0):
        assert filled(kind.text, said | {"等次": nothing}) == "在2025年度，获优秀奖。"


def test_what_a_field_says_is_never_read_again() -> None:
    values = {"对象名称": "{奖项}[甲]", "奖项": "奖"}
    assert filled("{对象名称}获{奖项}", values) == "{奖项}[甲]获奖"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("{奖项}", "{将项}", "是不是想写 奖项"),
        ("{年度}年度", "{年度年度", "花括号"),
        ("[，等次{等次}]", "[，等次{等次}", "方括号"),
        ('series = "{代字}证"', 'series = "{代字}证"\nnumber = "{字头}号"', "{序号}"),
        ('series = "{代字}证"', 'series = "{代字}证"\nnumber = "{字头}{序号}"', "{年份}"),
        ('series = "{代字}证"', 'series = "{代字}证"\ndigits = 20', "位数"),
        ('source = "winners"', 'source = "losers"', "losers"),
    ],
)
def test_a_broken_wording_is_refused_with_what_to_do(old: str, new: str, words: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_kind(KIND.replace(old, new))
    assert any(words in str(each) for each in caught.value.problems)


def test_numbers_have_their_own_form() -> None:
    kind = read_kind(
        KIND.replace('series = "{代字}证"', 'series = "x"\nnumber = "{年份}-{序号}"\ndigits = 4')
    )
    assert number_text(kind, "街证", 2026, 7) == "2026-0007"


@pytest.mark.parametrize("kind", shipped_kinds(), ids=lambda kind: kind.code)
def test_a_wording_comes_back_as_it_was_written(kind: CertificateTemplate) -> None:
    odd = replace(kind, text=f"{kind.text}\\\"#“”'", settings=(*kind.settings, ('a"=b', "'\\")))
    for each in (kind, odd):
        assert read_kind(write_kind(each)) == each


def test_fields_of_each_source_are_named_once() -> None:
    for facts in FIELDS.values():
        names = [each.name for each in facts]
        assert len(set(names)) == len(names) and all(each.meaning for each in facts)
    kind = read_kind(KIND)
    assert [each.name for each in fields_of(kind)][:2] == ["授奖用语", "对象名称"]
    assert kind.recipient == "{对象名称}"
    assert SHIPPED["plaque"].field(FieldText.QR) is None
