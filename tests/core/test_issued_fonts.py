"""Which fonts drew an issued paper; made again with others it is not passed off as the same."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from core.errors import StorageFailed
from core.model.certificate import CertificateRequest
from core.model.office_font import FontPlace, FontUse
from core.model.written_document import IssuedPaper
from core.paper.fonts import FontLibrary, Role
from core.paper.render import ReportLabPaper
from core.resources import resource_path
from core.rules.paper_fonts import changed_fonts, fonts_in, with_fonts, without_fonts
from core.services.document_opening import Wanted
from core.services.services import Services
from tests.conftest import services_over

YEAR = 2025
NOTICE = Wanted("results-notice", YEAR)
WINNERS = CertificateRequest(year=YEAR)
FANG, OTHER = FontUse(FontPlace.BODY, "FangSong", "a" * 64), FontUse(FontPlace.BODY, "FangSong", "b" * 64)
KAI = FontUse(FontPlace.KAI, "Kai", "c" * 64)


def test_fonts_are_kept_beside_what_a_paper_says() -> None:
    content = with_fonts({"title": ["通知"]}, [FANG, KAI])
    assert fonts_in(content) == (FANG, KAI)
    assert without_fonts(content) == {"title": ["通知"]} == without_fonts('{"title":["通知"]}')
    assert fonts_in('{"title":["通知"]}') == fonts_in("") == ()


@pytest.mark.parametrize(
    ("then", "now", "words"),
    [
        ((FANG, KAI), (KAI, FANG), ""),
        ((), (FANG,), ""),
        (
            (FANG, KAI),
            (OTHER, KAI),
            "仿宋当时用 FangSong\uff08aaaaaaaa\uff09，现在用 FangSong\uff08bbbbbbbb\uff09",
        ),
        ((FANG, KAI), (FANG,), "楷体当时用 Kai\uff08cccccccc\uff09，现在用 别的字体"),
    ],
)
def test_changed_fonts_are_named(then: tuple[FontUse, ...], now: tuple[FontUse, ...], words: str) -> None:
    assert changed_fonts(then, now) == words


@pytest.fixture(scope="module")
def issued_store(sample_store: Path, tmp_path_factory: pytest.TempPathFactory, paper: ReportLabPaper) -> Path:
    """The sample's year with a notice and its certificates issued."""
    path = Path(shutil.copy(sample_store, tmp_path_factory.mktemp("issued")))
    with closing(services_over(path, paper)) as services:
        services.assessments.compute(YEAR)
        services.document_issue.at_once(NOTICE)
        services.certificates.issue(WINNERS)
    return path


@pytest.fixture
def changed(issued_store: Path, tmp_path: Path) -> Iterator[Services]:
    """The same office after it has taken another font for the body."""
    shutil.copytree(issued_store.parent, tmp_path / "office")
    font = Path(shutil.copy(resource_path("fonts", "song.ttf"), tmp_path / "body.ttf"))
    other = ReportLabPaper(FontLibrary(office_fonts={Role.BODY: font}))
    with closing(services_over(tmp_path / "office" / issued_store.name, other)) as services:
        yield services


def papers_of(services: Services) -> tuple[tuple[IssuedPaper, ...], IssuedPaper]:
    """The notice, and a certificate."""
    papers = services.document_issue.papers()
    return tuple(each for each in papers if each.document_id), papers[-1]


def test_a_kept_paper_is_printed_as_it_was_whatever_the_fonts(changed: Services) -> None:
    (notice,), certificate = papers_of(changed)
    assert {each.place for each in fonts_in(notice.content)} >= {FontPlace.BODY, FontPlace.TITLE}
    assert fonts_in(certificate.content)
    assert changed.document_issue.printed([notice.id]).startswith(b"%PDF")


def test_a_notice_made_again_with_another_font_says_so(changed: Services) -> None:
    (notice,), _ = papers_of(changed)
    kept = next(each for each in changed.store.path.parent.rglob(notice.digest))
    kept.chmod(0o600)
    kept.unlink()
    with pytest.raises(StorageFailed, match=r"与印发的不一样：.*仿宋当时用 .*，现在用 "):
        changed.document_issue.printed([notice.id])
    with pytest.raises(StorageFailed, match="仿宋当时用"):
        changed.document_issue.printed([notice.id, notice.id])


def test_certificates_made_again_with_another_font_say_so(changed: Services) -> None:
    _, certificate = papers_of(changed)
    with pytest.raises(StorageFailed, match=r"与留存的不一样：.*当时用 .*，现在用 "):
        changed.certificates.again(certificate)
    with pytest.raises(StorageFailed, match="请在证书登记簿里导出留存的 PDF"):
        changed.certificates.sheet(certificate)
    assert sha256(changed.certificates.kept(certificate)).hexdigest() == certificate.digest
