"""What the lens says: short sentences, each with what a figure means and what it does not."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from core.model.lens import Shift, Spread, Standing
from core.model.scheme import Stage
from core.rules.lens_agreement import hundredths

FEWEST = 5
"""Over fewer subjects than this nothing is said about a rater or about agreement."""
FEW = 8
"""Below this many subjects agreement may well be chance."""
SAME_SHARE = Decimal("0.01")
"""A mean difference below this share of the full mark is no difference."""
MUCH, SOME = Decimal("0.7"), Decimal("0.4")
"""From these correlations on, orders are alike, or partly alike."""
NAMED = 6
"""A sentence names so many subjects at most."""

DECIDING = (
    "决定等次或奖项的评分",
    "把一个评分换成其他评分方给同一指标的平均分，如果等次或奖项因此改变，就列在这里。"
    "这些评分分量重，公示前宜再核对依据；列在这里不说明评错了。",
    "没有哪一个评分单独决定等次或奖项。",
)
WITHOUT = (
    "去掉一个评分方",
    "看结果是否系于一家。这只是试算，不说明哪个评分方可以不要，正式结果仍按考核方案计算。",
    "没有可以去掉的评分方。",
)
ONE_POINT = (
    "多给 1 分",
    "给一张评分表加 1 分（不超过满分），如果这个对象的等次或奖项因此改变，就列在这里。"
    "这说明离界线很近，宜核对有没有漏记、错记；不说明应当加分。",
    "没有一个对象会因为多 1 分而改变等次或奖项。",
)


def severity_words(name: str, stage: Stage, subjects: int, without: int, difference: Decimal | None) -> str:
    """Whether a rater marks mildly or strictly; `without` subjects have marks of others only."""
    if difference is None:
        return (
            f"“{name}”和其他评分方都评过的对象有 {subjects} 个，不到 {FEWEST} 个，说不出松紧，也说不出先后。"
        )
    if abs(difference) < stage.full * SAME_SHARE:
        words = f"“{name}”与其他评分方平均只差 {abs(difference)} 分；这说明松紧相当，不说明每个对象都评得准。"
    elif difference > 0:
        words = f"“{name}”平均比其他评分方高 {difference} 分；这说明它打分偏松，不说明它不公正。"
    else:
        words = f"“{name}”平均比其他评分方低 {-difference} 分；这说明它打分偏严，不说明它不公正。"
    return words + (f"有 {without} 个对象没有它的评分，与别的对象不尽可比。" if without else "")


def correlation_words(correlation: Decimal | None) -> str:
    """How a rater's order goes with that of the others."""
    if correlation is None:
        return "给分没有高低之别，看不出先后；这不说明它没有认真评。"
    if correlation >= MUCH:
        return "排出的先后与其他评分方大体一致；这说明看法接近，不说明评得准。"
    if correlation >= SOME:
        return "排出的先后与其他评分方部分一致；这说明各有侧重，不说明谁对谁错。"
    order = "常常相反" if correlation <= -SOME else "没有什么关系"
    return f"排出的先后与其他评分方{order}；这说明看重的不同或者评分有误，宜核对，不说明它错了。"


def concordance_words(raters: int, subjects: int, concordance: Decimal | None) -> str:
    """How far all raters of a stage agree; chance alone gives about 1 / raters, so the words allow for it."""
    if raters < 2:
        return "这一环节没有两个可比的评分方，说不出是否一致。"
    if subjects < FEWEST:
        return f"{raters} 个评分方都评过的对象有 {subjects} 个，不到 {FEWEST} 个，说不出是否一致。"
    if concordance is None:
        return "各评分方给分都没有高低之别，说不出是否一致。"
    agreement = (raters * concordance - 1) / (raters - 1)
    degree = "大体一致" if agreement >= MUCH else "部分一致" if agreement >= SOME else "很不一致"
    chance = hundredths(Fraction(1, raters))
    few = "对象不多，也可能是碰巧。" if subjects < FEW else ""
    return (
        f"{raters} 个评分方对 {subjects} 个对象排出的先后{degree}：一致性系数 W = {concordance}"
        f"（1 是完全一致，互不相干约为 {chance}）。{few}这说明看法接近的程度，不说明评得对不对。"
    )


def spread_words(spreads: Sequence[Spread], middle: Decimal | None) -> str:
    """How far the raters lie apart on the same subject; `spreads` widest first."""
    if middle is None:
        return "没有一个对象有两个评分方的评分，说不出分歧。"
    return (
        f"同一对象的最高分与最低分，一般相差 {middle} 分，最多相差 {spreads[0].width} 分。"
        "相差大说明看法不同，或者有笔误，宜核对评分表；不说明谁评错了。"
    )


def shift_words(shift: Shift) -> str:
    """What would become of one subject: 等次由良好变为优秀，得到优秀奖."""
    before, after = shift.before, shift.after
    parts = []
    if before.grade != after.grade:
        parts.append(f"等次由{_grade(before)}变为{_grade(after)}")
    if before.award and after.award and before.award != after.award:
        parts.append(f"由{before.award}变为{after.award}")
    elif before.award != after.award:
        parts.append(f"得到{after.award}" if after.award else f"失去{before.award}")
    return f"“{shift.name}”{'，'.join(parts)}"


def shifts_words(shifts: Sequence[Shift]) -> str:
    """What would become of all, in one sentence; of the first few where they are many."""
    rest = f"；另有 {len(shifts) - NAMED} 个" if len(shifts) > NAMED else ""
    return "；".join(map(shift_words, shifts[:NAMED])) + rest + "。"


def _grade(standing: Standing) -> str:
    return standing.grade or "未完成"


def without_words(name: str, shifts: Sequence[Shift]) -> str:
    """What leaving a rater out would do."""
    if not shifts:
        return f"去掉“{name}”，等次和奖项都不变。"
    return f"去掉“{name}”，{len(shifts)} 个对象的等次或奖项会变：{shifts_words(shifts)}"


def alone_words(name: str) -> str:
    """Why the only rater of a stage is not left out."""
    return f"“{name}”是这一环节唯一的评分方，去掉就没有结果，不作比较。"


def mark_words(rater: str, indicator: str, mark: Decimal, others: Decimal) -> str:
    """A mark beside what the others gave."""
    return f"“{rater}”的“{indicator}”：{mark} 分，其他评分方平均 {others} 分"


def deciding_words(marks: Sequence[str], shifts: Sequence[Shift]) -> str:
    """What hangs on each of some marks."""
    which = f"以下 {len(marks)} 个评分中任何一个" if len(marks) > 1 else "以下评分"
    return f"{which}如果与其他评分方的平均分相同，{shifts_words(shifts)}"


def one_point_words(raters: Sequence[str], shifts: Sequence[Shift]) -> str:
    """Whose point would do it."""
    any_of = "任一方" if len(raters) > 1 else ""
    return f"“{'”“'.join(raters)}”{any_of}多给 1 分，{shifts_words(shifts)}"
