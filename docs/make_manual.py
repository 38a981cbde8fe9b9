"""The manual as PDF, for the USB stick and for paper.

.venv/bin/python docs/make_manual.py 社评通使用手册.pdf
"""

import sys
from pathlib import Path

from pictures import start_application

from core.services.files import write_file
from core.services.manual import manual
from gui.manual_pages import pdf_of


def main(arguments: list[str]) -> int:
    """Write it where the one argument says."""
    if len(arguments) != 1:
        print("写到哪个文件？例如 docs/make_manual.py 社评通使用手册.pdf", file=sys.stderr)
        return 2
    start_application()
    write_file(Path(arguments[0]), pdf_of(manual()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
