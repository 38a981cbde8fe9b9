"""What is found in a document before it is issued, and what its text is compared with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from core.model.tasks import Holiday


class DocumentCheck(StrEnum):
    """What a finding is about."""

    SUM = "sum"
    COUNT = "count"
    AMOUNT = "amount"
    CAPITALS = "capitals"
    ANNEX = "annex"
    DATE = "date"
    WORKING_DAYS = "working_days"
    NAME = "name"
    NUMBER = "number"
    TITLE = "title"
    ADDRESSEE = "addressee"
    HEADING = "heading"
    WORD = "word"
    PERSONAL = "personal"
    LEFTOVER = "leftover"
    CHARACTER = "character"
    FONT = "font"
    STAGE = "stage"

    @property
    def label(self) -> str:
        """What the clerk reads."""
        return _LABELS[self]


_LABELS = {
    DocumentCheck.SUM: "表格合计",
    DocumentCheck.COUNT: "个数",
    DocumentCheck.AMOUNT: "金额",
    DocumentCheck.CAPITALS: "大写金额",
    DocumentCheck.ANNEX: "附件",
    DocumentCheck.DATE: "日期",
    DocumentCheck.WORKING_DAYS: "工作日",
    DocumentCheck.NAME: "组织名称",
    DocumentCheck.NUMBER: "发文字号",
    DocumentCheck.TITLE: "标题",
    DocumentCheck.ADDRESSEE: "主送机关",
    DocumentCheck.HEADING: "层次序号",
    DocumentCheck.WORD: "用词",
    DocumentCheck.PERSONAL: "个人信息",
    DocumentCheck.LEFTOVER: "遗留文字和标点",
    DocumentCheck.CHARACTER: "字体缺字",
    DocumentCheck.FONT: "字体",
    DocumentCheck.STAGE: "考核进度",
}


@dataclass(frozen=True, slots=True)
class DocumentFinding:
    """Something to look at before a document is issued.

    `place` says in words where (正文第3段, 附件2第7行“金额”); `words` is the very text that is meant, to be
    marked there, empty where something is not written.
    """

    code: DocumentCheck
    place: str
    message: str
    remedy: str
    words: str = ""

    def __str__(self) -> str:
        return f"{self.place}：{self.message}{self.remedy}"


@dataclass(frozen=True, slots=True)
class Known:
    """What a document's text is compared with; what is not given is not compared.

    `genre` is the 文种 (通报, 公示). `names` are those of the register, `former_names` lead from
    a name that is no longer used to the present one; `other_names` (communities, people, whatever was
    assessed) may stand where names of the register do. `counts` and `amounts` (fen) are
    figures of the results by the words that stand beside them in a text: 参加考核, 优秀, 重点扶持名单;
    优秀社会组织奖 (what each winner gets; several where there are several amounts), 扶持资金合计.
    `holidays` are the office's own calendar,
    `forbidden_words` its list; `praise_verb` is how it praises (通报表扬): with one that is not 表彰, that
    word is found. `contact_phones` may stand in a 公示.
    """

    today: date
    genre: str = ""
    names: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()
    former_names: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    amounts: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    holidays: tuple[Holiday, ...] = ()
    forbidden_words: tuple[str, ...] = ()
    praise_verb: str = ""
    contact_phones: tuple[str, ...] = ()
