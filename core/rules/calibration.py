"""From a measured calibration sheet to the adjustment that puts a printer right (套打校准)."""

from collections.abc import Sequence
from decimal import Decimal
from math import atan2, cos, degrees, hypot, radians, sin

from core.errors import InvalidInput
from core.model.certificate_form import Adjustment, Calibration, CrossReading

INSET = 20.0
"""Millimetres from the sheet's edges to the outer crosses."""
FARTHEST = 15.0
"""Millimetres: a cross that is read farther from its place was misread, or the sheet lay the wrong way."""
NEAREST_SPREAD = 20.0
"""Millimetres that the crosses must be apart for scale and rotation to be told."""

_HUNDREDTH, _TEN_THOUSANDTH = Decimal("0.01"), Decimal("0.0001")


def cross_places(width: float, height: float) -> tuple[tuple[float, float], ...]:
    """Where the crosses of a sheet stand, in mm from the top left: row by row, three in each."""
    columns, rows = (INSET, width / 2, width - INSET), (INSET, height / 2, height - INSET)
    return tuple((x, y) for y in rows for x in columns)


def moved(adjustment: Adjustment, x: float, y: float) -> tuple[float, float]:
    """Where a point of the page comes to: scaled, turned about the corner, then moved; all in mm."""
    angle = radians(float(adjustment.rotation))
    wide, high = x * float(adjustment.scale_x) / 100, y * float(adjustment.scale_y) / 100
    return (
        wide * cos(angle) - high * sin(angle) + float(adjustment.dx),
        wide * sin(angle) + high * cos(angle) + float(adjustment.dy),
    )


def calibrate(readings: Sequence[CrossReading]) -> Calibration:
    """The adjustment that brings the crosses from where they were read to where they belong.

    It is the best one in the sense of least squares, rounded to what a profile keeps. One cross tells the
    shift alone; for scale and rotation it takes two that are apart both ways, more make it surer.

    Raises:
        InvalidInput: no reading, or one that cannot be right.
    """
    _refuse_unlikely(readings)
    exact = _fitted(readings)
    return Calibration(
        exact,
        before=max(hypot(each.read_x - each.x, each.read_y - each.y) for each in readings),
        worst=max(_off(exact, each) for each in readings),
    )


def rounded(adjustment: Adjustment) -> Adjustment:
    """The adjustment as exact as a profile keeps it."""
    return Adjustment(
        dx=adjustment.dx.quantize(_HUNDREDTH),
        dy=adjustment.dy.quantize(_HUNDREDTH),
        scale_x=adjustment.scale_x.quantize(_HUNDREDTH),
        scale_y=adjustment.scale_y.quantize(_HUNDREDTH),
        rotation=adjustment.rotation.quantize(_TEN_THOUSANDTH),
    )


def _refuse_unlikely(readings: Sequence[CrossReading]) -> None:
    if not readings:
        raise InvalidInput("no_readings", "没有填写校准页的读数。", "请先打印校准页，量出十字的位置后填写。")
    for each in readings:
        if hypot(each.read_x - each.x, each.read_y - each.y) > FARTHEST:
            raise InvalidInput(
                "reading_far_off",
                f"应在左 {each.x:g}、上 {each.y:g} 毫米的十字，读数是左 {each.read_x:g}、上 {each.read_y:g}，"
                f"相差超过 {FARTHEST:g} 毫米。",
                "请核对读数和十字的编号；打印时要选“实际大小”，纸不要放反。",
            )


def _fitted(readings: Sequence[CrossReading]) -> Adjustment:
    """Scaling before turning leaves one unknown that is not linear, the angle, which has a closed form."""
    count = len(readings)
    mean_x, mean_y = sum(each.x for each in readings) / count, sum(each.y for each in readings) / count
    mean_read_x = sum(each.read_x for each in readings) / count
    mean_read_y = sum(each.read_y for each in readings) / count
    apart = [
        (each.read_x - mean_read_x, each.read_y - mean_read_y, each.x - mean_x, each.y - mean_y)
        for each in readings
    ]
    angle, scale_x, scale_y = _turn_and_scale(apart)
    wide, high = mean_read_x * scale_x, mean_read_y * scale_y
    return Adjustment(
        dx=_rounded(mean_x - wide * cos(angle) + high * sin(angle)),
        dy=_rounded(mean_y - wide * sin(angle) - high * cos(angle)),
        scale_x=_rounded(100 * scale_x),
        scale_y=_rounded(100 * scale_y),
        rotation=_rounded(degrees(angle), _TEN_THOUSANDTH),
    )


def _turn_and_scale(apart: Sequence[tuple[float, float, float, float]]) -> tuple[float, float, float]:
    """The angle in radians, and the scales; 0, 1, 1 where the crosses are too near each other to tell."""
    least = NEAREST_SPREAD * NEAREST_SPREAD / 2
    spread_x = sum(read_x * read_x for read_x, _, _, _ in apart)
    spread_y = sum(read_y * read_y for _, read_y, _, _ in apart)
    if spread_x < least or spread_y < least:
        return 0.0, 1.0, 1.0
    along = sum(read_x * x for read_x, _, x, _ in apart)
    across = sum(read_x * y for read_x, _, _, y in apart)
    down = sum(read_y * y for _, read_y, _, y in apart)
    back = sum(read_y * x for _, read_y, x, _ in apart)
    # What is explained is a quadratic form in (cos, sin); its largest axis is the angle.
    equal = along * along / spread_x + down * down / spread_y
    other = across * across / spread_x + back * back / spread_y
    mixed = along * across / spread_x - down * back / spread_y
    angle = atan2(2 * mixed, equal - other) / 2
    scale_x = (cos(angle) * along + sin(angle) * across) / spread_x
    scale_y = (cos(angle) * down - sin(angle) * back) / spread_y
    return angle, scale_x, scale_y


def _off(adjustment: Adjustment, reading: CrossReading) -> float:
    x, y = moved(adjustment, reading.read_x, reading.read_y)
    return hypot(x - reading.x, y - reading.y)


def _rounded(value: float, step: Decimal = _HUNDREDTH) -> Decimal:
    return Decimal(str(value)).quantize(step) + Decimal(0)
