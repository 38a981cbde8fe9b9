"""The ledgers of what organizations do and get."""

from core.model.activities import (
    Activity,
    Attendance,
    BrandLevel,
    Contact,
    ContactKind,
    FundSource,
    Income,
    Incubator,
    Project,
    ProjectKind,
    Series,
    ServiceOffer,
    Training,
)
from core.model.ledger import Field, Ledger
from core.model.people import Person
from core.model.shared_fields import ANY_ORGANIZATION, ORGANIZATION, REMARKS, K

ACTIVITIES = Ledger(
    "activities",
    Activity,
    "活动",
    "flag-2-line",
    (
        ORGANIZATION,
        Field(
            "title",
            "活动名称",
            K.NAME,
            required=True,
            synonyms=("活动", "活动内容", "活动主题", "主题"),
            width=28,
        ),
        Field("held_on", "活动日期", K.DATE, synonyms=("日期", "时间", "活动时间"), width=12),
        Field("kind", "活动类型", synonyms=("类型",), width=12),
        Field("series", "系列", K.CHOICE, choices=Series, synonyms=("系列活动",), width=14),
        Field("place", "地点", synonyms=("活动地点",), width=18, listed=False),
        Field("visits", "服务人次", K.WHOLE, synonyms=("参加人次", "人次"), hint="人次，同一人来两次算两次"),
        Field("volunteers", "志愿者人数", K.WHOLE, synonyms=("志愿者",)),
        REMARKS,
    ),
    "title",
    ("organization_id", "title", "held_on"),
    "held_on",
    newest_first=True,
    purpose="各组织办了什么活动，哪天、哪个系列、服务多少人次；照片可以附在后面。",
)

PROJECTS = Ledger(
    "projects",
    Project,
    "项目",
    "task-line",
    (
        Field("title", "项目名称", K.NAME, required=True, synonyms=("项目",), width=28),
        ANY_ORGANIZATION,
        Field("kind", "类型", K.CHOICE, choices=ProjectKind),
        Field("tags", "“3+”标签", K.TEXTS, synonyms=("标签",), listed=False),
        Field("client", "委托单位", width=18),
        Field("contract_number", "合同编号", width=16, listed=False, section="合同"),
        Field("contracted_on", "签订日期", K.DATE, listed=False),
        Field("amount", "金额", K.MONEY, synonyms=("合同金额",), hint="元"),
        Field("begun_on", "开始日期", K.DATE, listed=False, ahead=True),
        Field("due_on", "应完成日期", K.DATE, synonyms=("截止日期",), ahead=True),
        Field("accepted_on", "验收日期", K.DATE, section="验收"),
        Field("acceptance", "验收结论", width=16),
        REMARKS,
    ),
    "title",
    ("title", "organization_id", "contracted_on"),
    "due_on",
    newest_first=True,
    purpose="政府购买和公益创投项目：谁承接、合同、金额、期限、验收。",
)

TRAININGS = Ledger(
    "trainings",
    Training,
    "培训",
    "group-line",
    (
        Field("title", "培训名称", K.NAME, required=True, synonyms=("培训", "课程"), width=28),
        Field("held_on", "培训日期", K.DATE, synonyms=("日期", "时间")),
        Field("place", "地点", width=18),
        Field("teacher_id", "讲师", K.LINK, target=Person, synonyms=("老师", "师资")),
        Field("host", "主办单位", width=18),
        Field("hours", "学时", K.WHOLE),
        REMARKS,
    ),
    "title",
    ("title", "held_on"),
    "held_on",
    newest_first=True,
    purpose="办了哪些培训；谁到了，在“培训签到”里。",
)

ATTENDANCE = Ledger(
    "attendance",
    Attendance,
    "培训签到",
    "group-line",
    (
        Field("training_id", "培训", K.LINK, required=True, target=Training, width=28),
        Field("attendee", "姓名", K.NAME, required=True, synonyms=("参训人员",)),
        ANY_ORGANIZATION,
        Field("attended", "到场", K.YES_NO, width=8),
        Field("certificate_number", "证书编号", width=16),
        REMARKS,
    ),
    "attendee",
    ("training_id", "attendee", "organization_id"),
    "attendee",
    purpose="每次培训应到、实到的人，发了证书的记编号。",
)

CONTACTS = Ledger(
    "contacts",
    Contact,
    "联系走访",
    "user-3-line",
    (
        ORGANIZATION,
        Field("held_on", "日期", K.DATE, synonyms=("走访日期", "时间")),
        Field("kind", "方式", K.CHOICE, choices=ContactKind),
        Field("by", "联系人", K.NAME, synonyms=("走访人",)),
        Field("subject", "事由", K.LONG, required=True, synonyms=("内容",), width=28),
        Field("outcome", "结果", K.LONG, synonyms=("答复",), width=24),
        REMARKS,
    ),
    "subject",
    ("organization_id", "held_on", "subject"),
    "held_on",
    newest_first=True,
    purpose="办事处、社区党组织和组织的经常联系：走访、座谈、指导。",
)

INCOMES = Ledger(
    "incomes",
    Income,
    "资金",
    "money-cny-circle-line",
    (
        ORGANIZATION,
        Field("received_on", "到账日期", K.DATE, synonyms=("日期",)),
        Field("source", "来源", K.CHOICE, choices=FundSource, synonyms=("资金来源",), width=18),
        Field("amount", "金额", K.MONEY, required=True, hint="元"),
        Field("purpose", "用途", width=24),
        Field("payee", "收款单位", width=20, hint="没有独立账户的，写代收单位"),
        Field("voucher", "凭证号", width=14, listed=False),
        REMARKS,
    ),
    "purpose",
    ("organization_id", "received_on", "source", "amount", "voucher"),
    "received_on",
    newest_first=True,
    purpose="各组织得到的资金：来源、金额、用途、收款单位。",
)

SERVICE_OFFERS = Ledger(
    "service_offers",
    ServiceOffer,
    "购买服务",
    "file-list-3-line",
    (
        Field("title", "服务项目", K.NAME, required=True, width=24),
        Field("field", "领域", width=14),
        Field("content", "服务内容", K.LONG, width=28),
        Field("buyer", "购买主体", width=18),
        ANY_ORGANIZATION,
        Field("year", "年度", K.YEAR, width=8),
        REMARKS,
    ),
    "title",
    ("title", "organization_id", "year"),
    "year",
    newest_first=True,
    purpose="两目录：政府购买服务目录，和可以承接的组织。",
)

INCUBATORS = Ledger(
    "incubators",
    Incubator,
    "孵化阵地",
    "community-line",
    (
        Field("title", "名称", K.NAME, required=True, width=24),
        Field("level", "级别", K.CHOICE, choices=BrandLevel),
        Field("operator", "运营单位", width=18),
        Field("address", "地址", width=24),
        Field("floor_area", "面积", K.AREA, hint="㎡"),
        Field("opened_on", "启用日期", K.DATE),
        Field("residents", "入驻组织", K.LONG, width=24, listed=False),
        REMARKS,
    ),
    "title",
    ("title",),
    "title",
    purpose="三级孵化机构和联合会：在哪里、谁运营、谁入驻。",
)
