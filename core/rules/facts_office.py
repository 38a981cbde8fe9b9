"""Facts of the office, which every document may name."""

from datetime import date

from core.model.dates import PartialDate
from core.model.facts import FactKind, FactName, Row
from core.model.office import Office

OFFICE_FACTS = (
    FactName("单位", "发文单位全称"),
    FactName("承办", "承办的办（科）"),
    FactName("代字", "机关代字"),
    FactName("主送", "设置里的主送机关"),
    FactName("抄送", "设置里的抄送机关"),
    FactName("表扬用语", "设置里的表扬用语，如“通报表扬”"),
    FactName("联系电话", "受理意见的电话"),
    FactName("联系地址", "受理意见的地址"),
    FactName("年度", "文书所说的年度", FactKind.NUMBER),
    FactName("成文日期", "2026年3月5日的写法"),
)


def office_facts(office: Office, year: int, dated_on: date) -> Row:
    """The facts of `OFFICE_FACTS`."""
    return {
        "单位": office.name,
        "承办": office.desk,
        "代字": office.document_code,
        "主送": office.addressee,
        "抄送": office.copy_to,
        "表扬用语": office.praise_verb,
        "联系电话": office.contact_phone,
        "联系地址": office.contact_address,
        "年度": year,
        "成文日期": day_words(dated_on),
    }


def day_words(day: date) -> str:
    """A day as documents write it: no padding (GB/T 9704 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def dated_words(dated: PartialDate | None) -> str:
    """A date as exact as it is known: 2026年3月5日, 2026年3月, 2026年; empty where there is none."""
    if dated is None:
        return ""
    month = f"{dated.month}月" if dated.month else ""
    return f"{dated.year}年{month}" + (f"{dated.day}日" if dated.day else "")
