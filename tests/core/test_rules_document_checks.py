"""Checks before issue, each with texts that it finds something in and near ones that are sound."""

from dataclasses import replace

import pytest

from core.model.document import (
    DocumentFormat,
    MissingCharacter,
    OfficialDocument,
    Paragraph,
    People,
    Person,
    Receipt,
    ReceiptField,
    Table,
)
from core.model.document_check import DocumentCheck, Known
from core.rules.document_checks import character_findings, check_document
from tests.core.checked_documents import (
    KNOWN,
    NAMES,
    TODAY,
    a_document,
    a_table,
    an_annex,
    finding_in,
    found_in,
)

COUNT, AMOUNT, CAPITALS = DocumentCheck.COUNT, DocumentCheck.AMOUNT, DocumentCheck.CAPITALS
CHOIR, WATCH, PATROL, LEAGUE = NAMES


def test_a_sound_document_has_no_finding() -> None:
    assert check_document(a_document("现将结果通报如下："), KNOWN) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"{CHOIR}、{WATCH}等3个组织获优秀奖。", "等3个"),
        (f"{CHOIR}、{WATCH}、{PATROL}等2个组织获优秀奖。", "等2个"),
        (f"决定授予{CHOIR}、{WATCH}、{PATROL}等四个组织优秀奖。", "等四个"),
        ("甲队、乙队、丙队共4个组织。", "共4个"),
        ("以下3个组织：甲队、乙队。", "3"),
        ("不参加考核3个，其中暂停活动1个，已注销1个。", "3个，其中暂停活动1个，已注销1个"),
        ("共有组织5个\uff08其中社团4个，民非2个\uff09。", "5个\uff08其中社团4个，民非2个"),
        ("参加考核58个。评定优秀15个，良好14个，合格12个。", "优秀15个，良好14个，合格12个"),
    ],
)
def test_counts_that_do_not_agree(text: str, words: str) -> None:
    assert found_in(a_document(text)) == [(COUNT, words)]


@pytest.mark.parametrize(
    "text",
    [
        f"{CHOIR}、{WATCH}等2个组织获优秀奖。",
        f"{CHOIR}、{WATCH}和{PATROL}等3个组织获优秀奖。",
        "民政、司法、财政等8个部门参加。",
        f"{CHOIR}、{WATCH}等29个组织列入名单。",
        "甲队、乙队、和平书社共3个组织。",
        "以下2个组织：甲队、乙队。",
        "存在以下3个问题：一是重视不够，二是进展慢、效果差。",
        "不参加考核2个，其中暂停活动1个，已注销1个。",
        "共有组织5个\uff08其中社团1个，民非2个，其余未登记\uff09。",
        "不合格7个；其中2个被一票否决。",
        "参加考核58个；不参加考核2个。评定优秀30个，良好14个，合格14个。",
        "参加考核45个。评定优秀15个，良好14个，合格12个；另有4个未评定等次。",
        "第三个月、第四个季度等2个阶段。",
    ],
)
def test_counts_that_agree_or_are_none(text: str) -> None:
    assert found_in(a_document(text)) == []


def test_a_name_with_a_comma_inside_is_one_name() -> None:
    known = replace(KNOWN, names=(*NAMES, "书、画社"))
    assert found_in(a_document(f"书、画社、{CHOIR}等2个组织获奖。"), known) == []
    assert found_in(a_document(f"书、画社、{CHOIR}等3个组织获奖。"), known) == [(COUNT, "等3个")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("参加考核57个。", ["参加考核57个"]),
        ("评定优秀15个，基本合格9个，合格12个。", ["基本合格9个"]),
        ("28个社会组织列入扶持名单。", ["28个社会组织列入扶持名单"]),
        ("十四个组织评为优秀等次。", ["十四个组织评为优秀等次"]),
        ("参加考核58个，不参加考核2个；2个组织获优秀组织奖。", []),
        ("二十九个社会组织列入扶持名单，十五个组织评为优秀。", []),
    ],
)
def test_counts_against_the_results(text: str, words: list[str]) -> None:
    counts = {"参加考核": 58, "优秀": 15, "合格": 12, "基本合格": 10, "扶持名单": 29}
    found = found_in(a_document(text), replace(KNOWN, counts=counts))
    assert found == [(COUNT, each) for each in words]


def test_a_list_in_an_annex_has_as_many_rows_as_the_text_says() -> None:
    lines = ("1 甲", "2 乙", "合计 2个")
    annexes = (an_annex(a_table("序号 姓名", *lines)),)
    sound = a_document("2个组织列入扶持名单\uff08名单见附件1\uff09。", annexes=annexes)
    faulty = a_document("3个组织列入扶持名单\uff08名单见附件1\uff09。", annexes=annexes)

    assert found_in(sound) == []
    assert finding_in(faulty).message == "写的是“3个”，附件1的表里有2行。"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2个组织获奖，每个奖励4万元，共计7万元。", "7万元"),
        ("甲获奖，给予资金4万元。乙、丙等2个组织获奖，每个给予3万元。以上资金合计9万元。", "9万元"),
        ("甲4万元、乙35,000元，合计7万元。", "7万元"),
        ("共计7万元，其中甲4万元，乙4万元。", "7万元"),
    ],
)
def test_amounts_that_are_not_the_sum_of_their_parts(text: str, words: str) -> None:
    assert found_in(a_document(text)) == [(AMOUNT, words)]


@pytest.mark.parametrize(
    "text",
    [
        "2个组织获奖，每个奖励4万元，共计8万元。",
        "甲获奖，给予资金4万元。乙、丙等2个组织获奖，每个给予3万元。以上资金合计10万元。",
        "甲、乙获奖，每个奖励4万元。以上合计8万元。",
        "预算20万元，甲4万元、乙3万元，合计7万元。",
        "共计7万元，其中甲4万元，乙3万元。",
        "本年度发放补助合计17万元。",
        "上年5万元，今年合计8万元。",
    ],
)
def test_amounts_that_are_sound(text: str) -> None:
    assert found_in(a_document(text)) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("甲获优秀奖，给予资金3万元。", ["3万元"]),
        ("甲获优秀奖，给予资金4万元。乙获良好奖，给予资金3万元。", []),
        ("乙获良好奖，给予资金20,000元。", []),
        ("奖励支出总数为17万元，资金合计18万元。", ["18万元"]),
    ],
)
def test_amounts_against_the_results(text: str, words: list[str]) -> None:
    amounts = {"优秀奖": (4_000_000,), "良好奖": (3_000_000, 2_000_000), "资金合计": (17_000_000,)}
    found = found_in(a_document(text), replace(KNOWN, amounts=amounts))
    assert found == [(AMOUNT, each) for each in words]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("人民币肆万元整\uff0840500元\uff09。", "肆万元整"),
        ("人民币肆万元\uff0840000元\uff09。", "肆万元"),
        ("奖金40000元\uff08大写：人民币伍万元整\uff09。", "伍万元整"),
        ("奖金4万元\uff08人民币肆仟元整\uff09。", "肆仟元整"),
        ("奖金999999999999999元\uff08大写：人民币肆万元整\uff09。", "肆万元整"),
        ("人民币壹仟肆佰玖元伍角。", "壹仟肆佰玖元伍角"),
        ("人民币拾伍元整。", "拾伍元整"),
        ("人民币四万元整。", "人民币四万元整"),
    ],
)
def test_capitals_that_are_wrong(text: str, words: str) -> None:
    assert found_in(a_document(text)) == [(CAPITALS, words)]


@pytest.mark.parametrize(
    "text",
    [
        "人民币肆万元整\uff0840000元\uff09。",
        "人民币肆万圆正\uff08¥40,000.00\uff09。",
        "奖金4万元\uff08大写：人民币肆万元整\uff09。",
        "人民币壹仟陆佰捌拾元零叁角贰分\uff081680.32元\uff09。",
        "人民币壹仟陆佰捌拾元叁角贰分\uff081680.32元\uff09。",
        "陆仟零柒元壹角肆分",
        "经费四万元。",
        "人民币零元整\uff080元\uff09。",
        "贰楼会议室，壹号楼。",
    ],
)
def test_capitals_that_are_right(text: str) -> None:
    assert found_in(a_document(text)) == []


def test_capitals_of_a_table_stand_for_the_figures_beside_them() -> None:
    table = a_table(
        "序号 金额\uff08元\uff09 大写", "1 40,000.00 肆万元整", "2 30000 叁万元整", "3 500 伍仟元整"
    )
    finding = finding_in(a_document(table))
    assert (finding.place, finding.words) == ("正文表格第3行“大写”", "伍仟元整")


@pytest.mark.parametrize(
    ("rows", "totals", "words"),
    [
        (("甲 40,000", "乙 30,000"), "合计 80,000", ["80,000"]),
        (("甲 40,000", "乙 —", "合计 40,000.5"), "", ["40,000.5"]),
        (("甲 1", "小计 1", "乙 2", "丙 3", "小计 4"), "合计 6", ["4"]),
        (("甲 1", "乙 2"), "共3个 3", ["共3个"]),
        (("甲 1", "乙 2"), "合计 3", []),
        (("甲 1", "小计 1", "乙 2", "小计 2"), "合计 3", []),
        (("甲 0.1", "乙 0.2"), "合计 0.30", []),
        (("甲 4万元", "乙 若干"), "合计 40000", []),
        (("甲 1", "乙 2"), "共两个 3", []),
        ((), "合计 0", []),
    ],
)
def test_sums_of_tables(rows: tuple[str, ...], totals: str, words: list[str]) -> None:
    table = a_table("组织 金额", *rows, totals=totals)
    assert found_in(a_document(table)) == [(DocumentCheck.SUM, each) for each in words]


def test_running_numbers_have_no_gap() -> None:
    faulty = a_document(a_table("序号 事项", "1 甲", "3 乙", "4 丙"))
    assert finding_in(faulty).message == "序号是 3，按顺序应是 2。"
    assert found_in(a_document(a_table("序号 事项", "1 甲", "2 乙", "合计 2"))) == []


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("结果见附件1，名单见附件2。", []),
        ("详见附件1和附件2。", []),
        ("详见附件1—2。", []),
        ("有关材料见附件。", []),
        ("结果见附件1。", ["正文没有提到附件2。"]),
        ("结果见附件1、2、3。", ["提到附件3，这份公文只有2个附件。"]),
        ("没有提到。", ["正文没有提到附件1。", "正文没有提到附件2。"]),
    ],
)
def test_annexes_are_mentioned_by_their_numbers(text: str, messages: list[str]) -> None:
    annexes = (an_annex(Paragraph("内容")), an_annex(Paragraph("内容")))
    found = check_document(a_document(text, annexes=annexes), KNOWN)
    assert [each.message for each in found] == messages


@pytest.mark.parametrize(
    ("text", "count"),
    [("名单见附件。", 1), ("名单\uff08附件1\uff09如下。", 1), ("提交申请书及附件材料。", 0)],
)
def test_annexes_that_are_not_there(text: str, count: int) -> None:
    assert len(check_document(a_document(text), KNOWN)) == count


@pytest.mark.parametrize(
    "text",
    [
        f"2个组织列入扶持名单\uff08名单见附件{'1' * 5000}\uff09。",
        f"参加考核45个。评定优秀{'1' * 5000}个，良好14个，合格12个。",
        a_table("序号 名称", f"{'1' * 5000} 甲队"),
    ],
)
def test_numbers_of_thousands_of_digits_are_read_past(text: str | Table) -> None:
    check_document(a_document(text), KNOWN)


def test_an_annex_has_a_title() -> None:
    document = a_document("见附件1。", annexes=(an_annex(Paragraph("内容"), title=""),))
    assert finding_in(document).place == "附件1标题"


@pytest.mark.parametrize(
    ("number", "is_sound"),
    [
        ("示例街办〔2026〕12号", True),
        ("", True),
        ("示例街办[2026]12号", False),
        ("示例街办\uff082026\uff0912号", False),
        ("示例街办〔2026〕012号", False),
        ("示例街办〔2026〕第12号", False),
        ("示例街办〔26〕12号", False),
        ("〔2026〕12号", False),
    ],
)
def test_the_form_of_the_number(number: str, is_sound: bool) -> None:
    found = found_in(a_document("通报如下：", number=number))
    assert found == ([] if is_sound else [(DocumentCheck.NUMBER, number)])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("根据示街办[2025]3号文件。", ["根据示街办[2025]3号"]),
        ("根据示街办〔2025〕第3号文件。", ["根据示街办〔2025〕第3号"]),
        ("根据示街办〔2025〕3号文件，东湖街道\uff082025\uff09工作安排。", []),
    ],
)
def test_numbers_of_other_documents(text: str, words: list[str]) -> None:
    number = [each for each in found_in(a_document(text)) if each[0] is DocumentCheck.NUMBER]
    assert number == [(DocumentCheck.NUMBER, each) for each in words]


@pytest.mark.parametrize(
    ("title", "message"),
    [
        ("关于考核结果的通报", ""),
        ("关于落实《社会组织考核办法\uff08试行\uff09》、“双百”行动的通报", ""),
        ("关于考核结果的通报。", "标题里有“。”。"),
        ("关于考核，评比结果的通报", "标题里有“，”。"),
        ("关于考核结果的决定", "标题没有以文种“通报”结尾。"),
        (f"关于{'考核' * 30}的通报", "标题有65个字。"),
        ("", "没有标题。"),
    ],
)
def test_the_title(title: str, message: str) -> None:
    found = check_document(a_document("如下：", title=(title,)), replace(KNOWN, genre="通报"))
    assert "".join(each.message for each in found) == message


@pytest.mark.parametrize(
    ("changes", "genre", "count"),
    [
        ({"addressee": ""}, "通知", 1),
        ({"addressee": ""}, "", 1),
        ({"addressee": "", "format": DocumentFormat.LETTER}, "函", 1),
        ({"addressee": "各社区："}, "", 1),
        ({"addressee": ""}, "通报", 0),
        ({"addressee": "", "format": DocumentFormat.PLAIN}, "", 0),
        ({"addressee": "", "format": DocumentFormat.MINUTES}, "", 0),
        ({"addressee": "各社区"}, "通知", 0),
    ],
)
def test_the_addressee(changes: dict[str, object], genre: str, count: int) -> None:
    document = a_document("如下：", title=(f"关于考核的{genre}",), **changes)
    found = found_in(document, replace(KNOWN, genre=genre))
    assert [code for code, _words in found] == [DocumentCheck.ADDRESSEE] * count


def headings(*texts: str) -> OfficialDocument:
    """Paragraphs with these headings, each with its level before it."""
    return a_document(*(Paragraph("内容。", text[1:], int(text[0])) for text in texts))


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        (
            (
                "1一、甲。", "2\uff08一\uff09子。", "31.丑。", "4\uff081\uff09寅。",
                "2\uff08二\uff09卯。", "1二、乙。", "2\uff08一\uff09辰。",
            ),
            [],
        ),
        (("1一、甲。", "1三、乙。"), ["三、"]),
        (("1二、甲。",), ["二、"]),
        (("1一、甲。", "2\uff08二\uff09乙。"), ["\uff08二\uff09"]),
        (("1一、甲。", "31.乙。"), ["1."]),
        (("1一、甲。", "21.乙。"), ["1.", "1."]),
        (("1一.甲。",), ["一."]),
        (("1一、甲。", "2\uff08一\uff09、乙。"), ["\uff08一\uff09、"]),
        (("1会议指出。", "1会议要求。"), []),
        (tuple(f"1{each}、甲。" for each in (*"一二三四五六七八九十", "十一")), []),
    ],
)  # fmt: skip
def test_headings_follow_on_each_other(texts: tuple[str, ...], words: list[str]) -> None:
    assert found_in(headings(*texts)) == [(DocumentCheck.HEADING, each) for each in words]


def test_headings_written_into_the_text_are_counted_too_and_annexes_begin_anew() -> None:
    annexes = (an_annex(Paragraph("一、丙。"), Paragraph("三、丁。")),)
    document = a_document("一、甲\uff08见附件1\uff09。", "二、乙。", "2025年如此。", annexes=annexes)
    assert finding_in(document).place == "附件1第2段"


def test_findings_stand_in_reading_order_with_their_places_in_words() -> None:
    document = a_document(
        "××社区。",
        "见附件1。",
        a_table("事项 数", "甲 1", totals="合计 2"),
        title=("关于考核。的通报",),
        annexes=(
            an_annex(a_table("事项 数", "待定 1"), a_table("事项 数", "甲 1", "乙 {数}")),
            an_annex(Paragraph("内容")),
        ),
        attendance=(People("出席", (Person("某某某"),)),),
        receipt=Receipt(((ReceiptField("签收人", "××"),),)),
    )
    assert [each.place for each in check_document(document, KNOWN)] == [
        "标题", "正文第1段", "正文表格合计行“数”", "正文名单“出席”", "送达回执“签收人”",
        "附件1表1第1行“事项”", "附件1表2第2行“数”", "附件2标题",
    ]  # fmt: skip


def test_characters_without_a_font_become_findings() -> None:
    (finding,) = character_findings([MissingCharacter("\ue000", "附件1", "组织名称")])
    assert (finding.code, finding.place) == (DocumentCheck.CHARACTER, "附件1，组织名称")
    assert "U+E000" in finding.message


def test_what_is_not_known_is_not_compared() -> None:
    document = a_document("“东湖社区合唱队”获奖，予以表彰，参加考核3个，优秀奖5万元。")
    assert check_document(document, Known(TODAY)) == ()


def test_a_document_without_anything_is_checked() -> None:
    document = a_document(title=(), number="", addressee="", format=DocumentFormat.PLAIN, issuer="")
    assert [code for code, _words in found_in(document)] == [DocumentCheck.TITLE]
