"""The documents desk on the sample's year: written, checked, signed, issued, kept, void."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pypdfium2
import pytest

from core.errors import AppError, Conflict, InvalidInput, JobCancelled, NotFound, RuleViolation
from core.model.assessment import Entry, EntryKind
from core.model.document import OfficialDocument
from core.model.document_check import DocumentCheck
from core.model.document_text import DocumentText, Part, TextParagraph
from core.model.identity import new_id
from core.model.written_document import DocumentState, IssuedPaper, PaperState, WrittenDocument
from core.paper import render
from core.paper.fonts import FontLibrary
from core.paper.official_document import each_page
from core.paper.page import Page
from core.rules.document_path import NEXT
from core.rules.paper_numbers import number_gaps
from core.services.document_opening import Wanted
from core.services.services import Services
from tests.core.played_days import named

YEAR = 2025
NOTICE = Wanted("results-notice", YEAR, dated_on=date(2026, 1, 8))
SERIES = "示例街办"


def signed(services: Services, wanted: Wanted = NOTICE) -> WrittenDocument:
    document = services.documents.write(wanted)
    services.documents.step(document.id, DocumentState.REVIEW)
    return services.documents.step(document.id, DocumentState.SIGNED)


def with_paragraph(text: DocumentText, words: str) -> DocumentText:
    return replace(text, blocks=(*text.blocks, TextParagraph((Part(words),))))


def test_a_draft_follows_the_data_until_it_is_issued(computed: Services) -> None:
    document = computed.documents.write(NOTICE)
    assert (document.title, document.state) == ("关于2025年度社会组织考核结果的通报", DocumentState.DRAFT)
    opened = computed.documents.open(document.id)
    assert (opened.number, opened.papers) == (f"{SERIES}〔2026〕1号", ())
    office = replace(opened.office, addressee="各社区")
    computed.setup.change_office(office)
    assert computed.documents.open(document.id).filled().addressee == "各社区"
    computed.documents.step(document.id, DocumentState.REVIEW)
    computed.documents.step(document.id, DocumentState.SIGNED)
    [paper] = computed.document_issue.issue(document.id)
    computed.setup.change_office(replace(computed.documents.open(document.id).office, addressee="各村"))
    assert computed.documents.open(document.id).filled().addressee == "各社区"
    assert (paper.title, paper.sequence, paper.kind) == (document.title, 1, "results-notice")


def test_the_head_of_the_log_stands_on_the_last_page_of_what_is_issued(computed: Services) -> None:
    def on_pages(pdf: bytes) -> list[bool]:
        return [head in page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]

    document = signed(computed)
    head = f"日志 {computed.audit.head().said}"
    assert not any(on_pages(computed.documents.render(computed.documents.open(document.id).filled())))
    [paper] = computed.document_issue.issue(document.id)
    opened = computed.documents.open(document.id)
    pages = on_pages(computed.document_issue.printed([paper.id]))
    assert (sum(pages), pages[-1]) == (1, True)
    assert computed.audit.verify([head]).is_whole
    computed.setup.change_office(replace(opened.office, print_log_head=False))
    assert on_pages(computed.document_issue.printed([paper.id, paper.id])) == [*pages, *pages]
    other = signed(computed)
    head = computed.audit.head().said
    [off] = computed.document_issue.issue(other.id)
    made = computed.document_issue.printed([off.id])
    assert not any(on_pages(made))
    assert head in pypdfium2.PdfDocument(made).get_metadata_value("Keywords")


def test_what_is_written_and_issued_in_one_act_has_the_head_of_the_log_too(computed: Services) -> None:
    head = computed.audit.head().said
    made = computed.document_issue.all_at_once([NOTICE, Wanted("praise-decision", YEAR)])
    for [paper] in made:
        pdf = pypdfium2.PdfDocument(computed.document_issue.printed([paper.id]))
        assert f"日志 {head}" in pdf[len(pdf) - 1].get_textpage().get_text_range()


@pytest.mark.parametrize("state", DocumentState)
def test_only_the_next_steps_are_open(computed: Services, state: DocumentState) -> None:
    document = computed.documents.write(NOTICE)
    way = {
        DocumentState.DRAFT: [],
        DocumentState.REVIEW: [DocumentState.REVIEW],
        DocumentState.SIGNED: [DocumentState.REVIEW, DocumentState.SIGNED],
    }
    for each in way.get(state, [DocumentState.REVIEW, DocumentState.SIGNED]):
        computed.documents.step(document.id, each)
    if state in (DocumentState.ISSUED, DocumentState.VOID):
        computed.document_issue.issue(document.id)
    if state is DocumentState.VOID:
        computed.document_issue.void(document.id, "错发")
    for target in set(DocumentState) - set(NEXT[state]):
        with pytest.raises(RuleViolation) as told:
            computed.documents.step(document.id, target, "试试")
        assert told.value.remedy_zh
    assert computed.documents.documents(YEAR)[0].state is state


def test_sending_back_and_voiding_want_a_reason(computed: Services) -> None:
    document = signed(computed)
    with pytest.raises(InvalidInput, match="理由"):
        computed.documents.step(document.id, DocumentState.DRAFT, " ")
    back = computed.documents.step(document.id, DocumentState.DRAFT, "数字再核")
    assert [(each.state, each.note) for each in back.steps][-1] == ("draft", "数字再核")
    computed.documents.step(document.id, DocumentState.REVIEW)
    computed.documents.step(document.id, DocumentState.SIGNED)
    computed.document_issue.issue(document.id)
    with pytest.raises(InvalidInput, match="理由"):
        computed.document_issue.void(document.id, "")


def test_text_is_kept_version_by_version_and_locked_once_signed(computed: Services) -> None:
    document = computed.documents.write(NOTICE)
    text = computed.documents.open(document.id).text
    saved = computed.documents.save(document, with_paragraph(text, "第一稿。"), None)
    assert computed.documents.save(saved, with_paragraph(text, "第一稿。"), None) == saved
    saved = computed.documents.save(saved, with_paragraph(text, "第二稿。"), date(2026, 1, 9))
    computed.documents.step(saved.id, DocumentState.REVIEW)
    versions = computed.documents.versions(document.id)
    assert ["第二稿" in versions[0].text, "第一稿" in versions[1].text, len(versions)] == [True, True, 3]
    with pytest.raises(Conflict):
        computed.documents.save(document, text, None)
    signed_one = computed.documents.step(saved.id, DocumentState.SIGNED)
    assert computed.register.acts(1)[0].verb == "文书签发"
    with pytest.raises(RuleViolation, match="不能再改"):
        computed.documents.save(signed_one, text, None)
    assert computed.documents.open(document.id).dated_on == date(2026, 1, 9)


def test_the_day_of_a_document_is_that_of_its_signing(computed: Services) -> None:
    assert signed(computed, replace(NOTICE, dated_on=None)).dated_on == computed.clock().date().isoformat()


def test_only_drafts_are_removed(computed: Services) -> None:
    document = computed.documents.write(NOTICE)
    computed.documents.remove(document.id)
    assert computed.documents.documents() == ()
    with pytest.raises(RuleViolation, match="不是草稿"):
        computed.documents.remove(signed(computed).id)


def test_numbers_go_up_are_never_given_twice_and_gaps_are_explained(computed: Services) -> None:
    issue = computed.document_issue
    first = issue.issue(signed(computed).id)[0]
    issue.void(first.document_id, "附件有误")
    second = issue.issue(signed(computed).id, sequence=5)[0]
    assert [(each.sequence, each.state) for each in issue.papers(2026)] == [
        (1, PaperState.VOID),
        (5, PaperState.ISSUED),
    ]
    third = signed(computed)
    for taken in (1, 5):
        with pytest.raises(InvalidInput) as told:
            issue.issue(third.id, sequence=taken)
        assert f"{SERIES}〔2026〕{taken}号已经给了" in told.value.message_zh
        assert "6 号" in told.value.remedy_zh
    for wrong in (0, -1, 100_000):
        with pytest.raises(InvalidInput):
            issue.issue(third.id, sequence=wrong)
    assert [(gap.first, gap.last) for gap in number_gaps(issue.papers())] == [(2, 4)]
    for number in (2, 3, 4):
        issue.skip(SERIES, 2026, number, "手写发文")
    assert number_gaps(issue.papers()) == ()
    with pytest.raises(InvalidInput):
        issue.skip(SERIES, 2026, 5, "再来一次")
    with pytest.raises(InvalidInput):
        issue.skip(SERIES, 2026, 6, " ")
    assert issue.issue(third.id)[0].sequence == second.sequence + 1


def test_what_went_out_is_kept_to_the_byte(computed: Services) -> None:
    issue = computed.document_issue
    paper = issue.issue(signed(computed).id)[0]
    printed = issue.printed([paper.id])
    assert issue.printed([paper.id]) == printed == issue.paper(NOTICE)
    kept = next(each for each in computed.store.path.parent.rglob(paper.digest))
    kept.chmod(0o600)
    kept.write_bytes(b"lost")
    assert issue.printed([paper.id]) == printed
    assert kept.read_bytes() == printed


def test_on_red_headed_stock_head_and_rules_are_left_out(computed: Services) -> None:
    draft = computed.documents.write(NOTICE)
    [paper] = computed.document_issue.issue(signed(computed).id)
    for document_id in (draft.id, paper.document_id):
        whole, stock = (
            computed.document_files.pdf(document_id, red_stock=on)[0].content for on in (False, True)
        )
        pages = [pypdfium2.PdfDocument(each) for each in (whole, stock)]
        first = [each[0].get_textpage().get_text_range() for each in pages]
        assert ["示例街道办事处文件" in each for each in first] == [True, False]
        assert len(pages[0]) == len(pages[1]) and first[0].endswith(first[1])
    assert computed.document_issue.printed([paper.id]) == whole != stock


def test_several_papers_are_one_file(computed: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    issue = computed.document_issue
    papers = issue.at_once(NOTICE)
    issue.void(papers[0].document_id, "重发")
    papers += issue.at_once(NOTICE)
    laid_out = Counter[str]()

    def counted(document: OfficialDocument, fonts: FontLibrary) -> Iterator[Page]:
        laid_out[document.number] += 1
        return each_page(document, fonts)

    monkeypatch.setattr(render, "each_page", counted)
    one, both = (len(issue.printed([each.id for each in papers[:count]])) for count in (1, 2))
    assert one < both < 2 * one
    assert sorted(laid_out.values()) == [1, 1]
    with pytest.raises(NotFound):
        issue.printed(["", papers[0].id])


def test_findings_want_a_reason(computed: Services) -> None:
    document = computed.documents.write(NOTICE)
    text = computed.documents.open(document.id).text
    computed.documents.save(document, with_paragraph(text, "评定优秀999个。"), None)
    assert [str(each.code) for each in computed.documents.findings(computed.documents.open(document.id))]
    computed.documents.step(document.id, DocumentState.REVIEW)
    computed.documents.step(document.id, DocumentState.SIGNED)
    with pytest.raises(InvalidInput) as told:
        computed.document_issue.issue(document.id)
    assert told.value.problems
    assert all(each.place and each.message and each.remedy for each in told.value.problems)
    assert computed.document_issue.papers() == ()
    computed.document_issue.issue(document.id, note="另行统计")
    assert computed.documents.documents()[0].steps[-1].note == "另行统计"


def test_stopped_at_any_moment_nothing_is_booked(computed: Services) -> None:
    document = signed(computed)
    for stop in range(2):

        def report(done: int, _total: int, stop: int = stop) -> None:
            if done == stop:
                raise JobCancelled

        with pytest.raises(JobCancelled):
            computed.document_issue.issue(document.id, report)
        assert computed.document_issue.papers() == ()
        assert computed.documents.documents()[0].state is DocumentState.SIGNED


def test_stale_results_are_not_told(computed: Services) -> None:
    document = signed(computed)
    subject = computed.assessments.outcome(YEAR).view.subjects[0]
    entry = Entry(new_id(), "", subject.id, EntryKind.VETO, None, "弄虚作假", evidence="核查记录")
    computed.entries.add(YEAR, entry)
    for use in (computed.documents.open, computed.document_issue.issue):
        with pytest.raises(RuleViolation) as told:
            use(document.id)
        assert told.value.code == "results_stale"
    assert computed.document_issue.papers() == ()


@pytest.mark.parametrize(
    ("wanted", "error"),
    [
        (Wanted("no-such", YEAR), NotFound),
        (Wanted("results-notice", 1999), NotFound),
        (Wanted("results-notice", YEAR, "no-such"), NotFound),
    ],
)
def test_what_is_not_there_is_told(computed: Services, wanted: Wanted, error: type[AppError]) -> None:
    with pytest.raises(error) as told:
        computed.documents.write(wanted)
    assert told.value.message_zh
    assert computed.documents.documents() == ()


def test_the_offices_own_template_goes_before_and_the_shipped_one_comes_back(computed: Services) -> None:
    templates = computed.document_templates
    shipped = templates.template("results-notice")
    with pytest.raises(NotFound):
        templates.restore("results-notice")
    templates.save(with_paragraph(shipped, "本单位的话。"))
    assert "本单位的话" in str(computed.document_issue.prepared(NOTICE).filled())
    line = next(each for each in templates.lines() if each.code == "results-notice")
    assert (line.is_own, line.is_shipped) == (True, True)
    assert templates.restore("results-notice") == shipped == templates.template("results-notice")
    own = replace(shipped, code="own", name="自己的")
    templates.save(own)
    with pytest.raises(InvalidInput, match="自己写的"):
        templates.restore("own")
    templates.remove("own")
    with pytest.raises(NotFound):
        templates.template("own")


def test_a_template_that_cannot_be_filled_is_not_kept(computed: Services) -> None:
    shipped = computed.document_templates.template("results-notice")
    for words in ("{月份}", "{年度"):
        with pytest.raises(InvalidInput):
            computed.document_templates.save(with_paragraph(shipped, words))
    assert not any(each.is_own for each in computed.document_templates.lines())


def test_the_register_of_numbers_is_a_record_like_others(computed: Services) -> None:
    paper = computed.document_issue.at_once(NOTICE)[0]
    with computed.store.reading() as view:
        assert view.get(IssuedPaper, paper.id) == paper
    with pytest.raises(RuleViolation):
        computed.versions.undo(computed.versions.undoable()[0].act.number)


def test_receipts_come_back_of_letters_alone_and_not_before_they_went_out(computed: Services) -> None:
    issue = computed.document_issue
    (notice,) = issue.at_once(NOTICE)
    subject = named(computed, YEAR, "东升社区合唱团")
    (letter,) = issue.at_once(Wanted("result-letter", YEAR, ref_id=subject.id), note="核对过")
    today = computed.clock().date()
    with pytest.raises(RuleViolation, match="不是发给一个对象的"):
        issue.record_receipts([letter.id, notice.id], today)
    for day in (today + timedelta(1), today - timedelta(1)):
        with pytest.raises(InvalidInput, match="核对日期"):
            issue.record_receipts([letter.id], day)
    assert {each.received_on for each in issue.papers()} == {None}
    issue.void(letter.document_id, "发错了")
    with pytest.raises(RuleViolation, match="作废，没有回执"):
        issue.record_receipts([letter.id], today)


def test_official_faces_that_the_pc_lacks_are_found(computed: Services) -> None:
    document = computed.documents.write(NOTICE)
    assert computed.documents.findings(computed.documents.open(document.id)) == ()
    computed.setup.change_office(replace(computed.documents.open(document.id).office, use_office_fonts=True))
    [found] = computed.documents.findings(computed.documents.open(document.id))
    assert found.code is DocumentCheck.FONT
    assert "仿宋、小标宋、楷体、黑体" in found.message
