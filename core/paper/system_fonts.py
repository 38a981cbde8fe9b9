"""The 公文 fonts that this PC has."""

from collections.abc import Iterable
from pathlib import Path

from core.paper.font_files import font_folders, fonts_by_name
from core.paper.fonts import Role

# Best first: of one maker's fonts the one with more characters.
_NAMES: dict[Role, tuple[str, ...]] = {
    Role.BODY: (
        "方正仿宋_GBK",
        "FZFangSong-Z02",
        "FZFSK--GBK1-0",
        "仿宋",
        "FangSong",
        "仿宋_GB2312",
        "FangSong_GB2312",
    ),
    Role.TITLE: (
        *("方正小标宋_GBK", "FZXiaoBiaoSong-B05", "FZXBSK--GBK1-0"),
        *("方正小标宋简体", "FZXiaoBiaoSong-B05S", "FZXBSJW--GB1-0"),
    ),
    Role.KAI: ("方正楷体_GBK", "FZKai-Z03", "FZKTK--GBK1-0", "楷体", "KaiTi", "楷体_GB2312", "KaiTi_GB2312"),
    Role.HEI: ("方正黑体_GBK", "FZHei-B01", "FZHTK--GBK1-0", "黑体", "SimHei"),
    Role.SONG: ("方正书宋_GBK", "FZShuSong-Z01", "FZSSK--GBK1-0", "宋体", "SimSun"),
}


def find_office_fonts(folders: Iterable[Path] | None = None) -> dict[Role, Path]:
    """The PC's own font for each role that has one; `folders` are the system's font folders if not given."""
    found = fonts_by_name(font_folders() if folders is None else folders)
    matches = {
        role: next((found[name] for name in names if name in found), None) for role, names in _NAMES.items()
    }
    return {role: path for role, path in matches.items() if path}
