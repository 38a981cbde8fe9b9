"""Make the bundled fonts and their licence files from Debian and npm packages; about three minutes.

Run by hand, never at set-up, in an environment of its own with `fonttools[woff]==4.68.0`, on Debian 12 with
dpkg-deb, apt-get and npm:

    python resources/fonts/build.py FOLDER

FOLDER keeps the packages (270 MB): those that lie there are used, the others are fetched; each must have the
digest written below. The same packages give the same bytes. docs/fonts.md tells why each font is made so.
"""

import bz2
import gzip
import hashlib
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.scaleUpem import scale_upem

HERE = Path(__file__).parent
CHANGED = (
    "Changed 2026-11-22 for shepingtong (resources/fonts/build.py): "
    "fewer characters, 1000 units per em, TrueType outlines, no hints or layout tables."
)

# --- packages ---------------------------------------------------------------------------------------------

PACKAGES = """
9cfa07bd44e7b9098e26f0ecac1b5ad210d2249d474c8074d53de92d650b0ec0  texlive-lang-chinese=2022.20230122-1
6d1e4c4aac78ad32062aefa2c836ee4d6e58f9dcf8b3f4407c9eefe304615318  fonts-lxgw-wenkai=1.250+repack-1
a6943366b4f5a6cec34221f8b4eb22555a628f0ee6ef4e3d3401cabe9363aeae  fonts-hanazono=20170904-2.1
c7b7f9b5b78ad14c94d7e6d2b103307a7a643844c7db856fb97611d9d8a80589  fonts-babelstone-han=15.0.5-2
5efef23bbb1c6a133ecbdd63a2cfa07159ccacf5466a49e2426101c5ecd691fc  unicode-data=15.0.0-1
ff6bcf5ba68d92dfecc05544bb150f9e724741a932354a0dd97e7289c40a3f5e  @expo-google-fonts/noto-serif-sc@0.4.3
0d69d0f4971d2ff574e3d93cbc218dc950bf3f3f8f8e2c008d97687ed53aee59  @expo-google-fonts/noto-sans-sc@0.4.3
"""
DIGESTS = {line.split()[1]: line.split()[0] for line in PACKAGES.strip().splitlines()}


def package_file(package: str, folder: Path) -> Path:
    """The package in the folder, fetched if need be, with the digest it must have."""
    if package.startswith("@"):
        name, fetch = package[1:].replace("/", "-").replace("@", "-") + ".tgz", ["npm", "pack"]
    else:
        name, fetch = package.replace("=", "_") + "_all.deb", ["apt-get", "download"]
    if not (folder / name).exists():
        subprocess.run([*fetch, package], cwd=folder, check=True)
    if hashlib.sha256((folder / name).read_bytes()).hexdigest() != DIGESTS[package]:
        sys.exit(f"{folder / name}: not the file this script was written for")
    return folder / name


def unpack(folder: Path, into: Path) -> None:
    """Lay the files of all packages into one tree; npm's under the package's short name."""
    for package in DIGESTS:
        file = package_file(package, folder)
        if file.suffix == ".deb":
            subprocess.run(["dpkg-deb", "-x", file, into], check=True)
        else:
            with tarfile.open(file) as archive:
                archive.extractall(into / package.split("/")[1].split("@")[0], filter="data")


# --- characters -------------------------------------------------------------------------------------------

LEVEL_1 = {
    *range(0x4E00, 0x9FF0),
    *range(0x3400, 0x4DB6),
    *(0xFA0E, 0xFA0F, 0xFA11, 0xFA13, 0xFA14, 0xFA1F, 0xFA21, 0xFA23, 0xFA24, 0xFA27, 0xFA28, 0xFA29),
}
LEVEL_3 = LEVEL_1.union(
    range(0x20000, 0x2A6D7),  # extensions B to F
    range(0x2A700, 0x2B735),
    range(0x2B740, 0x2B81E),
    range(0x2B820, 0x2CEA2),
    range(0x2CEB0, 0x2EBE1),
)
EXTENSIONS_G_H = {*range(0x30000, 0x3134B), *range(0x31350, 0x323B0)}


def two_byte_characters(encoding: str) -> set[int]:
    """Every character that two bytes of the encoding stand for."""
    pairs = (bytes((high, low)) for high in range(0x81, 0xFF) for low in range(0x40, 0xFF))
    texts = (pair.decode(encoding, errors="ignore") for pair in pairs)
    return {ord(text) for text in texts if len(text) == 1 and ord(text) > 0x7F}


def is_ideograph(code: int) -> bool:
    return 0x3400 <= code < 0x4DC0 or 0x4E00 <= code < 0xA000 or 0xF900 <= code < 0xFB00 or code >= 0x20000


def general_standard(unihan: Path) -> set[int]:
    """The 8,105 characters of 通用规范汉字表."""
    lines = bz2.decompress(unihan.read_bytes()).decode().splitlines()
    return {int(line.split("\t")[0][2:], 16) for line in lines if "\tkTGH\t" in line}


GBK = two_byte_characters("gbk")
GB2312 = {code for code in two_byte_characters("gb2312") if is_ideograph(code)}
SYMBOLS = {code for code in GBK if not is_ideograph(code)}.union(
    range(0x20, 0x250),
    range(0x2000, 0x27C0),
    range(0x3000, 0x3400),
    range(0xFE10, 0xFE70),
    range(0xFF00, 0xFFF0),
)
# FandolFang draws U+FFE5 as a dollar sign; the Latin of fang and kai has no serifs: song draws for both.
CHINESE_SYMBOLS = {code for code in SYMBOLS if code > 0x24F} - {0xFFE5} | {ord(sign) for sign in "§°±·×÷"}


# --- outlines ---------------------------------------------------------------------------------------------


def with_truetype_outlines(font: TTFont) -> None:
    """Replace cubic CFF outlines by quadratic ones, at most 1/1000 em away."""
    glyph_set, order, glyphs = font.getGlyphSet(), font.getGlyphOrder(), {}
    for name in order:
        pen = TTGlyphPen(None)
        glyph_set[name].draw(Cu2QuPen(pen, max_err=1.0, reverse_direction=True))
        glyphs[name] = pen.glyph()
    font["loca"], font["glyf"], font["maxp"] = newTable("loca"), newTable("glyf"), newTable("maxp")
    font["glyf"].glyphOrder, font["glyf"].glyphs = order, glyphs
    font["maxp"].tableVersion = 0x00010000
    for field in (
        *("maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs", "maxStackElements"),
        *("maxSizeOfInstructions", "maxComponentElements", "maxPoints", "maxContours", "maxCompositePoints"),
        *("maxCompositeContours", "maxComponentDepth"),
    ):
        setattr(font["maxp"], field, 0)
    font["maxp"].maxZones = 1
    del font["CFF "], font["VORG"]
    font.sfntVersion = "\x00\x01\x00\x00"
    font["post"].formatType = 3.0


def with_full_width_marks(font: TTFont) -> None:
    """Give —, · and the quotation marks the whole cell they have in Chinese text; two — touch."""
    names, glyf, hmtx = font.getBestCmap(), font["glyf"], font["hmtx"]
    half_stroke = (glyf[names[0x2014]].yMax - glyf[names[0x2014]].yMin) // 2
    pen = TTGlyphPen(None)
    pen.moveTo((-5, 380 - half_stroke))
    for point in ((-5, 380 + half_stroke), (1005, 380 + half_stroke), (1005, 380 - half_stroke)):
        pen.lineTo(point)
    pen.closePath()
    glyf[names[0x2014]] = pen.glyph()
    hmtx[names[0x2014]] = (1000, -5)
    for table in font["cmap"].tables:
        table.cmap[0xB7] = names[0x30FB]
    for mark in "“‘”’":
        name = names[ord(mark)]
        if mark in "“‘":
            glyf[name].coordinates.translate((1000 - hmtx[name][0], 0))
            glyf[name].recalcBounds(glyf)
        hmtx[name] = (1000, glyf[name].xMin)


def with_half_width_digits(font: TTFont) -> None:
    """Let the digits be the font's own half-width ones: two to a cell, and columns of figures stand."""
    layout, names = font["GSUB"].table, dict(font.getBestCmap())
    features = [record.Feature for record in layout.FeatureList.FeatureRecord if record.FeatureTag == "hwid"]
    subtables = layout.LookupList.Lookup[features[0].LookupListIndex[0]].SubTable
    half_width = {name: half for part in subtables for name, half in part.mapping.items()}
    for table in font["cmap"].tables:
        table.cmap.update({digit: half_width[names[digit]] for digit in range(ord("0"), ord("9") + 1)})


# --- the seven fonts --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Recipe:
    """How one bundled font is made."""

    name: str
    source: str
    characters: set[int]
    changes: tuple[Callable[[TTFont], None], ...] = ()
    new_name: tuple[str, str] | None = None


FANDOL = "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/FandolFang-Regular.otf"
BOLD_SERIF = "noto-serif-sc/package/700Bold/NotoSerifSC_700Bold.ttf"
LIGHT_SERIF = "noto-serif-sc/package/300Light/NotoSerifSC_300Light.ttf"
MEDIUM_SANS = "noto-sans-sc/package/500Medium/NotoSansSC_500Medium.ttf"
WENKAI = "usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Light.ttf"
HANAMIN = "usr/share/fonts/truetype/hanazono/HanaMinB.ttf"
BABELSTONE = "usr/share/fonts/truetype/babelstone/BabelStoneHan.ttf"
KAI_NAMES = (
    "Shepingtong Kai",
    "ShepingtongKai",
)  # the licence keeps "LXGW" and "霞鹜" for the unchanged font


def recipes(standard: set[int]) -> Iterator[Recipe]:
    """The fonts in the order in which they fill each other's gaps; `standard` is 通用规范汉字表."""
    everyday, level_2 = GB2312 | standard, LEVEL_1 | standard
    serif = (with_full_width_marks, with_half_width_digits)
    yield Recipe("fang", FANDOL, LEVEL_1 | CHINESE_SYMBOLS, (with_truetype_outlines,))
    yield Recipe("kai", WENKAI, everyday | CHINESE_SYMBOLS, (with_full_width_marks,), KAI_NAMES)
    yield Recipe("title", BOLD_SERIF, everyday | SYMBOLS, serif)
    yield Recipe("hei", MEDIUM_SANS, everyday | SYMBOLS, (with_full_width_marks,))
    yield Recipe("song", LIGHT_SERIF, level_2 | GBK | SYMBOLS, serif)
    yield Recipe("rare", HANAMIN, LEVEL_3 - level_2)
    yield Recipe("rare2", BABELSTONE, EXTENSIONS_G_H)


def without_blank_characters(font: TTFont) -> None:
    """Forget characters whose glyph has no outline, so that covered means seen."""
    blanks = {0x20, 0xA0, 0x3000, *range(0x2000, 0x2010), 0x202F, 0x205F}
    for table in font["cmap"].tables:
        for code, name in list(table.cmap.items()):
            if font["glyf"][name].numberOfContours == 0 and code not in blanks:
                del table.cmap[code]


def subset_to(font: TTFont, characters: set[int]) -> None:
    """Keep these characters and only the tables that drawing them needs."""
    options = subset.Options(layout_features=[], hinting=False, notdef_outline=True, name_IDs=["*"])
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "STAT", "vhea", "vmtx"]
    options.drop_tables += ["gasp", "meta", "prop", "FFTM"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)


def write_names(font: TTFont, new_name: tuple[str, str] | None) -> None:
    """Keep the English names or give new ones; say that the file was changed. Short: each PDF has them."""
    table = font["name"]
    kept = {number: str(table.getName(number, 3, 1, 0x409)) for number in (0, 1, 2, 4, 5, 6)}
    if new_name:
        kept |= {1: new_name[0], 4: new_name[0], 6: new_name[1]}
    table.names = []
    for number, text in {**kept, 3: f"{kept[6]};shepingtong", 10: CHANGED}.items():
        table.setName(text, number, 3, 1, 0x409)


def build(recipe: Recipe, tree: Path) -> None:
    """Make one font file and say how large it is."""
    font = TTFont(tree / recipe.source, recalcTimestamp=False)
    for change in recipe.changes:
        change(font)
    without_blank_characters(font)
    subset_to(font, recipe.characters)
    write_names(font, recipe.new_name)
    if font["head"].unitsPerEm != 1000:
        scale_upem(font, 1000)
    file = HERE / f"{recipe.name}.ttf"
    font.save(file)
    print(f"{file.name}: {len(font.getBestCmap())} characters, {file.stat().st_size} bytes", flush=True)


# --- licences ---------------------------------------------------------------------------------------------


def write_licences(tree: Path) -> None:
    """The licence of each font as its package has it, and Fandol's source as the GPL asks."""
    documents, licences = tree / "usr/share/doc", HERE / "licences"
    copies = {
        tree / FANDOL: HERE / "source/FandolFang-Regular.otf",
        documents / "texlive-doc/fonts/fandol/README": licences / "fang-README.txt",
        tree / "noto-serif-sc/package/LICENSE_FONT": licences / "title-song-OFL.txt",
        tree / "noto-sans-sc/package/LICENSE_FONT": licences / "hei-OFL.txt",
        documents / "fonts-lxgw-wenkai/copyright": licences / "kai-OFL.txt",
        documents / "fonts-hanazono/copyright": licences / "rare-Hanazono.txt",
    }
    for source, copy in copies.items():
        copy.parent.mkdir(exist_ok=True)
        shutil.copyfile(source, copy)
    gpl = gzip.decompress((documents / "texlive-doc/fonts/fandol/COPYING.gz").read_bytes())
    (licences / "fang-GPL-3-with-font-exception.txt").write_bytes(gpl)
    arphic = str(TTFont(tree / BABELSTONE)["name"].getName(13, 3, 1, 0x409))
    (licences / "rare2-ARPHICPL.TXT").write_text(arphic, encoding="utf-8", newline="")


def write_digests() -> None:
    """SHA256SUMS, as sha256sum -c reads it."""
    files = sorted(file.relative_to(HERE) for file in HERE.rglob("*") if file.suffix in {".ttf", ".otf"})
    lines = [
        f"{hashlib.sha256((HERE / file).read_bytes()).hexdigest()}  {file.as_posix()}\n" for file in files
    ]
    (HERE / "SHA256SUMS").write_text("".join(lines), encoding="ascii", newline="\n")


def main(folder: Path) -> None:
    """Make everything in this folder anew."""
    with TemporaryDirectory() as temporary:
        tree = Path(temporary)
        unpack(folder, tree)
        for recipe in recipes(general_standard(tree / "usr/share/unicode/Unihan_OtherMappings.txt.bz2")):
            build(recipe, tree)
        write_licences(tree)
    write_digests()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
