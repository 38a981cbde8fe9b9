"""The drawings of the bundled icon font, as outlines that can be filled in any colour at any size.

paint_glyph(painter, rect, "search-line", color)   fill one icon into a square rectangle
write_style_images(stroke, on_accent, disabled)    arrows and ticks for the style sheet, as PNG files
"""

import json
from functools import cache

from PySide6.QtCore import QDir, QIODevice, QPointF, QRectF, QSaveFile, QStandardPaths, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter, QPainterPath, QRawFont

from core.resources import resource_path

EM = 1000


@cache
def _outlines() -> dict[str, QPainterPath]:
    # All at once, then the font is let go: a QRawFont must not outlive the QGuiApplication.
    font = QRawFont(str(resource_path("icons", "remixicon.ttf")), EM)
    names: dict[str, int] = json.loads(resource_path("icons", "remixicon.json").read_text(encoding="utf-8"))
    drop = font.ascent() - (font.ascent() + font.descent() - EM) / 2
    outlines: dict[str, QPainterPath] = {}
    for name, code_point in names.items():
        outline = font.pathForGlyph(font.glyphIndexesForString(chr(code_point))[0])
        # The font has no side bearings, so that FreeType pushes every drawing to the left edge.
        outline.translate(QPointF(EM / 2 - outline.boundingRect().center().x(), drop))
        outlines[name] = outline
    return outlines


def paint_glyph(painter: QPainter, rect: QRectF, name: str, color: QColor) -> None:
    """Fill the icon of that name into the middle of a rectangle; KeyError when it is not bundled."""
    outline = _outlines()[name]
    side = min(rect.width(), rect.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.center() - QPointF(side / 2, side / 2))
    painter.scale(side / EM, side / EM)
    painter.fillPath(outline, color)
    painter.restore()


def write_style_images(stroke: str, on_accent: str, disabled: str) -> dict[str, str]:
    """Write the small pictures the style sheet points to; gives back their names and quoted paths.

    A style sheet can only show files, so they are drawn once per colour into the cache folder.
    """
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.CacheLocation) + "/style"
    QDir().mkpath(folder)
    wanted = {
        "img_down": ("arrow-down-s-line", stroke),
        "img_up": ("arrow-up-s-line", stroke),
        "img_left": ("arrow-left-s-line", stroke),
        "img_right": ("arrow-right-s-line", stroke),
        "img_down_off": ("arrow-down-s-line", disabled),
        "img_check": ("check-line", on_accent),
        "img_radio": ("", on_accent),
    }
    return {key: f'"{_style_image(folder, name, shade)}"' for key, (name, shade) in wanted.items()}


def _style_image(folder: str, name: str, shade: str) -> str:
    path = f"{folder}/{name or 'dot'}-{shade.lstrip('#').lower()}.png"
    if not QDir().exists(path):
        # Twice the largest size it is shown at, so that it stays sharp on dense screens.
        image = QImage(64, 64, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        if name:
            paint_glyph(painter, QRectF(0, 0, 64, 64), name, QColor(shade))
        else:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(shade))
            painter.drawEllipse(QRectF(18, 18, 28, 28))
        painter.end()
        # Another start may look for it in this moment, or the power go: it is there whole or not at all.
        file = QSaveFile(path)
        if file.open(QIODevice.OpenModeFlag.WriteOnly) and QImageWriter(file, b"PNG").write(image):
            file.commit()
    return path
