"""A sample office to play with: a year of invented data, ready to be computed."""

import shutil
from pathlib import Path

from core.errors import StorageFailed
from core.resources import resource_path
from core.services.services import Services
from core.services.setup import OfficeDraft

SAMPLE_YEAR = 2025
SAMPLE_OFFICE = "示例街道办事处"


def throw_away(folder: Path) -> None:
    """Remove a sample office with all that was tried in it.

    Raises:
        StorageFailed: another program holds one of its files.
    """
    try:
        shutil.rmtree(folder)
    except FileNotFoundError:
        return
    except OSError as error:
        raise StorageFailed(
            "sample_held",
            "示例街道的文件夹没有删掉，别的程序可能正开着里面的文件。",
            "请关闭那个程序再试；本单位的数据没有动过。",
        ) from error


def fill_sample(services: Services) -> None:
    """Fill an empty store by the same doors as an office would: set up, import, open, import."""
    services.setup.init_office(OfficeDraft(SAMPLE_OFFICE))
    roster = services.roster_import.preview(resource_path("sample", "roster.xlsx"))
    services.roster_import.apply(roster)
    services.assessments.open_year(SAMPLE_YEAR)
    scores = services.score_import.preview(SAMPLE_YEAR, resource_path("sample", "scores.xlsx"))
    services.score_import.apply(scores)
