"""What builds, packages and checks have in common: the product's names and where its parts lie."""

import os
from pathlib import Path

from core.model.program import VERSION

ROOT = Path(__file__).resolve().parent.parent
NAME = "shepingtong"
TITLE = "社评通"
DIST = ROOT / "dist"
BUNDLE = DIST / NAME
LARGEST_BUNDLE = 220 * 1024 * 1024
LARGEST_DEB = 110 * 1024 * 1024

__all__ = ["BUNDLE", "DIST", "LARGEST_BUNDLE", "LARGEST_DEB", "NAME", "ROOT", "TITLE", "VERSION"]


def size_of(folder: Path) -> int:
    """Bytes of all files in a folder; what has several names counts once."""
    return sum(each.lstat().st_size for each in folder.rglob("*") if not each.is_dir())


def program(folder: Path, *, console: bool = False) -> Path:
    """One of the two programs in a bundle's folder."""
    return folder / f"{NAME}{'-cli' if console else ''}{'.exe' if os.name == 'nt' else ''}"


def say(text: str) -> None:
    """Tell the builder how far it is."""
    print(text, flush=True)
