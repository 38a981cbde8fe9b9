"""The path of a document: which steps are open, and what each asks for."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from core.errors import InvalidInput, RuleViolation
from core.model.written_document import DocumentState, DocumentStep, WrittenDocument

NEXT: Mapping[DocumentState, tuple[DocumentState, ...]] = {
    DocumentState.DRAFT: (DocumentState.REVIEW,),
    DocumentState.REVIEW: (DocumentState.SIGNED, DocumentState.DRAFT),
    DocumentState.SIGNED: (DocumentState.ISSUED, DocumentState.DRAFT),
    DocumentState.ISSUED: (DocumentState.VOID,),
    DocumentState.VOID: (),
}
"""The states that a document may come into next; the first is the way on."""
VERBS: Mapping[DocumentState, str] = {
    DocumentState.DRAFT: "退回修改",
    DocumentState.REVIEW: "送审核",
    DocumentState.SIGNED: "签发",
    DocumentState.ISSUED: "印发",
    DocumentState.VOID: "作废",
}
"""What going into a state is called."""
WRITABLE = (DocumentState.DRAFT, DocumentState.REVIEW)
"""The states in which its text may change."""
_REASONED = (DocumentState.DRAFT, DocumentState.VOID)


def stepped(
    document: WrittenDocument, state: DocumentState, at: datetime, person: str, note: str = ""
) -> WrittenDocument:
    """The document in its next state, the step written down.

    Raises:
        RuleViolation: this step is not open from where it stands.
        InvalidInput: a reason is wanted and not given.
    """
    if state not in NEXT[document.state]:
        ways = "、".join(VERBS[each] for each in NEXT[document.state])
        raise RuleViolation(
            "document_step",
            f"《{document.title}》现在是“{document.state.label}”，不能{VERBS[state]}。",
            f"现在可以：{ways}。" if ways else "作废的文书只能查看。",
        )
    if state in _REASONED and not note.strip():
        raise InvalidInput("no_reason", f"{VERBS[state]}要写明理由。", "请写一句理由。")
    step = DocumentStep(state.value, at.isoformat(timespec="seconds"), person, note.strip())
    return replace(document, state=state, steps=(*document.steps, step))


def refuse_locked(document: WrittenDocument) -> None:
    """Nothing, if its text may change.

    Raises:
        RuleViolation: it is signed, issued or void.
    """
    if document.state not in WRITABLE:
        remedy = (
            "请先退回修改，写明理由。"
            if document.state is DocumentState.SIGNED
            else "已发的文书不能改；有错请作废后另发。"
        )
        raise RuleViolation(
            "document_locked", f"《{document.title}》{document.state.label}，不能再改。", remedy
        )
