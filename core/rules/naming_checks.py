"""Doubts about the name of an organization: things to look at, never a refusal."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from core.model.organization import Category, Community, Organization
from core.model.reading import Remark
from core.rules.cell_values import folded, question

FORMS = (
    "协会", "联合会", "促进会", "研究会", "中心", "服务社", "工作室", "志愿队", "帮帮团", "合唱团", "基金会",
    "联盟", "之家", "小组", "驿站", "队", "社", "会", "堂", "团", "室", "站", "组", "班", "院", "校", "坊",
)  # fmt: skip
"""Ends of names that say what an organization is (domain 2.2, and what offices use besides)."""
_NO_ORGANIZATION = (
    "业主委员会", "业委会", "业主大会", "物业管理委员会", "物管会", "居民委员会", "村民委员会", "居委会",
    "村委会", "楼道自治", "楼栋自治", "楼组自治", "单元自治",
)  # fmt: skip
_BUSINESS = re.compile(r"公司|有限责任|商行|经营部|营业部|商贸|(?:超市|商店|工厂|餐馆|饭店)$")
_SUPERLATIVES = ("第一", "最高", "国家级", "全国", "中国", "中华", "国际", "世界", "最大", "最佳")
_BRACKETED = re.compile(r"[(\[〔【〈《{].*?[)\]〕】〉》}]")
_BRACKETS = frozenset("()[]〔〕【】〈〉《》{}")
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘"
    "杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段钱汤尹黎易常武乔贺赖龚文"
)
_PERSON = re.compile(
    rf"(?:^|社区|村|街道|镇)(?P<name>[{_SURNAMES}]\w{{1,2}})"
    r"(?=(?:名师|老师|书记|大姐|阿姨)?(?:工作室|调解室|书屋|讲堂)$)"
)
_SUBDISTRICT = re.compile(
    r"(?:^|[省市县区州盟旗])(?P<name>(?:(?!社区|村)\w){2,6}?(?:街道|镇|乡(?![贤村亲土])))"
)


@dataclass(frozen=True, slots=True)
class NameSetting:
    """What a name is looked at with: its class, head and community, the office, and all communities."""

    category: str = ""
    principal: str = ""
    community: str = ""
    office: str = ""
    communities: tuple[str, ...] = ()


def name_setting(
    organization: Organization, office: str, communities: Iterable[Community], categories: Iterable[Category]
) -> NameSetting:
    """What an organization's name is looked at with; `office` is the office's full name."""
    places = {each.id: each.name for each in communities}
    classes = {each.id: each.name for each in categories}
    return NameSetting(
        classes.get(organization.category_id or "", ""),
        organization.principal,
        places.get(organization.community_id or "", ""),
        office,
        tuple(places.values()),
    )


def naming_remarks(name: str, setting: NameSetting) -> tuple[Remark, ...]:
    """What there is to ask about a name, the weightiest first; empty if nothing.

    Source: domain 2.1 for what is no community organization; domain 2.2 with 社会组织名称管理办法 (order 69)
    for words, persons and form: it binds registered bodies only, so for the others these are questions too.
    """
    plain = folded(name)
    checks: tuple[Callable[[str, NameSetting], Iterable[Remark]], ...] = (
        _is_no_organization,
        _is_business,
        _is_property,
        _superlatives,
        _persons,
        _places,
        _form,
        _brackets,
    )
    return tuple(remark for check in checks for remark in check(plain, setting)) if plain else ()


def _is_no_organization(name: str, setting: NameSetting) -> Iterator[Remark]:
    word = next((each for each in _NO_ORGANIZATION if each in name), "")
    if word:
        yield question(f"含有“{word}”，这类机构一般不属于社区社会组织", "请核对它能不能备案")


def _is_business(name: str, setting: NameSetting) -> Iterator[Remark]:
    if found := _BUSINESS.search(name):
        yield question(f"含有“{found[0]}”，像是营利单位", "营利单位不能作为社会组织备案，请核对")


def _is_property(name: str, setting: NameSetting) -> Iterator[Remark]:
    if "物业" in setting.category and not any(each in name for each in _NO_ORGANIZATION):
        yield question("属于小区物业一类，和业主委员会、物业公司容易混淆", "请核对它不是业主委员会，也不营利")


def _superlatives(name: str, setting: NameSetting) -> Iterator[Remark]:
    own = f"{setting.community}{setting.office}"
    for word in _SUPERLATIVES:
        if word in name and word not in own:
            yield question(f"含有“{word}”字样，名称里一般不用", "请核对章程和证书上的名称")


def _persons(name: str, setting: NameSetting) -> Iterator[Remark]:
    principal = folded(setting.principal)
    found = _PERSON.search(name)
    person = principal if len(principal) > 1 and principal in name else found["name"] if found else ""
    if person:
        yield question(f"含有人名“{person}”", "用人名命名的，请核对是否符合规定")


def _places(name: str, setting: NameSetting) -> Iterator[Remark]:
    """Names of another sub-district, or of another community than the organization's own."""
    office, own = folded(setting.office), folded(setting.community)
    found = _SUBDISTRICT.search(name)
    if office and found and found["name"] not in office and not own.startswith(found["name"]):
        yield question(f"含有“{found['name']}”，不是本街道", "请核对它是不是本街道的组织")
    others = (each for each in map(folded, setting.communities) if each and each != own)
    other = max((each for each in others if each in name and each not in own), key=len, default="")
    if own and other and own not in name:
        yield question(f"名称里是“{other}”，所属社区是“{setting.community}”", "请核对所属社区")


def _form(name: str, setting: NameSetting) -> Iterator[Remark]:
    if not _BRACKETED.sub("", name).endswith(FORMS):
        yield question("末尾看不出组织形式", "一般以协会、中心、队、社、会等结尾，请核对全称")


def _brackets(name: str, setting: NameSetting) -> Iterator[Remark]:
    inner = name.replace(folded(setting.community), "") if setting.community else name
    if not _BRACKETS.isdisjoint(inner):
        yield question("含有括号", "括号里如果不是名称的一部分，请移到备注")
