"""What changed results leave to be done: papers to correct, certificates to collect, money to register."""

from collections import defaultdict
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
    About.SUBJECT: "请给对方重新出具",
    About.CYCLE: "请印发更正或补充通报，撤销的印发撤销决定",
    About.REVOCATION: "撤销已经取消，请作废",
}


def reminders(view: Reading, computed: ComputedYear) -> Iterator[Reminder]:
    """One for each kind of thing to do: certificates, papers by their 文种, money."""
    if gone := gone_certificates(view, computed):
        named = _named([each.number or each.recipient for each in gone])
        yield Reminder(
            ReminderKind.CERTIFICATES,
            f"{len(gone)} 张证书要收回",
            f"{named}{_count(gone, '张')}的奖项没有了，请收回，在证书登记簿里登记撤销",
            f"certificate:{gone[0].paper.id}",
            "打开证书",
        )
    announced = computed.view.cycle.state in PAID_FROM
    by_genre: defaultdict[tuple[About, str], list[IssuedPaper]] = defaultdict(list)
    for text, paper in untrue_papers(view, computed.view):
        by_genre[text.about, text.genre].append(paper)
    for (about, genre), papers in by_genre.items():
        is_early = about is About.CYCLE and not announced
        yield _of_papers(papers, genre, _BEFORE_ANNOUNCED if is_early else _PUT_RIGHT[about])
    if announced and (new := new_lines(view, computed)):
        money = yuan_text(sum(each.amount or 0 for each in new))
        missing = f"{len(new)} 笔奖金（{money}）还没有登记"
        words = f"按现在的结果有 {missing}，请登记奖金"
        yield Reminder(ReminderKind.MONEY, missing, words, "award_money", "登记奖金")


def _of_papers(papers: Sequence[IssuedPaper], genre: str, remedy: str) -> Reminder:
    named = _named([_called(each) for each in papers])
    return Reminder(
        ReminderKind.PAPERS,
        f"{len(papers)} 份{genre}要更正",
        f"{named}{_count(papers, '份')}写的是变动以前的结果，{remedy}",
        f"document:{papers[0].document_id}",
        f"打开{genre}",
    )


def _called(paper: IssuedPaper) -> str:
    return number_words(paper.series, paper.year, paper.sequence) or f"《{paper.title}》"


def _named(numbers: Sequence[str]) -> str:
    """The first of them; what a number has in common with the one before it is not said again."""
    shown, before = [], ""
    for each in numbers[:_NAMED]:
        series, bracket, number = each.rpartition("〕")
        shown.append(number if bracket and series == before else each)
        before = series
    return "、".join(shown)


def _count(papers: Sequence[object], unit: str) -> str:
    return f"等 {len(papers)} {unit}" if len(papers) > _NAMED else ""
