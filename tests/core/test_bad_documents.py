"""Documents of bad data and templates, stopped at any moment, onto full disks: words, and nothing half."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import AppError, DocumentFailed, InvalidInput, JobCancelled, RuleViolation, StorageFailed
from core.model.certificate import NamedFile
from core.model.document import Annex, OfficialDocument, Paragraph, Table, TableColumn
from core.model.document_text import About
from core.model.written_document import DocumentState
from core.paper.render import ReportLabPaper
from core.services.document_opening import Wanted
from core.services.documents import DocumentService
from core.services.files import write_files
from core.services.services import Services
from tests.conftest import copied, services_over
from tests.core.test_bad_names import a_computed_year
from tests.laws import examples

YEAR = 2025
NOTICE = Wanted("results-notice", YEAR, dated_on=date(2026, 1, 8))
LETTERS = Wanted("result-letter", YEAR, dated_on=date(2026, 1, 8))
EIGHTY = "城东街道凤凰社区居民志愿服务联合会" * 4 + "平安巡逻与邻里互助总队八"
NAMES = (EIGHTY, "甲乙", "<b>某&社</b>", "张䶮李𬭎·𠮷队", "邻里\n互助社", "邻里\u200d守望\u200c队")
RESULTS = (
    "results-notice",
    "public-notice",
    "praise-circular",
    "praise-decision",
    "payment-table",
    "results-table",
    "result-letter",
)


def text_of(pdf: bytes) -> str:
    pages = pypdfium2.PdfDocument(pdf)
    return "".join(page.get_textpage().get_text_range() for page in pages).replace("\r\n", "")


@pytest.fixture(scope="module")
def odd_store(office_store: Path, tmp_path_factory: pytest.TempPathFactory, paper: ReportLabPaper) -> Path:
    folder = tmp_path_factory.mktemp("odd")
    path = copied(office_store, folder)
    with closing(services_over(path, paper)) as services:
        a_computed_year(services, folder, NAMES)
    return path


@pytest.fixture
def odd(odd_store: Path, tmp_path: Path, paper: ReportLabPaper) -> Iterator[Services]:
    with closing(services_over(copied(odd_store, tmp_path), paper)) as services:
        yield services


@pytest.fixture(scope="module")
def page(
    odd_store: Path, tmp_path_factory: pytest.TempPathFactory, paper: ReportLabPaper
) -> OfficialDocument:
    """A notice to vary."""
    with closing(services_over(copied(odd_store, tmp_path_factory.mktemp("page")), paper)) as services:
        return services.document_issue.prepared(NOTICE).filled()


def booked(services: Services) -> tuple[int, int]:
    return len(services.document_issue.papers()), len(services.documents.documents())


def a_signed_notice(services: Services) -> str:
    """The id of a notice of few words, signed."""
    document = services.documents.write(Wanted("notice", YEAR, dated_on=date(2026, 1, 8)))
    for state in (DocumentState.REVIEW, DocumentState.SIGNED):
        services.documents.step(document.id, state)
    return document.id


# Names and texts


@pytest.mark.parametrize("template", RESULTS)
def test_any_name_is_printed_whole_in_every_document(odd: Services, template: str) -> None:
    text = text_of(odd.document_issue.paper(Wanted(template, YEAR), note="照发"))
    shown = {subject.name for subject in odd.assessments.outcome(YEAR).view.subjects}
    assert EIGHTY in shown
    assert len(EIGHTY) == 80
    winners = {EIGHTY, "甲乙", "<b>某&社</b>"}
    named = winners if template.startswith(("praise", "payment")) else shown
    for name in named:
        visible = name.replace("\u200d", "").replace("\u200c", "")
        assert visible in text.replace("\u200d", "").replace("\u200c", ""), name


@given(words=st.text(max_size=120))
@settings(max_examples=examples(25))
def test_any_text_is_printed_or_refused_with_words(
    page: OfficialDocument, paper: ReportLabPaper, words: str
) -> None:
    document = replace(
        page, title=(words,), addressee=words, paragraphs=(Paragraph(words, words, 1),), annexes=()
    )
    try:
        assert paper.document(document).startswith(b"%PDF")
    except DocumentFailed as error:
        assert error.message_zh
        assert error.remedy_zh


def test_a_character_of_private_use_is_named_and_nothing_is_booked(odd: Services) -> None:
    office = odd.document_issue.prepared(NOTICE).office
    odd.setup.change_office(replace(office, addressee="各社区\ue123"))
    with pytest.raises(DocumentFailed) as told:
        odd.document_issue.at_once(NOTICE, note="照发")
    assert "U+E123" in told.value.message_zh
    assert booked(odd) == (0, 0)


def test_five_hundred_addressees_are_refused_above_and_below_and_sixty_fit_below(
    odd: Services, page: OfficialDocument, paper: ReportLabPaper
) -> None:
    names = "，".join(f"第{number}社区居民委员会" for number in range(1, 501))
    office = odd.document_issue.prepared(NOTICE).office
    odd.setup.change_office(replace(office, addressee=names))
    with pytest.raises(DocumentFailed) as told:
        odd.document_issue.at_once(NOTICE, note="照发")
    assert (told.value.code, "附件" in told.value.remedy_zh) == ("imprint_too_high", True)
    assert booked(odd) == (0, 0)
    below = replace(page, addressee=names, addressee_below=True)
    with pytest.raises(DocumentFailed) as told:
        paper.document(below)
    assert (told.value.code, "统称" in told.value.remedy_zh) == ("imprint_too_high", True)
    fewer = replace(below, addressee="，".join(names.split("，")[:60]))
    assert "第60社区居民委员会" in text_of(paper.document(fewer))


def test_a_table_of_a_thousand_rows_is_whole_under_repeated_heads(
    page: OfficialDocument, paper: ReportLabPaper
) -> None:
    rows = tuple((str(number), f"第{number}号组织") for number in range(1, 1001))
    table = Table((TableColumn("序号", 4), TableColumn("组织名称", 20)), rows, ("合计", "1000个"))
    made = paper.document(replace(page, annexes=(Annex("名单", (table,)),)))
    pages = [each.get_textpage().get_text_range() for each in pypdfium2.PdfDocument(made)]
    tabled = [each for each in pages if "号组织" in each]
    assert all("组织名称" in each for each in tabled)
    text = "".join(tabled)
    assert all(f"第{number}号组织" in text for number in range(1, 1001))
    assert "1000个" in tabled[-1]


@pytest.mark.parametrize(
    "title",
    [
        ("关于", *(f"开展第{number}批社会组织" for number in "一二三四五六七八九十"), "考核结果的通报"),
        ("关于" + "社会组织考核" * 19 + "的通报",),
    ],
)
def test_a_title_of_120_characters_is_whole(
    page: OfficialDocument, paper: ReportLabPaper, title: tuple[str, ...]
) -> None:
    made = paper.document(replace(page, title=title))
    assert "".join(title) in text_of(made)
    longer = ("关于" + "社会组织考核" * 60 + "的通报",)
    with pytest.raises(DocumentFailed) as told:
        paper.document(replace(page, title=longer))
    assert "标题" in told.value.message_zh + told.value.remedy_zh


def test_an_office_of_30_characters_stays_inside_the_page(
    page: OfficialDocument, paper: ReportLabPaper
) -> None:
    name = "某某省某某自治州某某市某某新区管理委员会某某街道办事处筹备组"
    assert len(name) == 30
    made = pypdfium2.PdfDocument(paper.document(replace(page, red_head=f"{name}文件", issuer=name)))
    words = made[0].get_textpage()
    assert f"{name}文件" in words.get_text_range().replace("\r\n", "")
    boxes = [words.get_charbox(place) for place in range(len(name) + 2)]
    assert min(box[0] for box in boxes) > 0
    assert max(box[2] for box in boxes) < made[0].get_width()


# What is not there


def test_a_year_without_results_has_no_paper(sample: Services) -> None:
    of_results = [
        each.code
        for each in sample.document_templates.lines()
        if each.about in (About.CYCLE, About.SUBJECT, About.REVOCATION)
    ]
    assert set(RESULTS) <= set(of_results)
    for code in of_results:
        for year in (YEAR, 1999):
            with pytest.raises(AppError) as told:
                sample.document_issue.at_once(Wanted(code, year))
            assert told.value.remedy_zh
    assert booked(sample) == (0, 0)


def test_a_number_typed_by_hand_is_not_given_twice(odd: Services) -> None:
    ids = [a_signed_notice(odd) for _ in range(2)]
    odd.document_issue.issue(ids[0], sequence=7, note="照发")
    with pytest.raises(InvalidInput) as told:
        odd.document_issue.issue(ids[1], sequence=7, note="照发")
    assert (told.value.code, "8 号" in told.value.remedy_zh) == ("number_taken", True)
    assert odd.document_issue.issue(ids[1], note="照发")[0].sequence == 8


# Templates

GOOD = """code = "own"
name = "自己的"
genre = "通知"
about = "office"
title = ["关于", "××的通知"]

[[block]]
text = "{单位}通知如下。"
"""


@pytest.mark.parametrize(
    "text",
    [
        GOOD.replace("{单位}", "{单位名}"),
        GOOD.replace("{单位}", "{单位"),
        GOOD.replace("{单位}", "{}"),
        GOOD + 'when = "单位 =="\n',
        GOOD + 'when = "没有 这个字段"\n',
        GOOD + 'each = "单位"\n',
        GOOD.replace('about = "office"', 'about = "weather"'),
        GOOD.replace('title = ["关于", "××的通知"]\n', ""),
        GOOD + 'colour = "red"\n',
        GOOD + "level = 9\n",
        GOOD.replace("通知如下", "通知\\u0000如下"),
        "不是 TOML",
        "",
        "[" * 5000,
        GOOD + "parts = [" + "{ parts = [" * 300,
        GOOD.replace("通知如下", "长" * 1_000_000),
        GOOD.replace("通知如下", "长" * 30_000),
    ],
)
def test_a_template_that_cannot_be_filled_is_refused_with_the_place(services: Services, text: str) -> None:
    desk = services.document_templates
    with pytest.raises(InvalidInput) as told:
        desk.save(desk.read(text))
    assert told.value.remedy_zh
    assert told.value.problems or told.value.code == "toml_too_long"
    assert all(each.message for each in told.value.problems)
    assert not any(each.is_own for each in desk.lines())


def test_a_template_of_the_office_with_anything_in_it_still_prints(services: Services) -> None:
    desk = services.document_templates
    desk.save(desk.read(GOOD.replace("通知如下", "<b>通知</b>\u200d如下&")))
    assert "<b>通知</b>" in text_of(services.document_issue.paper(Wanted("own", YEAR), note="照发"))


# Moments


def test_letters_stopped_at_any_step_leave_no_number_and_the_next_run_gives_all(odd: Services) -> None:
    for stop in range(len(NAMES) + 1):

        def report(done: int, _total: int, stop: int = stop) -> None:
            if done == stop:
                raise JobCancelled

        with pytest.raises(JobCancelled):
            odd.document_issue.at_once(LETTERS, report, note="照发")
        assert booked(odd) == (0, 0)
    papers = odd.document_issue.at_once(LETTERS, note="照发")
    assert [each.sequence for each in papers] == list(range(1, len(NAMES) + 1))
    for stop in range(len(NAMES) + 1):
        steps: list[int] = []

        def watch(done: int, _total: int, stop: int = stop, steps: list[int] = steps) -> None:
            steps.append(done)
            if done == stop:
                raise JobCancelled

        with pytest.raises(JobCancelled):
            odd.document_files.pdf(papers[0].document_id, watch, separate=True)
        assert steps == list(range(stop + 1))


def test_many_who_issue_at_once_get_a_number_each(odd: Services) -> None:
    ids = [a_signed_notice(odd) for _ in range(8)]
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda each: odd.document_issue.issue(each, note="照发")[0].sequence, ids))
    assert sorted(made) == list(range(1, 9))
    with ThreadPoolExecutor(4) as pool:
        again = list(pool.map(lambda each: refused(odd, each), ids))
    assert again == ["document_step"] * 8


def refused(services: Services, document_id: str) -> str:
    with pytest.raises(RuleViolation) as told:
        services.document_issue.issue(document_id, note="照发")
    return told.value.code


def test_the_same_set_asked_for_at_once_is_issued_once(odd: Services) -> None:
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: odd.document_issue.at_once(LETTERS, note="照发"), range(4)))
    assert len({tuple(each.id for each in papers) for papers in made}) == 1
    assert booked(odd) == (len(NAMES), 1)


# Disks


@contextmanager
def full_disk(most: int) -> Iterator[None]:
    """Files end at so many bytes, as on a disk that is full."""
    resource = pytest.importorskip("resource", reason="Windows sets no such limit")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_books_no_number(odd: Services) -> None:
    with full_disk(20_000), pytest.raises(StorageFailed) as told:
        odd.document_issue.at_once(NOTICE, note="照发")
    assert told.value.remedy_zh
    assert booked(odd) == (0, 0)
    assert odd.store.check().faults == ()
    assert [each.sequence for each in odd.document_issue.at_once(NOTICE, note="照发")] == [1]


def test_several_files_are_written_all_or_none(tmp_path: Path) -> None:
    files = [NamedFile(f"{number}.pdf", b"new" * 10 ** (number + 2)) for number in range(4)]
    write_files(tmp_path / "新", files)
    assert {each.name: each.read_bytes() for each in (tmp_path / "新").iterdir()} == dict(
        (each.name, each.content) for each in files
    )
    old = tmp_path / "旧"
    old.mkdir()
    (old / "1.pdf").write_bytes(b"old")
    with full_disk(20_000), pytest.raises(StorageFailed) as told:
        write_files(old, files)
    assert ("2.pdf" in told.value.message_zh, bool(told.value.remedy_zh)) == (True, True)
    assert {each.name: each.read_bytes() for each in old.iterdir()} == {"1.pdf": b"old"}
    (old / "3.pdf").mkdir()
    with pytest.raises(StorageFailed, match=r"3\.pdf"):
        write_files(old, files)
    assert {each.name for each in old.iterdir()} == {"1.pdf", "3.pdf"}


def test_a_lost_or_changed_kept_file_is_made_again(odd: Services) -> None:
    [paper] = odd.document_issue.at_once(NOTICE, note="照发")
    printed = odd.document_issue.printed([paper.id])
    for kept in odd.store.path.parent.rglob(paper.digest):
        kept.unlink()
    assert odd.document_issue.printed([paper.id]) == printed


def test_a_document_desk_told_to_word_what_cannot_be_shown_says_so(
    odd: Services, page: OfficialDocument
) -> None:
    desk: DocumentService = odd.documents
    for make in (desk.render, desk.word):
        with pytest.raises(DocumentFailed, match="U\\+E123"):
            make(replace(page, addressee="\ue123"))
