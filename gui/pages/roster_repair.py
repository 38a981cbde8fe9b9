"""The known repair of a wrong value, for the link beside its message.

repaired_code(remark, text) -> ("0", "51330499MJ0000122U") or None
"""

import re
import unicodedata

from core.model.reading import Remark

_LOOKALIKE = re.compile(r"第 (\d+) 位的“.”不会出现在代码中，可能是“(.)”")


def repaired_code(remark: Remark, text: str) -> tuple[str, str] | None:
    """The right character and the code with it, where the remark says which one was mistaken."""
    found = _LOOKALIKE.search(remark.message)
    if found is None:
        return None
    place, right = int(found[1]) - 1, found[2]
    code = "".join(unicodedata.normalize("NFKC", text).split())
    return right, code[:place] + right + code[place + 1 :]
