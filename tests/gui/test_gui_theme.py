import json
import re
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSaveFile, QSize, QStandardPaths, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolTip

from core.resources import resource_path
from gui.icons import icon
from gui.theme import Mode, TextSize, apply_theme, color, fill_template, font, row_height, scaled, set_kind
from gui.tokens import DARK, LIGHT, Tokens
from tests.gui.contrast import contrast

READ = [
    *(("text", ground) for ground in ("canvas", "surface", "sunken", "rail", "top", "sel", "soft", "hover")),
    *(("text2", ground) for ground in ("canvas", "surface", "sunken", "rail", "top", "sel", "soft", "hover")),
    *(("text3", ground) for ground in ("canvas", "surface", "sunken", "sel", "hover")),
    *(("on_accent", ground) for ground in ("accent", "accent_h", "accent_p")),
    *(("accent_text", ground) for ground in ("surface", "canvas", "sel", "soft")),
    *(("link", ground) for ground in ("surface", "canvas", "sel", "soft")),
    *((state, f"{state}_bg") for state in ("ok", "info", "warn", "err")),
    *((state, "surface") for state in ("ok", "info", "warn", "err")),
    *((grade, f"{grade}_bg") for grade in ("g1", "g2", "g3", "g4", "g5")),
]


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), READ)
def test_text_can_be_read(tokens: Tokens, ink: str, ground: str) -> None:
    assert contrast(getattr(tokens, ink), getattr(tokens, ground)) >= 4.5


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_borders_of_fields_and_the_focus_ring_can_be_seen(tokens: Tokens) -> None:
    assert contrast(tokens.field, tokens.surface) >= 3
    assert contrast(tokens.focus, tokens.surface) >= 3


def test_contrast_knows_its_ends() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#9A1F24", "#9A1F24") == pytest.approx(1)


def test_a_longer_name_wins_over_its_beginning() -> None:
    assert fill_template("a: @line; b: @line2;", {"line": "X", "line2": "Y"}) == "a: X; b: Y;"


def test_the_style_sheet_leaves_no_name_unfilled(qapp: QApplication) -> None:
    apply_theme(qapp, Mode.DARK, TextSize.HUGE)
    assert "@" not in re.sub(r"/\*.*?\*/", "", qapp.styleSheet(), flags=re.DOTALL)
    assert DARK.accent in qapp.styleSheet()


def test_pictures_of_the_style_sheet_are_there_whole_or_not_at_all(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "O'Brien (张 三)"
    commit, there = QSaveFile.commit, list[bool]()
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _place: str(folder))
    monkeypatch.setattr(
        QSaveFile, "commit", lambda file: there.append(Path(file.fileName()).exists()) or commit(file)
    )
    apply_theme(qapp, Mode.DARK)
    paths = set(re.findall(r"url\(\"(.*?)\"\)", qapp.styleSheet()))
    assert there == [False] * 7 and len(paths) >= 4
    assert all(Path(path).is_relative_to(folder) and not QImage(path).isNull() for path in paths)


def test_the_font_is_named_and_no_handwriting_face(qapp: QApplication) -> None:
    families = qapp.font().families()
    assert families
    assert not any(
        word in name for name in families for word in ("Kai", "Script", "Hand", "Xing", "楷", "行")
    )


@pytest.mark.parametrize("size", list(TextSize))
def test_text_size_scales_fonts_and_rows(qapp: QApplication, size: TextSize) -> None:
    apply_theme(qapp, Mode.LIGHT, size)
    assert font(20).pixelSize() == scaled(20) == round(20 * size.percent / 100)
    assert row_height(36) >= 36


def test_every_icon_named_in_the_window_is_bundled() -> None:
    named = {
        name
        for path in resource_path().parent.joinpath("gui").rglob("*.py")
        for name in re.findall(
            r'"([a-z0-9]+(?:-[a-z0-9]+)*-(?:line|fill))"', path.read_text(encoding="utf-8")
        )
    }
    assert named - set(json.loads(resource_path("icons", "remixicon.json").read_text("utf-8"))) == set()
    assert "search-line" in named


def _ink(image: QImage) -> set[str]:
    points = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return {QColor(image.pixel(x, y)).name() for x, y in points if image.pixelColor(x, y).alpha() == 255}


def test_an_icon_follows_the_theme_without_being_made_again(qapp: QApplication) -> None:
    made = icon("checkbox-blank-fill", "accent")
    assert LIGHT.accent.lower() in _ink(made.pixmap(QSize(32, 32)).toImage())
    apply_theme(qapp, Mode.DARK)
    assert DARK.accent.lower() in _ink(made.pixmap(QSize(32, 32)).toImage())


def test_an_icon_is_as_dense_as_the_screen() -> None:
    pixmap = icon("search-line").pixmap(QSize(20, 20), 1.5)
    assert (pixmap.width(), pixmap.devicePixelRatio()) == (30, 1.5)


@pytest.mark.qt_log_ignore(r"does not support raise\(\)", extend=True)
def test_a_tooltip_is_plain_text(qtbot) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    button.show()
    QToolTip.showText(QPoint(), "<b>松枫</b>社区", button)
    tip = next(each for each in QApplication.topLevelWidgets() if each.inherits("QTipLabel"))
    assert isinstance(tip, QLabel) and tip.textFormat() is Qt.TextFormat.PlainText
    QToolTip.hideText()


def test_a_kind_reaches_the_style_sheet(qtbot) -> None:
    button = QPushButton("打印")
    qtbot.addWidget(button)
    set_kind(button, "kind", "primary")
    button.resize(80, 40)
    assert button.grab().toImage().pixelColor(8, 20) == color("accent")
