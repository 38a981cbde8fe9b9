"""The check value of certificates, as it is typed and as it is scanned."""

import hmac
from hashlib import sha256

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.errors import InvalidInput
from core.rules.check_values import check_value, is_check_value, qr_text, read_qr_text

KEY = bytes(range(32))
SAID = ("临街办证〔2026〕第001号", "东湖社区合唱团", "2025年度优秀社会组织奖")
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=40)


def test_it_is_the_start_of_an_hmac() -> None:
    digest = hmac.new(KEY, "\x1f".join(SAID).encode(), sha256).digest()
    value = check_value(KEY, *SAID).replace("-", "")
    signs = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    bits = "".join(f"{signs.index(each):05b}" for each in value)
    assert bits == f"{int.from_bytes(digest[:8], 'big'):064b}"[:60]


@pytest.mark.parametrize("typed", ["{}", " {} ", "{lower}", "{bare}"])
def test_it_may_be_typed_as_people_type(typed: str) -> None:
    value = check_value(KEY, *SAID)
    shown = typed.format(value, lower=value.lower(), bare=value.replace("-", " "))
    assert is_check_value(KEY, *SAID, shown)


def test_letters_that_look_like_digits_are_read_as_these() -> None:
    said = next(
        (f"第{number}号", "甲", "乙")
        for number in range(1000)
        if {"0", "1"} <= set(check_value(KEY, f"第{number}号", "甲", "乙"))
    )
    value = check_value(KEY, *said)
    assert is_check_value(KEY, *said, value.replace("0", "O").replace("1", "l"))


@given(TEXTS, TEXTS, TEXTS)
def test_other_words_or_another_key_give_another_value(number: str, name: str, result: str) -> None:
    value = check_value(KEY, number, name, result)
    assert not is_check_value(KEY, number, name + "甲", result, value)
    assert not is_check_value(KEY, number + "1", name, result, value)
    assert not is_check_value(bytes(32), number, name, result, value)
    assert not is_check_value(KEY, number, name, result, value[:-1])


@given(TEXTS, TEXTS, TEXTS)
def test_what_a_code_says_is_read_back(number: str, name: str, result: str) -> None:
    assume(all(" ".join(each.split()) for each in (number, name, result)))
    value = check_value(KEY, number, name, result)
    read = read_qr_text(qr_text(number, name, result, value))
    assert is_check_value(KEY, *read)
    assert read[1] == " ".join(name.split())


def test_invisible_characters_and_widths_do_not_count() -> None:
    value = check_value(KEY, *SAID)
    assert is_check_value(KEY, SAID[0], "东湖\u200d社区 合唱团", SAID[2], value)


def test_another_code_is_told() -> None:
    with pytest.raises(InvalidInput, match="校验码"):
        read_qr_text("证书编号\uff1a1\n名称\uff1a甲\n内容\uff1a乙")
    with pytest.raises(InvalidInput, match="不是证书二维码"):
        read_qr_text("https://example.com")
