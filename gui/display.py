"""Light or dark and the size of the text: applied to the whole program and remembered on this PC."""

from PySide6.QtWidgets import QApplication

from gui.settings_store import SettingsStore
from gui.theme import Mode, TextSize, apply_theme


def apply_display(app: QApplication, settings: SettingsStore) -> None:
    """Show the program as this PC remembers it."""
    apply_theme(app, settings.mode, settings.text_size)


def change_mode(settings: SettingsStore, mode: Mode) -> None:
    settings.mode = mode
    _apply(settings)


def change_text_size(settings: SettingsStore, size: TextSize) -> None:
    settings.text_size = size
    _apply(settings)


def _apply(settings: SettingsStore) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    apply_display(app, settings)
