"""How award money is summed up."""

from core.model.labelled import Labelled


class MoneyBy(Labelled):
    """What the sums are made by."""

    YEAR = "year", "年度"
    AWARD = "award", "奖项"
    CATEGORY = "category", "类别"
    COMMUNITY = "community", "社区（村）"
