"""Documents on the command line: templates, the whole path, versions, files, numbers."""

import json
import shutil
from pathlib import Path

import pypdfium2
import pytest
from python_calamine import CalamineWorkbook

import main

YEAR = ("--year", "2025")
TITLE = "关于2025年度社会组织考核结果的通报"


@pytest.fixture
def run(computed_store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copy(computed_store, folder)

    def call(*words: object) -> tuple[int, str]:
        status = main.main(["--data", str(folder), *map(str, words)])
        told = capsys.readouterr()
        return status, told.out + told.err

    return call


def told(run, *words: object) -> tuple[int, dict]:
    status, text = run(*words, "--json")
    return status, json.loads(text)


def test_a_document_from_template_to_paper(run, tmp_path: Path) -> None:
    assert "results-notice" in run("document", "templates")[1]
    status, draft = told(run, "document", "new", "results-notice", *YEAR, "--date", "2026-01-08")
    assert (status, draft["title"], draft["state"]) == (0, TITLE, "draft")
    code = draft["code"]
    listed = told(run, "document", "list", *YEAR)[1]["documents"]
    assert [(each["code"], each["genre"], each["number"]) for each in listed] == [(code, "通报", "")]
    assert "示例街办〔2026〕1号（预留，未占用）" in run("document", "show", code)[1]
    assert run("document", "check", code)[0] in (0, 1)
    preview = tmp_path / "预览.pdf"
    assert run("document", "pdf", code, "-o", preview)[0] == 0
    assert run("document", "word", code, "-o", tmp_path / "文稿.docx")[0] == 0
    assert run("document", "hand-in", code)[0] == 0
    assert run("document", "sign", code)[0] == 0
    status, issued = told(run, "document", "issue", code, "--reason", "以表为准")
    assert (status, [each["number"] for each in issued["papers"]]) == (0, ["示例街办〔2026〕1号"])
    out = tmp_path / "通报.pdf"
    assert run("document", "pdf", "示例街办〔2026〕1号", "-o", out)[0] == 0
    assert len(pypdfium2.PdfDocument(out)) > 1
    folder = tmp_path / "每份"
    assert told(run, "document", "pdf", TITLE, "-o", folder, "--separate")[1]["files"] == [
        f"示例街办〔2026〕1号 {TITLE}.pdf"
    ]
    assert [each.read_bytes() for each in folder.iterdir()] == [out.read_bytes()]
    assert run("document", "void", code)[0] == 2
    said = run("document", "void", code, "--reason", "附件有误")
    assert (said[0], said[1].endswith("已作废，号不再用。\n")) == (0, True)
    assert told(run, "numbers", "list")[1]["numbers"][0]["state"] == "作废"


def test_one_letter_of_many_or_each_in_a_file_of_its_own(run, tmp_path: Path) -> None:
    subjects = told(run, "document", "subjects", "result-letter", *YEAR)[1]["subjects"]
    assert len(subjects) == 60
    ref, name = subjects[0]["ref"], subjects[0]["words"]
    code = told(run, "document", "new", "result-letter", *YEAR, "--ref", ref)[1]["code"]
    assert run("document", "pdf", code, "-o", tmp_path / "一份", "--separate")[0] == 0
    assert [name in each.name for each in (tmp_path / "一份").iterdir()] == [True]
    code = told(run, "document", "new", "result-letter", *YEAR)[1]["code"]
    status, shown = run("document", "word", code, "-o", tmp_path / "全部.docx")
    assert (status, "60 份" in shown) == (2, True)
    files = told(run, "document", "word", code, "-o", tmp_path / "每份", "--separate")[1]["files"]
    assert (len(files), len(list((tmp_path / "每份").iterdir()))) == (60, 60)
    assert "不用选对象" in run("document", "subjects", "results-notice", *YEAR)[1]
    assert run("document", "new", "result-letter", *YEAR, "--ref", "没有")[0] == 3


def test_a_text_is_edited_in_a_file_and_its_versions_compared(run, tmp_path: Path) -> None:
    code = told(run, "document", "new", "results-notice", *YEAR)[1]["code"]
    file = tmp_path / "文稿.toml"
    assert run("document", "show", code, "-o", file)[0] == 0
    text = file.read_text("utf-8")
    assert "没有改动" in run("document", "edit", code, file)[1]
    file.write_text(text.replace("带头作用", "示范作用"), "utf-8")
    assert "已保存" in run("document", "edit", code, file)[1]
    versions = told(run, "document", "versions", code)[1]["versions"]
    assert [each["version"] for each in versions] == [2, 1]
    status, shown = run("document", "compare", code, 1, 2)
    assert (status, "［-带头-］［+示范+］作用" in shown) == (0, True)
    changes = told(run, "document", "compare", code, 2, 1)[1]["changes"]
    assert [("示范作用" in each["old"], "带头作用" in each["new"]) for each in changes] == [(True, True)]
    assert "没有版本 3" in run("document", "compare", code, 1, 3)[1]
    file.write_text(text.replace('about = "cycle"', 'about = "office"'), "utf-8")
    status, shown = run("document", "edit", code, file)
    assert (status, "about" in shown) == (4, True)
    assert run("document", "hand-in", code)[0] == 0
    assert run("document", "send-back", code, "--reason", "再核")[0] == 0
    assert run("document", "remove", code)[0] == 0
    assert told(run, "document", "list", *YEAR)[1] == {"documents": []}


def test_a_document_is_named_by_code_number_or_title(run) -> None:
    first, second = (told(run, "document", "new", "results-notice", *YEAR)[1]["code"] for _ in range(2))
    assert first != second
    status, shown = run("document", "show", TITLE)
    assert (status, first in shown, second in shown) == (2, True, True)
    assert run("document", "show", "没有的")[0] == 3
    assert run("document", "show", "")[0] == 3
    assert told(run, "document", "show", second)[1]["code"] == second


def test_templates_are_changed_and_restored(run, tmp_path: Path) -> None:
    file = tmp_path / "模板.toml"
    assert run("document", "show-template", "results-notice", "-o", file)[0] == 0
    file.write_text(file.read_text("utf-8").replace("带头作用", "示范作用"), "utf-8")
    assert run("document", "save-template", file)[0] == 0
    assert "已修改" in run("document", "templates")[1]
    assert "示范作用" in run("document", "show-template", "results-notice")[1]
    assert run("document", "restore-template", "results-notice")[0] == 0
    assert "带头作用" in run("document", "show-template", "results-notice")[1]
    assert run("document", "restore-template", "results-notice")[0] == 3
    assert run("document", "show-template", "no-such")[0] == 3


def test_gaps_are_shown_explained_and_exported(run, tmp_path: Path) -> None:
    code = told(run, "document", "new", "results-notice", *YEAR)[1]["code"]
    run("document", "hand-in", code)
    run("document", "sign", code)
    year = told(run, "document", "show", code)[1]["dated_on"][:4]
    assert run("document", "issue", code, "--number", 3, "--reason", "以表为准")[0] == 0
    gaps = told(run, "numbers", "gaps", "--year", year)[1]["gaps"]
    assert [(each["first"], each["last"]) for each in gaps] == [(1, 2)]
    for number in (1, 2):
        assert run("numbers", "skip", "示例街办", number, "--year", year, "--reason", "手写发文")[0] == 0
    assert "没有空号" in run("numbers", "gaps")[1]
    assert run("numbers", "skip", "示例街办", 3, "--year", year, "--reason", "再来")[0] == 2
    file = tmp_path / "登记簿.xlsx"
    assert told(run, "numbers", "export", "-o", file)[1]["rows"] == 3
    assert "手写发文" in str(CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python())
    assert told(run, "numbers", "list", "--words", "手写")[1]["numbers"][0]["first"] == 1


def test_receipts_of_letters_are_written_down(run) -> None:
    subjects = told(run, "document", "subjects", "result-letter", *YEAR)[1]["subjects"]
    code = told(run, "document", "new", "result-letter", *YEAR, "--ref", subjects[0]["ref"])[1]["code"]
    run("document", "hand-in", code)
    run("document", "sign", code)
    number = told(run, "document", "issue", code, "--reason", "以表为准")[1]["papers"][0]["number"]
    day = told(run, "document", "show", code)[1]["dated_on"]
    received = told(run, "numbers", "receipt", number, number, "--date", day)[1]["receipts"]
    assert received == [{"number": number, "received_on": day}]
    assert f"{day} 收回回执" in run("numbers", "list", "--words", "收回")[1]
    status, message = run("numbers", "receipt", "别街办〔2026〕9号")
    assert status == 3 and "没有“别街办〔2026〕9号”" in message


def test_wrong_steps_are_told_with_their_status(run, tmp_path: Path) -> None:
    code = told(run, "document", "new", "results-notice", *YEAR)[1]["code"]
    for words, status in (
        (("issue", code), 3),
        (("sign", code), 3),
        (("void", code, "--reason", "错"), 3),
        (("send-back", code), 2),
        (("new", "no-such", *YEAR), 3),
        (("new", "results-notice", "--year", "1999"), 3),
        (("edit", code, tmp_path / "没有.toml"), 4),
        (("pdf", code, "-o", tmp_path), 4),
    ):
        left, shown = run("document", *words)
        assert (left, "Traceback" in shown) == (status, False), words
    assert told(run, "numbers", "list")[1] == {"numbers": []}
