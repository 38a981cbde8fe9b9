"""Which fonts drew an issued paper: kept beside what it says, so that other fonts are noticed."""

import json
from collections.abc import Sequence

from core.model.office_font import FontUse
from core.model.plain_records import from_plain, to_plain

_KEY = "fonts"


def with_fonts(said: object, fonts: Sequence[FontUse]) -> str:
    """What the register keeps of a paper: what it says, as `to_plain` gives it, and its fonts."""
    assert isinstance(said, dict) and _KEY not in said
    kept = {**said, _KEY: [to_plain(each) for each in fonts]}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def without_fonts(content: str) -> object:
    """What a paper says, as it was given to `with_fonts`."""
    said = json.loads(content)
    said.pop(_KEY, None)
    return said


def fonts_in(content: str) -> tuple[FontUse, ...]:
    """The fonts that drew a paper; empty for one from before these were kept."""
    if not content:
        return ()
    return tuple(from_plain(FontUse, each) for each in json.loads(content).get(_KEY, ()))


def changed_fonts(then: Sequence[FontUse], now: Sequence[FontUse]) -> str:
    """Which fonts are others now, in words; empty where none is, or those of then are not known."""
    if not then:
        return ""
    places = dict.fromkeys(each.place for each in (*then, *now))
    parts = []
    for place in places:
        before, after = (tuple(each for each in uses if each.place is place) for uses in (then, now))
        if {each.digest for each in before} != {each.digest for each in after}:
            parts.append(f"{place.label}当时用 {_named(before)}，现在用 {_named(after)}")
    return "；".join(parts)


def _named(fonts: Sequence[FontUse]) -> str:
    """Their names, two of the same name told apart by their digests."""
    return "、".join(f"{each.name}（{each.digest[:8]}）" for each in fonts) or "别的字体"
