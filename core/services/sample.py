"""A sample office to play with: a year of invented data, ready to be computed."""

from core.resources import resource_path
from core.services.services import Services
from core.services.setup import OfficeDraft

SAMPLE_YEAR = 2025
SAMPLE_OFFICE = "示例街道办事处"


def fill_sample(services: Services) -> None:
    """Fill an empty store by the same doors as an office would: set up, import, open, import."""
    services.setup.init_office(OfficeDraft(SAMPLE_OFFICE))
    roster = services.roster_import.preview(resource_path("sample", "roster.xlsx"))
    services.roster_import.apply(roster)
    services.assessments.open_year(SAMPLE_YEAR)
    scores = services.score_import.preview(SAMPLE_YEAR, resource_path("sample", "scores.xlsx"))
    services.score_import.apply(scores)
