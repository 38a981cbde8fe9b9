"""并列: those with equal finals side by side, with the keys that tell them apart (R14)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby

from core.model.assessment import Result, Subject
from core.model.cycle_view import ranked_among
from core.model.decision import DecisionKind
from core.model.result_list import ListKind, ResultLine, ResultList
from core.model.tables import OutColumn
from core.rules.result_findings import NAME, ResultFindings
from core.rules.tie_keys import TieValue, key_label, tie_values

Pair = tuple[Subject, Result]


def tie_list(found: ResultFindings) -> ResultList:
    """Every group of equals, the best first, each in the order of the scheme's tie keys."""
    scheme = found.view.scheme
    groups = [group for group in _groups(found) if len(group) > 1]
    keys = [OutColumn(key_label(scheme, key), 12) for key in scheme.tie_keys]
    order = "、".join(key_label(scheme, key) for key in scheme.tie_keys)
    rule = f"同分的依次比较{order}；都相同的仍是并列。" if order else "方案没有规定同分的比较办法。"
    return ResultList(
        ListKind.TIES,
        found.title("同分比较"),
        f"同分的 {len(groups)} 组。{rule}",
        (OutColumn("名次", 6), NAME, found.final(), OutColumn("先后", 10), OutColumn("奖项", 16), *keys),
        tuple(line for group in groups for line in _lines(found, group)),
        "没有得分相同的对象。",
    )


def _groups(found: ResultFindings) -> Iterator[list[Pair]]:
    within = found.view.scheme.rank_within
    groups: defaultdict[tuple[str, int], list[Pair]] = defaultdict(list)
    for subject, result in found.ordered:
        if result.rank:
            groups[ranked_among(within, subject), result.rank].append((subject, result))
    return iter(groups.values())


def _lines(found: ResultFindings, group: Sequence[Pair]) -> Iterator[ResultLine]:
    keyed = [(tie_values(found.view.scheme, found.scores[pair[0].id]), pair) for pair in group]
    keyed.sort(key=lambda each: _order(each[0]))
    ahead = 0
    for _, same in groupby(keyed, key=lambda each: _order(each[0])):
        equals = list(same)
        voted = _voted(found, {subject.id for _, (subject, _result) in equals})
        equals.sort(key=lambda each: voted.index(each[1][0].id) if voted else 0)
        for number, (values, (subject, result)) in enumerate(equals, start=ahead + 1):
            shared = f"{'并列' if len(equals) > 1 else ''}第 {ahead + 1}"
            place = f"表决第 {number}" if voted else shared
            texts = [value.text for value in values]
            award = found.award_words(subject.id) or None
            yield ResultLine((result.rank, subject.name, result.final, place, award, *texts), subject.id)
        ahead += len(equals)


def _voted(found: ResultFindings, equals: set[str]) -> tuple[str, ...]:
    """The order that people decided for these equals, who are told apart by nothing else; empty if none."""
    orders = (
        each.order for each in found.view.decisions if each.kind is DecisionKind.TIE and not each.lifted
    )
    return next((order for order in orders if set(order) == equals), ())


def _order(values: Sequence[TieValue]) -> list[object]:
    return [value.order for value in values]
