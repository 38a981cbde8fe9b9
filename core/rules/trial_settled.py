"""Decisions, revocations, earlier years and weights from the JSON of `try-scheme` (docs/try-scheme.md)."""

from core.model.assessment import ChosenWeight, ResultState
from core.model.decision import Decision, DecisionKind, Revocation
from core.model.earlier import EarlierResult
from core.model.settled import Settled
from core.rules.sections import Section


def read_settled(root: Section) -> Settled:
    """What the JSON says beside the subjects; ids are those of the subjects."""
    return Settled(
        decisions=tuple(_decision(part) for part in root.sections("decisions", "决定")),
        revocations=tuple(_revocation(part) for part in root.sections("revocations", "撤销")),
        earlier=tuple(_earlier(part) for part in root.sections("earlier", "往年结果")),
        weights=tuple(_weight(part) for part in root.sections("weights", "选定权重")),
    )


def _decision(section: Section) -> Decision:
    decision = Decision(
        id="",
        cycle_id="",
        kind=section.choice("kind", DecisionKind),
        body=section.text("body"),
        decided_on=section.text("decided_on"),
        persons=section.text("persons"),
        reason=section.text("reason"),
        evidence=section.text("evidence", ""),
        subject_id=section.text("subject", ""),
        award=section.text("award", ""),
        category=section.text("category", ""),
        order=section.texts("order"),
        score=section.optional_number("score"),
        grade=section.text("grade", ""),
        lifted=section.text("lifted", ""),
    )
    section.close()
    return decision


def _revocation(section: Section) -> Revocation:
    revocation = Revocation(
        id="",
        cycle_id="",
        subject_id=section.text("subject"),
        body=section.text("body"),
        dated_on=section.text("dated_on"),
        reason=section.text("reason"),
        evidence=section.text("evidence", ""),
        promote=section.flag("promote", True),
        lifted=section.text("lifted", ""),
    )
    section.close()
    return revocation


def _earlier(section: Section) -> EarlierResult:
    earlier = EarlierResult(
        year=section.whole("year", 0),
        subject_ref=section.text("subject", ""),
        name=section.text("name", ""),
        state=section.choice("state", ResultState, ResultState.COMPLETE),
        final=section.optional_number("final"),
        grade=section.text("grade", ""),
        rank=section.whole("rank", 0),
        of=section.whole("of", 0),
        award=section.text("award", ""),
        number=section.whole("number", 0),
        among=section.text("among", ""),
    )
    section.close()
    return earlier


def _weight(section: Section) -> ChosenWeight:
    weight = ChosenWeight(
        section.text("stage"), section.text("rater"), section.number("weight"), section.text("category", "")
    )
    section.close()
    return weight
