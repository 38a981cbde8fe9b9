"""The desk of schemes: those that ship with the program, and the office's own."""

import tomllib
from collections.abc import Iterator
from datetime import datetime

from core.errors import NotFound
from core.model.assessment import SchemeText
from core.model.identity import new_id
from core.model.scheme import Scheme
from core.model.scheme_view import SchemeLine
from core.ports import Reading, Store, Writing
from core.resources import resource_path
from core.rules.scheme_file import read_scheme


class SchemeService:
    """Schemes by their codes; an office's own one goes before the shipped one of its code."""

    def __init__(self, store: Store) -> None:
        """Read from this store."""
        self._store = store

    def all(self) -> tuple[SchemeLine, ...]:
        """All schemes to choose from, in the order of their codes."""
        with self._store.reading() as view:
            return scheme_lines(view)

    def text(self, code: str) -> str:
        """The TOML text of the latest scheme with this code.

        Raises:
            NotFound: there is none.
        """
        with self._store.reading() as view:
            return scheme_text(view, code)

    def scheme(self, code: str) -> Scheme:
        """The latest scheme with this code.

        Raises:
            NotFound: there is none.
        """
        return read_scheme(self.text(code))


def scheme_lines(view: Reading) -> tuple[SchemeLine, ...]:
    """All schemes to choose from, in the order of their codes."""
    kept = {each.code: each for each in sorted(view.all(SchemeText), key=_loaded_at)}
    shipped = {code: (name, text) for code, name, text in _shipped()}
    lines = {code: SchemeLine(code, name, own=False) for code, (name, _) in shipped.items()}
    lines |= {
        each.code: SchemeLine(each.code, each.name, own=True, loaded_at=each.loaded_at)
        for each in kept.values()
        if shipped.get(each.code, ("", ""))[1] != each.text
    }
    return tuple(lines[code] for code in sorted(lines))


def scheme_text(view: Reading, code: str) -> str:
    """The TOML text of the latest scheme with this code: the office's own, or the shipped one.

    Raises:
        NotFound: there is none.
    """
    own = newest_own(view, code)
    if own:
        return own.text
    known = []
    for shipped, _, text in _shipped():
        if shipped == code:
            return text
        known.append(shipped)
    raise NotFound(
        "scheme_missing", f"没有代号为“{code}”的考核方案。", f"程序自带的方案：{'、'.join(known)}。"
    )


def newest_own(view: Reading, code: str) -> SchemeText | None:
    """The text with this code that the store took in last."""
    return max(view.all(SchemeText, code=code), key=_loaded_at, default=None)


def keep_scheme(work: Writing, scheme: Scheme, text: str, at: datetime) -> SchemeText:
    """The text of a scheme as it is kept; the same text is kept once."""
    kept = next(iter(work.all(SchemeText, digest=scheme.digest)), None)
    if kept:
        return kept
    loaded_at = at.isoformat(timespec="microseconds")
    record = SchemeText(new_id(), scheme.code, scheme.name, text, scheme.digest, loaded_at)
    work.add([record])
    return record


def _loaded_at(kept: SchemeText) -> tuple[str, str]:
    return kept.loaded_at, kept.id


def _shipped() -> Iterator[tuple[str, str, str]]:
    """Code, name and text of every scheme among the bundled standards."""
    for path in sorted(resource_path("standards").glob("*.toml")):
        text = path.read_text("utf-8")
        said = tomllib.loads(text)
        if "stages" in said:
            yield said["code"], said["name"], text
