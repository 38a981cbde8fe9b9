"""The one way to find a file that is bundled with the program."""

import sys
from pathlib import Path

_ROOT = Path(getattr(sys, "_MEIPASS", Path(__file__).resolve().parents[1])) / "resources"


def resource_path(*parts: str) -> Path:
    """Path of the bundled file or folder `resources/<parts>`, from source and in the packaged program alike.

    Raises:
        FileNotFoundError: nothing of that name is bundled.
    """
    path = _ROOT.joinpath(*parts)
    if not path.exists():
        raise FileNotFoundError(f"程序自带的文件不见了：{path}，请重新安装本程序。")
    return path
