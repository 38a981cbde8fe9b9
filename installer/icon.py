"""The program's icon as files: the seal that the window paints of itself."""

import struct
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtWidgets import QApplication

from gui.theme import Mode, TextSize, apply_theme
from gui.widgets.top_bar import paint_seal

SIDES = (16, 24, 32, 48, 64, 128, 256)


def png(side: int) -> bytes:
    """The seal as a square picture of so many points."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    apply_theme(app, Mode.LIGHT, TextSize.STANDARD)
    image = QImage(side, side, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_seal(painter, image.rect().toRectF())
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"png").write(image)
    return bytes(buffer.data().data())


def write_ico(path: Path) -> None:
    """All sizes in one file, as Windows wants them."""
    pictures = [(side, png(side)) for side in SIDES]
    place = 6 + 16 * len(pictures)
    head = [struct.pack("<HHH", 0, 1, len(pictures))]
    for side, picture in pictures:
        # 256 is written as 0.
        head.append(struct.pack("<BBBBHHII", side % 256, side % 256, 0, 0, 1, 32, len(picture), place))
        place += len(picture)
    path.write_bytes(b"".join(head) + b"".join(picture for _side, picture in pictures))
