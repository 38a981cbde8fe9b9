"""名单: who came onto a list of the results and who went (R19); and those apart from the ranking."""

from collections.abc import Iterator, Sequence

from core.model.assessment import ResultState
from core.model.outcome import SupportList
from core.model.result_list import ListKind, ResultLine, ResultList
from core.model.tables import OutColumn
from core.rules.result_findings import NAME, ResultFindings
from core.rules.result_notes import NO_AWARDS
from core.rules.support_lists import STATE_WORDS

_WITHOUT_RANK = (
    ResultState.VETOED,
    ResultState.INCOMPLETE,
    ResultState.REVOKED,
    ResultState.NOT_ASSESSED,
)
_WHY = {**{state: STATE_WORDS[state] for state in _WITHOUT_RANK}, ResultState.COMPLETE: NO_AWARDS}
"""In the order in which they are counted."""


def support_list(found: ResultFindings) -> ResultList:
    """The subjects of every list, those who came marked, then those who went."""
    lists, before = found.outcome.lists, found.years.before
    counts = [
        f"{one.name} {len(one.subject_ids)} 个，"
        f"比{before}新列入 {sum(each.came for each in one.changes)} 个、"
        f"退出 {sum(not each.came for each in one.changes) + len(one.left)} 个"
        for one in lists
    ]
    return ResultList(
        ListKind.LISTS,
        found.title("名单及变化"),
        f"{'；'.join(counts)}。" if counts else "",
        (
            *_heads(lists),
            NAME,
            found.final(),
            found.grade(),
            OutColumn("变化", 10),
            OutColumn("缘由", 26),
        ),
        tuple(line for one in lists for line in _members(found, one, (one.name,) * len(_heads(lists)))),
        "考核方案没有设名单。" if not lists else f"名单上没有对象，{before}也没有。",
    )


def _heads(lists: Sequence[SupportList]) -> tuple[OutColumn, ...]:
    """The column that tells several lists apart."""
    return (OutColumn("名单", 18),) if len(lists) > 1 else ()


def _members(found: ResultFindings, one: SupportList, named: tuple[str, ...]) -> Iterator[ResultLine]:
    changes = {each.subject_id: each for each in one.changes}
    listed = set(one.subject_ids)
    for came in (True, False):
        for subject, result in found.ordered:
            if (subject.id in listed) is came and (came or subject.id in changes):
                change = changes.get(subject.id)
                word = ("新列入" if came else "退出") if change else "保留"
                why = change.why if change else None
                yield ResultLine(
                    (*named, subject.name, result.final, result.grade or None, word, why), subject.id
                )
    for name in one.left:
        yield ResultLine((*named, name, None, None, "退出", f"{found.years.now}不在考核名单里"))


def apart_list(found: ResultFindings) -> ResultList:
    """Those without a rank, and those whom a veto keeps from awards: each with the reason."""
    apart = [
        (subject, result)
        for subject, result in found.ordered
        if not result.rank or any(note.startswith(NO_AWARDS) for note in result.notes)
    ]
    counts = "，".join(
        f"{word} {count} 个"
        for state, word in _WHY.items()
        if (count := sum(result.state is state for _, result in apart))
    )
    return ResultList(
        ListKind.APART,
        found.title("一票否决、未完成、不参评"),
        f"{counts}。" if counts else "",
        (OutColumn("情形", 10), NAME, found.final(), found.grade(), OutColumn("原因", 40)),
        tuple(
            ResultLine(
                (
                    _WHY[result.state],
                    subject.name,
                    result.final,
                    result.grade or None,
                    subject.barred or "；".join(result.notes) or None,
                ),
                subject.id,
            )
            for subject, result in apart
        ),
        "每个对象都列入了排名，没有一票否决、未完成和不参评的。",
    )
