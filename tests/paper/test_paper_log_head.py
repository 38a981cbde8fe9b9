"""The head of the log on issued sheets: where it stands, that it touches and moves nothing, who has none."""

from dataclasses import replace
from typing import Any

import pypdfium2
import pytest

from core.model.certificate_form import CertificateForm, CertificateLayout, FieldText, Output
from core.model.document import Annex, DocumentFormat, Paragraph, Receipt, ReceiptField
from core.paper.render import ReportLabPaper
from core.ports import unwatched
from core.services.certificate_forms import shipped_forms
from tests.paper.conftest import Build, Character, Print, ReadPage, near, read
from tests.paper.test_paper_certificate_forms import PLAIN
from tests.paper.test_paper_pages import ROSTER, SHAPES, WIDE

HEAD = "12860-3F2A-91BC"
SAID = f"日志{HEAD}"
CLEAR, EDGE = 1.5, 5.0
"""Millimetres from everything else, and from the paper's edge."""
LINE = Paragraph("街" * 26)
RECEIPT = Receipt(((ReceiptField("受送达人", "甲"), ReceiptField("签收人")),))
WITH_ANNEX: dict[str, dict[str, Any]] = {
    "minutes": {"format": DocumentFormat.MINUTES, "red_head": "临江街道办事处会议纪要"},
    "receipt": {"format": DocumentFormat.PLAIN, "printed_by": "", "copy_to": "", "receipt": RECEIPT},
    "turned": {"annexes": (Annex("分项得分", (WIDE,)),), "printed_by": ""},
    "apart": {"annexes": (Annex("名单", (ROSTER,)), Annex("方案", (LINE,), apart=True))},
    "full letter": {
        "format": DocumentFormat.LETTER,
        "red_head": "临江街道办事处",
        "copy_to": "",
        "paragraphs": (LINE,) * 11,
    },
}
ALL_SHAPES = SHAPES | WITH_ANNEX


def found_on(pages: list[ReadPage]) -> list[int]:
    return [number for number, page in enumerate(pages, start=1) if SAID in "".join(page.text.split())]


def stands_clear(page: ReadPage, said: list[Character]) -> bool:
    """Whether nothing is near it, neither a character nor a rule, nor the edge of the paper."""
    left, right = said[0].left - CLEAR, said[-1].right + CLEAR
    top, bottom = min(each.top for each in said) - CLEAR, max(each.bottom for each in said) + CLEAR
    others = [each for each in page.characters() if each.text.strip() and each not in said]
    near_it = [
        each
        for each in (*others, *page.rules())
        if each.right > left and each.left < right and each.bottom > top and each.top < bottom
    ]
    inside = min(left, top) >= EDGE - CLEAR and right <= page.width - EDGE + CLEAR
    return not near_it and inside and bottom <= page.height - EDGE + CLEAR


@pytest.mark.parametrize("shape", ALL_SHAPES)
@pytest.mark.parametrize("two_sided", [False, True])
def test_it_stands_opposite_the_number_of_the_last_page_and_moves_nothing(
    a_document: Build, print_document: Print, shape: str, two_sided: bool
) -> None:
    changes = {"paragraphs": (LINE,) * 9, "two_sided": two_sided, **ALL_SHAPES[shape]}
    plain = a_document(**changes, log_head=HEAD)
    pages, without = print_document(replace(plain, print_log_head=True)), print_document(plain)
    closed = [number for number, each in enumerate(pages, start=1) if "抄送" in each.text]
    last = closed[-1] if shape == "apart" else len(pages)
    assert (found_on(pages), found_on(without)) == ([last], [])
    page = pages[last - 1]
    said = page.find(SAID)
    assert stands_clear(page, said)
    left = 26 if two_sided and last % 2 == 0 else 28
    if last % 2:
        assert said[0].x == near(left + 7 / 72 * 25.4)
    else:
        assert said[-1].right == near(left + 156 - 7 / 72 * 25.4)
    if plain.format is DocumentFormat.LETTER and last == 1:
        assert said[0].y == near(297 - 20 + 4)
    elif shape == "receipt":
        title = page.find("送达回执")[0]
        [cut] = [each for each in page.rules() if said[0].bottom < each.top < title.top]
        assert cut.top - said[0].y == near(2.5)
    elif f"—{last}—" in "".join(page.text.split()):
        assert said[0].y == near(page.find(f"—{last}—")[0].y)
    for one, other in zip(pages, without, strict=True):
        told = [each for each in one.characters() if each.text.strip() and each not in said]
        assert told == [each for each in other.characters() if each.text.strip()]


def test_what_was_not_issued_has_none(a_document: Build, print_document: Print) -> None:
    draft = print_document(a_document(print_log_head=True))
    assert not any("日志" in page.text for page in draft)


def test_issued_together_each_ends_with_its_own(a_document: Build, paper: ReportLabPaper) -> None:
    heads = [f"{number}-3F2A-91BC" for number in (7, 8)]
    made = [a_document(log_head=each, print_log_head=True, paragraphs=(LINE,) * 20) for each in heads]
    texts = ["".join(page.text.split()) for page in read(paper.documents(made, unwatched))]
    assert [[each for each in heads if each in text] for text in texts] == [[], [heads[0]], [], [heads[1]]]


@pytest.mark.parametrize("form", shipped_forms(), ids=lambda each: each.code)
@pytest.mark.parametrize("output", Output)
def test_certificates_have_it_where_their_form_says(
    paper: ReportLabPaper, form: CertificateForm, output: Output
) -> None:
    certificate = replace(PLAIN, log_head=HEAD)
    layout = CertificateLayout(form, output)
    [page] = read(paper.certificates([certificate], layout, unwatched))
    box = form.field(FieldText.LOG_HEAD)
    # What a plaque is made from goes to its maker, not on to an organization.
    assert (box is None) == (form.code == "plaque")
    if box is None or output is Output.BACKGROUND:
        assert found_on([page]) == []
        return
    said = page.find(SAID)
    assert stands_clear(page, said)
    assert box.left - 0.1 <= said[0].left and said[-1].right <= box.left + box.width
    assert box.top <= min(each.top for each in said)
    assert max(each.bottom for each in said) <= box.top + box.height + 0.1
    code = form.field(FieldText.QR)
    assert code and (box.top >= code.top + code.height or box.left >= code.left + code.width)
    # Within the program's own frame, which ends 14.5 mm from the edge.
    assert max(each.bottom for each in said) < form.height - 14.5 - EDGE


def test_each_certificate_of_a_file_has_its_own(paper: ReportLabPaper) -> None:
    heads = ["7-3F2A-91BC", "", "8-3F2A-91BC"]
    made = [replace(PLAIN, log_head=each) for each in heads]
    form = next(each for each in shipped_forms() if each.code == "a4-honor")
    data = paper.certificates(made, CertificateLayout(form, log_head=heads[-1]), unwatched)
    texts = ["".join(page.text.split()) for page in read(data)]
    assert ["日志7-3F2A" in texts[0], "日志" in texts[1], "日志8-3F2A" in texts[2]] == [True, False, True]
    assert pypdfium2.PdfDocument(data).get_metadata_value("Keywords") == f"日志校验码 {heads[-1]}"
