"""Names of communities and villages out of a list as people have it: a column, or lines of text."""

import re
from collections.abc import Iterable

from core.model.organization import CommunityKind
from core.rules.cell_values import read_name
from core.rules.private_use import made_visible

_NUMBER = re.compile(r"^[(（]?[\d一二三四五六七八九十]+[)）.、．\s]\s*")
_COMMITTEES = (
    ("社区居民委员会", "社区"),
    ("社区居委会", "社区"),
    ("村村民委员会", "村"),
    ("村民委员会", "村"),
    ("村村委会", "村"),
    ("村委会", "村"),
    ("居民委员会", "社区"),
    ("居委会", "社区"),
)
_ENDINGS = ("社区", "村")
LONGEST = 30


def community_names(cells: Iterable[str]) -> tuple[str, ...]:
    """The names among these cells, each once, in their order; heads, numbers and remarks are left out.

    A committee stands for its community: 松枫社区居委会 is 松枫社区.
    """
    names = (_name(cell) for cell in cells)
    return tuple(dict.fromkeys(name for name in names if name))


def kind_of(name: str) -> CommunityKind:
    """What the name says: 村 is a village, all others are communities."""
    return CommunityKind.RURAL if name.endswith("村") else CommunityKind.URBAN


def _name(cell: str) -> str:
    name = read_name(_NUMBER.sub("", made_visible(cell)[0].strip())).value
    for ending, short in _COMMITTEES:
        if name.endswith(ending):
            name = name.removesuffix(ending) + short
            break
    is_name = name.endswith(_ENDINGS) and name not in _ENDINGS and len(name) <= LONGEST
    return name if is_name else ""
