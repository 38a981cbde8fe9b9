"""Calibration of printers: what was put wrong by a profile is found again from the crosses."""

from decimal import Decimal
from math import cos, hypot, radians, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InvalidInput
from core.model.certificate_form import Adjustment, CrossReading
from core.rules.calibration import calibrate, cross_places, moved

SHEET = (420.0, 285.0)
CROSSES = cross_places(*SHEET)


def tenths(least: int, most: int) -> st.SearchStrategy[Decimal]:
    return st.integers(least, most).map(lambda each: Decimal(each) / 10)


ADJUSTMENTS = st.builds(
    Adjustment,
    dx=tenths(-50, 50),
    dy=tenths(-50, 50),
    scale_x=st.integers(9900, 10100).map(lambda each: Decimal(each) / 100),
    scale_y=st.integers(9900, 10100).map(lambda each: Decimal(each) / 100),
    rotation=st.integers(-50, 50).map(lambda each: Decimal(each) / 100),
)


def undone(adjustment: Adjustment, x: float, y: float) -> tuple[float, float]:
    """The point that the adjustment brings to (x, y)."""
    angle = radians(float(adjustment.rotation))
    right, down = x - float(adjustment.dx), y - float(adjustment.dy)
    along = right * cos(angle) + down * sin(angle)
    across = down * cos(angle) - right * sin(angle)
    return along / float(adjustment.scale_x) * 100, across / float(adjustment.scale_y) * 100


@given(ADJUSTMENTS)
def test_what_an_adjustment_undoes_is_found_again(adjustment: Adjustment) -> None:
    readings = [CrossReading(x, y, *undone(adjustment, x, y)) for x, y in CROSSES]
    found = calibrate(readings)
    assert found.adjustment.dx == pytest.approx(adjustment.dx, abs=Decimal("0.011"))
    assert found.adjustment.dy == pytest.approx(adjustment.dy, abs=Decimal("0.011"))
    assert abs(found.adjustment.scale_x - adjustment.scale_x) <= Decimal("0.01")
    assert abs(found.adjustment.scale_y - adjustment.scale_y) <= Decimal("0.01")
    assert abs(found.adjustment.rotation - adjustment.rotation) <= Decimal("0.0005")
    assert found.worst < 0.05


@given(ADJUSTMENTS)
def test_a_printer_that_errs_by_a_profile_prints_in_place_afterwards(error: Adjustment) -> None:
    found = calibrate([CrossReading(x, y, *moved(error, x, y)) for x, y in CROSSES]).adjustment
    for x, y in CROSSES:
        printed = moved(error, *moved(found, x, y))
        assert hypot(printed[0] - x, printed[1] - y) < 0.1


@given(st.lists(st.tuples(tenths(-1, 1), tenths(-1, 1)), min_size=9, max_size=9))
def test_readings_off_by_a_tenth_do_not_spoil_it(slips: list[tuple[Decimal, Decimal]]) -> None:
    error = Adjustment(Decimal("1.5"), Decimal("-0.8"), Decimal("100.1"), Decimal("99.85"), Decimal("0.1"))
    readings = []
    for (x, y), (right, down) in zip(CROSSES, slips, strict=True):
        at = moved(error, x, y)
        readings.append(CrossReading(x, y, at[0] + float(right), at[1] + float(down)))
    found = calibrate(readings).adjustment
    for x, y in CROSSES:
        printed = moved(error, *moved(found, x, y))
        assert hypot(printed[0] - x, printed[1] - y) < 0.3


def test_one_cross_tells_the_shift_alone() -> None:
    found = calibrate([CrossReading(20, 20, 21.5, 19.2)]).adjustment
    assert found == Adjustment(Decimal("-1.50"), Decimal("0.80"), Decimal(100), Decimal(100), Decimal(0))


def test_crosses_in_one_row_tell_no_scale() -> None:
    found = calibrate([CrossReading(20, 20, 20, 20), CrossReading(400, 20, 401, 20)]).adjustment
    assert (found.scale_x, found.scale_y, found.rotation) == (100, 100, 0)


@pytest.mark.parametrize(
    ("readings", "code"),
    [([], "no_readings"), ([CrossReading(20, 20, 200, 20)], "reading_far_off")],
)
def test_what_cannot_be_right_is_refused(readings: list[CrossReading], code: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        calibrate(readings)
    assert caught.value.code == code


def test_scaled_then_turned_then_moved() -> None:
    adjustment = Adjustment(Decimal(10), Decimal(20), Decimal(200), Decimal(50), Decimal(90))
    assert moved(adjustment, 3, 0) == pytest.approx((10, 26))
    assert moved(adjustment, 0, 4) == pytest.approx((8, 20))
