"""What a password must be."""

from collections.abc import Iterator

from core.model.user import AccessRules

_RUNS = ("0123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_OFTEN = frozenset(
    {"password", "passw0rd", "admin", "administrator", "letmein", "welcome", "iloveyou", "woaini", "huawei"}
)
_RUN = 5
"""So many neighbours in a row (12345, qwert) that make most of a password are none."""


def password_faults(password: str, login: str, rules: AccessRules) -> tuple[str, ...]:
    """What is wrong with a new password, in words; empty if it will do. The password is in none of them."""
    return tuple(_faults(password, login, rules))


def _faults(password: str, login: str, rules: AccessRules) -> Iterator[str]:
    if len(password) < rules.min_length:
        yield f"密码至少要 {rules.min_length} 个字符"
    if len(password) > 128:
        yield "密码最多 128 个字符"
    if kinds(password) < rules.min_classes:
        yield f"大写字母、小写字母、数字、其他符号，至少要有其中 {rules.min_classes} 种"
    plain = password.casefold()
    if login and login.casefold() in plain:
        yield "密码里不能有登录名"
    if any(word in plain and len(plain) < len(word) + 4 for word in _OFTEN) or _is_mostly_a_run(plain):
        yield "这样的密码太常见，容易被猜到"


def kinds(password: str) -> int:
    """How many of the four kinds of characters it has; Chinese counts as other."""
    return sum(
        (
            any(each.isascii() and each.isupper() for each in password),
            any(each.isascii() and each.islower() for each in password),
            any(each.isascii() and each.isdigit() for each in password),
            any(not (each.isascii() and each.isalnum()) for each in password),
        )
    )


def _is_mostly_a_run(plain: str) -> bool:
    longest = max((_run_at(plain, at) for at in range(len(plain))), default=0)
    return (longest >= _RUN and longest * 2 > len(plain)) or 0 < len(set(plain)) <= 2


def _run_at(plain: str, at: int) -> int:
    """How long a row of neighbours begins here, up or down."""
    best = 1
    for row in (*_RUNS, *(each[::-1] for each in _RUNS)):
        size = 1
        while plain[at : at + size + 1] in row and at + size < len(plain):
            size += 1
        best = max(best, size)
    return best
