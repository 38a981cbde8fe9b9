"""Tables to hand out: what is shown is what is exported."""

from collections.abc import Sequence
from itertools import compress

from core.model.cycle_view import ComputedYear, remark_of
from core.model.journal import ActDraft
from core.model.personal import EXPORTED_WHOLE
from core.model.register import OrganizationSummary
from core.model.tables import OutColumn, OutSheet, OutValue
from core.ports import Store, WriteWorkbook
from core.rules.amounts import in_yuan
from core.rules.ledger_sheets import INTERNAL
from core.rules.ledger_values import NOTHING

ROSTER_COLUMNS = (
    OutColumn("序号", 6),
    OutColumn("所属社区（村）", 16),
    OutColumn("组织名称", 32),
    OutColumn("类别", 12),
    OutColumn("专项推进组", 16),
    OutColumn("方式", 8),
    OutColumn("备案号/统一社会信用代码", 24),
    OutColumn("日期", 12),
    OutColumn("负责人", 10),
    OutColumn("政治面貌", 12),
    OutColumn("联系电话", 25),
    OutColumn("成员数", 8),
    OutColumn("党员数", 8),
    OutColumn("志愿者数", 10),
    OutColumn("活动场所", 24),
    OutColumn("活动次数", 10),
    OutColumn("服务人次", 10),
    OutColumn("上年等次", 12),
    OutColumn("状态", 10),
    OutColumn("备注", 24),
)
_NOT_PUBLISHED = frozenset({"联系电话", "活动场所"})
RESULT_COLUMNS = (
    OutColumn("名次", 6),
    OutColumn("考核对象", 32),
    OutColumn("所属社区（村）", 16),
    OutColumn("类别", 12),
    OutColumn("得分", 10, places=2),
    OutColumn("等次", 10),
    OutColumn("奖项或说明", 24),
    OutColumn("扶持资金（元）", 14, places=2),
)


class ExportService:
    """Lists as Excel files."""

    def __init__(self, store: Store, actor: str, write_workbook: WriteWorkbook) -> None:
        """Write with this writer; the store's log keeps who took whole numbers out."""
        self._store = store
        self._actor = actor
        self._write = write_workbook

    def roster(
        self, summaries: Sequence[OrganizationSummary], title: str, *, publication: bool = False
    ) -> bytes:
        """The organizations given, in the order given, as an Excel file.

        For publication it leaves out phones and places; otherwise it is marked 内部资料.
        """
        shown = [not (publication and column.title in _NOT_PUBLISHED) for column in ROSTER_COLUMNS]
        rows = tuple(
            tuple(compress(_roster_row(place, each), shown)) for place, each in enumerate(summaries, start=1)
        )
        columns = tuple(compress(ROSTER_COLUMNS, shown))
        subtitle = "" if publication else INTERNAL
        whole = "" if publication or not rows else f"{title} {len(rows):,} 个：联系电话"
        return self.sheet(OutSheet("花名册", title, columns, rows, subtitle=subtitle, whole_numbers=whole))

    def results(self, computed: ComputedYear) -> bytes:
        """The year's results in order, as an Excel file."""
        return self._write([results_sheet(computed)])

    def sheet(self, sheet: OutSheet) -> bytes:
        """Any one table as an Excel file; whole numbers leave the store only with a line in the log."""
        content = self._write([sheet])
        if sheet.whole_numbers:
            with self._store.writing(ActDraft(EXPORTED_WHOLE, self._actor, sheet.whole_numbers, keep=True)):
                pass
        return content


def results_sheet(computed: ComputedYear) -> OutSheet:
    """The year's results in order."""
    rows = tuple(
        (
            result.rank or None,
            subject.name,
            subject.community,
            subject.category,
            result.final,
            result.grade or None,
            remark_of(subject, result) or None,
            in_yuan(result.amount_fen) or None,
        )
        for subject, result in computed.ordered()
    )
    title = f"{computed.view.heading}结果"
    note = f"数据校验码 {computed.outcome.digest[:8].upper()}"
    return OutSheet("考核结果", title, RESULT_COLUMNS, rows, note)


def _roster_row(place: int, summary: OrganizationSummary) -> tuple[OutValue, ...]:
    each = summary.organization
    return (
        place,
        # A blank below a community would be read as the same again.
        summary.community or NOTHING,
        each.name,
        summary.category or None,
        summary.work_group or None,
        each.standing.label if each.standing else None,
        each.credit_code or each.filing_number or None,
        str(each.founded_on) if each.founded_on else None,
        each.principal or None,
        each.political_status or None,
        "、".join(each.phones) or None,
        each.members,
        each.party_members,
        each.volunteers,
        each.premises or None,
        each.activities,
        each.visits,
        each.previous_grade or None,
        each.status.label,
        each.remarks or None,
    )
