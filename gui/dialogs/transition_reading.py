"""What the form of a filing matter begins with, what its texts say, and how it is kept: runs inside jobs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core.model.filing import Transition, TransitionKind
from core.model.reading import Remark
from core.model.register_ledgers import TRANSITIONS
from core.services.services import Services


@dataclass(frozen=True, slots=True)
class FormStart:
    """The texts that the form begins with, and the papers needed; for a change by what it is about."""

    texts: Mapping[str, str]
    papers: Mapping[str, Sequence[str]]
    today: date


@dataclass(frozen=True, slots=True)
class Reading:
    """What the texts say."""

    words: Mapping[str, str]
    transition: Transition
    remarks: Mapping[str, Remark]


def read_start(services: Services, transition: Transition) -> FormStart:
    """Read what the form begins with."""
    filing, kind = services.filing, transition.kind
    targets = filing.change_labels() if kind is TransitionKind.CHANGE else ()
    papers = {each: filing.required_papers(kind, each) for each in ("", *targets)}
    texts = services.ledgers.form_texts(TRANSITIONS, transition)
    return FormStart(texts, papers, services.clock().date())


def read_words(services: Services, base: Transition, words: Mapping[str, str]) -> Reading:
    """What the form's texts say."""
    form = services.ledgers.read_form(TRANSITIONS, words, base)
    remarks = dict(reversed(form.remarks)) | dict(reversed(form.faults))
    return Reading(words, form.record, remarks)


def keep(services: Services, said: Transition, *, is_new: bool) -> Transition:
    """Keep a matter as the form says it; gives it back as it is kept."""
    filing = services.filing
    if is_new:
        return filing.open(said)
    filing.save(said)
    kept: Transition = services.ledgers.record(TRANSITIONS, said.id)
    return kept
