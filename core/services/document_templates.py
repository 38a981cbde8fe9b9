"""The templates of documents: those shipped, and the office's own in their place or beside them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from core.errors import InvalidInput, NotFound
from core.model.document_text import About, DocumentText
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.written_document import OwnTemplate
from core.ports import Reading, Store
from core.resources import resource_path
from core.rules.document_fields import refuse_unknown
from core.rules.document_text import read_document, write_document


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """A template in a list; `is_own` if the office wrote or changed it, `is_shipped` if one is behind it."""

    code: str
    name: str
    genre: str
    about: About
    purpose: str
    is_own: bool
    is_shipped: bool


class DocumentTemplateService:
    """Templates by code; the office's own version goes before the shipped one."""

    def __init__(self, store: Store, actor: str) -> None:
        """Work on this store in this person's name."""
        self._store = store
        self._actor = actor

    def lines(self) -> tuple[TemplateLine, ...]:
        """All templates, the shipped ones in their order, then the office's own."""
        with self._store.reading() as view:
            own = {each.code: read_document(each.text) for each in view.all(OwnTemplate)}
        shipped = shipped_templates()
        known = {**shipped, **own}
        return tuple(
            TemplateLine(code, each.name, each.genre, each.about, each.purpose, code in own, code in shipped)
            for code, each in known.items()
        )

    def template(self, code: str) -> DocumentText:
        """The template of a code, the office's own if it has one.

        Raises:
            NotFound: there is none.
        """
        with self._store.reading() as view:
            return read_template(view, code)

    def read(self, text: str) -> DocumentText:
        """The template that a file writes.

        Raises:
            InvalidInput: it cannot be read, with every finding.
        """
        return read_document(text)

    def written(self, text: DocumentText) -> str:
        """A template as a file writes it."""
        return write_document(text)

    def save(self, text: DocumentText) -> None:
        """Keep the office's own version.

        Raises:
            InvalidInput: it names data that it does not have, or it cannot be read back.
        """
        refuse_unknown(text)
        written = write_document(text)
        read_document(written)
        with self._store.writing(ActDraft("修改文书模板", self._actor, text.name)) as work:
            kept = next(iter(work.all(OwnTemplate, code=text.code)), None)
            if kept:
                work.change([replace(kept, text=written)])
            else:
                work.add([OwnTemplate(new_id(), text.code, written)])

    def restore(self, code: str) -> DocumentText:
        """Give up the office's own version; the shipped one is used again.

        Raises:
            NotFound: the office has no version of its own.
            InvalidInput: no shipped one stands behind it.
        """
        shipped = shipped_templates().get(code)
        with self._store.writing(ActDraft("恢复文书模板", self._actor, code)) as work:
            kept = next(iter(work.all(OwnTemplate, code=code)), None)
            if kept is None:
                raise NotFound("no_own_template", "这个模板没有改过。", "不用恢复。")
            if shipped is None:
                raise InvalidInput(
                    "no_shipped_template", "这是本单位自己写的模板，没有自带的可以恢复。", "不用时请删除。"
                )
            work.remove([kept])
        return shipped

    def remove(self, code: str) -> None:
        """Take out a template that the office wrote itself; documents made from it stay.

        Raises:
            NotFound: it has none of this code.
        """
        with self._store.writing(ActDraft("删除文书模板", self._actor, code)) as work:
            kept = next(iter(work.all(OwnTemplate, code=code)), None)
            if kept is None:
                raise NotFound("no_own_template", "没有这个自己的模板。", "请刷新列表。")
            work.remove([kept])


def read_template(view: Reading, code: str) -> DocumentText:
    """The template of a code as a view of the store shows it.

    Raises:
        NotFound: there is none.
    """
    own = next(iter(view.all(OwnTemplate, code=code)), None)
    if own:
        return read_document(own.text)
    if code in (shipped := shipped_templates()):
        return shipped[code]
    raise NotFound(
        "template_missing", f"没有代码是“{code}”的文书模板。", f"现有的模板：{'、'.join(shipped)}。"
    )


@lru_cache(maxsize=1)
def shipped_templates() -> Mapping[str, DocumentText]:
    """The templates that come with the program, by code, in the order of their files' names."""
    files = sorted(resource_path("documents").glob("*.toml"))
    made = (read_document(file.read_text("utf-8")) for file in files)
    return {each.code: each for each in made}
