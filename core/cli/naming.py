"""The parts of a scheme as commands name them: by their code, or by the name that people know."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol

from core.cli.invocation import Invocation
from core.errors import NotFound
from core.model.assessment import ChosenWeight, EntryKind
from core.model.scheme import Rater, Scheme


class _Part(Protocol):
    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...


def in_codes(call: Invocation, scheme: Scheme) -> Invocation:
    """The command with the codes of the stage, rater, award, item and weights that it names.

    Raises:
        NotFound: the scheme has no such part, or several with this name.
    """
    stage = _code_of(scheme.stages, call.stage, "环节")
    return replace(
        call,
        stage=stage,
        rater=_code_of(_raters(scheme, stage), call.rater, "评分方"),
        award=_code_of(scheme.awards, call.award, "奖项"),
        item=_item(scheme, call),
        weights=tuple(_weight(scheme, each) for each in call.weights),
    )


def _item(scheme: Scheme, call: Invocation) -> str:
    if call.kind == EntryKind.VETO:
        return _code_of(scheme.vetoes, call.item, "一票否决事项", "方案以外的事项不写 --item，只写事由。")
    return _code_of(scheme.awards, call.item, "奖项") if call.kind == EntryKind.DIRECT else call.item


def _weight(scheme: Scheme, given: ChosenWeight) -> ChosenWeight:
    stage = _code_of(scheme.stages, given.stage, "环节")
    return given._replace(stage=stage, rater=_code_of(_raters(scheme, stage), given.rater, "评分方"))


def _raters(scheme: Scheme, stage: str) -> list[Rater]:
    return [rater for each in scheme.stages if stage in ("", each.code) for rater in each.raters]


def _code_of(parts: Iterable[_Part], given: str, what: str, otherwise: str = "") -> str:
    """The code of what is called so; nothing for nothing."""
    wanted, known = given.strip(), {each.code: each.name for each in parts}
    if not wanted or wanted in known:
        return wanted
    found = [code for code, name in known.items() if name == wanted]
    if len(found) == 1:
        return found[0]
    choices = "、".join(f"{code}（{name}）" for code, name in known.items() if not found or code in found)
    if found:
        raise NotFound("part_ambiguous", f"方案里有几个{what}叫“{wanted}”。", f"请写代号：{choices}。")
    remedy = f"代号、名称都可以写：{choices}。" if known else f"这个方案没有{what}。"
    raise NotFound("part_missing", f"方案里没有“{wanted}”这个{what}。", remedy + otherwise)
