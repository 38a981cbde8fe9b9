"""Forms, wordings and printers' profiles: listed, brought in and out, set back, calibrated."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import replace

from core.errors import InvalidInput, NotFound
from core.model.certificate import CertificateTemplate, OwnCertificateTemplate
from core.model.certificate_form import (
    Adjustment,
    Calibration,
    CalibrationSheet,
    CertificateForm,
    CrossReading,
    OwnForm,
    PrintProfile,
)
from core.model.facts import FactName
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.ports import Clock, FileVault, Paper, Store
from core.rules.calibration import calibrate, cross_places, rounded
from core.rules.certificate_form_file import read_form, write_form
from core.rules.certificate_kinds import fields_of, read_kind, write_kind
from core.rules.picture_sizes import MOST_PIXELS, pixels
from core.services.certificate_forms import (
    all_forms,
    all_kinds,
    find_form,
    find_kind,
    shipped_forms,
    shipped_kind_text,
    shipped_kinds,
)

_PICTURE_HEADS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
MOST_PICTURE_BYTES = 20 << 20
"""A sheet of 8K scanned at 300 dpi has some 8 MB."""
_UNDERLAY = "\n# 底图（扫描件），不要改动下面这一行。\n#underlay:"


class CertificateDesignService:
    """What certificates look like and say, and how printers are corrected."""

    def __init__(self, store: Store, actor: str, clock: Clock, paper: Paper, vault: FileVault) -> None:
        """Work on this store and its vault in this person's name, printing with this paper."""
        self._store = store
        self._actor = actor
        self._clock = clock
        self._paper = paper
        self._vault = vault

    def forms(self) -> tuple[CertificateForm, ...]:
        """All forms, the office's versions in place of the shipped ones."""
        with self._store.reading() as view:
            return all_forms(view)

    def form(self, code: str) -> CertificateForm:
        """The form of this code or name.

        Raises:
            NotFound: there is none.
        """
        with self._store.reading() as view:
            return find_form(view, code)

    def own_codes(self) -> frozenset[str]:
        """The codes of the forms and kinds that the office has changed or made."""
        with self._store.reading() as view:
            forms = (each.code for each in view.all(OwnForm))
            kinds = (each.code for each in view.all(OwnCertificateTemplate))
            return frozenset((*forms, *kinds))

    def shipped_codes(self) -> frozenset[str]:
        """The codes of the forms and kinds that come with the program."""
        return frozenset((*(each.code for each in shipped_forms()), *(each.code for each in shipped_kinds())))

    def save_form(self, form: CertificateForm) -> CertificateForm:
        """Keep the office's version of a form.

        Raises:
            InvalidInput: something of it cannot be, with every place.
        """
        text = write_form(form)
        checked = read_form(text, form.underlay)
        with self._store.writing(ActDraft("保存证书版式", self._actor, form.name)) as work:
            kept = next(iter(work.all(OwnForm, code=form.code)), None)
            if kept:
                work.change([replace(kept, text=text, underlay=form.underlay)])
            else:
                work.add([OwnForm(new_id(), form.code, text, form.underlay)])
        return checked

    def export_form(self, code: str) -> str:
        """A form as one text, its scan in it.

        Raises:
            NotFound: there is none, or its scan is gone from the vault.
        """
        form = self.form(code)
        text = write_form(form)
        if not form.underlay:
            return text
        picture = self._vault.read(form.underlay)
        return f"{text}{_UNDERLAY}{base64.b64encode(picture).decode()}\n"

    def import_form(self, text: str, picture: bytes = b"") -> CertificateForm:
        """Keep a form from its text; `picture` is a new scan, else the one in the text is used.

        Raises:
            InvalidInput: the text is no form, or the picture no PNG or JPEG.
        """
        plain, _, coded = text.partition(_UNDERLAY)
        form = read_form(plain)
        if coded and not picture:
            try:
                picture = base64.b64decode(coded.strip(), validate=True)
            except binascii.Error as error:
                raise _no_picture() from error
        if picture:
            form = replace(form, underlay=self.keep_picture(picture))
        return self.save_form(form)

    def keep_picture(self, picture: bytes) -> str:
        """Keep a scan in the vault; its digest.

        Raises:
            InvalidInput: it is no PNG or JPEG, or too large.
        """
        if not picture.startswith(_PICTURE_HEADS) or len(picture) > MOST_PICTURE_BYTES:
            raise _no_picture()
        if not 0 < pixels(picture) <= MOST_PIXELS:
            raise _no_picture()
        return self._vault.keep([picture]).digest

    def kinds(self) -> tuple[CertificateTemplate, ...]:
        """All kinds, the office's wordings in place of the shipped ones."""
        with self._store.reading() as view:
            return all_kinds(view)

    def export_kind(self, code: str) -> str:
        """The text of a kind.

        Raises:
            NotFound: there is none.
        """
        with self._store.reading() as view:
            kind = find_kind(view, code)
            own = next(iter(view.all(OwnCertificateTemplate, code=kind.code)), None)
        return own.text if own else shipped_kind_text(kind.code)

    def import_kind(self, text: str) -> CertificateTemplate:
        """Keep the office's wording of a kind, or a kind of its own.

        Raises:
            InvalidInput: the text is no kind, with every place.
            NotFound: it names a form that is not there.
        """
        kind = read_kind(text)
        with self._store.writing(ActDraft("保存证书模板", self._actor, kind.name)) as work:
            find_form(work, kind.form)
            kept = next(iter(work.all(OwnCertificateTemplate, code=kind.code)), None)
            if kept:
                work.change([replace(kept, text=text)])
            else:
                work.add([OwnCertificateTemplate(new_id(), kind.code, text)])
        return kind

    def save_kind(self, kind: CertificateTemplate) -> CertificateTemplate:
        """Keep the office's wording of a kind.

        Raises:
            InvalidInput: something of it cannot be, with every place.
            NotFound: it names a form that is not there.
        """
        return self.import_kind(write_kind(kind))

    def fields(self, kind: CertificateTemplate) -> tuple[FactName, ...]:
        """What the texts of a kind may name."""
        return fields_of(kind)

    def restore(self, code: str) -> None:
        """Take the office's version of a form or a kind out; the shipped one stands again.

        Raises:
            NotFound: the office has none of this code.
        """
        with self._store.writing(ActDraft("恢复自带证书版式", self._actor, code)) as work:
            forms = work.all(OwnForm, code=code)
            kinds = work.all(OwnCertificateTemplate, code=code)
            if not forms and not kinds:
                raise NotFound("nothing_own", f"“{code}”没有本单位自己的版本。", "自带的版式和模板不用恢复。")
            work.remove(forms)
            work.remove(kinds)

    def profiles(self) -> tuple[PrintProfile, ...]:
        """All printers' profiles."""
        with self._store.reading() as view:
            return view.all(PrintProfile)

    def profile(self, printer: str, tray: str, form: str) -> PrintProfile:
        """The profile of a printer, a tray and a form.

        Raises:
            NotFound: it was not measured.
        """
        with self._store.reading() as view:
            found = next(iter(view.all(PrintProfile, printer=printer, tray=tray, form=form)), None)
        if found is None:
            known = "；".join(each.called for each in self.profiles()) or "还没有"
            raise NotFound(
                "profile_missing",
                f"没有“{'／'.join(part for part in (printer, tray, form) if part)}”的套打校准。",
                f"请先打印校准页、填写读数。已有的校准：{known}。",
            )
        return found

    def save_profile(self, printer: str, tray: str, form: str, adjustment: Adjustment) -> PrintProfile:
        """Keep the adjustment of a printer, a tray and a form.

        Raises:
            InvalidInput: there is no printer, or the adjustment is none that a printer needs.
            NotFound: there is no such form.
        """
        adjustment = rounded(adjustment)
        _refuse_adjustment(printer, adjustment)
        moment = self._clock().isoformat(timespec="seconds")
        with self._store.writing(ActDraft("套打校准", self._actor, printer)) as work:
            code = find_form(work, form).code
            kept = next(iter(work.all(PrintProfile, printer=printer, tray=tray, form=code)), None)
            base = kept or PrintProfile(new_id(), printer, tray, code)
            profile = replace(
                base,
                dx=adjustment.dx,
                dy=adjustment.dy,
                scale_x=adjustment.scale_x,
                scale_y=adjustment.scale_y,
                rotation=adjustment.rotation,
                measured_at=moment,
            )
            if kept:
                work.change([profile])
            else:
                work.add([profile])
        return profile

    def crosses(self, form: CertificateForm) -> tuple[tuple[float, float], ...]:
        """Where the crosses of the form's calibration sheet stand, number 1 first (mm)."""
        return cross_places(form.width, form.height)

    def calibration_sheet(self, form: CertificateForm, adjustment: Adjustment | None = None) -> bytes:
        """The sheet to print and measure; with an adjustment it shows what error is left."""
        title = f"套打校准页　{form.name}　{form.width:g}×{form.height:g} 毫米"
        sheet = CalibrationSheet(
            title, form.width, form.height, self.crosses(form), adjustment or Adjustment()
        )
        return self._paper.calibration_sheet(sheet)

    def calibrated(self, form: CertificateForm, readings: Sequence[tuple[int, float, float]]) -> Calibration:
        """The adjustment that follows from readings: number of the cross, from the left, from the top (mm).

        Raises:
            InvalidInput: there is none, no such cross, or one that cannot be right.
        """
        places = self.crosses(form)
        for number, _, _ in readings:
            if not 1 <= number <= len(places):
                raise InvalidInput(
                    "no_such_cross", f"校准页上没有十字 {number}。", f"十字的编号是 1 至 {len(places)}。"
                )
        return calibrate([CrossReading(*places[number - 1], x, y) for number, x, y in readings])


def _refuse_adjustment(printer: str, adjustment: Adjustment) -> None:
    if not printer.strip():
        raise InvalidInput("no_printer", "还没有写打印机。", "请写打印机的名称，例如“二楼激光打印机”。")
    shifted = max(abs(adjustment.dx), abs(adjustment.dy)) > 50
    scaled = any(not 90 <= each <= 110 for each in (adjustment.scale_x, adjustment.scale_y))
    if shifted or scaled or abs(adjustment.rotation) > 5:
        raise InvalidInput(
            "adjustment_too_large",
            "偏移超过 50 毫米、比例不在 90%～110%，或旋转超过 5 度，不像打印机的误差。",
            "请检查打印时是否选了“实际大小”、纸是否放反，再重新量。",
        )


def _no_picture() -> InvalidInput:
    return InvalidInput(
        "no_picture",
        "底图不是 PNG 或 JPG 图片，已经损坏，或超过 20 MB、8000 万像素。",
        "请重新扫描（300 dpi 以内），存成 JPG 后再添加。",
    )
