"""Issued papers that tell results which changed since."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.model.assessment import CycleState, Result
from core.model.cycle_view import CycleView
from core.model.document_text import About, DocumentText
from core.model.objection import Objection
from core.model.written_document import IssuedPaper, WrittenDocument
from core.ports import Reading
from core.rules.consequences import changes
from core.rules.document_text import read_document
from core.rules.document_texts import PUBLIC_NOTICE

_OF_RESULTS = (About.CYCLE, About.SUBJECT, About.REVOCATION)
_FIELDS = frozenset({"final", "grade", "award", "amount_fen"})


@dataclass(frozen=True, slots=True)
class IssuedText:
    """A document of a cycle as it was issued: by which act, and the subjects whose results changed since.

    Those `to_name` belong on a list of who is awarded or settled now and were not there, or the other way.
    """

    text: DocumentText
    papers: tuple[IssuedPaper, ...]
    act_number: int
    changed: frozenset[str]
    to_name: frozenset[str]


def untrue_papers(view: Reading, cycle: CycleView) -> tuple[tuple[DocumentText, IssuedPaper], ...]:
    """The issued papers that tell other results than there are now, each with the text of its document.

    They changed since, or waited for the end of an objection that has come.

    Of papers of one kind about the same only the newest counts. What spoke of all results is put right by a
    decision of revocation that was issued since, and a 公示 by the announcement.
    """
    issued = sorted(_issued(view, cycle), key=lambda each: each.act_number)
    newest = {
        (each.text.code, paper.subject_id, paper.recipient): (each, paper)
        for each in issued
        for paper in each.papers
    }
    told = max((each.act_number for each in issued if _is_decision(each) and not each.changed), default=0)
    names = {subject.id: subject.name for subject in cycle.subjects}
    return tuple(
        (each.text, paper)
        for each, paper in newest.values()
        if _is_untrue(each, paper, names) and not _is_put_right(each, told, cycle.cycle.state)
    )


def _issued(view: Reading, cycle: CycleView) -> Iterable[IssuedText]:
    standing: dict[str, list[IssuedPaper]] = {}
    for each in cycle.standing:
        if each.document_id:
            standing.setdefault(each.document_id, []).append(each)
    for document in view.some(WrittenDocument, tuple(standing)):
        text, papers = read_document(document.text), standing[document.id]
        if text.about in _OF_RESULTS:
            # All papers of a document are issued by one act.
            act_number = view.history(papers[0].id)[0][0].number
            yield IssuedText(text, tuple(papers), act_number, *_changed_since(view, cycle, act_number))


def _changed_since(view: Reading, cycle: CycleView, act_number: int) -> tuple[frozenset[str], frozenset[str]]:
    """The subjects with another result than after an act; those with another award, or that waited then."""
    _touched, changed = view.touched_since(Result, act_number, _FIELDS)
    now = {each.id: each for each in cycle.results}
    stood = view.as_of(Result, act_number, sorted(changed & now.keys()))
    told = [was for was in stood if changes(was, now[was.id])]
    awarded = {was.subject_id for was in told if was.award != now[was.id].award}
    objections = view.as_of(Objection, act_number, [each.id for each in cycle.objections])
    held = {each.subject_id for each in objections if each.is_open}
    to_name = frozenset(awarded | (held - cycle.held))
    return to_name | {was.subject_id for was in told}, to_name


def _is_untrue(issued: IssuedText, paper: IssuedPaper, names: Mapping[str, str]) -> bool:
    """A paper on all results is untrue only by those that it names, or has to name."""
    if issued.text.about is About.CYCLE:
        return bool(issued.to_name) or any(names[each] in paper.content for each in issued.changed)
    if paper.subject_id:
        return paper.subject_id in issued.changed
    return any(names[each] == paper.recipient for each in issued.changed)


def _is_decision(issued: IssuedText) -> bool:
    return issued.text.about is About.REVOCATION


def _is_put_right(issued: IssuedText, told: int, state: CycleState) -> bool:
    """Whether the results were told anew: by a decision that was issued with act `told`, or announced."""
    if issued.text.about is not About.CYCLE:
        return False
    announced = state in (CycleState.ANNOUNCED, CycleState.ARCHIVED)
    return issued.act_number < told or (issued.text.genre == PUBLIC_NOTICE and announced)
