"""The office's own fonts on the command line."""

import json
import shutil
from pathlib import Path

import pytest

import main
from tests.paper.small_fonts import collection, small_font


@pytest.fixture
def run(office_store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copy(office_store, folder)

    def call(*words: str) -> tuple[int, str]:
        status = main.main(["--data", str(folder), *words])
        told = capsys.readouterr()
        return status, told.out + told.err

    return call


def test_a_font_is_added_listed_and_removed(run, tmp_path: Path):
    path = tmp_path / "生僻字.ttf"
    path.write_bytes(small_font())
    assert "还没有添加字体" in run("fonts", "list")[1]
    status, told = run("fonts", "add", str(path), "--for", "rare", "--json")
    added = json.loads(told)
    assert (status, added["name"], added["ideographs"], added["added"]) == (0, "示例字体", 4, 2)
    assert "示例字体　生僻字.ttf　收汉字 4 个，其中程序自带字体没有的 2 个" in run("fonts", "list")[1]
    assert run("fonts", "remove", "示例字体")[0] == 0
    assert json.loads(run("fonts", "list", "--json")[1]) == {"fonts": []}


def test_what_is_wrong_is_told_with_its_status(run, tmp_path: Path):
    path = tmp_path / "两款.ttc"
    path.write_bytes(collection(small_font(), small_font(name="第二款")))
    status, told = run("fonts", "add", str(path), "--for", "rare")
    assert (status, "1. 示例字体、2. 第二款" in told) == (2, True)
    assert run("fonts", "add", str(path), "--for", "rare", "--face", "2")[0] == 0
    assert run("fonts", "add", str(path), "--for", "hei", "--face", "第二款")[0] == 0
    status, told = run("fonts", "remove", "第二款")
    assert (status, "hei、rare" in told) == (2, True)
    assert run("fonts", "remove", "第二款", "--for", "hei")[0] == 0
    assert "没有添加过" in run("fonts", "remove", "第三款")[1]
    assert run("fonts", "add", str(path), "--for", "nothing")[0] == 2
