"""The ledger of penalties (处罚台账): which organization was punished, when, by whom, what for."""

from dataclasses import dataclass

from core.model.dates import PartialDate
from core.model.labelled import Labelled
from core.model.ledger import Field, Ledger
from core.model.shared_fields import ORGANIZATION, REMARKS, K


class PenaltyKind(Labelled):
    """What an organization can be punished with.

    Source: 社会团体登记管理条例, 民办非企业单位登记管理暂行条例 (罚则).
    """

    WARNING = "warning", "警告"
    FINE = "fine", "罚款"
    CONFISCATION = "confiscation", "没收违法所得"
    SUSPENSION = "suspension", "限期停止活动"
    STRIKING_OFF = "striking_off", "撤销登记"
    OTHER = "other", "其他"


@dataclass(frozen=True, slots=True)
class Penalty:
    """A penalty with its date; with `annulled_on` it was taken back by review or court and counts no more."""

    id: str
    organization_id: str
    penalized_on: PartialDate | None = None
    kind: PenaltyKind | None = None
    body: str = ""
    number: str = ""
    reason: str = ""
    annulled_on: PartialDate | None = None
    remarks: str = ""
    search_key: str = ""
    version: int = 1


PENALTIES = Ledger(
    "penalties",
    Penalty,
    "处罚",
    "scales-3-line",
    (
        ORGANIZATION,
        Field("penalized_on", "处罚日期", K.DATE, required=True, synonyms=("决定日期", "日期"), width=12),
        Field("kind", "处罚种类", K.CHOICE, choices=PenaltyKind, synonyms=("种类", "处罚类别"), width=14),
        Field("body", "作出机关", synonyms=("处罚机关",), width=18),
        Field("number", "决定书文号", synonyms=("文号", "处罚决定书文号"), width=18),
        Field("reason", "事由", K.LONG, required=True, synonyms=("违法事实", "处罚事由"), width=28),
        Field("annulled_on", "撤销日期", K.DATE, hint="处罚被复议、诉讼撤销的才填", listed=False),
        REMARKS,
    ),
    "reason",
    ("organization_id", "penalized_on", "number"),
    "penalized_on",
    newest_first=True,
    purpose="哪个组织、哪天、被哪个机关处罚；评奖条件“几年没有处罚”按它算，被撤销的处罚不算。",
)
