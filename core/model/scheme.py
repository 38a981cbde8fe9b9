"""A scheme (考核方案): everything about one kind of assessment, as data."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from core.model.condition import Condition


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


_FILLING_HINTS = {
    LeafKind.DEDUCT: "填扣完以后的得分，不是扣了几分",
    LeafKind.PERCENT: "也可填百分数，例如 85%",
    LeafKind.RATE: "也可填完成数和总数，例如 19/20",
    LeafKind.YES_NO: "也可填“是”“否”",
}


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
    KIND = "kind"


class Visible(StrEnum):
    """When raters may see something of a stage that is not their own: after handing in their own sheets."""

    NEVER = "never"
    AFTER_OWN = "after_own"
    ALWAYS = "always"


class SubjectSource(StrEnum):
    """Where a cycle takes its subjects from; a list is given when it is opened."""

    ORGANIZATIONS = "organizations"
    COMMUNITIES = "communities"
    UNITS = "units"
    LIST = "list"


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

    def filling_hint(self) -> str:
        """What else than the points may be filled in, or what is to be minded; empty where nothing is."""
        if self.kind is LeafKind.OPTIONS:
            return f"也可填“{'”“'.join(choice.name for choice in self.choices)}”"
        return _FILLING_HINTS.get(self.kind, "")


@dataclass(frozen=True, slots=True)
class CategoryWeight:
    """A rater's weight for the subjects of one category; `minimum_share` as in Rater."""

    category: str
    weight: Decimal
    minimum_share: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Rater:
    """Who fills sheets in a stage; weights are relative (R4).

    `minimum_share` is a lower bound in percent of all weights (不低于70%). With `ballots` its sheets are
    ballots: their mean counts, if there are at least `minimum_ballots` valid ones (R5).
    """

    code: str
    name: str
    weight: Decimal
    minimum_share: Decimal | None = None
    category_weights: tuple[CategoryWeight, ...] = ()
    ballots: bool = False
    minimum_ballots: int = 1

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
class Visibility:
    """What a stage's raters may see of the others: their sheets, the running means, the ranks."""

    sheets: Visible = Visible.NEVER
    means: Visible = Visible.NEVER
    ranks: Visible = Visible.NEVER


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
    visibility: Visibility = Visibility()

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
class LevelPoints:
    """What an item is worth at a level (国家、省、市、区)."""

    level: str
    points: Decimal


@dataclass(frozen=True, slots=True)
class ChangeItem:
    """A matter that earns a bonus or costs points (R7): the same always, or by level.

    It counts from `starts_on` to `ends_on`, and at most `at_most` times for one subject (0: any number).
    """

    code: str
    name: str
    points: Decimal | None = None
    levels: tuple[LevelPoints, ...] = ()
    starts_on: date | None = None
    ends_on: date | None = None
    at_most: int = 0

    def points_at(self, level: str) -> Decimal | None:
        """What it is worth at a level; None where it has no such level."""
        if not self.levels:
            return self.points
        return next((one.points for one in self.levels if one.level == level), None)


@dataclass(frozen=True, slots=True)
class EntryRule:
    """Who takes part (R11): filed this long ago, and standing and status among these, if any are named.

    An unknown fact bars nobody.
    """

    minimum_months: int = 0
    standings: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ("正常",)


@dataclass(frozen=True, slots=True)
class SubjectRule:
    """Who is assessed: where they come from, and their kind unless a list says it."""

    source: SubjectSource = SubjectSource.ORGANIZATIONS
    kind: str = "社会组织"


@dataclass(frozen=True, slots=True)
class HeadShare:
    """What the heads of a winner get of its money (R18): `percent` each or shared, cut from it or added."""

    percent: Decimal
    each: bool = True
    added: bool = False
    heads: int = 1


@dataclass(frozen=True, slots=True)
class PlaceAmount:
    """The money of the next so many places of an award (R18)."""

    places: int
    amount_fen: int


@dataclass(frozen=True, slots=True)
class Award:
    """An award and who may get it (R13); `number` is the places or the percentage, by `places`.

    `kinds` keep it to subjects of these kinds. `amounts` are those of the first places, the next … where not
    all get the same.
    """

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
    kinds: tuple[str, ...] = ()
    amounts: tuple[PlaceAmount, ...] = ()


@dataclass(frozen=True, slots=True)
class TieKey:
    """One key of the order among equal finals; `stage` and `indicator` where the kind asks for them."""

    kind: TieKeyKind
    stage: str = ""
    indicator: str = ""


@dataclass(frozen=True, slots=True)
class SupportListRule:
    """A list that follows from the results, such as 重点扶持培育名单 (R19).

    Those with one of the `grades`, or the `last` ones of the ranking; with `years`, that many in a row, this
    one included (R20).
    """

    code: str
    name: str
    grades: tuple[str, ...] = ()
    last: int = 0
    years: int = 1


@dataclass(frozen=True, slots=True)
class Scheme:
    """One kind of assessment. Caps of None mean no cap; `digest` is the SHA-256 of the text it was read from.

    `score_floor` and `score_cap` hold the raw score (R7); `below_name` is the grade under the last band.
    `report_to` names whom the results are reported to before they are published, empty if nobody;
    `notice_days` are the working days of the public notice; `promote` is what a revocation does unless it
    says otherwise (R17).
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
    subjects: SubjectRule = SubjectRule()
    entry: EntryRule = EntryRule()
    bonuses: tuple[ChangeItem, ...] = ()
    deductions: tuple[ChangeItem, ...] = ()
    report_to: str = ""
    notice_days: int = 0
    promote: bool = True

    def stage(self, code: str) -> Stage:
        """The stage with this code; KeyError if there is none."""
        for stage in self.stages:
            if stage.code == code:
                return stage
        raise KeyError(code)

    def rater(self, stage: str, code: str) -> Rater | None:
        """The rater with this code in a stage; None where there is no such stage or rater."""
        raters = (rater for each in self.stages if each.code == stage for rater in each.raters)
        return next((rater for rater in raters if rater.code == code), None)

    def leaves(self, stage: str, category: str = "") -> tuple[Indicator, ...]:
        """The leaves that a sheet of this stage marks for subjects of this category, in scheme order."""
        trees = self.stage(stage).indicators(category)
        return tuple(leaf for tree in trees for leaf in tree.leaves())

    def gaps_words(self) -> str:
        """What becomes of sheets that are missing or not filled in whole (R5), for a message."""
        as_zero = self.missing_rater is MissingRater.ZERO
        said = "缺的按 0 分计" if as_zero else "缺的不计入，由其余评分方按权重折算"
        gaps_as_zero = self.incomplete_sheet is IncompleteSheet.ZERO
        return f"{said}；没有填全的，空着的项按 0 分计" if gaps_as_zero else said

    def grades(self) -> tuple[str, ...]:
        """All grades, best first."""
        return (*(band.name for band in self.bands), self.below_name)
