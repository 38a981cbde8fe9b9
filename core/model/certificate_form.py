"""Forms of certificates: where each text stands on a sheet (版式), and how a printer is corrected (套打)."""

from dataclasses import dataclass
from decimal import Decimal

from core.model.labelled import Labelled


class FieldText(Labelled):
    """Which text of a certificate a field shows."""

    HEADING = "heading", "标题"
    RECIPIENT = "recipient", "名称"
    TEXT = "text", "正文"
    CLOSING = "closing", "结语"
    ISSUER = "issuer", "落款"
    DATE = "date", "日期"
    NUMBER = "number", "编号"
    QR = "qr", "二维码"
    LOG_HEAD = "log_head", "日志校验码"


class Face(Labelled):
    """The faces of official papers."""

    BODY = "body", "仿宋"
    TITLE = "title", "小标宋"
    KAI = "kai", "楷体"
    HEI = "hei", "黑体"
    SONG = "song", "宋体"


class Align(Labelled):
    """Where a line stands in its box; a spread one is spaced out over it."""

    LEFT = "left", "左"
    CENTER = "center", "中"
    RIGHT = "right", "右"
    SPREAD = "spread", "撑开"


class Fit(Labelled):
    """What is done for a text that is too long; none ever leaves its box.

    LINE: one line, smaller down to the least size. NAME: one line, then two parted after a word, at the least
    size as many as the box holds. TEXT: paragraphs indented by two characters, smaller in steps of 2 pt.
    """

    LINE = "line", "一行，缩小字号"
    NAME = "name", "名称，缩小后在词间分行"
    TEXT = "text", "段落，逐级缩小字号"


class Colour(Labelled):
    """Colours of certificates."""

    BLACK = "black", "黑"
    RED = "red", "红"
    DARK_RED = "dark_red", "深红"
    GOLD = "gold", "金"


class Output(Labelled):
    """What of a certificate is printed: 套打 prints the text alone, on stock that has all the rest."""

    BOTH = "both", "底图和文字"
    TEXT = "text", "只打文字"
    BACKGROUND = "background", "只打底图"


@dataclass(frozen=True, slots=True)
class FormField:
    """A box on the sheet and how its text stands there; millimetres from the top left, sizes in points.

    `leading` is the distance of lines in type sizes. LINE and NAME stand on the foot of the box: their last
    baseline is where it would be at the full `size`, however small they get. TEXT hangs from its top.
    `axis` is the middle that centred text stands on, if it is not the box's own; text that would leave the
    box then moves off it. `axis_of` takes the middle that another field came to. `span` is what a spread
    line is spaced out over, 0 for the box. `prefix` and `suffix` stand before and behind the text. `printed`:
    the stock has it.
    """

    text: FieldText
    left: float
    top: float
    width: float
    height: float
    face: Face = Face.BODY
    size: float = 16.0
    least: float = 10.0
    leading: float = 1.35
    align: Align = Align.LEFT
    fit: Fit = Fit.LINE
    axis: float = 0.0
    axis_of: FieldText | None = None
    span: float = 0.0
    prefix: str = ""
    suffix: str = ""
    colour: Colour = Colour.BLACK
    printed: bool = False

    def __hash__(self) -> int:
        """Of what tells the fields of a form apart: a page of certificates asks twenty times for it."""
        return hash((self.text, self.left, self.top))


@dataclass(frozen=True, slots=True)
class CertificateForm:
    """A stock of sheets with its fields; `width` and `height` in mm as measured.

    `frame` draws the program's own frame, `rule` a line under the title at this distance from the top, 0 for
    none. `underlay` is the digest of a scan of the stock in the vault, empty for none; `purpose` is told in
    lists.
    """

    code: str
    name: str
    width: float
    height: float
    fields: tuple[FormField, ...]
    frame: bool = False
    rule: float = 0.0
    underlay: str = ""
    purpose: str = ""

    def field(self, text: FieldText) -> FormField | None:
        """The field of this text, if the form has one."""
        return next((each for each in self.fields if each.text is text), None)


@dataclass(frozen=True, slots=True)
class Adjustment:
    """How a page is moved before it is printed, so that the printer puts it where it belongs.

    A point x to the right of and y below the sheet's top left corner (mm) is first scaled (`scale_x`,
    `scale_y` in per cent), then turned about that corner by `rotation` degrees clockwise, then moved by `dx`
    to the right and `dy` down (mm).
    """

    dx: Decimal = Decimal(0)
    dy: Decimal = Decimal(0)
    scale_x: Decimal = Decimal(100)
    scale_y: Decimal = Decimal(100)
    rotation: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class PrintProfile:
    """The adjustment of one printer, fed from one tray with the stock of one form (by its code).

    `dx` and `dy` in mm, scales in per cent, `rotation` in degrees; see `Adjustment`. `measured_at` is when
    it was last set.
    """

    id: str
    printer: str
    tray: str
    form: str
    dx: Decimal = Decimal(0)
    dy: Decimal = Decimal(0)
    scale_x: Decimal = Decimal(100)
    scale_y: Decimal = Decimal(100)
    rotation: Decimal = Decimal(0)
    measured_at: str = ""
    version: int = 1

    @property
    def adjustment(self) -> Adjustment:
        """What it does to a page."""
        return Adjustment(self.dx, self.dy, self.scale_x, self.scale_y, self.rotation)

    @property
    def called(self) -> str:
        """The profile as lists and messages name it."""
        return "／".join(part for part in (self.printer, self.tray, self.form) if part)


@dataclass(frozen=True, slots=True)
class OwnForm:
    """The office's own form, or its version of a shipped one, as TOML; `underlay` as in `CertificateForm`."""

    id: str
    code: str
    text: str
    underlay: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class CrossReading:
    """A cross of the calibration sheet: where it should stand, and where the print has it (mm)."""

    x: float
    y: float
    read_x: float
    read_y: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """The adjustment found; with it the crosses are off by at most `worst` mm, without it by `before`."""

    adjustment: Adjustment
    before: float
    worst: float


@dataclass(frozen=True, slots=True)
class CertificateLayout:
    """How certificates are put on paper: on which form, what of it, moved by how much.

    `picture` is the content of the form's underlay, empty for none; `log_head` the head of the log, which
    stands in the PDF's properties.
    """

    form: CertificateForm
    output: Output = Output.BOTH
    adjustment: Adjustment = Adjustment()
    picture: bytes = b""
    log_head: str = ""


@dataclass(frozen=True, slots=True)
class CalibrationSheet:
    """A sheet with rulers along its edges and numbered crosses at known places (mm from the top left)."""

    title: str
    width: float
    height: float
    crosses: tuple[tuple[float, float], ...]
    adjustment: Adjustment = Adjustment()
