"""Characters that do not show: private-use stand-ins for rare characters, invisible marks (domain 3.6)."""

import re

from core.model.reading import Remark
from core.rules.cell_values import INVISIBLE, note, question

_LOST = "\ufffd"
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")

# GB 18030-2005 and -2022 gave these codes of the private use area to characters of their own.
_STANDARD_CODES = (
    *(0xE7C7, *range(0xE78D, 0xE797), 0xE816, 0xE817, 0xE818, 0xE831, 0xE83B, 0xE855),
    *(0xE81E, 0xE826, 0xE82B, 0xE82C, 0xE832, 0xE843, 0xE854, 0xE864),
)
_STANDARD = dict(
    zip(
        _STANDARD_CODES,
        "\u1e3f\ufe10\ufe12\ufe11\ufe13\ufe14\ufe15\ufe16\ufe17\ufe18\ufe19"
        "\U00020087\U00020089\U000200cc\U000215d7\U0002298f\U000241fe"
        "\u9fb4\u9fb5\u9fb6\u9fb7\u9fb8\u9fb9\u9fba\u9fbb",
        strict=True,
    )
)


def _stand_ins() -> dict[int, str]:
    """What old fonts showed at U+E815 to U+E864: the characters at the codes FE50 to FEA0, without FE7F."""
    trails = [trail for trail in range(0x50, 0xA1) if trail != 0x7F]
    shown = {0xE815 + place: bytes((0xFE, trail)).decode("gb18030") for place, trail in enumerate(trails)}
    return shown | _STANDARD


_STAND_INS = _stand_ins()


def made_visible(text: str) -> tuple[str, tuple[Remark, ...]]:
    """The text without invisible marks and with the characters that stand-ins mean, and what was done."""
    if text.isprintable() and _LOST not in text:
        return text, ()
    said: list[Remark] = []
    plain = INVISIBLE.sub("", text)
    if plain != text:
        said.append(note("去掉了看不见的字符"))
    known = plain.translate(_STAND_INS)
    if known != plain:
        said.append(note(f"自造字区的字换成了标准字，读作“{known}”"))
    if unknown := _PRIVATE.search(known):
        place = known.index(unknown[0]) + 1
        said.append(
            question(
                f"第 {place} 个字是别的电脑自造的字（U+{ord(unknown[0]):04X}），打印时会空缺",
                "请重新输入这个字",
            )
        )
    if _LOST in known:
        said.append(question(f"有字变成了“{_LOST}”，原来的字已经丢失", "请对照原件重新输入"))
    return known, tuple(said)
