"""Make order.txt: the Chinese characters by number and kinds of strokes, a line per number of strokes.

Run by hand, never at set-up, on Debian 12 with dpkg-deb, apt-get and pip:

    python resources/strokes/build.py FOLDER

FOLDER keeps the packages: those that lie there are used, the others are fetched; each must have the digest
written below. cn-sort (MIT) gives the order of GB 13000.1 字符集汉字字序(笔画序)规范 for 20,897 characters,
with the standard's own order among characters of the same strokes. rime-data-stroke (LGPL-3) gives strokes
in writing order for these and 54,000 more: these stand where their strokes put them, after the standard's.
"""

import hashlib
import json
import subprocess
import sys
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

HERE = Path(__file__).parent
STANDARD = (
    "cn_sort-0.14.0-py3-none-any.whl",
    ["pip", "download", "--no-deps", "cn-sort==0.14.0"],
    "1be7dd55552c0bb5aad6ac8bf4c97e0ef30df6b99cfc8b640bdb04cd0e916c06",
)
STROKES = (
    "rime-data-stroke_0.0~git20230204.c8bc405-1_amd64.deb",
    ["apt-get", "download", "rime-data-stroke=0.0~git20230204.c8bc405-1"],
    "8f8e776aa20b8b81cab039a081a080b6fb01c605ca3e4edb832b362925276060",
)
# Characters of 通用规范汉字表 that no package has, and three that it writes otherwise than the standard does:
# each is written as its parts are, one after the other; digits are strokes of a part that is no character.
# Checked by eye, and against the number of strokes in Unihan.
COMPOSED = """
𫢸亻单 𫫇口恶 𫭟土区 𫭢土仑 𫭼土劳 𫮃土单 𫰛女𢀖 𫵷山历 𫶇山带 𫷷广钦 𫸩弓区 𬀩日韦 𬀪日见 𬂩木夹 𬃊木质
𬇕氵万 𬇙氵贝 𬇹氵国 𬉼火区 𬊈火寻 𬊤火单 𬌗牙合 𬍛王乐 𬍡汤玉 𬍤王寻 𬒈44345石 𬒔石肯 𬒗石览 𬕂314314贡
𬘓纟川 𬘘纟冘 𬘡纟因 𬘩纟廷 𬘫纟完 𬘬纟青 𬘭纟林 𬘯纟享 𬙂纟寅 𬙊纟墨 𬙋纟襄 𬜬艹问 𬜯艹两 𬞟艹频 𬟁艹鹝
𬟽虫东 𬣙讠于 𬣞讠㝉 𬣡讠戋 𬣳讠艮 𬤇讠垔 𬤊讠是 𬤝讠惠 𬨂1521氏 𬨎1521酋 𬩽寻阝 𬪩酉农 𬬩钅弋 𬬭钅仑
𬬮钅长 𬬱钅斤 𬬸钅术 𬬹钅申 𬬻钅卢 𬬿钅召 𬭁钅母 𬭊钅杜 𬭎钅宏 𬭚钅享 𬭛钅波 𬭤钅侯 𬭩钅翁 𬭬钅彗 𬭯钅敝
𬭳钅喜 𬭶钅黑 𬭸钅粦 𬭼钅遂 𬮱门垔 𬮿阝岂 𬯀阝齐 𬯎阝贵 𬱖由页 𬱟危页 𬳵马丕 𬳶马冋 𬳽马先 𬳿马余 𬴂马非
𬴃马砉 𬴊马粦 𬶋鱼句 𬶍鱼它 𬶏鱼危 𬶐鱼兆 𬶟鱼剌 𬶠鱼柬 𬶨既鱼 𬶭鱼祭 𬶮鱼喜 𬷕甫鸟 𬸘匽鸟 𬸚狱鸟
𬸣4451122134鸟 𬸦族鸟 𬸪番鸟 𬹼齿介 𬺈齿奇 𬺓齿楚 纛毒縣 龗雨口口口龍 龘龍龍龍
"""
KINDS = str.maketrans("hspnz", "12345")
Written = tuple[int, str]
"""Number of strokes, and their kinds in writing order: 1 横 2 竖 3 撇 4 点 5 折."""


def package_file(folder: Path, package: tuple[str, list[str], str]) -> Path:
    """The package in the folder, fetched if need be, with the digest it must have."""
    name, fetch, digest = package
    if not (folder / name).exists():
        subprocess.run(fetch, cwd=folder, check=True)
    if hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest:
        sys.exit(f"{folder / name}: not the file this script was written for")
    return folder / name


def standard_order(package: Path) -> list[str]:
    """The Chinese characters in the order of the standard."""
    with ZipFile(package) as archive:
        words = json.loads(archive.read("cn_sort/res/all_word.json"))["all_word"]
    ranks = {each["chinese"]: each["stroke_increment_level"] for each in words}
    return sorted((mark for mark in ranks if ord(mark) > 0x7F), key=lambda mark: ranks[mark])


def strokes(package: Path) -> Mapping[str, Written]:
    """How each character is written; where the source knows several ways the last is the mainland's."""
    with TemporaryDirectory() as folder:
        subprocess.run(["dpkg-deb", "-x", package, folder], check=True)
        lines = (Path(folder) / "usr/share/rime-data/stroke.dict.yaml").read_text(encoding="utf-8")
    ways: dict[str, list[str]] = defaultdict(list)
    for line in lines.partition("\n...\n")[2].splitlines():
        mark, _, way = line.partition("\t")
        if len(mark) == 1 and unicodedata.is_normalized("NFC", mark):
            ways[mark].append(way.split("\t")[0].translate(KINDS))
    known = {mark: each[-1] for mark, each in ways.items()}
    for mark, *parts in COMPOSED.split():
        known[mark] = "".join(part if part.isdigit() else known[part] for part in parts)
    return {mark: (len(way), way) for mark, way in known.items()}


def ascending(found: Sequence[Written]) -> list[int]:
    """The places of a longest part of `found` that never falls."""
    tops: list[Written] = []
    ends: list[int] = []
    before: list[int] = []
    for place, one in enumerate(found):
        at = bisect_right(tops, one)
        before.append(ends[at - 1] if at else -1)
        tops[at : at + 1], ends[at : at + 1] = [one], [place]
    kept, place = [], ends[-1]
    while place >= 0:
        kept.append(place)
        place = before[place]
    return kept[::-1]


def table(standard: Sequence[str], written: Mapping[str, Written]) -> list[str]:
    """The characters of each number of strokes from 1 on.

    The standard's order stands even where the strokes tell otherwise: there a character has the strokes of
    the one before.
    """
    known = [mark for mark in standard if mark in written]
    sure = {known[place] for place in ascending([written[mark] for mark in known])}
    placed: list[tuple[Written, int, str]] = []
    strokes_here = (1, "")
    for rank, mark in enumerate(standard):
        strokes_here = written[mark] if mark in sure else strokes_here
        placed.append((strokes_here, rank, mark))
    others = written.keys() - set(standard)
    placed += [(written[mark], len(standard) + ord(mark), mark) for mark in others]
    by_count = groupby(sorted(placed), key=lambda each: each[0][0])
    lines = {count: "".join(mark for *_, mark in group) for count, group in by_count}
    return [lines.get(count, "") for count in range(1, max(lines) + 1)]


def main(folder: Path) -> None:
    """Write the table."""
    standard = standard_order(package_file(folder, STANDARD))
    lines = table(standard, strokes(package_file(folder, STROKES)))
    target = HERE / "order.txt"
    target.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    print(f"{sum(map(len, lines))} characters, {target.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
