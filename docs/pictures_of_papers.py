"""Pictures of a year's papers made by hand, from the opening notice to the registers.

.venv/bin/python docs/pictures_of_papers.py         writes papers-*.png
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

from pictures import SAMPLE_YEAR, WHOLE, WIDE, Studio, in_studio, keep
from pictures_of_documents import wait

from core.model.certificate_form import Output
from core.model.dates import PartialDate
from core.model.identity import new_id
from core.model.people import Person, Post, PostKind
from core.model.register_ledgers import PEOPLE, POSTS
from core.services.services import Services
from gui.dialogs.print_form import Printers, PrintForm, PrintWork
from gui.pages.documents import REGISTER, DocumentsPage

PRINTER = "二楼激光打印机"
HEADS = (
    ("周正", "街道党工委书记", PostKind.GROUP_HEAD),
    ("李四光", "街道办事处主任", PostKind.FIRST_DEPUTY),
    ("赵一鸣", "社会事务办主任", PostKind.OFFICE_DIRECTOR),
)


def take_papers(studio: Studio, _folder: Path) -> None:
    """Every kind of paper of the sample year on its way."""
    services = studio.services
    studio.window.resize(*WIDE)
    fill_group(services)
    office = services.setup.office()
    assert office is not None
    services.setup.change_office(replace(office, two_sided=True))
    services.assessments.compute(SAMPLE_YEAR)
    studio.jobs.saved.emit()
    page = studio.page("documents")
    assert isinstance(page, DocumentsPage)
    for code in ("opening-notice", "founding-notice", "public-notice"):
        write(studio, code)
        keep(studio.picture(), f"papers-{code}")
        issue(studio)
    write(studio, "results-notice")
    issue(studio)
    keep_print_form(studio, page)
    write(studio, "result-letter")
    form = issue_form(studio)
    keep(studio.picture(form), "papers-letters")
    form.accept()
    studio.rest()
    write(studio, "payment-table")
    issue(studio)
    keep(studio.picture(), "papers-payment")
    take_certificates(studio, page)
    page.header.tabs.setCurrentIndex(REGISTER)
    studio.window.resize(*WHOLE)
    studio.rest()
    keep(studio.picture(), "papers-numbers")


def fill_group(services: Services) -> None:
    """Who leads the group that the founding notice names."""
    for name, title, kind in HEADS:
        person = services.ledgers.save(PEOPLE, Person(new_id(), name, title=title))
        services.ledgers.save(POSTS, Post(new_id(), person, kind, since_on=PartialDate(2025, 3)))


def write(studio: Studio, code: str) -> None:
    """A draft, shown with its pages."""
    studio.go("new_document")
    form = studio.form()
    form.table.select_ids((code,))
    studio.rest()
    form.table.opened.emit(form.table.current_record())
    wait(studio)


def issue_form(studio: Studio) -> Any:
    """Reviewed and signed, asked for the number."""
    for _step in ("送审核", "签发", "印发"):
        studio.page("documents").writing.header.next.click()
        studio.rest()
    return studio.form()


def issue(studio: Studio) -> None:
    """Issued."""
    form = issue_form(studio)
    form.reason.setText("已核对")
    form.accept()
    wait(studio)


def keep_print_form(studio: Studio, page: DocumentsPage) -> None:
    """What is asked before a notice of two sides is printed."""
    printers = Printers((PRINTER,), PRINTER, lambda _name: True)
    form = PrintForm(
        PrintWork("打印《关于2025年度社会组织考核结果的通报》", 8, two_sided=True, red_head=True),
        page,
        printers,
    )
    form.copies.setValue(30)
    form.open()
    studio.rest()
    keep(studio.picture(form), "papers-print")
    form.reject()


def take_certificates(studio: Studio, page: DocumentsPage) -> None:
    """On plain paper, and the text alone for stock; both are numbered once."""
    studio.go("certificates")
    pane = page.certificates
    made = studio.services.certificates.issue(pane._asked.request()).prepared
    register = studio.services.certificate_register
    for output in (Output.BOTH, Output.TEXT):
        stock = output is Output.TEXT
        register.record_print([each.paper for each in made.lines], made.form, PRINTER, 1, stock=stock)
    pane.side.what.choose(Output.TEXT)
    studio.jobs.saved.emit()
    wait(studio)
    keep(studio.picture(), "papers-overprint")


if __name__ == "__main__":
    in_studio(take_papers)
