"""The text of a document with its fields: what a template says, and what a draft made from it says."""

from dataclasses import dataclass
from typing import TypeAlias

from core.model.document import DocumentFormat
from core.model.labelled import Labelled

MOST_COLUMNS = 20
MOST_TYPED_ROWS = 500
"""Of a table, a list or a receipt that a person typed."""
RECEIPT_COLUMNS = 2
"""Fields in a row of a receipt, at most."""


class About(Labelled):
    """What a document speaks of, which decides the data that it may name."""

    OFFICE = "office", "单位"
    OPENING = "opening", "开启的考核"
    CYCLE = "cycle", "考核结果"
    SUBJECT = "subject", "每个考核对象"
    GROUP = "group", "专项推进组"
    ORGANIZATION = "organization", "缺材料的组织"
    TRANSITION = "transition", "备案事项"
    TASK = "task", "督办事项"
    REVOCATION = "revocation", "撤销"

    @property
    def is_of_cycle(self) -> bool:
        """Whether it speaks of an assessment."""
        return self in (About.OPENING, About.CYCLE, About.SUBJECT, About.REVOCATION)


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a paragraph that stands where `when` holds; an empty condition always does.

    It is a text with `{fields}`, or `parts` in a row. With `each` it stands once for each row of that list,
    whose fields it may name, `between` joining them; `when` then speaks of the row.
    """

    text: str = ""
    when: str = ""
    each: str = ""
    between: str = ""
    parts: tuple["Part", ...] = ()

    @property
    def is_plain(self) -> bool:
        """Whether it is a text that always stands."""
        return not self.each and not self.when and not self.parts


@dataclass(frozen=True, slots=True)
class TextParagraph:
    """A paragraph; with `each` there is one for each row of that list."""

    parts: tuple[Part, ...] = ()
    heading: str = ""
    level: int = 0
    when: str = ""
    each: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether a person can write it as one text."""
        return not self.each and len(self.parts) <= 1 and all(each.is_plain for each in self.parts)

    @property
    def text(self) -> str:
        """The text of a plain paragraph."""
        return self.parts[0].text if self.parts else ""


@dataclass(frozen=True, slots=True)
class TextColumn:
    """A column of a table: its head, the text of its cells, as `core.model.document.TableColumn` else.

    With `each` there is a column for each row of that list of the document, which its head may name; its
    cells name what the row of the table has in the list of the same name, at the same place.
    """

    title: str
    text: str
    weight: int
    align: str = "center"
    least_mm: int = 0
    each: str = ""


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table with a row for each row of the list `rows`; `totals` are the cells of a last row.

    Without a list, `cells` are its rows as a person typed them, texts with `{fields}`, one for each column;
    the columns then have no text of their own.
    """

    rows: str
    columns: tuple[TextColumn, ...]
    totals: tuple[str, ...] = ()
    row_mm: int = 0
    when: str = ""
    cells: tuple[tuple[str, ...], ...] = ()

    @property
    def is_typed(self) -> bool:
        """Whether a person typed its rows."""
        return bool(self.cells)


@dataclass(frozen=True, slots=True)
class TextPeople:
    """People under a label, one for each row of the list `people`, in the columns name and post.

    With `each` there is such a list for each row of that list; `when` then speaks of the row. Without a list,
    `typed` are the people as a person wrote them, name and post, both texts with `{fields}`.
    """

    label: str
    people: str
    name: str = "{姓名}"
    post: str = ""
    when: str = ""
    each: str = ""
    typed: tuple[tuple[str, str], ...] = ()

    @property
    def is_typed(self) -> bool:
        """Whether a person typed its people."""
        return not self.people


TextBlock: TypeAlias = TextParagraph | TextTable | TextPeople


@dataclass(frozen=True, slots=True)
class TextAnnex:
    """An annex; with `each` there is one for each row of that list."""

    title: str
    blocks: tuple[TextBlock, ...]
    when: str = ""
    each: str = ""
    apart: bool = False


@dataclass(frozen=True, slots=True)
class TextReceiptField:
    """A label of a receipt and what stands after it."""

    label: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class TextReceipt:
    """A slip to be cut off and sent back; a row has one or two fields. Without rows there is none."""

    rows: tuple[tuple[TextReceiptField, ...], ...] = ()


WrittenBlock: TypeAlias = TextBlock | TextReceipt
"""What an editor shows as one unit."""


@dataclass(frozen=True, slots=True)
class DocumentText:
    """A whole document in words and `{fields}`, as a template and every draft has it.

    `genre` is the 文种, `title` the word groups between which the title may be broken. `head` is the
    发文机关标志, `series` the 机关代字 of its number, empty where it gets none. The other fields are those of
    `core.model.document.OfficialDocument`. `needs` is the
    condition under which there is a paper at all: nobody is told off where nobody failed.
    """

    code: str
    name: str
    genre: str
    about: About
    title: tuple[str, ...]
    blocks: tuple[TextBlock, ...]
    format: DocumentFormat = DocumentFormat.ORDINARY
    head: str = ""
    series: str = ""
    addressee: str = ""
    copy_to: str = ""
    annexes: tuple[TextAnnex, ...] = ()
    attendance: tuple[TextPeople, ...] = ()
    receipt: TextReceipt = TextReceipt()
    partners: tuple[str, ...] = ()
    signers: tuple[str, ...] = ()
    stamp_posts: tuple[str, ...] = ()
    copy_number: str = ""
    secrecy: str = ""
    urgency: str = ""
    note: str = ""
    seal: bool = True
    addressee_below: bool = False
    imprint: bool = True
    purpose: str = ""
    needs: str = ""
