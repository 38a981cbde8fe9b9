"""Documents of every genre as an office writes them: sound, and with a slip that is found."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.model.document import (
    DocumentFormat,
    OfficialDocument,
    Paragraph,
    People,
    Person,
    Receipt,
    ReceiptField,
    Table,
)
from core.model.document_check import DocumentCheck, Known
from core.rules.document_checks import check_document
from core.rules.document_texts import texts_in
from tests.core.checked_documents import NAMES, TODAY, a_document, a_table, an_annex
from tests.laws import examples


def _p(text: str, heading: str = "", level: int = 0) -> Paragraph:
    return Paragraph(text, heading, level)


DOCUMENTS: dict[str, tuple[OfficialDocument, str]] = {
    "通知": (
        a_document(
            "根据《临江街道社区社会组织考核办法\uff08试行\uff09》\uff08临街办〔2025〕12号\uff09要求，为做好2025年度社会组织考核工作，现将有关事项通知如下：",
            _p(
                "凡2025年6月30日前登记或备案的社会组织，共60个，均应参加考核。成立不满6个月的2个组织不参加。",
                "一、考核对象。",
                1,
            ),
            _p("2025年1月1日至12月31日。", "二、考核期限。", 1),
            _p("", "三、考核程序", 1),
            _p(
                "各社会组织于1月15日前填写自评表\uff08见附件1\uff09，报所在社区\uff08村\uff09。",
                "\uff08一\uff09自评。",
                2,
            ),
            _p(
                "各社区\uff08村\uff09于1月20日\uff08星期二\uff09前完成初评，每个组织至少走访1次，收集不少于3份佐证材料。",
                "\uff08二\uff09初评。",
                2,
            ),
            _p("街道于1月26日至2月6日组织联动部门评分，满分100分，权重为30%。", "\uff08三\uff09联评。", 2),
            _p(
                "对优秀社会组织每个奖励4万元，良好社会组织每个奖励3万元，总额不超过20万元。",
                "四、结果运用。",
                1,
            ),
            "联系人：王敏，联系电话：0573-83912345，邮箱：shb@example.com。",
            "附件1是自评表，附件2是日程。",
            title=("关于开展2025年度社会组织考核的通知",),
            annexes=(
                an_annex(_p("内容"), title="自评表"),
                an_annex(a_table("序号 时间 内容", "1 1月15日 自评", "2 1月20日 初评"), title="日程"),
            ),
        ),
        "通知",
    ),
    "公示": (
        a_document(
            "经自评、初评、联评，拟评定东湖社区合唱团等15个组织为优秀\uff08名单见附件1\uff09，现予公示。",
            "公示时间：2026年1月8日至2026年1月14日\uff085个工作日\uff09。",
            "公示期间，如有异议，请以书面形式向街道社会事务办反映。单位反映的，应加盖公章；个人反映的，应署真实姓名、联系方式。",
            "受理电话：0573-83912345，地址：人民路100号，邮编：314000。",
            title=("关于2025年度社会组织考核结果的公示",),
            format=DocumentFormat.PLAIN,
            number="",
            addressee="",
            dated_on=date(2026, 1, 8),
            annexes=(
                an_annex(
                    a_table("序号 组织名称 得分", *[f"{i} 东湖社区合唱团 9{i % 10}.50" for i in range(1, 16)])
                ),
            ),
        ),
        "公示",
    ),
    "函": (
        a_document(
            "贵单位《关于商请协助开展社会组织评估的函》\uff08区民〔2025〕45号\uff09收悉。经研究，函复如下：",
            "一是同意派出3名工作人员参加；二是评估经费共计5万元，其中街道承担2万元，贵单位承担3万元；三是评估时间为2026年1月12日\uff08星期一\uff09至16日。",
            "特此函复。",
            title=("关于协助开展社会组织评估的复函",),
            format=DocumentFormat.LETTER,
            addressee="区民政局",
        ),
        "函",
    ),
    "决定": (
        a_document(
            "2025年，全街道社会组织认真贯彻上级部署，围绕“一老一小”、“平安家园”等重点，开展活动1,200余场次，服务群众3.5万人次。为树立典型，街道党工委、办事处决定，对东湖社区合唱团、松枫社区作风监督志愿队等2个优秀社会组织予以通报表扬，每个给予一次性奖励4万元\uff08人民币肆万元整\uff09。",
            "希望受到通报表扬的组织珍惜荣誉、再接再厉。",
            title=("关于通报表扬2025年度优秀社会组织的决定",),
            addressee="",
        ),
        "决定",
    ),
    "领导小组": (
        a_document(
            "为加强对社会组织工作的领导，决定成立临江街道社会组织工作领导小组和九个专项推进组。现将有关事项通知如下：",
            _p("", "一、组成人员", 1),
            People("组长", (Person("陈志远", "街道党工委书记"),)),
            People("副组长", (Person("李芳", "街道办事处副主任"), Person("赵强", "街道人大工委副主任"))),
            People("成员", tuple(Person(f"张{x}") for x in "一二三四")),
            "领导小组下设办公室，办公室设在社会事务办，李芳兼任办公室主任。成员因工作变动的，由接任者自行递补，不另行文。",
            _p("", "二、主要职责", 1),
            _p(
                "研究部署社会组织工作，每季度召开1次会议，听取9个专项推进组汇报。",
                "\uff08一\uff09领导小组。",
                2,
            ),
            _p("落实各项任务：1.建立台账；2.每月报送1次；3.年终总结。", "\uff08二\uff09办公室。", 2),
            _p("", "三、专项推进组", 1),
            _p("经济发展组、综合治理组、卫计服务组等9个专项推进组，各设牵头人1名、成员3—5名。"),
            title=("关于成立临江街道社会组织工作领导小组的通知",),
        ),
        "通知",
    ),
    "告知书": (
        a_document(
            "根据《临江街道社会组织考核办法》，你组织2025年度考核得分为92.50分，等次为优秀，在58个参加考核的组织中列第12位。",
            "如对结果有异议，可在收到本告知书之日起5个工作日内向街道社会事务办书面申请复核，逾期视为无异议。街道自受理之日起10个工作日内答复。",
            _p("", "", 0),
            title=("考核结果告知书",),
            format=DocumentFormat.PLAIN,
            addressee="东湖社区合唱团",
            receipt=Receipt(((ReceiptField("送达单位", "东湖社区合唱团"), ReceiptField("送达日期")),)),
        ),
        "告知书",
    ),
    "发放表": (
        a_document(
            "发放资金合计人民币壹拾柒万元整\uff08170,000.00元\uff09，明细见附件。",
            annexes=(
                an_annex(
                    a_table(
                        "序号 获奖对象 奖项 金额\uff08元\uff09 大写 签字",
                        "1 东湖社区合唱团 优秀奖 40,000.00 人民币肆万元整 _",
                        "2 松枫社区作风监督志愿队 优秀奖 40,000.00 肆万元整 _",
                        "3 凤凰社区平安巡逻队 良好奖 90,000.00 玖万元整 _",
                        totals="合计 _ _ 170,000.00 人民币壹拾柒万元整 _",
                    ),
                    title="发放表",
                ),
            ),
        ),
        "通报",
    ),
    "纪要": (
        a_document(
            "2026年1月5日下午，街道召开社会组织工作例会。会议由李芳主持。会议听取了2个汇报：一是考核情况，二是资金情况。会议议定事项如下：",
            _p("会议同意，9个组成立以来成效明显，下拨20万元，分3批拨付，首批8万元。", "一、关于资金。", 1),
            _p("由社会事务办牵头，于1月底前完成。", "二、关于评分。", 1),
            title=("社会组织工作例会纪要",),
            format=DocumentFormat.MINUTES,
            addressee="",
        ),
        "纪要",
    ),
    "整改": (
        a_document(
            "经查，你组织存在以下3个问题：",
            "1.未按期报送年度报告；",
            "2.活动经费票据不全，涉及金额12,300元；",
            "3.负责人变更未备案。",
            "请于2026年2月5日前整改到位，并书面报告。逾期不整改的，取消当年评优资格，收回扶持资金3万元\uff08人民币叁万元整\uff09。",
            title=("责令整改通知书",),
            addressee="松枫社区作风监督志愿队",
        ),
        "通知书",
    ),
}
KNOWN = Known(TODAY, names=NAMES, praise_verb="通报表扬", contact_phones=("0573-83912345",))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_sound_document_of_this_genre_has_no_finding(name: str) -> None:
    document, genre = DOCUMENTS[name]
    assert check_document(document, replace(KNOWN, genre=genre)) == ()


@pytest.mark.parametrize(
    ("name", "right", "wrong", "code"),
    [
        ("通知", "1月20日\uff08星期二\uff09", "1月20日\uff08星期三\uff09", DocumentCheck.DATE),
        ("通知", "于1月20日", "于2025年1月20日", DocumentCheck.DATE),
        ("通知", "附件2是日程", "日程另发", DocumentCheck.ANNEX),
        ("通知", "临街办〔2025〕12号", "临街办[2025]12号", DocumentCheck.NUMBER),
        ("公示", "2026年1月14日", "2026年1月13日", DocumentCheck.WORKING_DAYS),
        ("公示", "15个组织", "16个组织", DocumentCheck.COUNT),
        ("公示", "0573-83912345", "13812345678", DocumentCheck.PERSONAL),
        ("函", "街道承担2万元，贵单位承担3万元", "街道承担3万元，贵单位承担3万元", DocumentCheck.AMOUNT),
        ("函", "至16日", "至6日", DocumentCheck.DATE),
        ("决定", "通报表扬，每个", "表彰，每个", DocumentCheck.WORD),
        ("决定", "等2个优秀", "等3个优秀", DocumentCheck.COUNT),
        ("决定", "肆万元整", "肆仟元整", DocumentCheck.CAPITALS),
        ("决定", "东湖社区合唱团、松枫社区作风", "东湖社区合唱团、松风社区作风", DocumentCheck.NAME),
        ("告知书", "5个工作日", "{工作日}个工作日", DocumentCheck.LEFTOVER),
        ("发放表", "170,000.00元", "180,000.00元", DocumentCheck.CAPITALS),
        ("整改", "叁万元整", "叁万元", DocumentCheck.CAPITALS),
    ],
)
def test_a_slip_is_found(name: str, right: str, wrong: str, code: DocumentCheck) -> None:
    document, genre = DOCUMENTS[name]
    slipped = tuple(
        replace(each, text=each.text.replace(right, wrong)) if isinstance(each, Paragraph) else each
        for each in document.paragraphs
    )
    assert slipped != document.paragraphs

    found = check_document(replace(document, paragraphs=slipped), replace(KNOWN, genre=genre))

    assert code in {each.code for each in found}


PIECES = (
    *"、甲10９²٣万零壹拾元角整共等个年月日至“”《，。；：.-{}一十〇号前\n\u3000\uff08\uff09",
    "东湖社区合唱队", "其中", "2026年", "1月", "8日", "4万元", "每个", "附件", "参加考核", "评定", "优秀",
    "合计", "以上", "××", "待定", "表彰", "人民币", "13812345678", "电话：", "公示", "5个工作日", "请于",
    "3个组织：", "名单见", "[2025]", "星期三",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=20).map("".join)


@settings(max_examples=examples(60))
@given(st.lists(TEXTS, min_size=9, max_size=9))
def test_whatever_is_written_findings_point_at_their_words(texts: list[str]) -> None:
    columns = a_table("序号 组织名称 金额\uff08元\uff09 大写").columns
    table = Table(columns, (tuple(texts[:4]), tuple(texts[4:8])), tuple(texts[2:6]))
    document = a_document(
        texts[8],
        Paragraph(texts[0], texts[1], 2),
        table,
        title=(texts[2],),
        number=texts[3],
        addressee=texts[4],
        annexes=(an_annex(table, title=texts[5]),),
    )
    counts, amounts = {"优秀": 3, "参加考核": 5}, {"优秀": (100,)}
    known = replace(KNOWN, genre="公示", counts=counts, amounts=amounts, forbidden_words=("甲",))

    found = check_document(document, known)

    written = {}
    for each in texts_in(document).texts:
        written.setdefault(each.place, []).append(each.text)
    assert [each for each in found if not any(each.words in text for text in written[each.place])] == []
