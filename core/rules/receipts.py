"""Receipts of letters (送达回执): of which papers one can have come back, and when."""

from datetime import date

from core.errors import InvalidInput, RuleViolation
from core.model.written_document import IssuedPaper, PaperState
from core.rules.paper_numbers import number_words


def refuse_receipt(paper: IssuedPaper, day: date, today: date) -> None:
    """Nothing, if the receipt of a paper can have come back on that day.

    Raises:
        RuleViolation: the paper is void, or went to nobody who could have sent one.
        InvalidInput: the day is before the paper's own, or still to come.
    """
    called = number_words(paper.series, paper.year, paper.sequence) or f"《{paper.title}》"
    if paper.state is not PaperState.ISSUED or not paper.recipient:
        why = paper.state.label if paper.state is not PaperState.ISSUED else "不是发给一个对象的"
        raise RuleViolation("no_receipt", f"{called}{why}，没有回执。", "请只选发给对象的告知书、通知书。")
    if not paper.dated_on <= day.isoformat() <= today.isoformat():
        raise InvalidInput(
            "day_odd",
            f"{called}的成文日期是 {paper.dated_on}，回执不会在 {day} 收回；今天是 {today}。",
            "请核对日期。",
        )
