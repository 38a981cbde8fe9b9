"""What a message or question says; `gui.widgets.message_box` shows it."""

from typing import NamedTuple


class BoxText(NamedTuple):
    """The words of one box; empty parts are left out."""

    headline: str
    why: str = ""
    remedy: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    yes: str = "知道了"
    no: str = ""
    other: str = ""
    note: str = ""
    safe_no: bool = False
    copies: bool = False
    details: str = ""

    def as_text(self) -> str:
        """Everything, to be pasted into a letter to whoever helps."""
        return "\n".join(filter(None, (self.headline, self.why, self.remedy, self.details)))
