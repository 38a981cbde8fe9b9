"""Doubts about names: what is asked, and what is left alone."""

import pytest

from core.model.reading import RemarkKind
from core.rules.naming_checks import NameSetting, naming_remarks

SETTING = NameSetting(
    community="凤凰社区",
    principal="王喆",
    office="示例街道办事处",
    communities=("凤凰社区", "百花社区", "沐阳(通界桥)社区"),
)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("凤凰社区业主委员会", "业主委员会"),
        ("凤凰社区3幢楼道自治小组", "楼道自治"),
        ("凤凰社区惠民服务公司", "公司"),
        ("凤凰社区便民超市", "超市"),
        ("凤凰社区第一合唱团", "第一"),
        ("全国凤凰书法协会", "全国"),
        ("中国凤凰太极拳队", "中国"),
        ("凤凰社区王喆调解队", "王喆"),
        ("凤凰社区张三工作室", "张三"),
        ("凤凰社区李秀英老师工作室", "李秀英"),
        ("城西街道凤凰合唱团", "城西街道"),
        ("百花社区合唱团", "百花社区"),
        ("凤凰社区天使儿女", "组织形式"),
        ("凤凰社区合唱团\uff08二队\uff09", "括号"),
    ],
)
def test_odd_names_are_asked_about(name: str, words: str) -> None:
    remarks = naming_remarks(name, SETTING)
    assert any(words in each.message for each in remarks)
    assert all(each.kind is RemarkKind.QUESTION and each.remedy for each in remarks)


@pytest.mark.parametrize(
    "name",
    [
        "凤凰社区合唱团",
        "示例街道凤凰社区书法协会",
        "凤凰社区星级门店自治协会",
        "凤凰社区金色阳光工作室",
        "凤凰社区城乡互助队",
        "凤凰社区乡贤理事会",
        "",
    ],
)
def test_plain_names_are_left_alone(name: str) -> None:
    assert naming_remarks(name, SETTING) == ()


def test_class_nine_is_asked_about_once() -> None:
    setting = NameSetting(category="小区物业类", community="凤凰社区")
    assert len(naming_remarks("凤凰社区物管联盟", setting)) == 1
    assert len(naming_remarks("凤凰社区业主委员会", setting)) == 1


def test_brackets_of_the_community_are_its_own() -> None:
    setting = NameSetting(community="沐阳\uff08通界桥\uff09社区", communities=SETTING.communities)
    assert naming_remarks("沐阳(通界桥)社区作风监督志愿队", setting) == ()


def test_village_worthies_are_no_township() -> None:
    setting = NameSetting(community="金家村", office="示例街道办事处", communities=("金家村",))
    assert naming_remarks("金家村乡贤理事会", setting) == ()


def test_nothing_known_asks_about_the_name_alone() -> None:
    assert naming_remarks("百花合唱团", NameSetting()) == ()
