"""The office's own fonts: handed in, looked at, kept with the attachments, used on every paper."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from core.errors import AppError, Conflict, InvalidInput, NotFound
from core.model.attachment import Attachment
from core.model.finding import Find
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.office_font import MAX_FONT_BYTES, FontPlace, OfficeFont, PcFonts, SoundFont
from core.ports import Clock, FileVault, OwnFonts, Paper, Reading, Store, unwatched
from core.rules.attachment_checks import safe_name
from core.rules.font_specimen import font_specimen
from core.services.files import read_bytes
from core.services.office_reading import read_office

_PLACE_OF = {place.owner_id: place for place in FontPlace}
_OF_FONTS = Find(among=(("owner_id", tuple(_PLACE_OF)),))


class FontService:
    """A font is an attachment of its place: kept once by content, in the journal, brought back by undo.

    A face has one font of the office, a new one takes the old one's place; for rare characters there may be
    any number, asked in the order in which they were added.
    """

    def __init__(
        self, store: Store, actor: str, clock: Clock, vault: FileVault, paper: Paper, own_fonts: OwnFonts
    ) -> None:
        """Work on this store and its vault in this person's name."""
        self._store = store
        self._actor = actor
        self._clock = clock
        self._vault = vault
        self._paper = paper
        self._own_fonts = own_fonts

    def all(self) -> tuple[OfficeFont, ...]:
        """The office's fonts by place, the oldest first."""
        with self._store.reading() as view:
            kept = _kept(view)
        return tuple(self._with_reach(_font(each)) for place in FontPlace for each in kept[place])

    def file(self, font: OfficeFont) -> Path:
        """Where the font's file lies, for reading alone.

        Raises:
            NotFound: it is lost.
        """
        return self._vault.place(font.digest)

    def names_in(self, path: Path) -> tuple[str, ...]:
        """The names of the fonts in a file: one, or those of a collection.

        Raises:
            InvalidInput: it is no font, or damaged or too large.
            StorageFailed: the file cannot be read.
        """
        return self._paper.font_names(_content(path))

    def of_this_pc(self) -> PcFonts:
        """The official faces that are installed here.

        Raises:
            NotFound: there is no office yet.
        """
        files = dict(self._own_fonts())
        with self._store.reading() as view:
            in_use = read_office(view).use_office_fonts
        names = [place.label for place in FontPlace if place is not FontPlace.RARE]
        return PcFonts(
            tuple(f"{name}（{files[name]}）" for name in names if name in files),
            tuple(name for name in names if name not in files),
            in_use,
        )

    def specimen(self) -> bytes:
        """A page with every face of a document as it prints now, and the fonts that draw it, as PDF.

        Raises:
            NotFound: there is no office yet.
            DocumentFailed: a character has no font.
        """
        with self._store.reading() as view:
            office = read_office(view)
        today = self._clock().date()
        _, (uses,) = self._paper.documents_with_fonts([font_specimen(office, today)], unwatched)
        return self._paper.document(font_specimen(office, today, uses))

    def add(self, path: Path, place: FontPlace, face: str = "") -> OfficeFont:
        """Take a font into use; `face` is the name or number of one of a collection.

        Raises:
            InvalidInput: it cannot be used, with the reason; or which font of a collection was not said.
            NotFound: the collection has no such font.
            Conflict: it is in use there already, or shows nothing that the bundled fonts lack.
            StorageFailed: it cannot be read, or the disk does not take it.
        """
        sound = self._paper.sound_font(_content(path), face)
        with self._store.reading() as view:
            kept = _kept(view)[place]
        if hashlib.sha256(sound.content).hexdigest() in {each.digest for each in kept}:
            raise Conflict(
                "font_twin", f"{place.label}已经在用“{sound.name}”，没有重复添加。", "不用再做什么。"
            )
        if place is FontPlace.RARE and not sound.reach.added:
            raise Conflict(
                "font_adds_nothing",
                f"“{sound.name}”收的字，程序自带的字体都能显示，没有添加。",
                "想用它排正文或标题，请在添加时选相应的用途。",
            )
        added = self._attachment(path, place, sound)
        self._record(added, place)
        return replace(_font(added), reach=sound.reach)

    def remove(self, font_id: str) -> OfficeFont:
        """Take a font out of use; which it was. Its file stays, so that it can be brought back.

        Raises:
            NotFound: there is no such font.
        """
        with self._store.writing(ActDraft("移除字体", self._actor)) as work:
            found = next((each for each in work.all(Attachment) if each.id == font_id), None)
            if found is None or found.owner_id not in _PLACE_OF:
                raise NotFound("font_missing", "没有这个字体，可能已经移除。", "请刷新后再看。")
            work.remove([found])
        return _font(found)

    def _record(self, added: Attachment, place: FontPlace) -> None:
        with self._store.writing(ActDraft("添加字体", self._actor, place.label)) as work:
            if place is not FontPlace.RARE:
                work.remove(work.all(Attachment, owner_id=place.owner_id))
            work.add([added])

    def _attachment(self, path: Path, place: FontPlace, sound: SoundFont) -> Attachment:
        content = self._vault.keep([sound.content])
        added_at = self._clock().isoformat(timespec="seconds")
        name = safe_name(path.name)
        return Attachment(new_id(), place.owner_id, name, content.digest, content.size, added_at, sound.name)

    def _with_reach(self, font: OfficeFont) -> OfficeFont:
        """The font with what it shows, or with what is wrong with its file."""
        if not self._vault.is_whole(font.digest):
            return replace(font, fault="文件不见了或已损坏，没有使用；请移除后再添加一次。")
        try:
            return replace(font, reach=self._paper.font_reach(self._vault.place(font.digest)))
        except AppError as error:
            return replace(font, fault=f"{error.message_zh}{error.remedy_zh}")


def fonts_in_use(view: Reading, vault: FileVault) -> Mapping[FontPlace, tuple[Path, ...]]:
    """Where the office's fonts lie by place, the oldest first; those that are missing are left out."""
    found: dict[FontPlace, tuple[Path, ...]] = {}
    # One question, as it is asked for every paper.
    for owner_id, digest in view.values(Attachment, ("owner_id", "digest"), _OF_FONTS):
        if path := _path(vault, digest):
            place = _PLACE_OF[owner_id]
            found[place] = (*found.get(place, ()), path)
    return found


def _path(vault: FileVault, digest: str) -> Path | None:
    try:
        return vault.place(digest)
    except NotFound:
        return None


def _kept(view: Reading) -> Mapping[FontPlace, tuple[Attachment, ...]]:
    return {place: view.all(Attachment, owner_id=place.owner_id) for place in FontPlace}


def _font(kept: Attachment) -> OfficeFont:
    place = _PLACE_OF[kept.owner_id]
    return OfficeFont(kept.id, place, kept.caption, kept.name, kept.size, kept.digest, kept.added_at)


def _content(path: Path) -> bytes:
    """What is in a file that is one, and not too large to be a font."""
    size = _size(path)
    if size > MAX_FONT_BYTES:
        most = MAX_FONT_BYTES >> 20
        raise InvalidInput(
            "font_too_large",
            f"“{path.name}”有 {size >> 20} MB，超过了字体文件的上限 {most} MB。",
            "请另选一个较小的字体文件。",
        )
    return read_bytes(path)


def _size(path: Path) -> int:
    """The size of a file that is one: a pipe or a device would be read without end."""
    try:
        if path.is_file():
            return path.stat().st_size
    except OSError as error:
        raise _no_file(path) from error
    raise _no_file(path)


def _no_file(path: Path) -> InvalidInput:
    return InvalidInput("font_file_missing", f"找不到文件“{path.name or path}”。", "请核对文件名和位置。")
