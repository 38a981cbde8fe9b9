"""Installers from the folder that `run.py build` made: `python3 run.py package deb|portable|windows`."""

import sys
from collections.abc import Callable, Sequence

from installer.debian.deb import make_deb
from installer.portable import make_portable
from installer.product import BUNDLE, program
from installer.windows.setup import make_setup

KINDS: dict[str, Callable[[Sequence[str]], int]] = {
    "deb": make_deb,
    "portable": make_portable,
    "windows": make_setup,
}


def main(arguments: Sequence[str]) -> int:
    """Make one kind of package; the exit status."""
    if not arguments or arguments[0] not in KINDS:
        raise SystemExit(f"要做哪一种安装包：{'、'.join(KINDS)}。例如 python3 run.py package deb")
    if not program(BUNDLE).is_file():
        raise SystemExit("还没有打包：请先运行 python3 run.py build，再做安装包。")
    return KINDS[arguments[0]](arguments[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
