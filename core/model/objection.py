"""Objections (异议) against a result during its public notice."""

from dataclasses import dataclass

from core.model.labelled import Labelled


class ObjectionState(Labelled):
    """How far an objection has come; the entry concerned is held until it is decided."""

    REGISTERED = "registered", "已登记"
    CHECKING = "checking", "核查中"
    UPHELD = "upheld", "成立"
    REJECTED = "rejected", "不成立"
    WITHDRAWN = "withdrawn", "已撤回"


@dataclass(frozen=True, slots=True)
class Objection:
    """One objection: who raised what, who looked into it, what was decided and answered.

    Days are ISO texts, empty until they are reached.
    """

    id: str
    cycle_id: str
    subject_id: str
    raised_on: str
    raised_by: str
    content: str
    contact: str = ""
    state: ObjectionState = ObjectionState.REGISTERED
    checker: str = ""
    finding: str = ""
    decided_by: str = ""
    decided_on: str = ""
    answer: str = ""
    answered_on: str = ""
    version: int = 1

    @property
    def is_open(self) -> bool:
        """Whether it still holds the result back."""
        return self.state in (ObjectionState.REGISTERED, ObjectionState.CHECKING)
