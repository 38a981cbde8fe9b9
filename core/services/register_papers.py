"""The register on paper: roster, filing form, group booklet, missing-papers list, community cards."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TypeVar

from core.errors import InvalidInput, NotFound
from core.model.activities import Brand
from core.model.completeness_view import Targets
from core.model.filing import Particulars, Transition
from core.model.journal import ActDraft
from core.model.office import Office
from core.model.people import Person, Post, Unit
from core.model.personal import PRINTED_WHOLE
from core.model.register import OrganizationSummary, Register
from core.model.register_papers import RegisterPaper
from core.model.tables import OutSheet
from core.model.tasks import GroupPaper, Task
from core.ports import Clock, Paper, Reading, Store
from core.rules.community_card import CommunityFacts, community_cards
from core.rules.completeness import averages, community_counts, group_gaps, living, party_coverage
from core.rules.filing_form import FilingFacts, entry_of, filing_form
from core.rules.group_booklet import GroupFacts, People, group_booklet
from core.rules.register_papers import PaperFrame, missing_papers_list, roster_paper, sheet_paper
from core.services.filing import FilingService
from core.services.register_reading import read_register

T = TypeVar("T")

MOST_PRINTED = 5_000
"""Rows of a list on paper: more than 200 pages are not read."""


class RegisterPaperService:
    """Papers of the register as PDF.

    Telephone and ID numbers lose their middle; asked for with `masked=False` they are whole, every page says
    内部资料 and the log keeps that they were printed.
    """

    def __init__(self, store: Store, actor: str, clock: Clock, paper: Paper) -> None:
        """Print what this store holds, in this person's name."""
        self._store = store
        self._actor = actor
        self._clock = clock
        self._paper = paper
        self._filing = FilingService(store, actor, clock)

    def roster(self, ids: Sequence[str] | None = None, *, shown: str = "", masked: bool = True) -> bytes:
        """花名册 of these organizations in the order given, or of all; `shown` says which these are.

        Raises:
            NotFound: there is none to print.
            DocumentFailed: a character has no font.
        """
        with self._store.reading() as view:
            register, frame = read_register(view), self._frame(view, masked)
        known = {each.id: each for each in register.organizations}
        summaries = _chosen(known, ids, "没有可打印的组织。")
        words = shown or ("全部" if ids is None else "所选组织")
        return self._printed(roster_paper(frame, summaries, words))

    def filing_form(self, organization_id: str, *, masked: bool = True) -> bytes:
        """备案表 of an organization; what the register does not know stays blank for the pen.

        Raises:
            NotFound: the organization is gone.
            DocumentFailed: a character has no font.
        """
        with self._store.reading() as view:
            frame = self._frame(view, masked)
            known = {each.id: each for each in read_register(view).organizations}
            particulars = view.all(Particulars, organization_id=organization_id)
            transitions = view.all(Transition, organization_id=organization_id)
        [summary] = _chosen(known, [organization_id], "没有找到这个组织，可能已被删除或合并。")
        facts = FilingFacts(summary, next(iter(particulars), None), entry_of(transitions))
        return self._printed(filing_form(frame, facts))

    def booklet(self, group_ids: Sequence[str] | None = None, *, masked: bool = True) -> bytes:
        """工作组手册 of these groups, or of all.

        Raises:
            NotFound: there is none to print.
            DocumentFailed: a character has no font.
        """
        with self._store.reading() as view:
            frame = self._frame(view, masked)
            known = {each.group.id: each for each in _groups(view)}
            people = People(
                view.all(Post),
                {each.id: each for each in view.all(Person)},
                {each.id: each.name for each in view.all(Unit)},
            )
        groups = _chosen(known, group_ids, "没有可打印的工作组。")
        return self._printed(group_booklet(frame, groups, people))

    def missing_papers(self, *, masked: bool = True) -> bytes:
        """缺件清单: organizations, groups and units that have yet to hand in papers.

        Raises:
            DocumentFailed: a character has no font.
        """
        with self._store.reading() as view:
            frame = self._frame(view, masked)
        return self._printed(missing_papers_list(frame, self._filing.completeness()))

    def community_card(self, ids: Sequence[str] | None = None, targets: Targets | None = None) -> bytes:
        """社区卡片 of these communities, or of all; the targets are those of seed 002 if not given.

        Raises:
            NotFound: there is none to print.
            DocumentFailed: a character has no font.
        """
        with self._store.reading() as view:
            frame, register = self._frame(view), read_register(view)
            brands = view.all(Brand)
        wanted = targets or Targets()
        known = {each.community.id: each for each in _communities(register, brands, wanted)}
        cards = _chosen(known, ids, "没有可打印的社区（村）。")
        categories = [each.name for each in register.categories]
        return self._printed(community_cards(frame, cards, categories, wanted))

    def table(self, sheet: OutSheet, title: str, note: str, *, masked: bool = True) -> bytes:
        """Any list as it is handed out, on lying pages; `masked` as the sheet was made.

        Raises:
            InvalidInput: it has no rows, or too many for paper.
            DocumentFailed: a character has no font.
        """
        if not sheet.rows:
            raise InvalidInput("nothing_to_print", "没有可打印的内容。", "请先清除筛选，或者换一天。")
        if len(sheet.rows) > MOST_PRINTED:
            raise InvalidInput(
                "too_much_to_print",
                f"要打印的有 {len(sheet.rows):,} 行，超过 {MOST_PRINTED:,} 行。",
                "请先筛选，或者改为导出表格。",
            )
        with self._store.reading() as view:
            frame = self._frame(view, masked)
        return self._printed(sheet_paper(frame, sheet, title, note))

    def _frame(self, view: Reading, masked: bool = True) -> PaperFrame:
        office = next(iter(view.all(Office)), None)
        if office is None:
            raise NotFound("office_missing", "还没有新建单位。", "请先新建单位。")
        return PaperFrame(office, self._clock().date(), masked, view.log.head().said)

    def _printed(self, paper: RegisterPaper) -> bytes:
        """The paper as PDF; whole numbers leave the store only with a line in the log."""
        printed = self._paper.register_paper(paper)
        if paper.internal:
            what = f"{paper.title}　{paper.parts[0].note}".rstrip()
            with self._store.writing(ActDraft(PRINTED_WHOLE, self._actor, what, keep=True)):
                pass
        return printed


def _chosen(known: Mapping[str, T], ids: Sequence[str] | None, nothing: str) -> list[T]:
    """What the ids name, in their order; all of it if none are given."""
    chosen = list(known.values()) if ids is None else [known[each] for each in ids if each in known]
    if not chosen:
        raise NotFound("nothing_to_print", nothing, "请刷新列表后重新选择。")
    return chosen


def _groups(view: Reading) -> list[GroupFacts]:
    """The work groups in the office's order, with what they hold and what they lack."""
    register = read_register(view)
    members: defaultdict[str, list[OrganizationSummary]] = defaultdict(list)
    for each in register.organizations:
        members[each.work_group_id].append(each)
    papers: defaultdict[str, list[GroupPaper]] = defaultdict(list)
    for paper in view.all(GroupPaper):
        papers[paper.work_group_id].append(paper)
    held = [paper for group_papers in papers.values() for paper in group_papers]
    gaps = group_gaps(register.work_groups, held, view.all(Task))
    missing = {gap.work_group_id: tuple(kind.label for kind in gap.missing) for gap in gaps}
    categories = {each.id: each.name for each in register.categories}
    return [
        GroupFacts(
            each,
            categories.get(each.category_id, ""),
            tuple(members[each.id]),
            tuple(papers[each.id]),
            missing.get(each.id, ()),
        )
        for each in register.work_groups
    ]


def _communities(register: Register, brands: Sequence[Brand], targets: Targets) -> list[CommunityFacts]:
    """The communities in the office's order, with the organizations that count and how they compare."""
    counted = {each.id for each in living(each.organization for each in register.organizations)}
    members: defaultdict[str | None, list[OrganizationSummary]] = defaultdict(list)
    for each in register.organizations:
        if each.id in counted:
            members[each.organization.community_id].append(each)
    organizations = [each.organization for each in register.organizations]
    counts = community_counts(register.communities, organizations, brands, targets)
    average_of = {each.kind: each for each in averages(counts, targets)}
    of_organization: defaultdict[str, list[Brand]] = defaultdict(list)
    for brand in brands:
        of_organization[brand.organization_id].append(brand)
    return [
        CommunityFacts(
            community,
            tuple(members[community.id]),
            tuple(brand for each in members[community.id] for brand in of_organization[each.id]),
            count,
            average_of[community.kind],
            party_coverage(each.organization for each in members[community.id]),
        )
        for community, count in zip(register.communities, counts, strict=True)
    ]
