"""Licences of the libraries in a bundle: all are named, and those of the system bring their texts.

The wheels' texts lie in their metadata. What PyInstaller takes from the building system's own libraries has
its text in Debian's /usr/share/doc, which may point to /usr/share/common-licenses.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

TEXTS = "resources/licences/system"
"""Where the system's texts lie in a bundle, one for each library's file."""
_DOCS = Path("/usr/share/doc")
_COMMON = Path("/usr/share/common-licenses")
_LIBRARY_NAME = re.compile(r"[-.\d]*\.so.*")


def gather_texts(libraries: Iterable[Path], folder: Path) -> list[Path]:
    """Copy the licences of Python and of the system's `libraries` into `folder`; what was made.

    Raises:
        SystemExit: a library belongs to no Debian package, so its text is unknown.
    """
    texts = {"CPython": _licence_of_python()} | {each.name: _licence_of(each) for each in libraries}
    told = "".join(text.read_text("utf-8") for text in texts.values())
    if _COMMON.is_dir():
        texts |= {each.name: each for each in _COMMON.iterdir() if str(each) in told}
    folder.mkdir(parents=True, exist_ok=True)
    return [Path(shutil.copyfile(text, folder / f"{name}.txt")) for name, text in sorted(texts.items())]


def without_licence(internal: Path, licences: str) -> list[str]:
    """Libraries of a bundle, Python's and the system's, that the list of licences does not name."""
    told = licences.lower().replace("_", "-")
    names = {each.name.partition("-")[0].lower().replace("_", "-") for each in internal.glob("*.dist-info")}
    names |= {_LIBRARY_NAME.sub("", each).lower() for each in _system_libraries(internal)}
    return sorted(name for name in names if name not in told)


def without_text(internal: Path) -> list[str]:
    """Libraries of the system in a bundle whose licence's text is not there."""
    return sorted(_system_libraries(internal) - {each.stem for each in (internal / TEXTS).glob("*.txt")})


def _system_libraries(internal: Path) -> set[str]:
    return {each.name for each in internal.glob("lib*.so*") if not each.is_symlink()}


def _licence_of_python() -> Path:
    """As Python's own `license` finds it: beside its modules, on Windows above them."""
    modules = Path(os.__file__).parent
    return next(each for each in (modules / "LICENSE.txt", modules.parent / "LICENSE.txt") if each.is_file())


def _licence_of(library: Path) -> Path:
    if library.name.startswith("libpython"):
        return _licence_of_python()
    file = library.resolve()
    # Where /lib is a link to /usr/lib, dpkg may know a library by either name.
    names = (str(file), str(file).removeprefix("/usr"))
    told = subprocess.run(["dpkg-query", "-S", *names], capture_output=True, text=True, check=False).stdout
    text = _DOCS / told.partition(":")[0] / "copyright"
    if not text.is_file():
        raise SystemExit(
            f"找不到 {file} 的许可文本：请在 Debian、统信 UOS 或银河麒麟上，用系统软件包里的库打包。"
        )
    return text
