"""The certificates' desks over a real store: numbers, what is kept, the register, stock, verification."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from core.errors import Conflict, InvalidInput, JobCancelled, NotFound, RuleViolation, StorageFailed
from core.model.attachment import Attachment
from core.model.certificate import (
    CertificateEventKind,
    CertificateRequest,
    CertificateState,
    StockKind,
    StockMovement,
    StoreKey,
)
from core.model.certificate_form import Adjustment, Output
from core.model.dates import PartialDate
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.organization import Organization, Standing, WorkGroup
from core.model.people import Person, Post, PostKind, Sex
from core.model.written_document import IssuedPaper, PaperState
from core.rules.certificate_content import digests_in, read_content
from core.services.certificate_register import EventDraft
from core.services.services import Services

YEAR = 2025
WINNERS = CertificateRequest(year=YEAR)
FIRST, SECOND = "示例街办证〔2026〕第001号", "示例街办证〔2026〕第002号"
K = CertificateEventKind


def numbers(services: Services) -> list[str]:
    return [each.number for each in services.certificate_register.lines()]


def test_a_preview_books_nothing(computed: Services) -> None:
    prepared = computed.certificates.prepare(WINNERS)
    assert [each.number for each in prepared.certificates][:2] == [FIRST, SECOND]
    assert not prepared.booked and computed.certificates.render(prepared)
    assert numbers(computed) == []


def test_numbers_go_on_in_order_and_stand_when_printed_again(computed: Services) -> None:
    first = computed.certificates.issue(replace(WINNERS, names=("凤凰社区楼宇经济联合会",)))
    assert [each.number for each in first.prepared.certificates] == [FIRST]
    everyone = computed.certificates.issue(replace(WINNERS, dated_on=date(2026, 11, 30)))
    assert [each.paper.sequence for each in everyone.prepared.lines] == [1, 2, 3, 4, 5]
    assert everyone.prepared.certificates[0] == first.prepared.certificates[0]
    again = computed.certificates.issue(WINNERS)
    assert again.prepared.certificates == everyone.prepared.certificates
    assert again.files[0].content == everyone.files[0].content
    assert len(numbers(computed)) == 5


def test_those_picked_get_the_next_numbers_and_nobody_else_any(computed: Services) -> None:
    lines = computed.certificates.prepare(WINNERS).lines
    only = tuple((each.ref_id, each.paper.title) for each in (lines[1], lines[3]))
    made = computed.certificates.issue(replace(WINNERS, only=only)).prepared
    assert [each.number for each in made.certificates] == numbers(computed) == [FIRST, SECOND]
    assert [each.ref_id for each in made.lines] == [lines[1].ref_id, lines[3].ref_id]
    with pytest.raises(NotFound, match="选中的 3 个里，有 1 个"):
        computed.certificates.issue(replace(WINNERS, only=(*only, ("nobody", "不存在的奖"))))


def test_what_was_handed_out_is_kept_and_made_again_byte_for_byte(computed: Services) -> None:
    first = computed.certificates.issue(replace(WINNERS, names=("凤凰社区楼宇经济联合会",)))
    rest = computed.certificates.issue(WINNERS)
    separate = computed.certificates.issue(replace(WINNERS, kind="merit-certificate"), separate=True)
    with computed.store.reading() as view:
        papers = view.all(IssuedPaper)
    made = [computed.certificates.again(each) for each in papers]
    assert [sha256(each).hexdigest() for each in made] == [each.digest for each in papers]
    assert made[0] == first.files[0].content
    assert {len(pypdfium2.PdfDocument(each)) for each in made[1:5]} == {4}
    assert made[5:] == [each.content for each in separate.files]
    assert rest.files[0].content not in made
    last = papers[4]
    (alone,), together = pypdfium2.PdfDocument(computed.certificates.sheet(last)), made[4]
    same = [page for page in pypdfium2.PdfDocument(together) if _drawn(page) == _drawn(alone)]
    content = read_content(last)
    assert content is not None
    assert len(same) == 1 and content.certificate.number in alone.get_textpage().get_text_range()


def _drawn(page: pypdfium2.PdfPage) -> bytes:
    return bytes(page.render(scale=1).buffer)


def test_the_head_of_the_log_stands_in_the_properties_and_under_the_register(computed: Services) -> None:
    computed.certificates.issue(replace(WINNERS, names=("凤凰社区楼宇经济联合会",)))
    head = computed.audit.head().said
    made = computed.certificates.issue(replace(WINNERS, kind="merit-certificate"), separate=True)
    told = [pypdfium2.PdfDocument(each.content).get_metadata_value("Keywords") for each in made.files]
    assert told == [f"{each.number}；日志校验码 {head}" for each in made.prepared.certificates]
    assert computed.audit.verify([head]).is_whole
    register = computed.certificate_register
    cells = openpyxl.load_workbook(BytesIO(register.workbook(register.lines()))).active.values
    assert f"日志校验码：{computed.audit.head().said}" in [cell for row in cells for cell in row]


def test_the_head_of_the_log_stands_on_the_sheet_as_each_was_issued(computed: Services) -> None:
    def on_sheets(pdf: bytes) -> list[str]:
        texts = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]
        return [line for text in texts for line in text.splitlines() if line.startswith("日志")]

    desk = computed.certificates
    assert on_sheets(desk.render(desk.prepare(WINNERS))) == []
    desk.issue(replace(WINNERS, names=("凤凰社区楼宇经济联合会",)))
    heads = [computed.audit.head().said]
    made = desk.issue(WINNERS)
    first = read_content(made.prepared.lines[0].paper)
    assert first is not None
    heads.insert(0, first.log_head)
    sheets = [f"日志 {heads[0]}", *[f"日志 {heads[1]}"] * 4]
    assert on_sheets(made.files[0].content) == sheets
    assert on_sheets(desk.render(made.prepared, output=Output.TEXT)) == sheets
    assert computed.audit.verify(sheets).is_whole
    office = computed.setup.office()
    assert office is not None
    computed.setup.change_office(replace(office, print_log_head=False))
    assert on_sheets(desk.issue(WINNERS).files[0].content) == sheets
    off = desk.issue(replace(WINNERS, kind="merit-certificate"))
    assert on_sheets(off.files[0].content) == []
    line = computed.certificate_register.find(off.prepared.certificates[0].number)
    assert desk.again(line.paper) == off.files[0].content


def test_a_changed_form_does_not_change_what_was_issued(computed: Services) -> None:
    computed.certificates.issue(WINNERS)
    designs = computed.certificate_designs
    form = designs.form("a4-honor")
    fields = tuple(replace(each, left=each.left + 2, width=each.width - 5) for each in form.fields)
    designs.save_form(replace(form, fields=tuple(replace(each, axis=0.0) for each in fields)))
    line = computed.certificate_register.find(FIRST)
    assert sha256(computed.certificates.again(line.paper)).hexdigest() == line.paper.digest
    designs.restore("a4-honor")
    assert designs.form("a4-honor") == form


def test_a_paper_that_comes_out_otherwise_is_not_passed_off(computed: Services) -> None:
    computed.certificates.issue(WINNERS)
    paper = computed.certificate_register.find(FIRST).paper
    with computed.store.writing(ActDraft("试", "试")) as work:
        work.change([replace(paper, content=paper.content.replace("荣誉证书", "奖励证书"))])
    with pytest.raises(StorageFailed, match="不一样"):
        computed.certificates.again(paper)
    with pytest.raises(NotFound, match="没有留存"):
        computed.certificates.again(replace(paper, digest=""))


@pytest.mark.parametrize("separate", [False, True])
@pytest.mark.parametrize("moment", range(1, 6))
def test_cancelled_at_any_moment_no_number_is_given(computed: Services, moment: int, separate: bool) -> None:
    def stop(done: int, total: int) -> None:
        if done == moment:
            raise JobCancelled

    with pytest.raises(JobCancelled):
        computed.certificates.issue(WINNERS, stop, separate=separate)
    assert numbers(computed) == []
    assert computed.certificates.issue(WINNERS).prepared.certificates[0].number == FIRST


def test_an_office_whose_disk_is_full_gives_no_number(computed: Services, monkeypatch) -> None:
    def full(pieces: object) -> None:
        raise StorageFailed("disk_full", "磁盘已满。")

    monkeypatch.setattr(computed.certificates._vault, "keep", full)
    with pytest.raises(StorageFailed):
        computed.certificates.issue(WINNERS)
    assert numbers(computed) == []


def test_a_number_typed_by_hand(computed: Services) -> None:
    computed.certificates.issue(replace(WINNERS, names=("凤凰社区楼宇经济联合会",)))
    rest = replace(WINNERS, names=("水洞埭",))
    with pytest.raises(Conflict, match=r"第001号.*已经给了“凤凰社区楼宇经济联合会”"):
        computed.certificates.prepare(replace(rest, first_number=1))
    with pytest.raises(InvalidInput, match="空出 3 个编号"):
        computed.certificates.prepare(replace(rest, first_number=5))
    with pytest.raises(InvalidInput, match="按顺序"):
        computed.certificates.prepare(replace(rest, first_number=5000))
    computed.certificates.issue(replace(rest, first_number=5, skip_reason="前三个号已手写发出"))
    with computed.store.reading() as view:
        papers = sorted(view.all(IssuedPaper), key=lambda each: each.sequence)
    assert [(each.sequence, each.state) for each in papers] == [
        (1, PaperState.ISSUED),
        *((number, PaperState.SKIPPED) for number in (2, 3, 4)),
        (5, PaperState.ISSUED),
    ]
    assert {each.reason for each in papers[1:4]} == {"前三个号已手写发出"}
    with pytest.raises(Conflict, match="空号"):
        computed.certificates.prepare(replace(WINNERS, first_number=3))


def test_every_kind_is_filled_from_its_source(computed: Services) -> None:
    with computed.store.writing(ActDraft("准备", "试")) as work:
        person = Person(new_id(), "王建国", Sex.MALE)
        group = work.all(WorkGroup)[0]
        past = Post(new_id(), person.id, PostKind.TEACHER, until_on=PartialDate(2020))
        post = Post(new_id(), person.id, PostKind.EXPERT, group.id, since_on=PartialDate(2026, 1, 1))
        work.add([person, past, post])
    (appointment,) = computed.certificates.prepare(CertificateRequest("appointment")).certificates
    assert appointment.recipient == "王建国同志" and appointment.ceremonial
    assert f"担任{group.name}专家，聘期自2026年1月1日起。望" in appointment.text
    filings = computed.certificates.prepare(CertificateRequest("filing-certificate")).certificates
    with computed.store.reading() as view:
        filed = [each for each in view.all(Organization) if each.standing is Standing.FILED]
    assert 0 < len(filings) <= len(filed)
    assert filings[0].number == "示例街办备证〔2026〕第001号" and "备案号" in filings[0].text
    merit = computed.certificates.prepare(replace(WINNERS, kind="奖状")).certificates[0]
    assert "被评为“优秀社会组织奖”称号" in merit.text
    plaque = computed.certificates.issue(replace(WINNERS, kind="plaque")).prepared.certificates[0]
    assert (plaque.heading, plaque.number, plaque.qr) == ("优秀社会组织奖", "", "")


def test_the_words_of_a_kind_are_the_offices_to_choose(computed: Services) -> None:
    designs = computed.certificate_designs
    text = designs.export_kind("certificate")
    designs.import_kind(text.replace('"授奖用语" = "获"', '"授奖用语" = "荣获"'))
    assert "荣获优秀社会组织奖" in computed.certificates.prepare(WINNERS).certificates[0].text
    designs.restore("certificate")
    assert "荣获" not in computed.certificates.prepare(WINNERS).certificates[0].text
    with pytest.raises(NotFound, match="本单位自己的版本"):
        designs.restore("certificate")
    with pytest.raises(NotFound, match="证书版式"):
        designs.import_kind(text.replace('form = "a4-honor"', 'form = "a3"'))


def test_a_form_goes_out_and_comes_back_with_its_scan(computed: Services, tmp_path: Path) -> None:
    designs = computed.certificate_designs
    with pytest.raises(InvalidInput, match="底图"):
        designs.import_form(designs.export_form("8k-honor"), b"GIF89a")
    picture = pypdfium2.PdfDocument(computed.certificates.render(computed.certificates.prepare(WINNERS)))
    picture[0].render(scale=0.5).to_pil().save(tmp_path / "scan.png")
    scan = (tmp_path / "scan.png").read_bytes()
    form = designs.import_form(designs.export_form("8k-honor").replace("8k-honor", "our-stock"), scan)
    text = designs.export_form("our-stock")
    designs.restore("our-stock")
    assert designs.import_form(text) == form and form.underlay
    prepared = computed.certificates.prepare(replace(WINNERS, form="our-stock"))
    whole, alone = (
        computed.certificates.render(prepared, output=each) for each in (Output.BOTH, Output.TEXT)
    )
    assert b"/Image" in whole and b"/Subtype /Image" not in alone
    made = computed.certificates.issue(replace(WINNERS, form="our-stock"))
    assert computed.certificates.again(_paper(computed)) == made.files[0].content


def _paper(computed: Services) -> IssuedPaper:
    return computed.certificate_register.find(FIRST).paper


def test_what_happens_to_a_certificate(computed: Services) -> None:
    register = computed.certificate_register
    form = computed.certificates.issue(WINNERS).prepared.form
    papers = [each.paper for each in register.lines()]
    register.record_print(papers, form, "二楼", 1, stock=True)
    (spoiled,) = register.record([FIRST], EventDraft(K.SPOILED, reason="卡纸"))
    assert (spoiled.state, spoiled.spoiled) == (CertificateState.NUMBERED, 1)
    register.record_print(papers[:1], form, "二楼", 2, stock=True)
    line = register.find(FIRST)
    assert [each.kind for each in line.events] == [K.PRINTED, K.SPOILED, K.REPRINTED]
    assert line.copies == 3
    day = date(2026, 1, 7)
    handed = register.record(["示例街办证[2026]第001号", SECOND], EventDraft(K.HANDED_OVER, day, "李四"))
    assert {(each.state, each.holder, each.handed_on) for each in handed} == {
        (CertificateState.HANDED_OVER, "李四", "2026-01-07")
    }
    (revoked,) = register.record([FIRST], EventDraft(K.REVOKED, reason="材料不实"))
    assert (revoked.state, revoked.paper.state) == (CertificateState.REVOKED, PaperState.REVOKED)
    (collected,) = register.record([FIRST], EventDraft(K.COLLECTED, person="李四", reason="撤销收回"))
    assert collected.state is CertificateState.COLLECTED
    with pytest.raises(RuleViolation, match="不能登记"):
        register.record([FIRST], EventDraft(K.HANDED_OVER, person="王五"))
    with pytest.raises(RuleViolation, match="不能登记"):
        register.record([FIRST], EventDraft(K.REVOKED, reason="再撤"))


def test_of_those_without_a_number_the_one_that_is_meant_is_recorded(computed: Services) -> None:
    computed.certificates.issue(replace(WINNERS, kind="plaque"))
    register = computed.certificate_register
    first = register.lines(kind="plaque")[0]
    with computed.store.writing(ActDraft("准备", "试")) as work:
        work.add([replace(first.paper, id=new_id(), dated_on="2025-01-08")])
    handed = EventDraft(K.HANDED_OVER, person="王一")
    with pytest.raises(InvalidInput, match="没有编号的证书有 2 张"):
        register.record([first.recipient], handed)
    (line,) = register.record([first.paper.id], handed)
    assert (line.paper.dated_on, line.holder) == ("2026-01-08", "王一")
    assert [each.holder for each in register.lines(kind="plaque", words=first.recipient)] == ["王一", ""]


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (EventDraft(K.HANDED_OVER), "no_person"),
        (EventDraft(K.SPOILED), "no_reason"),
        (EventDraft(K.REVOKED, reason=" "), "no_reason"),
        (EventDraft(K.PRINTED, copies=0), "copies_unlikely"),
        (EventDraft(K.SPOILED, copies=1000, reason="卡纸"), "copies_unlikely"),
        (EventDraft(K.PRINTED, date(2999, 1, 1)), "day_ahead"),
    ],
)
def test_what_is_not_said_is_asked_for(computed: Services, draft: EventDraft, code: str) -> None:
    computed.certificates.issue(WINNERS)
    with pytest.raises(InvalidInput) as caught:
        computed.certificate_register.record([FIRST], draft)
    assert caught.value.code == code


def test_the_first_print_of_one_that_was_handed_over_does_not_take_it_back(computed: Services) -> None:
    computed.certificates.issue(WINNERS)
    computed.certificate_register.record([FIRST], EventDraft(K.HANDED_OVER, person="李四"))
    (printed,) = computed.certificate_register.record([FIRST], EventDraft(K.PRINTED))
    assert (printed.state, printed.copies) == (CertificateState.HANDED_OVER, 1)


def test_the_log_names_who_got_a_certificate(computed: Services) -> None:
    computed.certificates.issue(WINNERS)
    with computed.store.reading() as view:
        act = next(each for each in view.acts() if each.verb == "制作证书")
    told = [each.title for each in computed.versions.story(act.number).records]
    assert "优秀社会组织奖\uff08凤凰社区楼宇经济联合会\uff09" in told


def test_one_wrong_number_and_none_is_recorded(computed: Services) -> None:
    computed.certificates.issue(WINNERS)
    with pytest.raises(NotFound, match="第099号"):
        computed.certificate_register.record(
            [FIRST, "示例街办证〔2026〕第099号"], EventDraft(K.HANDED_OVER, person="李四")
        )
    assert computed.certificate_register.find(FIRST).events == ()


def test_a_mistaken_entry_is_undone_and_a_number_never(computed: Services) -> None:
    computed.certificates.issue(WINNERS)
    register = computed.certificate_register
    register.record([FIRST], EventDraft(K.HANDED_OVER, person="李四"))
    assert computed.versions.undo(computed.versions.newest_undoable() or 0)
    assert register.find(FIRST).state is CertificateState.NUMBERED
    with computed.store.reading() as view:
        acts = {each.verb: each.number for each in view.acts()}
    for verb in ("制作证书", "生成证书校验密钥"):
        with pytest.raises(RuleViolation):
            computed.versions.undo(acts[verb])


def test_the_register_is_searched_and_handed_out(computed: Services) -> None:
    computed.certificates.issue(WINNERS)
    register = computed.certificate_register
    assert [each.number for each in register.lines(words="水洞埭 002")] == [SECOND]
    assert register.lines(year=2020) == () and register.lines(kind="plaque") == ()
    assert len(register.lines(2026, "荣誉证书")) == 5
    assert register.workbook(register.lines()).startswith(b"PK")


def test_blank_sheets_are_counted(computed: Services) -> None:
    made = computed.certificates.issue(WINNERS)
    day = PartialDate(2026, 11, 1)
    with computed.store.writing(ActDraft("领入", "试")) as work:
        name = made.prepared.form.name
        work.add([StockMovement(new_id(), name, StockKind.RECEIVED, 100, day)])
        work.add([StockMovement(new_id(), name, StockKind.SPOILED, 2, day)])
        work.add([StockMovement(new_id(), name, StockKind.LOST, 1, day)])
    papers = [each.paper for each in made.prepared.lines]
    computed.certificate_register.record_print(papers, made.prepared.form, "二楼", 1, stock=True)
    computed.certificate_register.record_print(papers, made.prepared.form, "二楼", 1, stock=False)
    (balance,) = computed.certificate_register.stock()
    assert (balance.received, balance.used, balance.spoiled, balance.balance) == (100, 5, 2, 92)


def test_a_certificate_is_verified_offline(computed: Services) -> None:
    made = computed.certificates.issue(WINNERS).prepared.certificates[0]
    register = computed.certificate_register
    assert register.check_text(made.qr).good
    value = made.qr.rpartition("\uff1a")[2]
    assert register.check(made.number, made.recipient, made.result, value.lower()).good
    forged = register.check(made.number, "别的组织", made.result, value)
    assert not forged.genuine and not forged.good
    assert not register.check(made.number, made.recipient, made.result, "0000-0000-0000").genuine
    # Whoever types from the sheet finds the head of the log there, which is no value of a forger.
    with pytest.raises(InvalidInput, match="日志校验码"):
        register.check(made.number, made.recipient, made.result, f"日志 {made.log_head}")
    register.record([FIRST], EventDraft(K.REVOKED, date(2026, 1, 7), reason="材料不实"))
    revoked = register.check_text(made.qr)
    assert revoked.genuine and not revoked.good
    assert (revoked.revoked_on, revoked.revoked_why) == ("2026-01-07", "材料不实")


def test_a_certificate_that_the_register_knows_otherwise_is_told(computed: Services) -> None:
    made = computed.certificates.issue(WINNERS).prepared.certificates[0]
    paper = _paper(computed)
    with computed.store.writing(ActDraft("试", "试")) as work:
        content = paper.content.replace(made.recipient, "另一个组织")
        work.change([replace(paper, content=content)])
    check = computed.certificate_register.check_text(made.qr)
    assert check.genuine and not check.good
    assert check.differences == ("登记簿上的名称是“另一个组织”",)


def test_the_key_is_made_once_and_never_shown(computed: Services) -> None:
    computed.certificates.issue(WINNERS)
    computed.certificates.issue(replace(WINNERS, kind="merit-certificate"))
    with computed.store.reading() as view:
        (key,) = view.all(StoreKey)
        act = next(each for each in view.acts() if each.verb == "生成证书校验密钥")
    assert len(bytes.fromhex(key.secret)) == 32 and key.secret not in repr(key)
    story = computed.versions.story(act.number)
    assert key.secret not in repr(story)


def test_profiles_are_measured_kept_and_refused(computed: Services) -> None:
    designs = computed.certificate_designs
    form = designs.form("a4-honor")
    places = designs.crosses(form)
    found = designs.calibrated(
        form, [(number, x + 1.5, y - 0.8) for number, (x, y) in enumerate(places, start=1)]
    )
    assert found.adjustment == Adjustment(Decimal("-1.50"), Decimal("0.80"))
    designs.save_profile("二楼", "手动", "A4 荣誉证书", found.adjustment)
    designs.save_profile("二楼", "手动", "a4-honor", replace(found.adjustment, dx=Decimal("-1.4049")))
    (profile,) = designs.profiles()
    assert designs.profile("二楼", "手动", "a4-honor") == profile and profile.dx == Decimal("-1.4")
    with pytest.raises(NotFound, match="二楼／手动／a4-honor"):
        designs.profile("三楼", "", "a4-honor")
    with pytest.raises(InvalidInput, match="没有十字 10"):
        designs.calibrated(form, [(10, 1.0, 1.0)])
    with pytest.raises(InvalidInput, match="不像打印机"):
        designs.save_profile("二楼", "", "a4-honor", Adjustment(scale_x=Decimal(50)))


@pytest.mark.parametrize(
    "name",
    ["甲乙", "永丰社区平安巡逻与邻里守望互助" * 5, "A&B <b>队</b>", "李𬭎太极拳社", "前\n后", "甲\u200d乙队"],
)
def test_hard_names_from_register_to_verification(computed: Services, name: str) -> None:
    with computed.store.writing(ActDraft("改名", "试")) as work:
        organization = next(each for each in work.all(Organization) if each.standing is Standing.FILED)
        work.change([replace(organization, name=name)])
    request = CertificateRequest("filing-certificate", names=(name,))
    made = computed.certificates.issue(request, separate=True)
    assert len(made.files) == 1 and "\n" not in made.files[0].name
    with computed.store.reading() as view:
        content = read_content(view.all(IssuedPaper)[0])
    assert content is not None and content.certificate.recipient == name
    assert computed.certificate_register.check_text(made.prepared.certificates[0].qr).good


def test_nobody_to_give_one_to_is_told(services: Services) -> None:
    for request, code in (
        (CertificateRequest("filing-certificate"), "no_filing"),
        (CertificateRequest("appointment"), "no_post"),
        (CertificateRequest("nothing"), "certificate_part_missing"),
    ):
        with pytest.raises((NotFound, RuleViolation)) as caught:
            services.certificates.prepare(request)
        assert caught.value.code == code


def test_a_name_that_is_nobodys_is_told(computed: Services) -> None:
    with pytest.raises(NotFound, match="没有可以发证书的“无名队”"):
        computed.certificates.prepare(replace(WINNERS, names=("无名队",)))


def test_what_certificates_keep_is_no_orphan(computed: Services) -> None:
    computed.certificates.issue(WINNERS)
    health = computed.attachments.check()
    assert (health.faults, health.orphans) == ((), 0)
    with computed.store.reading() as view:
        assert view.all(Attachment) == ()


def test_a_kept_form_that_was_damaged_is_found_and_not_used(computed: Services) -> None:
    computed.certificates.issue(WINNERS)
    paper = computed.certificate_register.find(FIRST).paper
    form, pdf = digests_in(paper.content)[0], paper.digest
    folder = computed.store.path.with_name(f"{computed.store.path.name}.files")
    (folder / form[:2] / form).write_bytes(b"code = ")
    (folder / pdf[:2] / pdf).unlink()
    with pytest.raises(StorageFailed, match="已损坏或被改动"):
        computed.certificates.again(paper)
    faults = computed.attachments.check().faults
    assert sorted(map(str, faults)) == [
        "“良好社会组织奖”留存的 PDF：文件不见了",
        "发证时的版式或底图：内容已损坏或被改动",
    ]
