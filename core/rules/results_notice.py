"""The results notice 关于XXXX年度社会组织考核结果的通报: what it says, every figure taken from the results.

Skeleton after the usual form of a 通报 on assessment results: basis, how it was assessed, results by grade,
awards, use of results; the word 表彰 is not used (a yearly assessment is no commendation scheme).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.model.assessment import Result, ResultState, Subject
from core.model.cycle_view import ComputedYear, remark_of
from core.model.document import Annex, OfficialDocument, Paragraph, Table, TableColumn
from core.model.office import Office
from core.model.outcome import AwardFilling, SupportList
from core.rules.amounts import yuan_text

RESULT_COLUMNS = (
    TableColumn("序号", 4),
    TableColumn("组织名称", 17, "left"),
    TableColumn("类别", 8),
    TableColumn("得分", 6, "right"),
    TableColumn("等次", 6),
    TableColumn("奖项或说明", 10),
)
LIST_COLUMNS = (
    TableColumn("序号", 4),
    TableColumn("组织名称", 17, "left"),
    TableColumn("所属社区（村）", 10),
    TableColumn("类别", 8),
    TableColumn("等次", 6),
)


@dataclass(frozen=True, slots=True)
class NoticeFrame:
    """What surrounds the text: number, dates; `number` in full (XX街办〔2026〕3号)."""

    number: str
    dated_on: date
    printed_on: date


def title_of(year: int) -> tuple[str, ...]:
    """The title's word groups."""
    return ("关于", f"{year}年度", "社会组织", "考核结果的通报")


def results_notice(office: Office, computed: ComputedYear, frame: NoticeFrame) -> OfficialDocument:
    """The notice of a computed year."""
    year = computed.view.cycle.year
    return OfficialDocument(
        red_head=f"{office.name}文件",
        number=frame.number,
        title=title_of(year),
        addressee=office.addressee,
        paragraphs=_paragraphs(office, computed),
        annexes=_annexes(computed),
        issuer=office.name,
        dated_on=frame.dated_on,
        copy_to=office.copy_to,
        printed_by=office.name,
        printed_on=frame.printed_on,
        line_pitch=office.line_pitch,
        two_sided=office.two_sided,
    )


def _paragraphs(office: Office, computed: ComputedYear) -> tuple[Paragraph, ...]:
    year = computed.view.cycle.year
    parts = [
        Paragraph(
            f"为全面了解辖区社会组织作用发挥情况，{office.desk}会同各联动部门和各社区（村），"
            f"对{year}年度社会组织工作进行了考核。现将结果通报如下："
        ),
        Paragraph(_how_assessed(computed), "一、考核情况。", 1),
        Paragraph(_grades_text(computed), "二、考核等次。", 1),
        Paragraph(_awards_text(computed), "三、奖励扶持。", 1),
    ]
    if _listed(computed):
        parts.append(Paragraph(_lists_text(computed), "四、结果运用。", 1))
    parts.append(
        Paragraph(
            "希望获奖和考核等次靠前的社会组织继续发挥带头作用，其他社会组织对照差距改进工作。各专项推进组和各社区（村）"
            "要加强指导和服务，把考核结果用到下一年度的培育扶持中。"
        )
    )
    return tuple(parts)


def _how_assessed(computed: ComputedYear) -> str:
    view = computed.view
    raters = list(dict.fromkeys(rater.name for stage in view.scheme.stages for rater in stage.raters))
    barred = [subject for subject in view.subjects if subject.barred]
    ways = f"{'、'.join(raters[:-1])}和{raters[-1]}" if len(raters) > 1 else "".join(raters)
    text = (
        f"考核按《{view.scheme.name}》方案进行，满分{view.scheme.full.normalize():f}分，"
        f"由{ways}{'按权重' if len(raters) > 1 else ''}汇总得出。"
        f"列入名册的社会组织{len(view.subjects)}个，参加考核{len(view.assessed)}个"
    )
    if not barred:
        return f"{text}。"
    reasons = dict.fromkeys(subject.barred for subject in barred)
    each = "，".join(f"{why}{sum(s.barred == why for s in barred)}个" for why in reasons)
    return f"{text}；不参加考核{len(barred)}个，其中{each}。"


def _grades_text(computed: ComputedYear) -> str:
    counted = [each for each in computed.outcome.grade_counts if each.count]
    grades = "，".join(f"{each.grade}{each.count}个" for each in counted)
    text = f"评定{grades}" if grades else "没有社会组织评定等次"
    results = computed.outcome.results
    vetoed = sum(each.state is ResultState.VETOED for each in results)
    revoked = sum(each.state is ResultState.REVOKED for each in results)
    unfinished = sum(each.state is ResultState.INCOMPLETE for each in results)
    if vetoed:
        text += f"；其中{vetoed}个被一票否决"
    if revoked:
        text += f"；其中{revoked}个的结果已撤销"
    if unfinished:
        text += f"；另有{unfinished}个因评分不全未评定等次"
    return f"{text}（结果见附件1）。"


def _awards_text(computed: ComputedYear) -> str:
    sentences = [_award_sentence(award, computed) for award in computed.outcome.awards]
    total = computed.outcome.money_fen
    closing = f"以上扶持资金合计{yuan_text(total)}。" if total else ""
    return "".join(sentences) + closing if sentences else "本年度不设奖项。"


def _award_sentence(award: AwardFilling, computed: ComputedYear) -> str:
    names = _names(award.winners, computed)
    title = f"{award.category}的{award.name}" if award.category else award.name
    money = f"给予扶持资金{yuan_text(award.amount_fen)}" if award.amount_fen else ""
    rest = f"因{len(award.undecided)}个组织得分并列待定" if award.undecided else "空缺"
    if not names:
        return f"{title}本年度{rest}。"
    # 等 keeps the figure apart from a name that ends in one (合唱团2)
    text = names[0] if len(names) == 1 else f"{'、'.join(names)}等{len(names)}个组织"
    text += f"获{title}"
    if money:
        text += f"，{money}" if len(names) == 1 else f"，每个{money}"
    return f"{text}，另有{award.open_places}个名额{rest}。" if award.open_places else f"{text}。"


def _lists_text(computed: ComputedYear) -> str:
    return "".join(
        f"{len(each.subject_ids)}个社会组织列入{each.name}（名单见附件{place}）。"
        for place, each in enumerate(_listed(computed), start=2)
    )


def _listed(computed: ComputedYear) -> list[SupportList]:
    return [each for each in computed.outcome.lists if each.subject_ids]


def _names(subject_ids: Sequence[str], computed: ComputedYear) -> list[str]:
    by_id = {subject.id: subject.name for subject in computed.view.subjects}
    return [by_id[each] for each in subject_ids]


def _annexes(computed: ComputedYear) -> tuple[Annex, ...]:
    year = computed.view.cycle.year
    subjects = {subject.id: subject for subject in computed.view.subjects}
    ordered = computed.ordered()
    places = computed.view.scheme.rounding.places
    rows = tuple(
        _result_row(number, subject, result, places)
        for number, (subject, result) in enumerate(ordered, start=1)
    )
    annexes = [Annex(f"{year}年度社会组织考核结果", (Table(RESULT_COLUMNS, rows),))]
    grades = {each.subject_id: each.grade for each in computed.outcome.results}
    for each in _listed(computed):
        listed = [subjects[subject_id] for subject_id in each.subject_ids]
        lines = tuple(
            (str(place), subject.name, subject.community, subject.category, grades[subject.id])
            for place, subject in enumerate(listed, start=1)
        )
        annexes.append(Annex(f"{year}年度{each.name}", (Table(LIST_COLUMNS, lines),)))
    return tuple(annexes)


def _result_row(number: int, subject: Subject, result: Result, places: int) -> tuple[str, ...]:
    return (
        str(number),
        subject.name,
        subject.category,
        "—" if result.final is None else f"{result.final:.{places}f}",
        result.grade or "—",
        remark_of(subject, result),
    )
