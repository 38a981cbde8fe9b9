"""The office that owns the store, and its settings for paper."""

from dataclasses import dataclass
from enum import StrEnum


class LinePitch(StrEnum):
    """Readings of the 22-line grid: A is 225 / 22 mm a line, B lets line 1 and 22 touch the type area."""

    A = "a"
    B = "b"


@dataclass(frozen=True, slots=True)
class Office:
    """The one office of a store.

    `name` is the issuing office in full (XX街道办事处), `desk` the desk that does the work (社会事务办),
    `document_code` the 机关代字 of its numbers (XX街办).
    Filing clocks: `accept_days`, `opinion_days` and `decision_days` are working days for accepting an
    application, for each opinion and for the decision; `cancellation_days` are days for a cancellation.
    `short_names_first` puts names of two characters as with an empty middle (party lists) when names are
    ordered by strokes.
    `praise_verb` is the word for those who are named in praise (通报表扬; 表彰 only where a higher office
    allows it), `contact_phone` and `contact_address` are where people object or ask, `forbidden_words` must
    not stand in a document. `print_log_head` puts the head of the log onto the paper of documents and
    certificates as they are issued.
    """

    id: str
    name: str
    desk: str = "社会事务办"
    document_code: str = ""
    addressee: str = "各社区（村），各社会组织，机关各办（所）"
    copy_to: str = ""
    line_pitch: LinePitch = LinePitch.A
    two_sided: bool = False
    use_office_fonts: bool = False
    keep_id_numbers: bool = False
    accept_days: int = 5
    opinion_days: int = 10
    decision_days: int = 7
    cancellation_days: int = 30
    short_names_first: bool = True
    praise_verb: str = "通报表扬"
    contact_phone: str = ""
    contact_address: str = ""
    forbidden_words: tuple[str, ...] = ()
    print_log_head: bool = True
    version: int = 1
