"""Days as ISO texts: whole and vague ones, and how long before another."""

from datetime import date


def is_day(text: str) -> bool:
    """Whether the text is a whole day as it is stored: 2026-01-08."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def last_day(day: str) -> str:
    """The last day that a date without day or month may mean: vagueness must not win."""
    return day + {4: "-12-31", 7: "-31"}.get(len(day), "")


def months_before(day: str, months: int) -> str:
    """The day so many months before, to be compared as a text: it need not exist (2026-02-31)."""
    count = int(day[:4]) * 12 + int(day[5:7]) - 1 - months
    return f"{count // 12:04d}-{count % 12 + 1:02d}{day[7:]}"
