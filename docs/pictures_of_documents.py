"""Pictures of documents on their way: written, looked through, compared, issued, in the register.

.venv/bin/python docs/pictures_of_documents.py      writes documents-*.png
"""

from pathlib import Path

from pictures import SAMPLE_YEAR, WIDE, Studio, in_studio, keep
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QTextCursor

from core.model.written_document import DocumentState
from core.services.document_opening import Wanted
from gui.dialogs.document_versions import VersionsDialog
from gui.pages.documents import REGISTER, TEMPLATES, DocumentsPage

SLOW_MS = 2_000
DRAFTS = ("opening-notice", "public-notice", "result-letter", "results-notice")


def take_documents(studio: Studio, _folder: Path) -> None:
    """A notice of the sample year from the list to the register."""
    services = studio.services
    studio.window.resize(*WIDE)
    services.assessments.compute(SAMPLE_YEAR)
    for code in DRAFTS:
        services.documents.write(Wanted(code, SAMPLE_YEAR))
    studio.go("notice")
    page = studio.page("documents")
    assert isinstance(page, DocumentsPage)
    editor = page.writing.editor
    editor.edit.moveCursor(QTextCursor.MoveOperation.End)
    editor.edit.put_paragraphs(["请各社区对照附件3抓好落实。"])
    wait(studio)
    keep(studio.picture(), "documents-writing")
    page.writing.ask_new()
    form = studio.form()
    form.table.select_ids(("result-letter",))
    studio.rest()
    keep(studio.picture(form), "documents-new")
    form.reject()
    editor.ask_fact()
    form = studio.form()
    keep(studio.picture(form), "documents-data")
    form.reject()
    page.may_leave()
    versions = VersionsDialog(page.writing._desk, services.documents.open(newest(studio)), page)
    versions.open()
    keep(studio.picture(studio.form()), "documents-versions")
    versions.reject()
    take_issue(studio, page)


def take_issue(studio: Studio, page: DocumentsPage) -> None:
    """Issued in spite of a finding; the register with a gap; the templates."""
    services = studio.services
    for state in (DocumentState.REVIEW, DocumentState.SIGNED):
        services.documents.step(newest(studio), state)
    studio.jobs.saved.emit()
    studio.rest()
    page.writing.header.next.click()
    form = studio.form()
    form.number.setValue(3)
    form.reason.setText("附件3另行印发")
    studio.rest()
    keep(studio.picture(form), "documents-issue")
    form.accept()
    studio.rest()
    page.header.tabs.setCurrentIndex(REGISTER)
    studio.rest()
    keep(studio.picture(), "documents-register")
    page.header.tabs.setCurrentIndex(TEMPLATES)
    studio.rest()
    keep(studio.picture(), "documents-templates")


def newest(studio: Studio) -> str:
    """The id of the document written last."""
    return studio.services.documents.lines(SAMPLE_YEAR)[0].document.id


def wait(studio: Studio) -> None:
    """Until preview and checks have followed the text."""
    loop = QEventLoop()
    QTimer.singleShot(SLOW_MS, loop.quit)
    loop.exec()
    studio.rest()


if __name__ == "__main__":
    in_studio(take_documents)
