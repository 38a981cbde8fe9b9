"""How well two colours can be told apart."""

from PySide6.QtGui import QColor


def contrast(first: str, second: str) -> float:
    """WCAG contrast of two colours, 1 to 21."""
    bright, dim = sorted((_luminance(QColor(first)), _luminance(QColor(second))), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _luminance(shade: QColor) -> float:
    channels = (shade.redF(), shade.greenF(), shade.blueF())
    red, green, blue = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
