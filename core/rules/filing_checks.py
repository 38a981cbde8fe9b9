"""What must be right about a matter before it is kept: its days, its number, what it changes."""

from dataclasses import replace
from datetime import date

from core.errors import InvalidInput
from core.model.dates import PartialDate
from core.model.filing import Transition, TransitionKind
from core.model.reading import RemarkKind
from core.rules.cell_values import Read, read_name, read_text
from core.rules.credit_code import read_credit_code, read_filing_number
from core.rules.filing_papers import CHANGE_TARGETS, change_target
from core.rules.working_days import exact_day

_LONGEST_VALUE = 5_000
_NAMES = ("name", "principal")


def check_days(transition: Transition, today: date) -> None:
    """Refuse days that are to come, or a decision or opinion before what it rests on; only exact days count.

    Opinions may come in any order, also before the acceptance: offices collect them first at times.

    Raises:
        InvalidInput: the message names both days.
    """
    dated = (
        ("申请", transition.applied_on),
        ("受理", transition.accepted_on),
        ("社区签署", transition.community_opined_on),
        ("街道签署", transition.street_opined_on),
        ("备案机关签署", transition.office_opined_on),
        ("办结", transition.decided_on),
    )
    for label, day in dated:
        _refuse_future(label, day, today)
    _refuse_before("受理", transition.accepted_on, dated[:1])
    _refuse_before("办结", transition.decided_on, dated[:-1])


def _refuse_future(label: str, dated: PartialDate | None, today: date) -> None:
    day = exact_day(dated)
    if day and day > today:
        raise InvalidInput("day_to_come", f"{label}日期 {day} 晚于今天。", "请核对日期；没有保存任何内容。")


def _refuse_before(
    label: str, dated: PartialDate | None, earlier: tuple[tuple[str, PartialDate | None], ...]
) -> None:
    day = exact_day(dated)
    for other, rested_on in earlier:
        since = exact_day(rested_on)
        if day and since and day < since:
            raise InvalidInput(
                "days_disordered",
                f"{label}日期 {day} 早于{other}日期 {since}。",
                "请核对两个日期；没有保存任何内容。",
            )


def check_number(kind: TransitionKind, number: str, reason: str) -> str:
    """The number a decision gives, cleaned: a credit code for a registration, else a filing number.

    A credit code whose check character is wrong stands if a reason is given.

    Raises:
        InvalidInput: it cannot be one.
    """
    read = read_credit_code(number) if kind is TransitionKind.REGISTER else read_filing_number(number)
    _refuse_faults("号码", read, stands=bool(reason.strip()))
    return read.value


def checked_change(transition: Transition) -> Transition:
    """A change with its field by its proper word and its new value cleaned.

    Raises:
        InvalidInput: the program does not know the field, or there is no new value.
    """
    target = change_target(transition.change_field)
    if target is None:
        words = "、".join(each.label for each in CHANGE_TARGETS)
        said = f"“变更内容”写的是“{transition.change_field}”" if transition.change_field else "没有写变更内容"
        raise InvalidInput("change_unknown", f"{said}，不知道要改哪一项。", f"请写下列之一：{words}。")
    named = target.field in _NAMES
    read = read_name(transition.new_value) if named else read_text(transition.new_value, _LONGEST_VALUE)
    _refuse_faults("变更后的内容", read)
    if not read.value:
        raise InvalidInput("change_empty", f"没有写变更后的{target.label}。", "请填写“变更后”再保存。")
    return replace(transition, change_field=target.label, new_value=read.value)


def _refuse_faults(what: str, read: Read[str], stands: bool = False) -> None:
    for remark in read.remarks:
        if remark.kind is RemarkKind.FAULT and not (remark.may_stand and stands):
            aside = "，并写明原因" if remark.may_stand else ""
            raise InvalidInput("value_odd", f"{what}{remark.message}。", f"{remark.remedy}{aside}。")
