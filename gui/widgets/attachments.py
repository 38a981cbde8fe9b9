"""The files of a record: listed, added by button or by dropping them here, opened, saved elsewhere, removed.

box = AttachmentBox(desk, owner_id); box.load()
box.files_shown()               the names, as they are listed; box.counted(number of files)
"""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from core.errors import AppError, Conflict, InvalidInput, Problem, StorageFailed
from core.model.attachment import Attachment
from core.ports import Report
from core.services.attachments import AttachmentFault
from core.services.files import write_file
from core.services.services import Services
from gui.desk import Desk
from gui.glyphs import paint_glyph
from gui.rights import needs, offer
from gui.theme import color, font, row_height
from gui.undo import do_undoably
from gui.widgets.buttons import PaintedButton, icon_button, push_button
from gui.widgets.labels import label

FILES_IN = (
    "常用文件 (*.pdf *.ofd *.jpg *.jpeg *.png *.doc *.docx *.wps *.xls *.xlsx *.et *.txt);;所有文件 (*)"
)
ANY_FILE = "所有文件 (*)"
PLAIN = "file-text-line"
_ICONS = {
    **dict.fromkeys(("pdf", "ofd"), "file-pdf-line"),
    **dict.fromkeys(("jpg", "jpeg", "png", "bmp", "tif", "tiff", "webp"), "image-line"),
    **dict.fromkeys(("xls", "xlsx", "et", "csv"), "file-excel-2-line"),
}


def icon_of(name: str) -> str:
    """The icon of a file's type."""
    return _ICONS.get(Path(name).suffix.lower().lstrip("."), PLAIN)


def open_with_system(path: Path) -> None:
    """Open a file with the program that the system has for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def shown_size(size: int) -> str:
    """Bytes as people read them."""
    for unit, whole in (("MB", 1 << 20), ("KB", 1 << 10)):
        if size >= whole:
            tenths = size * 10 // whole
            return f"{tenths // 10}.{tenths % 10} {unit}"
    return f"{size} 字节"


def add_files(
    services: Services, owner_id: str, paths: Sequence[Path], report: Report
) -> tuple[int, tuple[Problem, ...]]:
    """Add one file after the other; how many were taken, and why others were not."""
    taken, refused = 0, []
    for number, path in enumerate(paths):
        report(number, len(paths))
        try:
            services.attachments.add(owner_id, path)
        except (InvalidInput, Conflict, StorageFailed) as error:
            refused.append(Problem("", error.message_zh, error.remedy_zh))
        else:
            taken += 1
    report(len(paths), len(paths))
    return taken, tuple(refused)


class _FileFace(PaintedButton):
    """Icon, name, size and date; a click opens the file."""

    def __init__(self, attachment: Attachment) -> None:
        super().__init__()
        self._attachment = attachment
        self._second = f"{shown_size(attachment.size)}　{attachment.added_at[:10]}"
        self.setAccessibleName(f"打开附件 {attachment.name}，{self._second}")
        self.setToolTip(f"{attachment.name}\n单击打开")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(120, row_height(44))

    def paint_face(self, painter: QPainter) -> None:
        area = QRectF(self.rect())
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("hover"))
            painter.drawRoundedRect(area, self.RADIUS, self.RADIUS)
        middle = area.center().y()
        paint_glyph(painter, QRectF(6, middle - 10, 20, 20), icon_of(self._attachment.name), color("text2"))
        painter.setFont(font(14))
        painter.setPen(color("link"))
        upper = painter.fontMetrics().height()
        room = area.width() - 40
        name = painter.fontMetrics().elidedText(
            self._attachment.name, Qt.TextElideMode.ElideMiddle, int(room)
        )
        line = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(QRectF(34, middle - upper, room, upper), line, name)
        painter.setFont(font(12))
        painter.setPen(color("text3"))
        painter.drawText(QRectF(34, middle, room, upper), line, self._second)


class _FileLine(QWidget):
    """A file with what can be done with it, and what is wrong with it."""

    def __init__(self, attachment: Attachment) -> None:
        super().__init__()
        self.attachment = attachment
        self.face = _FileFace(attachment)
        self.more = icon_button("more-2-line", f"“{attachment.name}”的更多操作", dense=True)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = QMenu(self.more)
        self.more.setMenu(self.menu)
        self._fault = label("", "warn", wrap=True)
        self._fault.hide()
        upper = QHBoxLayout()
        upper.setSpacing(4)
        upper.addWidget(self.face, 1)
        upper.addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(upper)
        column.addWidget(self._fault)

    def show_fault(self, text: str) -> None:
        self._fault.setText(text)
        self._fault.show()


class AttachmentBox(QFrame):
    """Reads its files itself once it is asked to, and again after each change."""

    counted = Signal(int)

    def __init__(self, desk: Desk, owner_id: str) -> None:
        super().__init__()
        self._desk = desk
        self._owner_id = owner_id
        self._lines: list[_FileLine] = []
        self._names: tuple[str, ...] = ()
        self.setAccessibleName("附件")
        self.setAcceptDrops(True)
        self._hint = label("还没有附件；可以把扫描件、照片、文档拖到这里", "hint", wrap=True)
        self._trouble = label("", "warn", wrap=True)
        self._trouble.hide()
        self.add_button = push_button("添加", self.choose_files, icon_name="attachment-2", dense=True)
        self.add_button.setAccessibleName("添加附件")
        self._column = QVBoxLayout()
        self._column.setSpacing(2)
        row = QHBoxLayout()
        row.addWidget(self.add_button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in (self._hint, self._trouble):
            column.addWidget(part)
        column.addLayout(self._column)
        column.addLayout(row)

    def files_shown(self) -> tuple[str, ...]:
        return self._names

    def load(self) -> None:
        """Read the list of files, and whether they are all there."""
        attachments, owner_id = self._desk.services.attachments, self._owner_id
        self._desk.jobs.start(lambda _report: attachments.of(owner_id), self._show, title="读取附件")
        # Afterwards: it reads every content, and the list must not wait for that.
        self._desk.jobs.start(
            lambda _report: attachments.faults_of(owner_id), self._show_faults, title="检查附件"
        )

    def _show(self, files: Sequence[Attachment]) -> None:
        for line in self._lines:
            line.hide()
            line.deleteLater()
        self._names = tuple(each.name for each in files)
        self._lines = [self._line(each) for each in files]
        for line in self._lines:
            self._column.addWidget(line)
        self._hint.setVisible(not files)
        self.counted.emit(len(files))

    def _show_faults(self, faults: Sequence[AttachmentFault]) -> None:
        wrong = {each.attachment.id: each for each in faults}
        for line in self._lines:
            if fault := wrong.get(line.attachment.id):
                line.show_fault(f"{fault}。请找到原文件重新添加，或从备份中恢复。")

    def _line(self, file: Attachment) -> _FileLine:
        line = _FileLine(file)
        line.face.clicked.connect(lambda _checked=False: self._open(file, line))
        line.menu.addAction("打开", lambda: self._open(file, line))
        line.menu.addAction("另存为……", lambda: self._save_elsewhere(file, line))
        offer(
            self._desk.services.gate,
            line.menu.addAction("移除", lambda: self._remove(file)),
            "attachments.remove",
        )
        return line

    # Adding

    @needs("attachments.add")
    def choose_files(self) -> None:
        """Ask for files and add them."""
        self.add(self._desk.messages.choose_open_files("添加附件", FILES_IN, purpose="attachment"))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.add(paths)

    @needs("attachments.add")
    def add(self, paths: Sequence[Path]) -> None:
        """Add these files; those that cannot be taken are told under the list."""
        if not paths:
            return
        services, owner_id = self._desk.services, self._owner_id
        self._trouble.hide()
        self._desk.jobs.start(
            lambda report: add_files(services, owner_id, paths, report),
            self._tell_added,
            title="添加附件",
            saves=True,
        )

    def _tell_added(self, outcome: tuple[int, tuple[Problem, ...]]) -> None:
        taken, refused = outcome
        if taken:
            self._desk.tell(f"已添加 {taken} 个附件")
        self._trouble.setText("\n".join(f"{each.message}{each.remedy}" for each in refused))
        self._trouble.setVisible(bool(refused))
        self.load()

    # Using

    def _open(self, file: Attachment, line: _FileLine) -> None:
        attachments = self._desk.services.attachments
        self._desk.jobs.start(
            lambda _report: attachments.file(file),
            open_with_system,
            failed=lambda error: self._tell_lost(error, line),
            title=f"打开“{file.name}”",
            owner=line,
        )

    def _save_elsewhere(self, file: Attachment, line: _FileLine) -> None:
        path = self._desk.messages.choose_save_file("另存附件", ANY_FILE, name=file.name, purpose="export")
        if path is None:
            return
        attachments = self._desk.services.attachments
        self._desk.jobs.start(
            lambda _report: write_file(path, attachments.file(file).read_bytes()),
            lambda _none: self._desk.tell(f"已另存为“{path.name}”"),
            failed=lambda error: self._tell_lost(error, line),
            title=f"另存“{file.name}”",
            owner=line,
        )

    def _tell_lost(self, error: AppError, line: _FileLine) -> None:
        line.show_fault(str(error))

    def _remove(self, file: Attachment) -> None:
        attachments = self._desk.services.attachments
        do_undoably(
            self._desk,
            lambda: attachments.remove([file.id]),
            title="移除附件",
            told=lambda _count: f"已移除附件“{file.name}”",
            done=lambda _count: self.load(),
            owner=self,
        )
