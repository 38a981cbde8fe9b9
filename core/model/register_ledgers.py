"""The ledgers of the register itself: units, people, posts, filing, honours, classifications."""

from core.model.activities import Brand, BrandLevel, Good, GoodEvidence
from core.model.classification import Classification, ClassMapping
from core.model.filing import Outcome, Particulars, Transition, TransitionKind
from core.model.ledger import Field, Ledger
from core.model.organization import Category
from core.model.people import Person, Post, PostKind, Sex, Unit, UnitKind
from core.model.shared_fields import ANY_ORGANIZATION, COMMUNITY, ORGANIZATION, REMARKS, UNIT, WORK_GROUP, K

PHONE_TITLES = ("电话", "手机", "手机号", "手机号码", "联系方式", "电话号码")
ID_TITLES = ("身份证号", "身份证", "身份证号码", "公民身份号码")

UNITS = Ledger(
    "units",
    Unit,
    "单位",
    "building-4-line",
    (
        Field("name", "单位名称", K.NAME, required=True, synonyms=("名称", "部门", "办（所）"), width=24),
        Field("kind", "性质", K.CHOICE, choices=UnitKind),
        Field("principal", "负责人", K.NAME),
        Field("liaison", "联络员", K.NAME),
        Field("phones", "联系电话", K.PHONES, synonyms=PHONE_TITLES, width=16, private=True),
        Field("plan_handed_in_on", "工作方案报送日期", K.DATE, width=16),
        Field("position", "排列次序", K.WHOLE, listed=False),
        REMARKS,
    ),
    "name",
    ("name",),
    "position",
    purpose="各办、所和其他参加工作的单位，谁负责、谁联络、工作方案交了没有。",
)

PEOPLE = Ledger(
    "people",
    Person,
    "人员",
    "user-3-line",
    (
        Field("name", "姓名", K.NAME, required=True, synonyms=("人员", "人员姓名", "名字"), width=12),
        Field("sex", "性别", K.CHOICE, choices=Sex, width=6),
        Field("political_status", "政治面貌"),
        Field(
            "unit_id",
            "所在单位",
            K.LINK,
            target=Unit,
            synonyms=("单位", "工作单位", "单位名称", "部门"),
            width=20,
        ),
        Field("title", "职务（职称）", synonyms=("职务", "职称", "岗位"), width=16),
        Field("phones", "联系电话", K.PHONES, synonyms=PHONE_TITLES, width=16, private=True),
        Field("id_number", "居民身份证号", K.ID_NUMBER, synonyms=ID_TITLES, listed=False, private=True),
        Field("skills", "专长", width=20),
        Field("certificate", "资格证书", width=16, listed=False),
        REMARKS,
    ),
    "name",
    ("name", "unit_id"),
    "name",
    purpose="领导、联络员、牵头人、专家、师资和工作人员；职务另在“任职”里记，从哪天到哪天。",
)

POSTS = Ledger(
    "posts",
    Post,
    "任职",
    "user-star-line",
    (
        Field("person_id", "姓名", K.LINK, required=True, target=Person, width=12),
        Field("kind", "职务", K.CHOICE, required=True, choices=PostKind, synonyms=("角色",), width=14),
        WORK_GROUP,
        ANY_ORGANIZATION,
        UNIT,
        COMMUNITY,
        Field("since_on", "任职日期", K.DATE, synonyms=("起始日期", "开始日期"), width=12, ahead=True),
        Field("until_on", "免职日期", K.DATE, synonyms=("终止日期", "结束日期"), width=12, ahead=True),
        Field("term", "届次", width=10, listed=False),
        REMARKS,
    ),
    "person_id",
    ("person_id", "kind", "work_group_id", "organization_id", "unit_id", "community_id", "since_on"),
    "since_on",
    newest_first=True,
    purpose="谁在哪里任什么职，从哪天到哪天；没有写工作组、组织、单位和社区的，是领导小组或街道专家库、师资库的。",
)

TRANSITIONS = Ledger(
    "transitions",
    Transition,
    "备案事项",
    "file-list-3-line",
    (
        ORGANIZATION,
        Field("kind", "事项", K.CHOICE, required=True, choices=TransitionKind, width=10),
        Field("applied_on", "申请日期", K.DATE, width=12, section="申请"),
        Field("accepted_on", "受理日期", K.DATE, width=12),
        Field("change_field", "变更内容", width=12, hint="名称、负责人、场所……", listed=False),
        Field("old_value", "变更前", width=20, listed=False),
        Field("new_value", "变更后", width=20, listed=False),
        Field("reason", "原因", K.LONG, width=20, listed=False),
        Field("papers", "已交材料", K.TEXTS, width=20, listed=False),
        Field("community_opinion", "社区意见", K.LONG, listed=False, section="意见"),
        Field("community_opined_on", "社区签署日期", K.DATE, listed=False),
        Field("street_opinion", "街道意见", K.LONG, listed=False),
        Field("street_opined_on", "街道签署日期", K.DATE, listed=False),
        Field("office_opinion", "备案机关意见", K.LONG, listed=False),
        Field("office_opined_on", "备案机关签署日期", K.DATE, listed=False),
        Field("outcome", "结果", K.CHOICE, choices=Outcome, width=8, section="办结"),
        Field("decided_on", "办结日期", K.DATE, width=12),
        Field("number", "备案号", width=16),
        REMARKS,
    ),
    "organization_id",
    ("organization_id", "kind", "applied_on"),
    "applied_on",
    newest_first=True,
    purpose="备案、登记、纳入管理、变更、暂停、注销、撤销，每一件的材料、意见、日期和期限。",
)

PARTICULARS = Ledger(
    "particulars",
    Particulars,
    "备案信息",
    "survey-line",
    (
        ORGANIZATION,
        Field("purpose", "宗旨", K.LONG, width=24, section="宗旨与业务"),
        Field("scope_registered", "业务范围（登记）", K.LONG, synonyms=("业务范围",), width=24),
        Field("scope_printed", "业务范围（印发）", K.LONG, width=24, listed=False),
        Field("activity_area", "活动地域", width=14),
        Field("has_charter", "有章程", K.YES_NO, width=8),
        Field("charter_version", "章程版本", width=14, listed=False),
        Field("supervisory_unit", "业务主管单位", width=18),
        Field("principal_sex", "负责人性别", K.CHOICE, choices=Sex, listed=False, section="负责人"),
        Field("principal_title", "负责人职务", listed=False),
        Field(
            "principal_id_number",
            "负责人身份证号",
            K.ID_NUMBER,
            synonyms=ID_TITLES,
            listed=False,
            private=True,
        ),
        Field("staff", "工作人员数", K.WHOLE, listed=False, section="人员与党建"),
        Field("party_organization_name", "党组织名称", width=20, listed=False),
        Field("address", "住所", synonyms=("地址", "详细地址"), width=24, private=True, section="场所与经费"),
        Field("floor_area", "场所面积", K.AREA, synonyms=("面积", "建筑面积"), hint="㎡"),
        Field("shared_with", "与谁合用", width=16, listed=False),
        Field("funds", "开办资金", K.MONEY, synonyms=("注册资金",), hint="元"),
        Field("fund_sources", "经费来源", width=16, listed=False),
        REMARKS,
    ),
    "organization_id",
    ("organization_id",),
    "organization_id",
    purpose="备案表上比花名册多出来的内容：宗旨、业务范围、章程、住所、资金。",
)

BRANDS = Ledger(
    "brands",
    Brand,
    "品牌",
    "award-line",
    (
        ORGANIZATION,
        Field("title", "品牌名称", K.NAME, required=True, synonyms=("品牌",), width=24),
        Field("level", "级别", K.CHOICE, choices=BrandLevel),
        Field("year", "年度", K.YEAR, width=8),
        Field("basis", "认定依据", width=24),
        REMARKS,
    ),
    "title",
    ("organization_id", "title", "year"),
    "year",
    newest_first=True,
    purpose="一社一品、一街多品：哪个组织、什么品牌、哪一级、哪一年认定。",
)

GOOD_EVIDENCE = Ledger(
    "good_evidence",
    GoodEvidence,
    "五个一",
    "checkbox-circle-line",
    (
        ORGANIZATION,
        Field("good", "标准", K.CHOICE, required=True, choices=Good, width=12),
        Field("has", "有", K.YES_NO, width=6),
        Field("evidence", "佐证", K.LONG, width=30),
        Field("checked_on", "核对日期", K.DATE, width=12),
        REMARKS,
    ),
    "good",
    ("organization_id", "good"),
    "checked_on",
    newest_first=True,
    purpose="好项目、好牵头人、好队伍、好机制、好阵地：有没有，凭什么。",
)

CLASSIFICATIONS = Ledger(
    "classifications",
    Classification,
    "分类标准",
    "price-tag-3-line",
    (
        Field("title", "名称", K.NAME, required=True, width=24),
        Field("source", "出处", width=28),
        Field("since_on", "起用日期", K.DATE, ahead=True),
        Field("until_on", "停用日期", K.DATE, ahead=True),
        Field("classes", "各类", K.TEXTS, required=True, width=30),
        REMARKS,
    ),
    "title",
    ("title", "since_on"),
    "title",
    purpose="上报用的其他分类，带起止日期；和本街道类别的对应在“分类对照”里。",
)

CLASS_MAPPINGS = Ledger(
    "class_mappings",
    ClassMapping,
    "分类对照",
    "price-tag-3-line",
    (
        Field("classification_id", "分类标准", K.LINK, required=True, target=Classification, width=24),
        Field("category_id", "本街道类别", K.LINK, required=True, target=Category, width=16),
        Field("mapped_class", "对应的类", required=True, width=16),
        REMARKS,
    ),
    "mapped_class",
    ("classification_id", "category_id"),
    "classification_id",
    purpose="本街道的一个类别，在上报的分类里算哪一类。",
)
