"""Texts for those who look after the program: without what could tell of a person."""

import re

_QUOTED = re.compile(r"“[^”]*”")
# Telephone and identity numbers, credit codes, account numbers: however they are grouped, full width too.
_NUMBER = re.compile(r"[0-9A-Za-z]*\d(?:[ \-－—·()]?\d){6,}[0-9A-Za-z]*")
_FILE = re.compile(
    r"[^\s\\/“”：:，。；]*\.(?:pdf|docx?|wps|xlsx?|xlsm|xlsb|et|ods|csv|toml|json|jpe?g|png|tt[fc]|zip)\b",
    re.IGNORECASE,
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def redacted(text: str) -> str:
    """A text without quoted words, file names, addresses and numbers of seven digits or more."""
    for pattern, instead in ((_QUOTED, "“…”"), (_MAIL, "…"), (_FILE, "…"), (_NUMBER, "…")):
        text = pattern.sub(instead, text)
    return text
