"""A scheme (考核方案): everything about one kind of assessment, as data."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class LeafKind(StrEnum):
    """How an indicator without children earns its points (R1)."""

    POINTS = "points"
    OPTIONS = "options"
    STEPS = "steps"
    COUNT = "count"
    DEDUCT = "deduct"
    PERCENT = "percent"
    RATE = "rate"
    YES_NO = "yes_no"


class Aggregate(StrEnum):
    """How the sheets of a stage become one score (R4)."""

    MEAN = "mean"
    MEDIAN = "median"
    TRIMMED = "trimmed"


class IncompleteSheet(StrEnum):
    """What a sheet with an empty leaf counts for (R5)."""

    IGNORE = "ignore"
    ZERO = "zero"


class MissingRater(StrEnum):
    """What a missing sheet does to the other sheets of its stage (R5)."""

    RENORMALISE = "renormalise"
    ZERO = "zero"


class MissingStage(StrEnum):
    """What a missing stage does to the result (R5)."""

    BLOCK = "block"
    RENORMALISE = "renormalise"
    ZERO = "zero"


class RankWithin(StrEnum):
    """Among whom subjects are ranked (R12)."""

    ALL = "all"
    CATEGORY = "category"


class VetoEffect(StrEnum):
    """What a veto does (R10), the heaviest first."""

    BELOW = "below"
    CAP = "cap"
    BAR_AWARDS = "bar_awards"


class Places(StrEnum):
    """How many get an award (R13): a number, a percentage of the assessed, or open (若干名)."""

    NUMBER = "number"
    PERCENT = "percent"
    OPEN = "open"


class TieRule(StrEnum):
    """What happens to equals across the border of the places (R14)."""

    UNDECIDED = "undecided"
    ALL = "all"
    NONE = "none"


class TieKeyKind(StrEnum):
    """What decides between equal finals (R14)."""

    STAGE = "stage"
    INDICATOR = "indicator"
    FEWER_DEDUCTIONS = "fewer_deductions"
    MORE_BONUS = "more_bonus"
    EARLIER_FILING = "earlier_filing"
    RAW = "raw"


def plain(value: Decimal) -> str:
    """A setting as a person writes it: 15, 0.5, 100."""
    return f"{value.normalize():f}"


@dataclass(frozen=True, slots=True)
class Choice:
    """A named option of an indicator and its points."""

    name: str
    points: Decimal


@dataclass(frozen=True, slots=True)
class Threshold:
    """From this value on, these points."""

    at_least: Decimal
    points: Decimal


@dataclass(frozen=True, slots=True)
class Indicator:
    """A node of the indicator tree; a parent is the sum of its children, only leaves take marks (R1).

    `step` belongs to points, `choices` to options, `thresholds` (best first) to steps, `unit` (points for
    each) to count, `target` (a ratio such as 0.95) to rate.
    """

    code: str
    name: str
    full: Decimal
    kind: LeafKind = LeafKind.POINTS
    children: tuple["Indicator", ...] = ()
    step: Decimal | None = None
    choices: tuple[Choice, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    unit: Decimal | None = None
    target: Decimal | None = None

    def leaves(self) -> Iterator["Indicator"]:
        """The leaves under this node, itself if it is one, in scheme order."""
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()

    def possible_points(self) -> tuple[Decimal, ...] | None:
        """The only points that this leaf can earn, or None where it may earn anything in its range."""
        if self.kind is LeafKind.OPTIONS:
            return tuple(choice.points for choice in self.choices)
        if self.kind is LeafKind.STEPS:
            return (*(threshold.points for threshold in self.thresholds), Decimal(0))
        if self.kind is LeafKind.YES_NO:
            return (self.full, Decimal(0))
        return None

    def range_text(self) -> str:
        """The points that this leaf can earn, for a message."""
        named = self.possible_points()
        if named is not None:
            return "只能是 " + "、".join(f"{plain(points)} 分" for points in named)
        between = f"应在 0 至 {plain(self.full)} 分之间"
        if self.kind is LeafKind.COUNT and self.unit:
            return f"{between}，每项 {plain(self.unit)} 分"
        return f"{between}，每档 {plain(self.step)} 分" if self.step else between


@dataclass(frozen=True, slots=True)
class CategoryWeight:
    """A rater's weight for the subjects of one category; `minimum_share` as in Rater."""

    category: str
    weight: Decimal
    minimum_share: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Rater:
    """Who fills sheets in a stage; weights are relative (R4).

    `minimum_share` is a lower bound in percent of all weights (不低于70%).
    """

    code: str
    name: str
    weight: Decimal
    minimum_share: Decimal | None = None
    category_weights: tuple[CategoryWeight, ...] = ()

    def weight_for(self, category: str) -> tuple[Decimal, Decimal | None]:
        """Weight and minimum share for subjects of a category."""
        for own in self.category_weights:
            if own.category == category:
                return own.weight, own.minimum_share
        return self.weight, self.minimum_share


@dataclass(frozen=True, slots=True)
class IndicatorSet:
    """The indicators for some categories (分类考核); without categories: for all the others."""

    categories: tuple[str, ...]
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of the assessment with its own raters, weight and full mark (环节).

    A stage without indicators takes one total per sheet. `minimum_sheets` valid sheets make it count.
    """

    code: str
    name: str
    full: Decimal
    weight: Decimal
    raters: tuple[Rater, ...]
    indicator_sets: tuple[IndicatorSet, ...] = ()
    aggregate: Aggregate = Aggregate.MEAN
    minimum_sheets: int = 1
    starts_on: date | None = None
    ends_on: date | None = None

    def indicators(self, category: str = "") -> tuple[Indicator, ...]:
        """The indicator trees for subjects of a category; the stated total where the stage has none."""
        default: tuple[Indicator, ...] = (Indicator("total", "总分", self.full),)
        for indicator_set in self.indicator_sets:
            if category in indicator_set.categories:
                return indicator_set.indicators
            if not indicator_set.categories:
                default = indicator_set.indicators
        return default


@dataclass(frozen=True, slots=True)
class Band:
    """A grade and its lower limit, which belongs to it (R9)."""

    name: str
    floor: Decimal


@dataclass(frozen=True, slots=True)
class Rounding:
    """Half up to `places` decimals, once or at each stage (R8)."""

    places: int = 2
    each_stage: bool = False


@dataclass(frozen=True, slots=True)
class VetoItem:
    """A matter that vetoes a result, and what it then does; `cap_grade` belongs to the effect cap (R10)."""

    code: str
    name: str
    effect: VetoEffect = VetoEffect.BELOW
    cap_grade: str = ""


@dataclass(frozen=True, slots=True)
class HeadShare:
    """What the heads of a winner get of its money (R18): `percent` each or shared, cut from it or added."""

    percent: Decimal
    each: bool = True
    added: bool = False


class Fact(StrEnum):
    """A frozen register fact that an award may ask for (R13)."""

    CATEGORY = "category"
    COMMUNITY = "community"
    PREVIOUS_GRADE = "previous_grade"
    FILED_ON = "filed_on"

    @property
    def label(self) -> str:
        """The fact in Chinese."""
        return _FACT_LABELS[self]


_FACT_LABELS = {
    Fact.CATEGORY: "类别",
    Fact.COMMUNITY: "所属社区（村）",
    Fact.PREVIOUS_GRADE: "上年等次",
    Fact.FILED_ON: "备案（登记）日期",
}


@dataclass(frozen=True, slots=True)
class Condition:
    """What an award asks of a fact: one of these texts if there are any, none of those, not later than a day.

    `until` compares ISO texts; an unknown date does not meet it.
    """

    fact: Fact
    one_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()
    until: str = ""


@dataclass(frozen=True, slots=True)
class Award:
    """An award and who may get it (R13); `number` is the places or the percentage, by `places`."""

    code: str
    name: str
    grades: tuple[str, ...]
    places: Places = Places.NUMBER
    number: Decimal = Decimal(0)
    per_category: bool = False
    amount_fen: int = 0
    ties: TieRule = TieRule.UNDECIDED
    share: HeadShare | None = None
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class TieKey:
    """One key of the order among equal finals; `stage` and `indicator` where the kind asks for them."""

    kind: TieKeyKind
    stage: str = ""
    indicator: str = ""


@dataclass(frozen=True, slots=True)
class SupportListRule:
    """A list of all subjects with one of these grades, such as 重点扶持培育名单 (R19)."""

    code: str
    name: str
    grades: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scheme:
    """One kind of assessment. Caps of None mean no cap; `digest` is the SHA-256 of the text it was read from.

    `score_floor` and `score_cap` hold the raw score (R7); `below_name` is the grade under the last band.
    """

    code: str
    name: str
    source: str
    full: Decimal
    stages: tuple[Stage, ...]
    bands: tuple[Band, ...]
    below_name: str
    score_floor: Decimal
    score_cap: Decimal
    bonus_cap: Decimal | None = None
    deduction_cap: Decimal | None = None
    incomplete_sheet: IncompleteSheet = IncompleteSheet.IGNORE
    missing_rater: MissingRater = MissingRater.RENORMALISE
    missing_stage: MissingStage = MissingStage.BLOCK
    rounding: Rounding = Rounding()
    rank_within: RankWithin = RankWithin.ALL
    vetoes: tuple[VetoItem, ...] = ()
    tie_keys: tuple[TieKey, ...] = ()
    awards: tuple[Award, ...] = ()
    lists: tuple[SupportListRule, ...] = ()
    budget_fen: int | None = None
    edge_margin: Decimal = Decimal("0.01")
    digest: str = ""

    def stage(self, code: str) -> Stage:
        """The stage with this code; KeyError if there is none."""
        for stage in self.stages:
            if stage.code == code:
                return stage
        raise KeyError(code)

    def leaves(self, stage: str, category: str = "") -> tuple[Indicator, ...]:
        """The leaves that a sheet of this stage marks for subjects of this category, in scheme order."""
        trees = self.stage(stage).indicators(category)
        return tuple(leaf for tree in trees for leaf in tree.leaves())

    def grades(self) -> tuple[str, ...]:
        """All grades, best first."""
        return (*(band.name for band in self.bands), self.below_name)
