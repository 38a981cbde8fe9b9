"""The office's own fonts: what each shows, how it looks; adding and removing them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from core.errors import AppError
from core.model.office_font import FontPlace, OfficeFont, PcFonts
from core.services.services import Services
from gui.desk import Desk
from gui.dialogs.paper_preview import PaperPreview
from gui.rights import needs
from gui.theme import bound_width
from gui.undo import do_undoably
from gui.widgets.attachments import shown_size
from gui.widgets.buttons import push_button, shut_while_busy
from gui.widgets.card import Card, FactRow, ScrollPane
from gui.widgets.font_sample import FontSample
from gui.widgets.labels import label, rule
from gui.widgets.layouts import clear

PANE_WIDTH = 900
FACT_WIDTH = 96
KINDS = "字体 (*.ttf *.ttc *.otf);;所有文件 (*)"
SAMPLE = "社会组织考核评定"
_USES = {
    place: f"{place.label}\uff08{words}\uff09"
    for place, words in (
        (FontPlace.RARE, "补充其他字体没有的字"),
        (FontPlace.BODY, "正文"),
        (FontPlace.TITLE, "标题"),
        (FontPlace.KAI, "二级标题、签发人"),
        (FontPlace.HEI, "一级标题、附件字样"),
        (FontPlace.SONG, "页码、表格数字"),
    )
}


@dataclass(frozen=True, slots=True)
class ShownFont:
    """A font of the office and where its file lies; None if it is lost."""

    font: OfficeFont
    path: Path | None


def read_fonts(services: Services) -> tuple[ShownFont, ...]:
    """The office's fonts, each examined again."""
    fonts = services.fonts.all()
    return tuple(ShownFont(each, None if each.fault else services.fonts.file(each)) for each in fonts)


class FontsPane(QWidget):
    """A card for adding, and one with what was added."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._use = QComboBox()
        self._use.setAccessibleName("用途")
        for place, words in _USES.items():
            self._use.addItem(words, place)
        self._add = push_button("添加字体……", self.choose_file, icon_name="add-line", kind="primary")
        self._faces = _FaceChoice(self._take)
        self._of_pc = label("", wrap=True)
        self._trouble = label("", "warn", wrap=True)
        self._trouble.hide()
        self._lines = QVBoxLayout()
        self._lines.setSpacing(12)
        self._build()

    def _build(self) -> None:
        found = Card("公文字体")
        found.add_button(push_button("打印样张", self.show_specimen, icon_name="printer-line"))
        found.body.addWidget(self._of_pc)
        adding = Card("添加字体")
        words = (
            "公文和证书用程序自带的字体，不用添加也能印。单位购买了方正等字体，或者人名地名里有自带字体"
            "没有的字时，在这里添加；从下一份文书起就用它，文件随数据一起备份。"
        )
        adding.body.addWidget(label(words, "hint", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label("用途"))
        row.addWidget(self._use)
        row.addWidget(self._add)
        row.addStretch(1)
        adding.body.addLayout(row)
        adding.body.addWidget(self._faces)
        adding.body.addWidget(self._trouble)
        added = Card("已添加的字体")
        added.body.addLayout(self._lines)
        pane = ScrollPane(24)
        pane.body.setSpacing(16)
        for card in (found, adding, added):
            bound_width(card, most=PANE_WIDTH)
            pane.body.addWidget(card)
        pane.body.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(pane)

    def reload(self) -> None:
        """Read the fonts again."""
        services = self._desk.services
        self._desk.jobs.start(lambda _report: read_fonts(services), self._show, title="读取字体")
        self._desk.jobs.start(
            lambda _report: services.fonts.of_this_pc(), self._show_found, title="查看本机字体"
        )

    def show_specimen(self) -> None:
        """A page with every face, to be looked at, printed or kept."""
        fonts = self._desk.services.fonts
        PaperPreview(self._desk, "公文字体样张", fonts.specimen, "公文字体样张.pdf", self.window()).open()

    def _show_found(self, faces: PcFonts) -> None:
        """Which of the official faces this PC has, and whether papers use them."""
        said = [f"本机有{'、'.join(faces.found)}。"] if faces.found else []
        if faces.lacking:
            said.append(f"本机没有{'、'.join(faces.lacking)}，印出来用自带的字体。")
        if faces.found:
            uses = "公文优先用本机的字体" if faces.in_use else "公文现在都用自带的字体"
            said.append(f"{uses}，可以在“单位设置”里改。")
        self._of_pc.setText("".join(said))

    @needs("fonts.add")
    def choose_file(self) -> None:
        """Ask for a file; where it is a collection, then for one of its fonts."""
        path = self._desk.messages.choose_open_file("添加字体", KINDS, purpose="font")
        if path is None:
            return
        self._trouble.hide()
        self._faces.hide()
        fonts = self._desk.services.fonts
        self._desk.jobs.start(
            lambda _report: fonts.names_in(path),
            lambda names: self._faces.ask(path, names) if len(names) > 1 else self._take(path, ""),
            failed=self._refused,
            title="查看字体文件",
        )

    def _take(self, path: Path, face: str) -> None:
        fonts, place = self._desk.services.fonts, FontPlace(self._use.currentData())
        self._desk.jobs.start(
            lambda _report: fonts.add(path, place, face),
            self._taken,
            failed=self._refused,
            title="添加字体",
            saves=True,
            ended=shut_while_busy(self._add),
        )

    def _taken(self, font: OfficeFont) -> None:
        self._faces.hide()
        self._desk.tell(f"已添加字体“{font.name}”\uff08{font.place.label}\uff09")
        self.reload()

    def _refused(self, error: AppError) -> None:
        self._trouble.setText(f"{error.message_zh}{error.remedy_zh}")
        self._trouble.show()

    @needs("fonts.remove")
    def _remove(self, font: OfficeFont) -> None:
        fonts = self._desk.services.fonts
        do_undoably(
            self._desk,
            lambda: fonts.remove(font.id),
            title="移除字体",
            told=lambda _font: f"已移除字体“{font.name}”",
            done=lambda _font: self.reload(),
            owner=self,
        )

    def _show(self, shown: Sequence[ShownFont]) -> None:
        clear(self._lines)
        for number, each in enumerate(shown):
            if number:
                self._lines.addWidget(rule())
            self._lines.addWidget(self._line(each))
        if not shown:
            self._lines.addWidget(label("还没有添加字体。", "hint"))

    def _line(self, shown: ShownFont) -> QWidget:
        font = shown.font
        line = QWidget()
        column = QVBoxLayout(line)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(font.name, "strong"))
        head.addWidget(label(f"{font.file_name}　{shown_size(font.size)}　{font.added_at[:10]}", "hint"))
        head.addStretch(1)
        remove = push_button("移除", partial(self._remove, font), dense=True)
        remove.setAccessibleName(f"移除字体 {font.name}")
        head.addWidget(remove)
        column.addLayout(head)
        if shown.path:
            sample = FontSample()
            sample.show_text(shown.path, sample_of(font))
            column.addWidget(sample)
        column.addWidget(FactRow("用途", _USES[font.place], label_width=FACT_WIDTH))
        if font.reach:
            column.addWidget(FactRow("收字", reach_words(font), label_width=FACT_WIDTH))
        if font.fault:
            column.addWidget(label(font.fault, "warn", wrap=True))
        return line


class _FaceChoice(QWidget):
    """Which font of a collection."""

    def __init__(self, take: Callable[[Path, str], None]) -> None:
        super().__init__()
        self._path = Path()
        self._choice = QComboBox()
        self._choice.setAccessibleName("字体集里的哪一款")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(label("这个文件里有几款字体，用哪一款"))
        row.addWidget(self._choice)
        # By number: two fonts of a collection may bear one name.
        row.addWidget(push_button("用这一款", lambda: take(self._path, str(self._choice.currentIndex() + 1))))
        row.addStretch(1)
        self.hide()

    def ask(self, path: Path, names: Sequence[str]) -> None:
        """Show the fonts of a file."""
        self._path = path
        self._choice.clear()
        self._choice.addItems(list(names))
        self.show()


def sample_of(font: OfficeFont) -> str:
    """A few words for a face; for rare characters those that the font adds."""
    more = font.reach.sample if font.reach else ""
    return more if font.place is FontPlace.RARE else f"{SAMPLE}{more[:8]}"


def reach_words(font: OfficeFont) -> str:
    """How many characters the font shows, and how many of them are new."""
    if font.reach is None:
        return ""
    whole = f"汉字 {font.reach.ideographs:,} 个"
    if not font.reach.added:
        return f"{whole}，自带字体都有"
    return f"{whole}，另有自带字体没有的字 {font.reach.added:,} 个"
