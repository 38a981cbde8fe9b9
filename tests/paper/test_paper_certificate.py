"""Certificates: everything inside the frame, whatever the length of the name."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from core.errors import DocumentFailed, JobCancelled
from core.model.certificate import Certificate
from core.model.certificate_form import CertificateLayout
from core.paper.render import ReportLabPaper
from core.services.certificate_forms import shipped_forms

PLAIN = Certificate(
    heading="荣誉证书",
    recipient="东湖社区合唱团",
    text="在2025年度社会组织考核中，考核等次为优秀，获优秀社会组织奖。",
    closing="特发此证，以资鼓励。",
    issuer="临江街道办事处",
    dated_on=date(2026, 1, 5),
    number="临街社〔2026〕第001号",
)
SHIPPED = {each.code: each for each in shipped_forms()}
LAYOUT = CertificateLayout(SHIPPED["a4-honor"])
NAME_40 = "永丰社区平安巡逻与邻里守望互助志愿服务总队暨老年人关爱协会联合会筹备工作委员会甲"
LEFT, RIGHT = 43.0, 254.0


def silent(done: int, total: int) -> None: ...


@pytest.fixture
def print_certificates(paper: ReportLabPaper) -> Callable[..., list]:
    """Prints certificates and gives (text, boxes in mm from the left) of each page."""

    def read(*certificates: Certificate) -> list[tuple[str, list[tuple[float, float]]]]:
        pages = []
        for page in pypdfium2.PdfDocument(paper.certificates(certificates, LAYOUT, silent)):
            text = page.get_textpage()
            boxes = [text.get_charbox(number, loose=True) for number in range(text.count_chars())]
            edges = [(box[0] * 25.4 / 72, box[2] * 25.4 / 72) for box in boxes if box[2] > box[0]]
            pages.append((text.get_text_range().replace("\r\n", "\n"), edges))
        return pages

    return read


def test_a_certificate_says_everything(print_certificates: Callable[..., list]) -> None:
    ((text, _),) = print_certificates(PLAIN)
    flat = text.replace("\n", "").replace(" ", "")
    said = (
        "荣誉证书",
        "东湖社区合唱团：",
        PLAIN.text,
        PLAIN.closing,
        PLAIN.issuer,
        "2026年1月5日",
        PLAIN.number,
    )
    assert [part for part in said if part not in flat] == []


@pytest.mark.parametrize(
    "name",
    [
        *("合唱团", NAME_40[:26], NAME_40[:30], NAME_40, NAME_40 + NAME_40[:30]),
        *((NAME_40 * 3)[:100], "A" * 99),  # the register takes names of 100 characters
    ],
)
def test_every_name_stays_on_its_measure(print_certificates: Callable[..., list], name: str) -> None:
    ((text, edges),) = print_certificates(replace(PLAIN, recipient=name))
    assert f"{name}：" in text.replace("\n", "")
    assert min(left for left, _ in edges) >= LEFT
    assert max(right for _, right in edges) <= RIGHT


def test_a_long_name_is_parted_after_a_word(print_certificates: Callable[..., list]) -> None:
    ((text, _),) = print_certificates(replace(PLAIN, recipient=NAME_40))
    lines = text.split("\n")
    assert "永丰社区平安巡逻与邻里守望互助志愿服务总队" in lines


def test_long_text_shrinks_and_too_long_text_is_refused(
    print_certificates: Callable[..., list], paper: ReportLabPaper
) -> None:
    long = replace(PLAIN, text="认真负责，成绩突出，" * 14)
    ((text, edges),) = print_certificates(long)
    assert long.text in text.replace("\n", "")
    assert max(right for _, right in edges) <= RIGHT
    with pytest.raises(DocumentFailed, match=r"正文.*太长"):
        paper.certificates([replace(PLAIN, text="认真负责，" * 100)], LAYOUT, silent)
    with pytest.raises(DocumentFailed, match=r"名称“长{40}…”太长"):
        paper.certificates([replace(PLAIN, recipient="长" * 200)], LAYOUT, silent)


def test_each_winner_has_a_page_and_progress_is_told(paper: ReportLabPaper) -> None:
    told: list[tuple[int, int]] = []
    certificates = [replace(PLAIN, recipient=f"第{n}合唱团") for n in range(3)]
    data = paper.certificates(certificates, LAYOUT, lambda done, total: told.append((done, total)))
    pages = pypdfium2.PdfDocument(data)
    assert [f"第{n}合唱团" in page.get_textpage().get_text_range() for n, page in enumerate(pages)] == [
        True
    ] * 3
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert data == paper.certificates(certificates, LAYOUT, silent)


def test_cancelling_stops(paper: ReportLabPaper) -> None:
    def stop(done: int, total: int) -> None:
        raise JobCancelled

    with pytest.raises(JobCancelled):
        paper.certificates([PLAIN], LAYOUT, stop)


def test_names_are_data_and_rare_characters_can_be_copied(print_certificates: Callable[..., list]) -> None:
    ((text, _),) = print_certificates(replace(PLAIN, recipient="A&B <中心>李𬭎"))
    assert "A&B <中心>李𬭎：" in text


def test_missing_characters_are_named_by_organization(paper: ReportLabPaper) -> None:
    faulty = replace(PLAIN, recipient="\ue000合唱团", number="\ue001号")
    found = paper.missing_in_certificates([PLAIN, faulty], LAYOUT)
    assert [(each.character, each.owner, each.field) for each in found] == [
        ("\ue000", "\ue000合唱团", "名称"),
        ("\ue001", "\ue000合唱团", "编号"),
    ]
    with pytest.raises(DocumentFailed, match=r"U\+E000"):
        paper.certificates([PLAIN, faulty], LAYOUT, silent)


def test_no_certificate_at_all_is_told(paper: ReportLabPaper) -> None:
    with pytest.raises(DocumentFailed, match="没有可打印的证书"):
        paper.certificates([], LAYOUT, silent)
