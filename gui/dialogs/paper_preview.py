"""A paper of the register before it is printed: its pages, saved as PDF or sent to the printer.

PaperPreview(desk, "社区卡片", services.papers.community_card, "社区卡片.pdf", parent).open()
PaperPreview(desk, "缺件清单", masked_paper, "缺件清单.pdf", parent, whole=paper_with_whole_numbers).open()

`make` and `whole` run in a job. What is saved and printed is what is shown.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QStackedWidget, QVBoxLayout, QWidget

from core.errors import AppError
from core.services.files import write_file
from gui.actions import PRINT, SAVE_PDF, command_button
from gui.desk import Desk
from gui.dialogs.print_form import PrintChoice, PrintWork
from gui.dialogs.printing import ChoosePrinter, choose_printer, print_pdf, work_of
from gui.jobs import Report
from gui.messages import PDF_OUT
from gui.theme import scaled
from gui.widgets.banner import Banner
from gui.widgets.buttons import push_button
from gui.widgets.card import ScrollPane
from gui.widgets.foot import Foot
from gui.widgets.labels import label
from gui.widgets.notice_line import open_folder_of
from gui.widgets.pdf_view import Fit, PdfBar, PdfView

SIZE = (960, 900)
MakePaper = Callable[[], bytes]
# What a name of the register may hold, and the name of a file may not.
UNFIT = str.maketrans(dict.fromkeys('\\/:*?"<>|', "_"))
CONSEQUENCE = (
    ("记入日志", "谁、什么时候印了完整号码，在变更记录里查得到"),
    ("内部资料", "每一页都印上“内部资料”，不能对外发放"),
)


class PaperPreview(QDialog):
    """Whole numbers are made, and so logged, once; the tick then only changes what is shown."""

    def __init__(
        self,
        desk: Desk,
        title: str,
        make: MakePaper,
        file_name: str,
        parent: QWidget,
        *,
        whole: MakePaper | None = None,
        choose: ChoosePrinter = choose_printer,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self._title = title
        self._make = make
        self._whole = whole
        self._file_name = file_name.translate(UNFIT)
        self._choose_printer = choose
        self._made: dict[bool, bytes] = {}
        self.view = PdfView()
        self.trouble = Banner("err", "")
        self.whole_numbers = QCheckBox("显示完整号码")
        self.save_button = command_button(SAVE_PDF, self._save, text="导出 PDF")
        self.print_button = command_button(PRINT, self._print, kind="primary")
        self._desktop = QStackedWidget()
        self._build()
        self.whole_numbers.clicked.connect(self._ask_whole)

    def sizeHint(self) -> QSize:
        return QSize(scaled(SIZE[0]), scaled(SIZE[1])).boundedTo(self.screen().availableSize() * 0.9)

    def _build(self) -> None:
        self.view.set_fit(Fit.WIDTH)
        self.whole_numbers.setVisible(self._whole is not None)
        self.whole_numbers.setToolTip("电话和身份证号不遮中间几位")
        trouble = ScrollPane(24)
        trouble.body.addWidget(self.trouble)
        trouble.body.addStretch(1)
        waiting = label("正在排版……", "secondary")
        waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for part in (waiting, self.view, trouble):
            self._desktop.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._bar = PdfBar(self.view, self._title)
        column.addWidget(self._bar)
        column.addWidget(self._desktop, 1)
        column.addWidget(self._foot())
        self.resize(self.sizeHint())
        self._set_ready(False)

    def _foot(self) -> Foot:
        leave = push_button("关闭　Esc", self.reject)
        leave.setAccessibleName("关闭")
        return Foot([self.whole_numbers], [leave, self.save_button, self.print_button])

    def open(self) -> None:
        """Show the dialog and make the paper."""
        super().open()
        self._produce()

    # Making

    def _is_whole(self) -> bool:
        return self.whole_numbers.isChecked()

    def _ask_whole(self, on: bool) -> None:
        """The first time with the consequence; what was made stays at hand."""
        agreed = (
            not on
            or True in self._made
            or self._desk.messages.confirm("显示完整号码吗？", CONSEQUENCE, yes="显示完整号码")
        )
        self.whole_numbers.setChecked(on and agreed)
        if agreed:
            self._produce()

    def _produce(self) -> None:
        is_whole = self._is_whole()
        make = self._whole if is_whole and self._whole else self._make
        if is_whole in self._made:
            self._show(is_whole, self._made[is_whole])
            return
        self._set_ready(False)
        self._desktop.setCurrentIndex(0)
        self._desk.jobs.start(
            lambda _report: make(),
            lambda pdf: self._show(is_whole, pdf),
            title=f"排版{self._title}",
            failed=lambda error: self._tell(is_whole, error),
            saves=is_whole,
            owner=self,
        )

    def _show(self, is_whole: bool, pdf: bytes) -> None:
        self._made[is_whole] = pdf
        if is_whole is self._is_whole():
            self.view.set_pdf(pdf)
            self._desktop.setCurrentWidget(self.view)
            self.view.setFocus()
            self._set_ready(True)

    def _tell(self, is_whole: bool, error: AppError) -> None:
        """What keeps the paper from being printed stands where its pages would."""
        if is_whole is self._is_whole():
            self.trouble.set_text(error.message_zh, error.remedy_zh)
            self._desktop.setCurrentIndex(2)

    def _set_ready(self, ready: bool) -> None:
        for part in (self._bar, self.save_button, self.print_button):
            part.setEnabled(ready)

    # Out of the program

    def _save(self) -> None:
        path = self._desk.messages.choose_save_file(
            f"保存{self._title}", PDF_OUT, name=self._file_name, purpose="export"
        )
        if path is None:
            return
        pdf = self._made[self._is_whole()]
        self._desk.jobs.start(
            lambda _report: write_file(path, pdf),
            lambda _none: self._tell_saved(path),
            title=f"保存{path.name}",
            owner=self,
        )

    def _tell_saved(self, path: Path) -> None:
        self._desk.tell(f"已保存“{path.name}”", "打开文件夹", lambda: open_folder_of(path))

    def _print(self) -> None:
        pdf, setup = self._made[self._is_whole()], self._desk.services.setup

        def prepare(_report: Report) -> PrintWork:
            office = setup.office()
            return work_of(f"打印{self._title}", pdf, two_sided=office is not None and office.two_sided)

        self._desk.jobs.start(
            prepare,
            lambda work: self._choose_printer(self, work, lambda choice: self._send(pdf, choice)),
            title="准备打印",
            owner=self,
        )

    def _send(self, pdf: bytes, choice: PrintChoice) -> None:
        desk = self._desk
        desk.jobs.start(
            lambda report: print_pdf(pdf, choice.printer, choice.pages, report),
            lambda pages: desk.tell(f"已送到打印机 {pages} 页"),
            title="送往打印机",
        )
