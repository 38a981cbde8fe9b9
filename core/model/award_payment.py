"""The ledger of award money (奖金台账): who was paid what for which award, and what came back."""

from dataclasses import dataclass

from core.model.dates import PartialDate
from core.model.ledger import Field, Ledger
from core.model.shared_fields import ANY_ORGANIZATION, REMARKS, K


@dataclass(frozen=True, slots=True)
class AwardPayment:
    """One payment of award money; amounts in fen.

    `winner` is the subject's name as announced, `organization_id` empty where it is none of the register;
    `head` is the person whose share this is (R18), empty for the winner's own line. `cycle` is the code of
    the cycle within its year.
    """

    id: str
    winner: str
    year: int | None = None
    cycle: str = ""
    organization_id: str = ""
    award: str = ""
    head: str = ""
    amount: int | None = None
    payee: str = ""
    account_holder: str = ""
    account: str = ""
    paid_on: PartialDate | None = None
    voucher: str = ""
    use_report: str = ""
    returned: int | None = None
    returned_on: PartialDate | None = None
    remarks: str = ""
    search_key: str = ""
    version: int = 1


AWARD_PAYMENTS = Ledger(
    "award_payments",
    AwardPayment,
    "奖金",
    "hand-coin-line",
    (
        Field(
            "winner",
            "获奖对象",
            K.NAME,
            required=True,
            synonyms=("获奖组织", "组织名称", "获奖单位"),
            width=26,
        ),
        Field("year", "年度", K.YEAR, width=8),
        Field("cycle", "考核代号", K.CYCLE, width=24, listed=False),
        ANY_ORGANIZATION,
        Field("award", "奖项", required=True, synonyms=("奖项名称",), width=18),
        Field("head", "分成人", width=10, hint="负责人分成的一笔写姓名，组织自己的一笔空着"),
        Field("amount", "金额", K.MONEY, required=True, hint="元"),
        Field("payee", "收款单位", synonyms=("收款人",), width=20),
        Field("account_holder", "户名", width=18, listed=False),
        Field("account", "账号", width=20, listed=False, private=True),
        Field("paid_on", "拨付日期", K.DATE, synonyms=("付款日期",)),
        Field("voucher", "凭证号", width=14),
        Field("use_report", "使用情况", K.LONG, width=24, listed=False),
        Field("returned", "追回金额", K.MONEY, hint="元"),
        Field("returned_on", "追回日期", K.DATE, listed=False),
        REMARKS,
    ),
    "winner",
    ("year", "cycle", "winner", "award", "head"),
    "year",
    newest_first=True,
    purpose="奖金发给谁、发了多少、哪天付的、凭证号、怎么用的；撤销奖项以后追回多少。",
)
