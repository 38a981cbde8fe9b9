"""The check value of a certificate: proof that this office's program wrote number, name and result.

It is the start of an HMAC-SHA-256 with a key that only the office's store has. 60 bits are kept, as twelve
signs in three groups: few enough to be typed from paper, and whoever does not have the key can only guess,
each guess having to be tried at the office; one in 10^18 is right.
"""

import hmac
import re
import unicodedata
from hashlib import sha256

from core.errors import InvalidInput

_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: neither I, L, O nor U, so that what is read from paper is not mistaken."""
_MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0", "—": "", "-": "", " ": "", "–": "", "－": ""})
_LENGTH, _GROUP = 12, 4
_LABELS = ("证书编号", "名称", "内容", "校验码")
_LABELLED = re.compile(f"({'|'.join(_LABELS)})[：:](.*)")
_SEPARATOR = "\x1f"


def check_value(key: bytes, number: str, name: str, result: str) -> str:
    """The check value of a certificate: `7K2M-9QXT-44AB`."""
    said = _SEPARATOR.join(_as_typed(each) for each in (number, name, result))
    bits = int.from_bytes(hmac.new(key, said.encode(), sha256).digest()[:8], "big") >> 4
    signs = "".join(_SIGNS[bits >> 5 * place & 31] for place in reversed(range(_LENGTH)))
    return "-".join(signs[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))


def is_check_value(key: bytes, number: str, name: str, result: str, typed: str) -> bool:
    """Whether the typed value is the certificate's; small letters, missing hyphens, I for 1 do not matter.

    It takes as long for a value that is almost right as for any other.
    """
    right = check_value(key, number, name, result).replace("-", "")
    return hmac.compare_digest(right.encode(), _plain(typed).encode())


def qr_text(number: str, name: str, result: str, value: str) -> str:
    """What the QR code says, a line each: any telephone shows it as it is."""
    said = (number, name, result, value)
    return "\n".join(f"{label}：{_one_line(each)}" for label, each in zip(_LABELS, said, strict=True))


def read_qr_text(text: str) -> tuple[str, str, str, str]:
    """Number, name, result and check value from the text of a QR code.

    Raises:
        InvalidInput: it is not one of a certificate.
    """
    lines = text.replace("\\n", "\n").splitlines()
    said = {found[1]: found[2] for line in lines if (found := _LABELLED.match(line.strip()))}
    missing = [label for label in _LABELS if label not in said]
    if missing:
        raise InvalidInput(
            "no_certificate_code",
            f"这不是证书二维码的内容，缺少：{'、'.join(missing)}。",
            "请重新扫描，或照证书逐项填写编号、名称、内容和校验码。",
        )
    number, name, result, value = (said[label].strip() for label in _LABELS)
    return number, name, result, value


def _plain(typed: str) -> str:
    return typed.upper().translate(_MISREAD)


def _as_typed(text: str) -> str:
    """The text without what cannot be seen on paper or is typed in several ways: blanks, widths, joiners."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(
        each for each in plain if not each.isspace() and unicodedata.category(each) not in ("Cf", "Cc")
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())
