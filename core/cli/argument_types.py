"""What the texts of arguments are read as; a ValueError says that a text cannot be one."""

import os
import re
import unicodedata
from argparse import ArgumentTypeError
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

from core.model.assessment import ChosenWeight

_LARGEST_COUNT = 10**9
_POINTS = re.compile(r"[+-]?[0-9]{1,9}(\.[0-9]*)?")


def text(given: str) -> str:
    """A text that can be stored: what the terminal sent in another encoding raises UnicodeEncodeError."""
    given.encode("utf-8")
    return given


def texts(given: str) -> tuple[str, ...]:
    """Texts between commas, Chinese or not; an empty one stays an empty one."""
    return tuple(part.strip() for part in text(given).replace("，", ",").split(","))


def path(given: str) -> Path:
    """A path; an empty one comes from a shell variable that is not set and would mean the current folder.

    What no file can be called raises UnicodeEncodeError.
    """
    os.fsencode(given)
    if not given.strip():
        raise ValueError
    return Path(given)


def file(given: str) -> Path:
    """A path that ends in a file's name."""
    if not Path(given).name:
        raise ValueError
    return path(given)


def file_like(shown: str) -> Callable[[str], Path]:
    """What reads the file that a command writes; its name ends as one of those shown: 文件.pdf|文件.xlsx."""
    endings = re.findall(r"\.\w+", shown)

    def read(given: str) -> Path:
        place = file(given)
        if place.suffix.lower() not in endings:
            raise ArgumentTypeError(f"写不出“{place.name}”，文件名请以 {' 或 '.join(endings)} 结尾")
        return place

    return read


def assessment_year(given: str) -> int:
    """A year with four digits."""
    year = count(given)
    if year not in range(1949, 10_000):
        raise ValueError
    return year


def count(given: str) -> int:
    """A whole number from 1 on, of figures alone."""
    if not given.isdecimal() or int(given) not in range(1, _LARGEST_COUNT + 1):
        raise ValueError
    return int(given)


def day(given: str) -> date:
    """A day such as 2026-01-08."""
    return date.fromisoformat(given)


def points(given: str) -> Decimal:
    """A number with or without decimals, as people write it; full-width signs are taken, too."""
    plain = unicodedata.normalize("NFKC", given).strip()
    if not _POINTS.fullmatch(plain):
        raise ValueError
    return Decimal(plain)


def reading(given: str) -> tuple[int, float, float]:
    """A reading of the calibration sheet: 3=190.4,20.6 (cross, from the left, from the top, in mm)."""
    number, _, place = text(given).partition("=")
    left, top = place.replace("，", ",").split(",")
    return count(number), float(points(left)), float(points(top))


def weight(given: str) -> ChosenWeight:
    """A chosen weight: 环节/评分方=权重, or 环节/评分方/类别=权重."""
    whose, _, number = text(given).partition("=")
    stage, rater, *category = whose.split("/")
    return ChosenWeight(stage, rater, points(number), *category)
