"""What changed results leave to be done: papers to correct, certificates to collect, money to register."""

from collections.abc import Iterator, Sequence

from core.model.cycle_view import ComputedYear
from core.model.document_text import About
from core.model.reminder import Reminder, ReminderKind
from core.model.written_document import IssuedPaper
from core.ports import Reading
from core.rules.amounts import yuan_text
from core.rules.paper_numbers import number_words
from core.services.award_money import PAID_FROM, new_lines
from core.services.certificate_register import gone_certificates
from core.services.untrue_papers import untrue_papers

_NAMED = 3
"""So many papers are named where several are told."""
_BEFORE_ANNOUNCED = "请作废后重新印发"
"""What is to be done about papers on all results as long as these are not announced."""
_PUT_RIGHT = {
    About.SUBJECT: "请给对方重新出具一份",
    About.CYCLE: "请印发撤销决定或更正",
    About.REVOCATION: "撤销已经取消，请作废",
}


def reminders(view: Reading, computed: ComputedYear) -> Iterator[Reminder]:
    """One for each kind of thing to do, the papers by what they are about."""
    if gone := gone_certificates(view, computed):
        names = [each.number or each.recipient for each in gone]
        yield Reminder(
            ReminderKind.CERTIFICATES,
            f"{len(gone)} 张证书要收回",
            f"{_named(names)} {len(gone)} 张证书的奖项没有了，请收回，在证书登记簿里登记撤销",
            f"certificate:{gone[0].paper.id}",
        )
    announced = computed.view.cycle.state in PAID_FROM
    untrue = untrue_papers(view, computed.view)
    for about, remedy in _PUT_RIGHT.items():
        if papers := [paper for spoken, paper in untrue if spoken is about]:
            is_early = about is About.CYCLE and not announced
            yield _of_papers(papers, _BEFORE_ANNOUNCED if is_early else remedy)
    if announced and (new := new_lines(view, computed)):
        money = yuan_text(sum(each.amount or 0 for each in new))
        missing = f"{len(new)} 笔奖金（{money}）还没有登记"
        yield Reminder(ReminderKind.MONEY, missing, f"按现在的结果有 {missing}，请登记奖金", "award_money")


def _of_papers(papers: Sequence[IssuedPaper], remedy: str) -> Reminder:
    named = _named([_called(each) for each in papers])
    count = f" {len(papers)} 份文书" if len(papers) > 1 else ""
    words = f"{named}{count}写的是变动以前的结果，{remedy}"
    short = f"{len(papers)} 份已发的文书要更正"
    return Reminder(ReminderKind.PAPERS, short, words, f"document:{papers[0].document_id}")


def _called(paper: IssuedPaper) -> str:
    return number_words(paper.series, paper.year, paper.sequence) or f"《{paper.title}》"


def _named(names: Sequence[str]) -> str:
    return "、".join(names[:_NAMED]) + ("等" if len(names) > _NAMED else "")
