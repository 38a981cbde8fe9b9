"""Make remixicon.ttf and remixicon.json: the Remix Icon 2.5.0 glyphs that the window uses.

Run by hand when a name is added below, with fonttools 4.68.0 (not one of the program's own dependencies):

    npm pack remixicon@2.5.0
    python resources/icons/build.py remixicon-2.5.0.tgz
"""

import hashlib
import io
import json
import re
import sys
import tarfile
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

SHA256 = "37ae15b003bf7837dbd35e7bd76ba71948ca548260350911f4e4a9110cd2d754"
HERE = Path(__file__).parent

BOTH_LINE_AND_FILL = """
alert archive award bar-chart-box building-4 calculator calendar-2 checkbox checkbox-blank
checkbox-blank-circle checkbox-circle checkbox-indeterminate close-circle community contacts-book-2
error-warning file-text flag-2 folder-open group hard-drive-2 home-5 information inbox key-2 lock-2 medal
notification-3 question settings-3 shield-check star survey task team time user-3
"""
LINE_ONLY = """
add arrow-down arrow-down-s arrow-go-back arrow-go-forward arrow-left arrow-left-s arrow-right
arrow-right-s arrow-up arrow-up-down arrow-up-s book-open calendar-check calendar-event check
check-double clipboard close coins contrast-2 database-2 delete-bin-6 download-2 draft drag-move-2
edit-box external-link eye eye-off file-copy-2 file-download file-edit file-excel-2 file-history
file-list-2 file-list-3 file-paper-2 file-pdf file-search file-warning filter-3 filter-off flask focus-3
folder folder-download forbid-2 fullscreen government history image inbox-archive inbox-unarchive
keyboard layout-column layout-right line-chart links list-settings loader-4 lock-unlock logout-box-r
mail-send map-pin menu menu-fold menu-unfold money-cny-circle moon more more-2 pencil percent phone
pie-chart-2 play printer price-tag-3 pushpin refresh restart ruler-2 save save-3 scales-3 search
send-plane shield-cross shield-star stack stop-circle subtract sun table todo trophy upload-2 usb
user-add user-follow user-search user-settings user-star user-unfollow zoom-in zoom-out
"""
NEITHER = """
attachment-2 hashtag list-check list-check-2 list-ordered list-unordered number-1 number-2 number-3
node-tree sort-asc sort-desc text-wrap
"""


def wanted_names(known: dict[str, int]) -> list[str]:
    """All names above as Remix Icon spells them."""
    names = {f"{name}-{kind}" for name in BOTH_LINE_AND_FILL.split() for kind in ("line", "fill")}
    names |= {f"{name}-line" for name in LINE_ONLY.split()}
    names |= set(NEITHER.split())
    if unknown := sorted(names - known.keys()):
        sys.exit(f"not in Remix Icon 2.5.0: {' '.join(unknown)}")
    return sorted(names)


def main(archive: Path) -> None:
    """Check the archive, then write the font, the list of names and the licence."""
    if hashlib.sha256(archive.read_bytes()).hexdigest() != SHA256:
        sys.exit(f"{archive}: not the archive this script was written for")
    with tarfile.open(archive) as package:
        stylesheet, font_bytes, licence = (
            package.extractfile(f"package/{name}").read()
            for name in ("fonts/remixicon.css", "fonts/remixicon.ttf", "License")
        )
    entries = re.findall(r'\.ri-([a-z0-9-]+):before \{ content: "\\([0-9a-f]+)"; \}', stylesheet.decode())
    known = {name: int(code, 16) for name, code in entries}
    codes = {name: known[name] for name in wanted_names(known)}
    font = TTFont(io.BytesIO(font_bytes), recalcTimestamp=False)
    subsetter = subset.Subsetter(subset.Options(layout_features=[], name_IDs=["*"], drop_tables=["GSUB"]))
    subsetter.populate(unicodes=codes.values())
    subsetter.subset(font)
    for record in font["name"].names:
        if record.nameID == 5:
            record.string = "Version 2.5; changed: subset for shepingtong 2026-11-22"
    font.save(HERE / "remixicon.ttf")
    (HERE / "remixicon.json").write_text(json.dumps(codes, indent=1) + "\n", encoding="utf-8")
    (HERE / "LICENCE.txt").write_bytes(licence)
    print(f"{len(codes)} icons, {(HERE / 'remixicon.ttf').stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
