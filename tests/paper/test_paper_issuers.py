"""Several issuers, 签发人, what stands at the top left, red-headed stock: within 0.3 mm of the law."""

from itertools import pairwise

import pytest

from core.errors import DocumentFailed
from core.model.document import Annex, Paragraph
from core.paper.render import ReportLabPaper
from tests.paper.conftest import Build, Print, near

EM, CELL, PITCH = 16 * 25.4 / 72, 156 / 28, 225 / 22
SEAL = 42
TEXT = (Paragraph("认真做好考核工作。"),) * 8
UNION, WOMEN = "临江街道总工会", "临江街道妇联"


def middle(text: list) -> float:
    return (text[0].left + text[-1].right) / 2


def last(page, text: str) -> list:
    """The characters of a text's last place on the page."""
    every = [each for each in page.characters() if each.text.strip()]
    place = "".join(each.text for each in every).rindex(text)
    return every[place : place + len(text)]


def test_names_are_stacked_with_the_kind_beside_their_middle(
    a_document: Build, print_document: Print
) -> None:
    page = print_document(a_document(partners=(UNION, WOMEN)))[0]
    names = [page.find(name) for name in ("临江街道办事处", UNION, WOMEN)]
    kind = page.find("文件")
    assert min(each.top for each in names[0]) == near(72)
    assert [name[0].x for name in names] == [near(names[0][0].x, 0.1)] * 3
    assert [name[-1].right for name in names] == [near(names[0][-1].right)] * 3
    steps = [below[0].y - above[0].y for above, below in pairwise(names)]
    assert steps[0] == near(steps[1], 0.1)
    assert min(each.left for each in names[0]) >= 28 - 0.1
    assert kind[-1].right <= 184 + 0.1
    assert (names[0][0].x + kind[-1].right) / 2 == near(106)
    stack = min(each.top for each in names[0]), max(each.bottom for each in names[-1])
    beside = min(each.top for each in kind), max(each.bottom for each in kind)
    assert sum(beside) / 2 == near(sum(stack) / 2)
    assert kind[0].left > names[0][-1].right
    number = page.find("临街办〔2026〕3号")[0]
    assert number.y - 0.86 * EM - stack[1] == near(2 * PITCH + (PITCH - EM) / 2)


@pytest.mark.parametrize("count", range(1, 7))
def test_many_issuers_leave_room_for_text(a_document: Build, print_document: Print, count: int) -> None:
    partners = tuple(f"临江街道第{n}委员会" for n in "一二三四五六"[:count])
    page = print_document(a_document(partners=partners, paragraphs=TEXT))[0]
    assert "认真做好考核工作。" in page.text
    assert page.find("临江街道办事处")[0].bottom - page.find("临江街道办事处")[0].top > 22 * 25.4 / 72 * 0.7


def test_names_without_a_kind_are_centred(a_document: Build, print_document: Print) -> None:
    page = print_document(a_document(red_head="临江街道办事处", partners=(UNION,)))[0]
    assert "文件" not in page.text
    assert middle(page.find(UNION)) == near(106)


def test_seals_of_several_issuers_do_not_touch(a_document: Build, print_document: Print) -> None:
    partners = (UNION, WOMEN, "临江街道团委", "临江街道残联")
    names = ("临江街道办事处", *partners)
    page = print_document(a_document(partners=partners, paragraphs=TEXT, printed_by=""))[-1]
    block = [last(page, name) for name in names]
    day = page.find("2026年1月5日")
    centres = [(middle(name), name[0].y) for name in block]
    for number, (x, y) in enumerate(centres):
        assert x - SEAL / 2 >= 28 - 0.1
        assert x + SEAL / 2 <= 184 + 0.1
        for other_x, other_y in centres[number + 1 :]:
            assert max(abs(other_x - x), abs(other_y - y)) >= SEAL + 1
    assert [round(y) for _, y in centres] == sorted(round(y) for _, y in centres)
    assert centres[0][1] == near(centres[2][1], 0.1)
    assert centres[0][0] < centres[1][0] < centres[2][0]
    assert day[-1].right == near(184 - 4 * CELL)
    assert middle(block[-1]) == near(middle(day))
    assert day[0].y - block[-1][0].y == near(PITCH)
    assert centres[0][1] - last(page, "认真做好考核工作。")[0].y == near(3 * PITCH)


def test_short_names_keep_their_seals_apart(a_document: Build, print_document: Print) -> None:
    document = a_document(issuer="街道办", partners=("总工会", "妇联"), paragraphs=TEXT, printed_by="")
    page = print_document(document)[-1]
    centres = [middle(last(page, name)) for name in ("街道办", "总工会", "妇联")]
    assert [right - left for left, right in pairwise(centres)] == [near(SEAL + 3)] * 2


def test_long_names_take_fewer_seals_a_row(a_document: Build, print_document: Print) -> None:
    long = "中共临江街道工作委员会"
    page = print_document(a_document(partners=(long, UNION), paragraphs=TEXT, printed_by=""))[-1]
    first, second, third = (last(page, name) for name in ("临江街道办事处", long, UNION))
    assert first[0].y == near(second[0].y, 0.1)
    assert first[-1].right < second[0].left
    assert third[0].y - second[0].y >= SEAL


def test_without_seals_the_names_stand_under_each_other(a_document: Build, print_document: Print) -> None:
    partners = (UNION, "临江街道妇女联合会")
    page = print_document(a_document(seal=False, partners=partners, paragraphs=TEXT))[-1]
    block = [last(page, name) for name in ("临江街道办事处", *partners)]
    day = page.find("2026年1月5日")
    assert [name[-1].right for name in block] == [near(184 - 2 * CELL)] * 3
    assert [below[0].y - above[0].y for above, below in pairwise([*block, day])] == [near(PITCH)] * 3
    assert day[0].left - block[-1][0].left == near(2 * CELL)
    assert block[0][0].y - last(page, "认真做好考核工作。")[0].y == near(2 * PITCH)


def test_a_date_longer_than_the_name_moves_the_name_left(a_document: Build, print_document: Print) -> None:
    page = print_document(a_document(seal=False, issuer="街道办", red_head="街道文件"))[0]
    issuer, day = last(page, "街道办"), page.find("2026年1月5日")
    assert day[-1].right == near(184 - 2 * CELL)
    assert day[0].left - issuer[0].left == near(2 * CELL)


def test_signature_stamp(a_document: Build, print_document: Print) -> None:
    page = print_document(a_document(stamp_posts=("街道办事处主任",), paragraphs=TEXT))[-1]
    post, day = last(page, "街道办事处主任"), page.find("2026年1月5日")
    stamp_left = 184 - 4 * CELL - 40
    assert post[-1].right == near(stamp_left - 2 * CELL)
    text = last(page, "认真做好考核工作。")[0].y
    stamp_middle = text + 0.14 * EM + (PITCH - EM) / 2 + 3 * PITCH
    assert post[0].y - (0.86 - 0.5) * EM == near(stamp_middle)
    assert day[-1].right == near(184 - 4 * CELL)
    assert day[0].y - text == near(6 * PITCH)
    assert page.text.count("临江街道办事处") == (1 if "文件" in page.text else 0)


def test_each_office_has_its_stamp(a_document: Build, print_document: Print) -> None:
    posts = ("街道办事处主任", "主席")
    page = print_document(a_document(partners=(UNION,), stamp_posts=posts, paragraphs=TEXT))[-1]
    first, second = (last(page, post) for post in posts)
    assert first[0].left == near(second[0].left)
    assert second[0].y - first[0].y == near(2 * PITCH)


def test_one_signer_shares_the_line_of_the_number(a_document: Build, print_document: Print) -> None:
    page = print_document(a_document(signers=("张三",)))[0]
    number, label, name = page.find("临街办〔2026〕3号"), page.find("签发人："), page.find("张三")
    assert number[0].left == near(28 + CELL)
    assert name[-1].right == near(184 - CELL)
    assert number[0].y == near(label[0].y) == near(name[0].y)
    assert label[-1].right == near(name[0].left)
    assert name[1].x - name[0].x == near(2 * EM)
    head = max(each.bottom for each in page.find("临江街道办事处文件"))
    assert number[0].y - 0.86 * EM - head == near(2 * PITCH + (PITCH - EM) / 2)
    rule = page.rules()[0]
    assert rule.top - (number[0].y + 0.14 * EM) == near(4 - 0.25)


def test_several_signers_stand_two_a_line(a_document: Build, print_document: Print) -> None:
    page = print_document(a_document(signers=("张三", "李四光", "王五"), partners=(UNION, WOMEN)))[0]
    first, second, third = page.find("张三"), page.find("李四光"), page.find("王五")
    number, label = page.find("临街办〔2026〕3号"), page.find("签发人：")
    assert first[0].y == near(second[0].y) == near(label[0].y)
    assert third[0].left == near(first[0].left)
    assert third[0].y - first[0].y == near(PITCH)
    assert number[0].y == near(third[0].y)
    assert second[-1].right == near(184 - CELL)
    assert page.rules()[0].top - (number[0].y + 0.14 * EM) == near(4 - 0.25)


@pytest.mark.parametrize(
    ("marks", "lines"),
    [
        (
            {"copy_number": "000012", "secrecy": "机密★1年", "urgency": "特急"},
            {"000012": 0, "机密★1年": 1, "特急": 2},
        ),
        ({"secrecy": "机密★1年"}, {"机密★1年": 1}),
        ({"urgency": "加急"}, {"加急": 0}),
        ({"copy_number": "000012", "urgency": "加急"}, {"000012": 0, "加急": 1}),
        ({"secrecy": "秘密", "urgency": "加急"}, {"秘密": 1, "加急": 2}),
    ],
)
def test_what_stands_at_the_top_left(
    a_document: Build, print_document: Print, marks: dict[str, str], lines: dict[str, int]
) -> None:
    page = print_document(a_document(**marks))[0]
    for text, line in lines.items():
        assert page.find(text)[0].left == near(28)
        assert page.find(text)[0].y == near(44.15 + line * PITCH)


def test_stock_keeps_the_room_of_head_and_rule(a_document: Build, print_document: Print) -> None:
    plain, stock = print_document(a_document())[0], print_document(a_document(red_stock=True))[0]
    assert "文件" not in stock.text
    assert len(stock.rules()) == len(plain.rules()) - 1
    for text in ("临街办〔2026〕3号", "各社区", "现将考核结果"):
        assert stock.find(text)[0] == plain.find(text)[0]


def test_note_stands_in_brackets_under_the_date(a_document: Build, print_document: Print) -> None:
    for note in ("此件公开发布", "\uff08此件公开发布\uff09"):
        page = print_document(a_document(note=note, annexes=(Annex("名单", (Paragraph("无"),)),)))[0]
        written = page.find("\uff08此件公开发布\uff09")
        assert written[0].x == near(28 + 2 * CELL)
        assert written[0].y - page.find("2026年1月5日")[0].y > 0.8 * PITCH


def test_office_of_thirty_characters(a_document: Build, print_document: Print) -> None:
    name = "呼伦贝尔市莫力达瓦达斡尔族自治旗尼尔基镇社会组织培育发展办公室"[:30]
    page = print_document(a_document(red_head=f"{name}文件", issuer=name, partners=()))[0]
    head = page.find(f"{name}文件")
    assert head[0].x >= 28 - 0.1
    assert head[-1].right <= 184 + 0.1
    assert max(each.bottom for each in head) - min(each.top for each in head) > 22 * 25.4 / 72 * 0.8
    signed = last(page, name)
    assert signed[0].left >= 28 - 0.1
    assert signed[-1].right <= 184 + 0.1


def test_too_many_long_names_are_refused(a_document: Build, paper: ReportLabPaper) -> None:
    partners = tuple(f"临江街道{n}社会组织服务管理中心" for n in "一二三四五")
    with pytest.raises(DocumentFailed, match=r"6个机关的署名和印章在一页里放不下。请改用规范化简称"):
        paper.document(a_document(partners=partners, paragraphs=TEXT))


def test_office_of_a_hundred_characters_is_refused(a_document: Build, paper: ReportLabPaper) -> None:
    for changes in ({"issuer": "临" * 100}, {"partners": ("临" * 100,)}, {"red_head": "临" * 100}):
        with pytest.raises(DocumentFailed, match="太长，一行排不下"):
            paper.document(a_document(**changes))


def test_document_to_a_higher_office_says_this(a_document: Build, print_document: Print) -> None:
    document = a_document(
        partners=(UNION,),
        signers=("张三", "李四光"),
        copy_number="000001",
        secrecy="机密★1年",
        urgency="加急",
        title=("关于", "扶持资金", "的请示"),
        addressee="区人民政府",
        paragraphs=(Paragraph("现将有关事项请示如下。"), Paragraph("妥否，请批示。")),
        note="联系人：王五",
    )
    assert [page.text.split("\n") for page in print_document(document)] == [
        [
            "000001",
            "机密★1年",
            "加急",
            "临江街道办事处",
            f"{UNION} 文件",
            "临街办〔2026〕3号 签发人：张　三 李四光",
            "关于扶持资金的请示",
            "区人民政府：",
            "现将有关事项请示如下。",
            "— 1 —",
        ],
        [
            "妥否，请批示。",
            f"临江街道办事处 {UNION}",
            "2026年1月5日",
            "\uff08联系人：王五\uff09",
            "抄送：区民政局。",
            "临江街道社会事务办 2026年1月6日印发",
            "— 2 —",
        ],
    ]
