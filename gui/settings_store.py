"""What this PC remembers of the window: theme, geometry, folders, table columns. Nothing of the office.

store = SettingsStore(QSettings(...))
store.mode = Mode.DARK; store.text_size = TextSize.LARGE
store.folder("export"); store.set_folder("export", path)
store.table_layout("roster") -> TableLayout | None
store.column_meanings("activities") -> {column title: field}
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

from gui.theme import Mode, TextSize

RECENT_KEPT = 8


@dataclass(frozen=True, slots=True)
class TableLayout:
    """How the user arranged a table: column keys in order, their widths, the hidden ones, the sorting."""

    order: tuple[str, ...]
    widths: dict[str, int]
    hidden: tuple[str, ...]
    sort_key: str = ""
    ascending: bool = True


class SettingsStore:
    """Typed access to the QSettings it is given."""

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    @property
    def mode(self) -> Mode:
        stored = self._text("window/mode")
        return Mode(stored) if stored in list(Mode) else Mode.LIGHT

    @mode.setter
    def mode(self, mode: Mode) -> None:
        self._settings.setValue("window/mode", mode.value)

    @property
    def text_size(self) -> TextSize:
        stored = self._text("window/text_size")
        return TextSize(stored) if stored in list(TextSize) else TextSize.STANDARD

    @text_size.setter
    def text_size(self, size: TextSize) -> None:
        self._settings.setValue("window/text_size", size.value)

    @property
    def rail_collapsed(self) -> bool:
        return self._text("window/rail") == "collapsed"

    @rail_collapsed.setter
    def rail_collapsed(self, collapsed: bool) -> None:
        self._settings.setValue("window/rail", "collapsed" if collapsed else "open")

    @property
    def last_login(self) -> str:
        """The login name that was used last at this PC."""
        return self._text("window/login")

    @last_login.setter
    def last_login(self, login: str) -> None:
        self._settings.setValue("window/login", login)

    @property
    def steps_put_off(self) -> frozenset[str]:
        """The first steps that this PC's user put off."""
        return frozenset(filter(None, self._text("window/put_off").split()))

    def put_off_step(self, step: str) -> None:
        self._settings.setValue("window/put_off", " ".join(sorted({*self.steps_put_off, step})))

    @property
    def geometry(self) -> QByteArray:
        stored = self._settings.value("window/geometry")
        return stored if isinstance(stored, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._settings.setValue("window/geometry", geometry)

    def folder(self, purpose: str) -> Path:
        """The folder used last for a purpose, else the user's documents or what there is of a home."""
        stored = self._text(f"folders/{purpose}")
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        wished = (Path(place) for place in (stored, documents) if place)
        return next((place for place in wished if place.is_dir()), Path.home())

    def set_folder(self, purpose: str, folder: Path) -> None:
        self._settings.setValue(f"folders/{purpose}", str(folder))

    @property
    def recent_files(self) -> tuple[Path, ...]:
        """The files that were imported last, the newest first; those that are gone are left out."""
        stored = (Path(line) for line in self._text("window/recent").splitlines())
        return tuple(path for path in stored if path.is_file())

    def add_recent_file(self, path: Path) -> None:
        kept = [str(path), *(str(each) for each in self.recent_files if each != path)]
        self._settings.setValue("window/recent", "\n".join(kept[:RECENT_KEPT]))

    def table_layout(self, name: str) -> TableLayout | None:
        """The stored arrangement of a table; None when there is none or it cannot be read."""
        try:
            stored = json.loads(self._text(f"tables/{name}") or "null")
            return TableLayout(
                order=tuple(map(str, stored["order"])),
                widths={str(key): int(width) for key, width in stored["widths"].items()},
                hidden=tuple(map(str, stored["hidden"])),
                sort_key=str(stored["sort_key"]),
                ascending=bool(stored["ascending"]),
            )
        except (ValueError, TypeError, KeyError, AttributeError):
            # Only comfort is kept here: a file edited by hand falls back to the first arrangement.
            return None

    def set_table_layout(self, name: str, layout: TableLayout) -> None:
        self._settings.setValue(f"tables/{name}", json.dumps(asdict(layout), ensure_ascii=False))

    def column_meanings(self, name: str) -> dict[str, str]:
        """What the user said that columns with these titles mean, for a kind of list."""
        try:
            stored = json.loads(self._text(f"columns/{name}") or "{}")
            return {str(title): str(meaning) for title, meaning in stored.items()}
        except (ValueError, AttributeError):
            return {}

    def set_column_meanings(self, name: str, meanings: Mapping[str, str]) -> None:
        """Remember these besides the ones known."""
        kept = {**self.column_meanings(name), **meanings}
        self._settings.setValue(f"columns/{name}", json.dumps(kept, ensure_ascii=False))

    def _text(self, key: str) -> str:
        stored = self._settings.value(key, "")
        return stored if isinstance(stored, str) else ""
