"""How every desk opens a document: its text, the data that fill it, the number it has or would get."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from core.errors import NotFound, RuleViolation
from core.model.document import OfficialDocument
from core.model.document_text import DocumentText
from core.model.identity import new_id
from core.model.office import Office
from core.model.plain_records import from_plain
from core.model.written_document import DocumentStep, IssuedPaper, WrittenDocument
from core.ports import Reading
from core.rules.document_filling import PaperFrame, Scope, fill
from core.rules.document_text import read_document, write_document
from core.rules.paper_fonts import without_fonts
from core.rules.paper_numbers import next_sequence, number_words
from core.services.cycle_reading import find_cycle
from core.services.document_facts import Asked, Copy, read_copies
from core.services.document_templates import read_template
from core.services.office_reading import read_office


@dataclass(frozen=True, slots=True)
class Wanted:
    """A document that somebody wants: from which template, of which year and cycle, about what, of which day.

    `cycle` is the code of the cycle, empty for the first of the year; `ref_id` is empty for all that there
    are; without a day it bears that of its signing.
    """

    template: str
    year: int
    cycle: str = ""
    ref_id: str = ""
    dated_on: date | None = None


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """A document being worked on, with all that a preview of it needs.

    `copies` are the papers that it makes, each with its facts; `number` is the one it has, or would get.
    """

    document: WrittenDocument
    text: DocumentText
    office: Office
    copies: tuple[Copy, ...]
    series: str
    sequence: int
    papers: tuple[IssuedPaper, ...]
    today: date

    @property
    def number(self) -> str:
        """The 发文字号 of the first paper in words; empty where it gets none."""
        year = self.papers[0].year if self.papers else self.dated_on.year
        return number_words(self.series, year, self.sequence)

    @property
    def dated_on(self) -> date:
        """The 成文日期; today until it is signed."""
        return date.fromisoformat(self.document.dated_on) if self.document.dated_on else self.today

    def filled(self, place: int = 0) -> OfficialDocument:
        """A paper of it as it was issued, or would be now.

        Raises:
            InvalidInput: it names a field that is not there, or a condition cannot be read.
        """
        if self.papers:
            return content_of(self.papers[place])
        day = self.dated_on
        number = number_words(self.series, day.year, self.sequence + place)
        frame = PaperFrame(self.office, number, day, max(day, self.today))
        return fill(self.text, self.copies[place].facts, frame)


def open_document(view: Reading, document: WrittenDocument, today: date) -> OpenDocument:
    """A document with the data that fill it; one that is issued is what was printed.

    Raises:
        NotFound: what it speaks of is gone.
        RuleViolation: its assessment is not computed, or the results are stale.
    """
    text = read_document(document.text)
    papers = view.all(IssuedPaper, document_id=document.id)
    office = read_office(view)
    if papers:
        known = tuple(Copy({}, each.subject_id, each.recipient) for each in papers)
        return OpenDocument(
            document, text, office, known, papers[0].series, papers[0].sequence, papers, today
        )
    copies = _copies(view, document, text, today)
    return _numbered(view, OpenDocument(document, text, office, copies, "", 0, (), today))


def _numbered(view: Reading, opened: OpenDocument) -> OpenDocument:
    """The same with the number that its first paper would get, if it gets one."""
    copies = opened.copies
    series = Scope(copies[0].facts).text(opened.text.series) if copies else ""
    if not series:
        return opened
    year = opened.dated_on.year
    taken = view.all(IssuedPaper, series=series, year=year)
    return replace(opened, series=series, sequence=next_sequence(taken, series, year))


def content_of(paper: IssuedPaper) -> OfficialDocument:
    """What was printed.

    Raises:
        NotFound: the number stands for no paper of this program.
    """
    if not paper.content:
        number = number_words(paper.series, paper.year, paper.sequence)
        raise NotFound("no_content", f"{number}《{paper.title}》没有存底，不能再打印。", "请查阅纸质存档。")
    return from_plain(OfficialDocument, without_fonts(paper.content))


def open_new(view: Reading, wanted: Wanted, begun: DocumentStep) -> OpenDocument:
    """A draft from a template, not stored yet, with the data that fill it.

    Raises:
        NotFound: there is no such template, or what it speaks of is not there.
        RuleViolation: its assessment is not computed, or the results are stale.
    """
    text = read_template(view, wanted.template)
    draft = WrittenDocument(
        new_id(),
        text.code,
        wanted.year,
        "",
        write_document(text),
        cycle_id=find_cycle(view, wanted.year, wanted.cycle).id if text.about.is_of_cycle else "",
        ref_id=wanted.ref_id,
        dated_on=wanted.dated_on.isoformat() if wanted.dated_on else "",
        steps=(begun,),
    )
    today = date.fromisoformat(begun.at[:10])
    copies = _copies(view, draft, text, today)
    titled = replace(draft, title=_title(text, copies))
    return _numbered(view, OpenDocument(titled, text, read_office(view), copies, "", 0, (), today))


def title_of(view: Reading, document: WrittenDocument, text: DocumentText, today: date) -> str:
    """The title in one line; the template's name where each of many papers has a title of its own."""
    return _title(text, _copies(view, document, text, today))


def _title(text: DocumentText, copies: Sequence[Copy]) -> str:
    titles = {"".join(map(Scope(copy.facts).text, text.title)) for copy in copies[:2]}
    return titles.pop() if len(titles) == 1 else text.name


def _copies(view: Reading, document: WrittenDocument, text: DocumentText, today: date) -> tuple[Copy, ...]:
    """The papers that there are reasons for.

    Raises:
        RuleViolation: there is none.
    """
    day = date.fromisoformat(document.dated_on) if document.dated_on else today
    copies = read_copies(view, text.about, Asked(document, day, today))
    needed = tuple(each for each in copies if Scope(each.facts).holds(text.needs))
    if text.needs and not needed:
        raise RuleViolation(
            "nobody_to_tell",
            f"《{text.name}》现在不用写：没有符合条件的对象。",
            f"{text.purpose}请核对数据，改了以后再写。",
        )
    return needed
