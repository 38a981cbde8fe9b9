"""Filing numbers and the unified social credit code (GB 32100-2015; domain 3.1)."""

from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum, InvalidFormat, InvalidLength

from core.model.reading import Remark, RemarkKind
from core.model.workbook import CellValue
from core.rules.cell_values import POWER, Read, fault, folded, is_none_word, question, read_text, shown

LENGTH = 18
_LOOKALIKES = {"O": "0", "I": "1", "S": "5", "Z": "2", "V": "U"}
_DIGITS_LOST = 10**15


def looks_like_code(text: str) -> bool:
    """Whether a folded text is meant as a credit code and not as a filing number of the office."""
    return text.isascii() and text.isalnum() and 15 <= len(text) <= 21


def read_filing_number(value: CellValue) -> Read[str]:
    """A local filing number; it has no national form."""
    return read_text(value, 60)


def read_credit_code(value: CellValue) -> Read[str]:
    """The code in capitals; a wrong check character may stand if a person says so."""
    text = shown(value)
    is_large = isinstance(value, int | float) and abs(value) >= _DIGITS_LOST
    if is_large or POWER.fullmatch(folded(text)):
        message = "Excel 把代码当成了数字，末几位已经丢失"
        return Read("", (fault(message, "请把这一格设为“文本”格式，按证书重新输入"),))
    if is_none_word(text):
        return Read("")
    code = folded(text).upper()
    remarks = _remarks_on(code)
    wrong = any(remark.kind is RemarkKind.FAULT and not remark.may_stand for remark in remarks)
    return Read("" if wrong else code, remarks)


def _remarks_on(code: str) -> tuple[Remark, ...]:
    try:
        uscc.validate(code)
    except InvalidLength:
        return (fault(f"有 {len(code)} 位，统一社会信用代码应为 {LENGTH} 位", "请按证书补全或改正"),)
    except InvalidFormat:
        return (_wrong_character(code),)
    except InvalidChecksum:
        return (fault("校验位不对，可能有一位写错", "请按证书核对；确认无误可以保留", may_stand=True),)
    if not code.startswith("5"):
        return (question("不是民政部门登记的代码（应以 5 开头）", "请核对"),)
    return ()


def _wrong_character(code: str) -> Remark:
    for place, character in enumerate(code, start=1):
        if character in _LOOKALIKES:
            right = _LOOKALIKES[character]
            message = f"第 {place} 位的“{character}”不会出现在代码中，可能是“{right}”"
            repair = code[: place - 1] + right + code[place:]
            return Remark(RemarkKind.FAULT, message, "请按证书改正", repair=repair)
        if not (character.isascii() and character.isalnum()):
            return fault(f"第 {place} 位的“{character}”不会出现在代码中", "请按证书改正")
    return fault("第 1 至 8 位应全部是数字", "请按证书改正")
