"""Commands that enter what counts beside files of sheets: entries, recusals, ballots."""

from collections.abc import Callable

from core.cli.deciding import numbered, subject_of
from core.cli.invocation import Invocation
from core.cli.naming import in_codes
from core.cli.terminal import Answer, table
from core.errors import NotFound
from core.model.assessment import Entry, EntryKind
from core.model.ballot import Ballot
from core.model.ballot_view import Vote
from core.model.plain_records import to_plain
from core.services.services import Services

_ENTRIES = ("序号", "对象", "种类", "分值", "事由", "依据", "日期", "解除")
_TALLY = ("环节", "票箱", "对象", "录入", "待录第二遍", "不一致", "作废", "有效", "至少")
_KINDS = {
    EntryKind.BONUS: "加分",
    EntryKind.DEDUCTION: "扣分",
    EntryKind.VETO: "一票否决",
    EntryKind.DIRECT: "直接认定",
}


def add_entry(services: Services, call: Invocation) -> Answer:
    """Keep a bonus, a deduction, a veto or a direct award."""
    call = _coded(services, call)
    entry = Entry(
        "",
        "",
        subject_of(services, call).id,
        EntryKind(call.kind),
        call.points,
        call.reason,
        item=call.item,
        evidence=call.evidence,
        dated_on=call.dated_on.isoformat() if call.dated_on else "",
        level=call.level,
    )
    services.entries.add(call.year, entry, call.cycle)
    return list_entries(services, call, "已登记。")


def lift_entry(services: Services, call: Invocation) -> Answer:
    """Let an entry count no more."""
    entries = services.assessments.year(call.year, call.cycle).entries
    services.entries.lift(numbered(entries, call.number).id, call.reason)
    return list_entries(services, call, "已解除。")


def list_entries(services: Services, call: Invocation, said: str = "") -> Answer:
    """List the entries of a cycle."""
    view = services.assessments.year(call.year, call.cycle)
    names = {each.id: each.name for each in view.subjects}
    rows = [
        (
            str(number),
            names[each.subject_id],
            _KINDS[each.kind],
            "" if each.points is None else str(each.points),
            each.reason,
            each.evidence,
            each.dated_on,
            each.lifted,
        )
        for number, each in enumerate(view.entries, start=1)
    ]
    data = [
        {"number": number, "subject": names[each.subject_id], "entry": to_plain(each)}
        for number, each in enumerate(view.entries, start=1)
    ]
    lines = [said] if said else []
    lines += table(_ENTRIES, rows, frozenset({0, 3})) if rows else ["没有加减分。"]
    return Answer({"entries": data}, tuple(lines))


def recuse(services: Services, call: Invocation) -> Answer:
    """Leave a rater out for a subject, or take that back."""
    subject = subject_of(services, call)
    scheme = services.assessments.scheme(call.year, call.cycle)
    call = in_codes(call, scheme)
    if call.lift:
        services.entries.unrecuse(call.year, subject.id, call.stage, call.rater, call.cycle)
    else:
        services.entries.recuse(call.year, subject.id, call.stage, call.rater, call.reason, call.cycle)
    verb = "已取消回避" if call.lift else "已登记回避"
    data = {"subject": subject.name, "stage": call.stage, "rater": call.rater, "recused": not call.lift}
    names = {rater.code: rater.name for rater in scheme.stage(call.stage).raters}
    return Answer(data, (f"{verb}：{names[call.rater]}对“{subject.name}”。",))


def enter_ballot(services: Services, call: Invocation) -> Answer:
    """Enter a ballot for the first or the second time."""
    ballot = services.ballots.enter(
        call.year, _vote(services, call), call.by, second=call.second, cycle=call.cycle
    )
    return _told(ballot)


def resolve_ballot(services: Services, call: Invocation) -> Answer:
    """Settle what a ballot says whose entries differ."""
    return _told(services.ballots.resolve(_ballot(services, call).id, call.answers, call.by))


def invalidate_ballot(services: Services, call: Invocation) -> Answer:
    """Let a ballot not count."""
    return _told(services.ballots.invalidate(_ballot(services, call).id, call.reason))


def list_differences(services: Services, call: Invocation) -> Answer:
    """List the ballots whose entries differ."""
    found = services.ballots.differences(call.year, call.cycle)
    view = services.assessments.year(call.year, call.cycle)
    names = {each.id: each.name for each in view.subjects}
    boxes = {(stage.code, box.code): box.name for stage in view.scheme.stages for box in stage.raters}
    lines = [
        f"第 {each.number} 号（{boxes[each.stage, each.rater]}，{names[each.subject_id]}）："
        f"{each.first_by} {','.join(each.first)}；{each.second_by} {','.join(each.second)}"
        for each in found
    ]
    data = [{"subject": names[each.subject_id], "ballot": to_plain(each)} for each in found]
    return Answer({"differences": data}, tuple(lines or ["两遍录入都一致。"]))


def tally(services: Services, call: Invocation) -> Answer:
    """Count the ballots."""
    counts = services.ballots.tally(call.year, call.cycle)
    rows = [
        (
            each.stage.name,
            each.rater.name,
            each.subject.name,
            *map(str, (each.entered, each.waiting, each.differing, each.invalid, each.valid, each.minimum)),
        )
        for each in counts
    ]
    data = [
        {
            "stage": each.stage.code,
            "rater": each.rater.code,
            "subject": each.subject.name,
            "entered": each.entered,
            "waiting": each.waiting,
            "differing": each.differing,
            "invalid": each.invalid,
            "valid": each.valid,
            "minimum": each.minimum,
            "enough": each.is_enough,
        }
        for each in counts
    ]
    lines = table(_TALLY, rows, frozenset(range(3, 9))) if rows else ["这次考核没有测评票。"]
    return Answer({"boxes": data}, tuple(lines))


def _coded(services: Services, call: Invocation) -> Invocation:
    return in_codes(call, services.assessments.scheme(call.year, call.cycle))


def _vote(services: Services, call: Invocation) -> Vote:
    named = _coded(services, call)
    return Vote(named.stage, named.rater, subject_of(services, call).id, call.number, call.answers)


def _ballot(services: Services, call: Invocation) -> Ballot:
    vote = _vote(services, call)
    ballots = services.assessments.year(call.year, call.cycle).ballots
    for each in ballots:
        if (each.stage, each.rater, each.subject_id, each.number) == (
            vote.stage,
            vote.rater,
            vote.subject_id,
            vote.number,
        ):
            return each
    raise NotFound("ballot_missing", f"没有录过第 {call.number} 号票。", "请核对票号、环节和评分方。")


def _told(ballot: Ballot) -> Answer:
    if ballot.invalid:
        said = f"作废：{ballot.invalid}"
    elif not ballot.second:
        said = "已录第一遍"
    else:
        said = "两遍不一致，请核对" if ballot.differs else "有效"
    return Answer(
        {"ballot": to_plain(ballot), "counts": ballot.counts}, (f"第 {ballot.number} 号票：{said}",)
    )


COMMANDS: dict[str, Callable[[Services, Invocation], Answer]] = {
    "entry add": add_entry,
    "entry lift": lift_entry,
    "entry list": list_entries,
    "recuse": recuse,
    "ballots enter": enter_ballot,
    "ballots resolve": resolve_ballot,
    "ballots invalidate": invalidate_ballot,
    "ballots differences": list_differences,
    "ballots tally": tally,
}
