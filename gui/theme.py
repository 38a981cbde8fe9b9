"""Colours, type and sizes of the window: one set of tokens, applied as QPalette, fonts and style sheet.

    apply_theme(app, Mode.LIGHT, TextSize.STANDARD)   at start, and again whenever the user changes either
    color("accent") -> QColor                         a token of the current theme, for painters
    font(14, bold=True) -> QFont                      a font of so many pixels at 100 %
    scaled(120) -> int                                a width that must grow with the text
    row_height(36) -> int                             a height: at least so much, more when the text needs it
    fix_width(widget, 120), bound_width(widget, least=80, most=160), fix_height(widget, 36)
                                                      the same, kept when the user changes the text size
    set_kind(widget, "kind", "primary")               set a dynamic property and let the style sheet see it

The theme is state of the process exactly as the palette and style sheet of the QApplication are: there
can be only one, Qt itself tells every widget when it changes (QEvent.StyleChange), and painted widgets
simply read it when they paint.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from core.resources import resource_path
from gui.glyphs import write_style_images
from gui.tokens import DARK, LIGHT, Tokens


class Mode(StrEnum):
    """Light or dark."""

    LIGHT = "light"
    DARK = "dark"

    @property
    def label(self) -> str:
        """Chinese name for the settings page."""
        return {"light": "浅色", "dark": "深色"}[self.value]


class TextSize(StrEnum):
    """How large the text of the whole window is."""

    STANDARD = "standard"
    LARGE = "large"
    HUGE = "huge"

    @property
    def label(self) -> str:
        """Chinese name for the settings page."""
        return {"standard": "标准", "large": "大", "huge": "特大"}[self.value]

    @property
    def percent(self) -> int:
        """Size of the text in hundredths of the standard one."""
        return {"standard": 100, "large": 115, "huge": 130}[self.value]


# Named one by one because Qt's own choice for Chinese can be a handwriting or a Japanese face.
SYSTEM_FAMILIES = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "PingFang SC",
)
LAST_FAMILIES = ("WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "SimHei")
TEXT_SIZES_PX = (20, 24, 16, 14, 13, 12, 11)


class Theme(NamedTuple):
    """What is applied now."""

    mode: Mode
    tokens: Tokens
    text_size: TextSize


_theme = Theme(Mode.LIGHT, LIGHT, TextSize.STANDARD)


def current() -> Theme:
    """The theme applied last."""
    return _theme


def color(token: str) -> QColor:
    """The current colour of a token, as "accent_text"."""
    return QColor(getattr(_theme.tokens, token))


def scaled(width: int) -> int:
    """A width that grows with the text size."""
    return round(width * _theme.text_size.percent / 100)


def font(size: int = 14, *, bold: bool = False) -> QFont:
    """The window's font at so many pixels of 100 %."""
    return QFont(_font(size, bold))


@cache
def _font(size: int, bold: bool) -> QFont:
    face = QFont(QApplication.font())
    face.setPixelSize(scaled(size))
    face.setBold(bold)
    return face


def row_height(height: int) -> int:
    """A height for one line of body text: never less than the line needs."""
    return max(height, QFontMetrics(font()).height() + 14)


def fix_width(widget: QWidget, width: int) -> None:
    """Give a widget a width that grows with the text."""
    _keep(widget, "fixed_width", width)


def bound_width(widget: QWidget, *, least: int = 0, most: int = 0) -> None:
    """Give a widget bounds of its width that grow with the text."""
    if least:
        _keep(widget, "least_width", least)
    if most:
        _keep(widget, "most_width", most)


def fix_height(widget: QWidget, height: int, *, spare: int = 0) -> None:
    """Give a widget the height of one line of text, and so much more."""
    _keep(widget, "fixed_height", (height, spare))


_SIZES: dict[str, Callable[[QWidget, Any], None]] = {
    "fixed_width": lambda widget, width: widget.setFixedWidth(scaled(width)),
    "least_width": lambda widget, width: widget.setMinimumWidth(scaled(width)),
    "most_width": lambda widget, width: widget.setMaximumWidth(scaled(width)),
    "fixed_height": lambda widget, height: widget.setFixedHeight(row_height(height[0]) + height[1]),
}


def _keep(widget: QWidget, name: str, size: object) -> None:
    widget.setProperty(name, size)
    _SIZES[name](widget, size)


def _fit_sizes(widgets: Iterable[QWidget]) -> None:
    for widget in widgets:
        for name, fit in _SIZES.items():
            size = widget.property(name)
            if size is not None:
                fit(widget, size)


def set_kind(widget: QWidget, name: str, value: str | bool) -> None:
    """Set a dynamic property that the style sheet selects by, and apply the change."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def apply_theme(app: QApplication, mode: Mode, text_size: TextSize = TextSize.STANDARD) -> None:
    """Give the application the palette, font and style sheet of a mode and a text size."""
    global _theme
    resized = text_size is not _theme.text_size
    _theme = Theme(mode, LIGHT if mode is Mode.LIGHT else DARK, text_size)
    app.setPalette(_palette(_theme.tokens))
    app.setFont(_application_font(text_size))
    _font.cache_clear()
    template = resource_path("qt", "style.qss").read_text(encoding="utf-8")
    images = write_style_images(_theme.tokens.text2, _theme.tokens.on_accent, _theme.tokens.disabled)
    app.setStyleSheet(fill_template(template, {**_theme.tokens._asdict(), **_measures(), **images}))
    if resized:
        _fit_sizes(app.allWidgets())


def fill_template(template: str, values: Mapping[str, str]) -> str:
    """The template with each @name replaced; a longer name wins over one it starts with."""
    names = sorted(values, key=len, reverse=True)
    pattern = re.compile("@(" + "|".join(map(re.escape, names)) + ")")
    return pattern.sub(lambda match: values[match.group(1)], template)


def _measures() -> dict[str, str]:
    sizes = {f"px{size}": f"{scaled(size)}px" for size in TEXT_SIZES_PX}
    # The style sheet's min-height is the content alone: the 1-px border comes on top.
    heights = {f"h{height}": f"{row_height(height) - 2}px" for height in (40, 36, 32, 30)}
    heights["hline"] = f"{max(24, QFontMetrics(font()).height())}px"
    return {**sizes, **heights, "hfocus36": f"{row_height(36) - 4}px", "hfocus32": f"{row_height(32) - 4}px"}


def _application_font(text_size: TextSize) -> QFont:
    families = [name for name in SYSTEM_FAMILIES if QFontDatabase.hasFamily(name)]
    if not families:
        families = _bundled_families()
    face = QFont()
    face.setFamilies([*families, *(name for name in LAST_FAMILIES if QFontDatabase.hasFamily(name))])
    face.setStyleHint(QFont.StyleHint.SansSerif)
    face.setPixelSize(round(14 * text_size.percent / 100))
    return face


_bundled: list[str] = []


def _bundled_families() -> list[str]:
    if not _bundled:
        number = QFontDatabase.addApplicationFont(str(resource_path("fonts", "hei.ttf")))
        _bundled.extend(QFontDatabase.applicationFontFamilies(number))
    return _bundled


def _palette(tokens: Tokens) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    colors = {
        role.Window: tokens.canvas,
        role.WindowText: tokens.text,
        role.Base: tokens.surface,
        role.AlternateBase: tokens.sunken,
        role.Text: tokens.text,
        role.Button: tokens.surface,
        role.ButtonText: tokens.text,
        role.BrightText: tokens.on_accent,
        role.Highlight: tokens.sel,
        role.HighlightedText: tokens.text,
        role.Accent: tokens.accent,
        role.Link: tokens.link,
        role.LinkVisited: tokens.link,
        role.PlaceholderText: tokens.text3,
        role.ToolTipBase: tokens.surface,
        role.ToolTipText: tokens.text,
        role.Light: tokens.surface,
        role.Midlight: tokens.hover,
        role.Mid: tokens.line2,
        role.Dark: tokens.field,
        role.Shadow: tokens.line2,
    }
    for name, value in colors.items():
        palette.setColor(name, QColor(value))
    for name in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(tokens.disabled))
    return palette
