"""Findings about awards, their conditions and their money (scheme.md 4)."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal

from core.errors import Problem
from core.model.condition import Condition, Fact
from core.model.organization import PartyOrganization, Standing, Status
from core.model.scheme import Award, Places, Scheme, SubjectSource, plain
from core.rules.awarding import parts_of
from core.rules.indicator_checks import twice
from core.rules.money import is_enough
from core.rules.sections import nearest
from core.rules.vague_days import is_day

WHOLE = Decimal(100)
MOST_HEADS = 100
_NUMBERS = frozenset({Fact.MEMBERS, Fact.VOLUNTEERS})


def check_awards(scheme: Scheme) -> Iterator[Problem]:
    """Everything that is wrong with the awards of a scheme."""
    yield from twice("奖项", (award.code for award in scheme.awards), "代码")
    yield from twice("奖项", (award.name for award in scheme.awards), "名称")
    for award in scheme.awards:
        place = f"奖项“{award.name}”"
        yield from check_grades(scheme, place, award.grades)
        yield from _check_kinds(scheme, place, award)
        yield from _check_number(place, award)
        yield from _check_amounts(place, award)
        yield from _check_share(place, award)
        for condition in award.conditions:
            yield from _check_condition(scheme, f"{place}的条件“{condition.fact.label}”", condition)


def check_grades(scheme: Scheme, place: str, grades: Iterable[str]) -> Iterator[Problem]:
    """Grades that the scheme does not have."""
    for grade in grades:
        if grade not in scheme.grades():
            yield Problem(place, f"没有“{grade}”这个等次", nearest(grade, scheme.grades()))


def _check_kinds(scheme: Scheme, place: str, award: Award) -> Iterator[Problem]:
    rule = scheme.subjects
    if rule.source is SubjectSource.ORGANIZATIONS and award.kinds and rule.kind not in award.kinds:
        message = f"只给“{'、'.join(award.kinds)}”，考核对象却都是“{rule.kind}”"
        yield Problem(place, message, "请改 kinds，或改 [subjects]")


def _check_number(place: str, award: Award) -> Iterator[Problem]:
    number = award.number
    if award.places is Places.NUMBER and (number < 1 or number != int(number)):
        yield Problem(place, f"名额是 {plain(number)}", "请写不小于 1 的整数，例如 number = 2")
    elif award.places is Places.PERCENT and not 0 < number <= WHOLE:
        yield Problem(place, f"名额是参评数的 {plain(number)}%", "请写大于 0、不超过 100 的数")
    elif award.places is Places.OPEN and number:
        yield Problem(place, "名额不限，却写了 number", "请删去 number，或改 places")


def _check_amounts(place: str, award: Award) -> Iterator[Problem]:
    if not award.amounts:
        return
    places = sum(part.places for part in award.amounts)
    if award.places is not Places.NUMBER or places != award.number:
        message = f"分名次的奖金共 {places} 个名额，奖项名额是 {plain(award.number)}"
        yield Problem(f"{place}的 amounts", message, '请使两者相等，名额只能是 places = "number"')
    if any(part.places < 1 or not part.amount_fen for part in award.amounts):
        yield Problem(f"{place}的 amounts", "名额或奖金不大于 0", "每档写 places 和 yuan，都大于 0")
    if award.amount_fen:
        yield Problem(place, "写了 amounts，又写了 amount_yuan", "只写一种")


def _check_share(place: str, award: Award) -> Iterator[Problem]:
    share = award.share
    if share is None:
        return
    if not 0 < share.percent <= WHOLE:
        yield Problem(f"{place}的 share", "比例不对", "percent 应大于 0、不超过 100")
    elif not 1 <= share.heads <= MOST_HEADS:
        message = f"heads 不在 1 至 {MOST_HEADS} 之间"
        yield Problem(f"{place}的 share", message, "请写几位负责人，或删去（1 位）")
    elif not all(map(is_enough, parts_of(award))):
        message = f"{share.heads} 位负责人每人 {plain(share.percent)}%，超过了奖金本身"
        yield Problem(f"{place}的 share", message, "请减小 percent 或 heads，或写 added = true（另外增发）")


def _check_condition(scheme: Scheme, place: str, condition: Condition) -> Iterator[Problem]:
    words = (*condition.one_of, *condition.none_of)
    if not (words or condition.until or condition.years) and condition.at_least is None:
        yield Problem(place, "没有写要求", "请写 one_of、none_of、until、at_least 或 years")
        return
    if condition.until and not (condition.fact is Fact.FILED_ON and is_day(condition.until)):
        message = f"不认识日期“{condition.until}”，或比的不是备案日期"
        yield Problem(place, message, '请写 fact = "filed_on", until = "2023-12-31" 这样')
    if (condition.at_least is not None) != (condition.fact in _NUMBERS):
        yield Problem(place, "人数要写 at_least，其余不写", '请写 fact = "members", at_least = 20 这样')
    yield from _check_years(place, condition, bool(words))
    if condition.fact is Fact.LAST_PENALTY_ON and scheme.subjects.source is not SubjectSource.ORGANIZATIONS:
        remedy = '请删去这个条件，或改 [subjects] 的 source = "organizations"'
        yield Problem(place, "台账里只有社会组织的处罚，这个条件人人符合", remedy)
    known = _WORDS[condition.fact](scheme) if condition.fact in _WORDS else words
    for word in words:
        if word not in known:
            yield Problem(place, f"不认识“{word}”", nearest(word, known))


def _check_years(place: str, condition: Condition, has_words: bool) -> Iterator[Problem]:
    if condition.fact is Fact.LAST_PENALTY_ON:
        if has_words or condition.years < 1:
            yield Problem(place, "处罚只比过了几年", '请写 fact = "last_penalty_on", years = 3 这样')
    elif condition.fact is Fact.EARLIER_GRADE:
        if not has_words or condition.years < 1:
            remedy = '请写 fact = "earlier_grade", one_of = ["优秀"], years = 2 这样'
            yield Problem(place, "往年等次要写等次和年数", remedy)
    elif condition.years:
        yield Problem(place, "写了 years，比的却不是处罚或往年等次", "请删去 years，或改 fact")


_WORDS: Mapping[Fact, Callable[[Scheme], tuple[str, ...]]] = {
    Fact.EARLIER_GRADE: Scheme.grades,
    Fact.STANDING: lambda scheme: tuple(one.label for one in Standing),
    Fact.STATUS: lambda scheme: tuple(one.label for one in Status),
    Fact.PARTY_ORGANIZATION: lambda scheme: tuple(one.label for one in PartyOrganization),
}
"""The words that a fact can have, where they are known: last year's grade may be of another scheme."""
