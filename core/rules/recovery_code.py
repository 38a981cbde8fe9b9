"""The recovery code on paper: groups that can be typed without care, each with a check of its own."""

import unicodedata
from collections.abc import Sequence
from datetime import date

from core.errors import InvalidInput, Problem
from core.model.document import Paragraph
from core.model.register_papers import Form, FormField, FormRow, PaperPart, RegisterPaper

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


def code_paper(code: str, office: str, admins: Sequence[str], day: date) -> RegisterPaper:
    """The code with what to do with it, for the safe."""
    told = (
        "忘记密码，或管理员都不在时，用这个恢复码可以重设密码；数据加了密的，没有密码也没有恢复码就再也打不开。",
        "请把这张纸装进信封封好，由单位负责人保管，不要和电脑放在一起，不要拍照。",
        "用法：打开社评通，在登录窗口点“忘记密码”，输入登录名、恢复码和新密码。大小写不分，横线可以不写。",
        "用过以后，请在“系统 › 用户”里更换恢复码，重新打印；这一张从那时起作废。",
    )
    form = Form(
        (
            FormRow((FormField("恢复码", (code,)),), lines=3),
            FormRow((FormField("单位", (office,)),)),
            FormRow((FormField("管理员", ("、".join(admins),)),)),
            FormRow((FormField("打印日期", (f"{day.year}年{day.month}月{day.day}日",)),)),
        )
    )
    part = PaperPart("社评通恢复码", "", (form, *(Paragraph(each) for each in told)))
    return RegisterPaper("社评通恢复码", office, day, (part,), internal=True)
