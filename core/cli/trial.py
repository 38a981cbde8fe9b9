"""`try-scheme`: compute a scheme without a store, for authors of schemes."""

from core.cli.assessing import outcome_lines
from core.cli.invocation import Invocation
from core.cli.outcome_json import outcome_json
from core.cli.terminal import Answer, table
from core.services.trial import try_scheme as run_trial

HEADS = ("名次", "对象", "得分", "等次", "奖项", "说明")
RIGHT = frozenset({0, 2})


def try_scheme(call: Invocation) -> Answer:
    """Read both files, check the scheme, compute, list."""
    scheme, subjects, findings, outcome = run_trial(call.scheme, call.sheets)
    names = {subject.id: subject.name for subject in subjects}
    rows = [
        (
            str(result.rank or "—"),
            names[result.subject_id],
            "—" if result.final is None else str(result.final),
            result.grade or "—",
            result.award or "—",
            "、".join(result.notes),
        )
        for result in sorted(outcome.results, key=lambda each: (each.rank == 0, each.rank))
    ]
    lines = [
        f"《{scheme.name}》试算，数据校验码 {outcome.digest[:8].upper()}",
        "",
        *table(HEADS, rows, RIGHT),
        "",
    ]
    lines += outcome_lines(outcome, subjects)
    lines += [f"注意：{finding}" for finding in findings]
    data = {"findings": [str(finding) for finding in findings], **outcome_json(outcome, subjects)}
    return Answer(data, tuple(lines))
