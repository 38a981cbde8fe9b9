"""Pictures of certificates on their way: calibrated, laid out, numbered, handed out, verified.

.venv/bin/python docs/pictures_of_issuing_certificates.py      writes certificates-*.png
"""

from pathlib import Path

from pictures import SAMPLE_YEAR, Studio, in_studio, keep

from core.model.certificate import CertificateEventKind
from core.model.certificate_form import Output
from core.services.certificate_register import EventDraft
from gui.pages.certificates import CertificatesPane

PRINTER = "二楼激光打印机"
RIGHT, DOWN = 1.2, -0.7


def take_certificates(studio: Studio, _folder: Path) -> None:
    """The winners of the sample year, from the calibration sheet to the register."""
    services = studio.services
    services.assessments.compute(SAMPLE_YEAR)
    studio.go("certificates")
    pane = studio.page("documents").certificates
    assert isinstance(pane, CertificatesPane)
    take_calibration(studio, pane)
    pane.side.what.choose(Output.TEXT)
    pane.list.model.check_shown(True)
    pane.sheet.canvas.setFocus()
    pane.sheet.canvas.choose("recipient")
    studio.rest()
    keep(studio.picture(), "certificates-sheet")
    made = services.certificates.issue(pane._asked.request()).prepared
    numbers = [each.certificate.number for each in made.lines]
    register = services.certificate_register
    register.record_print([each.paper for each in made.lines], made.form, PRINTER, 1, stock=True)
    register.record(numbers[:2], EventDraft(CertificateEventKind.HANDED_OVER, person="王一"))
    pane._open_register()
    keep(studio.picture(studio.form()), "certificates-register")
    studio.form().reject()
    pane._open_verification()
    form = studio.form()
    form.scanned.setPlainText(made.lines[0].certificate.qr)
    studio.rest()
    form.check()
    keep(studio.picture(studio.form()), "certificates-verified")
    form.reject()


def take_calibration(studio: Studio, pane: CertificatesPane) -> None:
    """Readings of all crosses of a printer that prints too far right and too high."""
    pane._ask_readings()
    form = studio.form()
    form.printer.setText(PRINTER)
    crosses = studio.services.certificate_designs.crosses(pane.drawing.form())
    for (x, y), (left, top) in zip(crosses, form.fields, strict=True):
        left.setText(f"{x + RIGHT:.1f}")
        top.setText(f"{y + DOWN:.1f}")
    form._work_out()
    keep(studio.picture(studio.form()), "certificates-calibration")
    form.accept()
    studio.rest()


if __name__ == "__main__":
    in_studio(take_certificates)
