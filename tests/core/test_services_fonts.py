"""The office's own fonts: taken, listed, replaced, removed, brought back; used by the program's papers."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

import main
from core.errors import AppError, Conflict, DocumentFailed, InvalidInput, NotFound
from core.model.document import OfficialDocument, Paragraph
from core.model.office_font import MAX_FONT_BYTES, FontPlace, FontUse
from core.ports import unwatched
from core.services.document_opening import Wanted
from core.services.services import Services
from core.services.setup import OfficeDraft
from tests.paper.small_fonts import UNKNOWN, collection, small_font


@pytest.fixture
def font_file(tmp_path: Path) -> Path:
    path = tmp_path / "超大字符集.ttf"
    path.write_bytes(small_font())
    return path


def fault_of(services: Services, path: Path, place: FontPlace = FontPlace.RARE) -> AppError:
    """Why a file is not taken; nothing may be kept of it."""
    before = services.fonts.all(), services.attachments.count()
    with pytest.raises(AppError) as caught:
        services.fonts.add(path, place)
    assert (services.fonts.all(), services.attachments.count()) == before
    assert caught.value.message_zh.endswith("。")
    assert caught.value.remedy_zh.endswith("。")
    return caught.value


def test_a_font_is_added_listed_and_removed(services: Services, font_file: Path):
    added = services.fonts.add(font_file, FontPlace.RARE)
    assert services.fonts.all() == (added,)
    assert (added.place, added.name, added.file_name) == (FontPlace.RARE, "示例字体", font_file.name)
    assert (added.size, added.fault) == (font_file.stat().st_size, "")
    assert added.reach is not None
    assert (added.reach.added, added.reach.sample) == (2, UNKNOWN)
    assert services.register.acts(1)[0].verb == "添加字体"
    services.fonts.remove(added.id)
    assert services.fonts.all() == ()
    services.versions.undo(services.register.acts(1)[0].number)
    assert [each.name for each in services.fonts.all()] == ["示例字体"]


def test_a_face_has_one_font_and_undo_gives_the_old_one_back(services: Services, tmp_path: Path):
    for name in ("甲", "乙"):
        path = tmp_path / f"{name}.ttf"
        path.write_bytes(small_font(name=name))
        services.fonts.add(path, FontPlace.TITLE)
    assert [each.name for each in services.fonts.all()] == ["乙"]
    services.versions.undo(services.register.acts(1)[0].number)
    assert [each.name for each in services.fonts.all()] == ["甲"]


def test_the_same_font_is_not_added_twice_to_a_place(services: Services, font_file: Path):
    services.fonts.add(font_file, FontPlace.RARE)
    assert isinstance(fault_of(services, font_file), Conflict)
    services.fonts.add(font_file, FontPlace.BODY)
    assert [each.place for each in services.fonts.all()] == [FontPlace.BODY, FontPlace.RARE]


def test_a_font_that_adds_no_character_is_not_for_rare_ones(services: Services, tmp_path: Path):
    path = tmp_path / "plain.ttf"
    path.write_bytes(small_font("人民"))
    assert fault_of(services, path).code == "font_adds_nothing"
    services.fonts.add(path, FontPlace.KAI)


def test_files_that_are_none_or_too_large_are_refused(services: Services, tmp_path: Path):
    large = tmp_path / "large.ttf"
    with large.open("wb") as file:
        file.truncate(MAX_FONT_BYTES + 1)
    assert fault_of(services, large).code == "font_too_large"
    assert fault_of(services, tmp_path / "absent.ttf").code == "font_file_missing"
    assert fault_of(services, tmp_path).code == "font_file_missing"
    assert fault_of(services, tmp_path / ("长" * 300)).code == "font_file_missing"
    text = tmp_path / "text.ttf"
    text.write_text("这是文字")
    assert isinstance(fault_of(services, text), InvalidInput)


def test_of_a_collection_the_chosen_font_is_kept_alone(services: Services, tmp_path: Path):
    path = tmp_path / "both.ttc"
    path.write_bytes(collection(small_font(), small_font("人民", "第二款")))
    assert services.fonts.names_in(path) == ("示例字体", "第二款")
    assert fault_of(services, path).code == "font_face_unsaid"
    kept = services.fonts.add(path, FontPlace.HEI, "第二款")
    assert (kept.name, kept.size) == ("第二款", len(small_font("人民", "第二款")))


def test_a_lost_file_is_told_and_the_others_are_used(services: Services, font_file: Path):
    services.fonts.add(font_file, FontPlace.RARE)
    path = services.store.path
    for each in path.with_name(f"{path.name}.files").glob("??/*"):
        each.unlink()
    (lost,) = services.fonts.all()
    assert "不见了" in lost.fault
    assert lost.reach is None


def test_what_is_not_there_cannot_be_removed(services: Services):
    with pytest.raises(NotFound):
        services.fonts.remove("no-such-font")


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Services]:
    """The services as main.py wires them."""
    with closing(main.open_services(tmp_path / "data", create=True)) as services:
        services.setup.init_office(OfficeDraft("示例街道办事处"))
        yield services


def a_document(title: str) -> OfficialDocument:
    paragraphs = (Paragraph("特此通知。"),)
    return OfficialDocument(
        "示例街道办事处文件",
        "示街〔2026〕1号",
        (title,),
        "",
        paragraphs,
        (),
        "示例街道办事处",
        date(2026, 1, 8),
    )


def uses_of(services: Services, document: OfficialDocument) -> tuple[FontUse, ...]:
    return services.documents._paper.documents_with_fonts([document], unwatched)[1][0]


def test_every_paper_uses_an_added_font_from_then_on(program: Services, font_file: Path):
    document = a_document(f"关于{UNKNOWN}的通知")
    with pytest.raises(DocumentFailed, match=r"U\+2EBF0.*标题"):
        program.documents.render(document)
    added = program.fonts.add(font_file, FontPlace.RARE)
    printed = program.documents.render(document)
    with pypdfium2.PdfDocument(printed) as pdf:
        assert UNKNOWN in pdf[0].get_textpage().get_text_range()
    assert program.documents.render(document) == printed
    uses = uses_of(program, document)
    assert [each.place for each in uses if each.digest == added.digest] == [FontPlace.TITLE]
    program.fonts.remove(added.id)
    with pytest.raises(DocumentFailed):
        program.documents.render(document)


def test_a_font_added_for_a_face_draws_it(program: Services, font_file: Path):
    added = program.fonts.add(font_file, FontPlace.BODY)
    uses = uses_of(program, a_document("人民"))
    digests = {place: [each.digest for each in uses if each.place is place] for place in FontPlace}
    assert added.digest not in digests[FontPlace.BODY]
    document = replace(a_document("人民"), paragraphs=(Paragraph("人民"),))
    assert added.digest in {
        each.digest for each in uses_of(program, document) if each.place is FontPlace.BODY
    }


def test_a_real_notice_with_its_annexes_is_a_small_file(sample: Services):
    sample.assessments.compute(2025)
    draft = sample.documents.write(Wanted("results-notice", 2025))
    document = sample.documents.open(draft.id).filled()
    assert document.annexes
    printed = sample.documents.render(document)
    assert printed.count(b"/Type /Page\n") > 3
    assert len(printed) < 300_000
