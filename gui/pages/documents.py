"""The documents page: this year's papers, previewed as they print, exported and printed.

Until the year is computed it says what is missing and leads there.
"""

from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from core.errors import AppError
from gui.actions import PRINT, SAVE_PDF, command_button
from gui.desk import Desk
from gui.dialogs.printing import ChoosePrinter, choose_printer
from gui.pages.documents_certificates import CertificatesPane
from gui.pages.documents_list import PaperList, PaperRow
from gui.pages.documents_notice import NoticePane
from gui.pages.documents_view import DocumentsView, read_documents
from gui.widgets.badge import BadgeFace
from gui.widgets.buttons import push_button
from gui.widgets.empty_page import EmptyPage
from gui.widgets.page import Page, PageHeader

NOTICE, CERTIFICATES = range(2)
