"""The recovery code: groups that can be typed without care, each with a check of its own."""

import unicodedata

from core.errors import InvalidInput, Problem

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXY"
"""31 signs, a prime number: one wrong sign in a group, or two exchanged ones, are always seen."""

GROUPS, _SECRET, _SIZE = 6, 4, 5
CODE_BYTES = 32
"""Random bytes that a code is made from; 24 signs of 31 keep nearly 119 bits of them."""

_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V", "Z": "2"})


def code_from(random: bytes) -> str:
    """The code that random bytes make, with a dash between its groups."""
    number = int.from_bytes(random)
    groups = []
    for place in range(GROUPS):
        signs = ""
        for _ in range(_SECRET):
            number, rest = divmod(number, len(SIGNS))
            signs += SIGNS[rest]
        groups.append(signs + _check(signs, place))
    return "-".join(groups)


def read_code(typed: str) -> str:
    """The code as it was made, from what somebody typed: any case, dashes, blanks and full widths.

    Raises:
        InvalidInput: signs are missing or too many (`code_length`), or groups are mistyped (`code_typed`).
    """
    plain = unicodedata.normalize("NFKC", typed).upper().translate(_READ_AS)
    signs = "".join(each for each in plain if each.isalnum())
    whole = GROUPS * _SIZE
    if len(signs) != whole:
        raise InvalidInput(
            "code_length",
            f"恢复码有 {whole} 个字符，现在是 {len(signs)} 个。",
            "请对照纸上的恢复码重新输入。",
        )
    groups = [signs[at : at + _SIZE] for at in range(0, whole, _SIZE)]
    wrong = [place for place, group in enumerate(groups) if not _is_right(group, place)]
    if wrong:
        which = "、".join(f"第 {place + 1} 组" for place in wrong)
        problems = [
            Problem(f"第 {place + 1} 组", "有字符不对", "对照纸上的这一组再看一遍") for place in wrong
        ]
        raise InvalidInput("code_typed", f"恢复码的{which}输错了。", "请对照纸上的恢复码改正。", problems)
    return "-".join(groups)


def _is_right(group: str, place: int) -> bool:
    known = all(sign in SIGNS for sign in group)
    return known and group[-1] == _check(group[:_SECRET], place)


def _check(signs: str, place: int) -> str:
    """Weights that differ tell exchanged signs, the place tells exchanged groups."""
    total = sum(SIGNS.index(sign) * weight for weight, sign in enumerate(signs, start=2))
    return SIGNS[(total + 7 * (place + 1)) % len(SIGNS)]
