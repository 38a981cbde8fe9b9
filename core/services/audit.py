"""The desk of the log: every act looked through, handed out and verified."""

from collections.abc import Iterable, Iterator, Sequence

from core.errors import InvalidInput
from core.model.audit import ActQuery, AuditReport, ChainHead, HeadCheck
from core.model.journal import Act
from core.model.office import Office
from core.model.personal import masked_act
from core.model.tables import OutColumn, OutSheet, OutValue
from core.model.versions import LABEL_OF, RecordStory
from core.ports import Reading, Store, WriteWorkbook
from core.rules.chain_heads import read_head
from core.services.act_stories import record_stories

_RECORDS_TOLD = 40
"""Records of one act whose changes are told in an export."""

_ACT_COLUMNS = (
    OutColumn("序号", 8),
    OutColumn("时间", 18, as_text=True),
    OutColumn("操作人", 12),
    OutColumn("操作", 22),
    OutColumn("说明或原因", 40),
    OutColumn("改动记录数", 12),
)
_CHANGE_COLUMNS = (
    OutColumn("序号", 8),
    OutColumn("记录", 14),
    OutColumn("名称", 30),
    OutColumn("项目", 18),
    OutColumn("原来", 30),
    OutColumn("改为", 30),
)


class AuditService:
    """Reads the log; numbers of telephones and identity cards lose their middle wherever they stand in it."""

    def __init__(self, store: Store, write_workbook: WriteWorkbook) -> None:
        """Read from this store, write with this writer."""
        self._store = store
        self._write = write_workbook

    def acts(self, query: ActQuery) -> tuple[Act, ...]:
        """The acts that are asked for, newest first."""
        with self._store.reading() as view:
            return tuple(map(masked_act, view.log.find(query)))

    def actors(self) -> tuple[str, ...]:
        """Who has acted, by name."""
        with self._store.reading() as view:
            return view.log.actors()

    def kinds(self) -> tuple[tuple[str, str], ...]:
        """What an act can change: the name that a query takes, and what the clerk calls it."""
        return tuple(LABEL_OF.items())

    def head(self) -> ChainHead:
        """The newest act and its digest."""
        with self._store.reading() as view:
            return view.log.head()

    def verify(self, typed: Sequence[str] = ()) -> AuditReport:
        """Verify the whole log, and look for the acts whose heads were typed from papers.

        Raises:
            InvalidInput: what was typed is no head.
        """
        wanted = [(text, _read(text)) for text in typed]
        with self._store.reading() as view:
            heads = tuple(_checked(view, text, number, start) for text, (number, start) in wanted)
            return AuditReport(view.log.verified(), heads)

    def export(self, query: ActQuery) -> bytes:
        """The acts that are asked for, oldest first, with what they changed, as an Excel file."""
        with self._store.reading() as view:
            acts = [masked_act(each) for each in reversed(view.log.find(query))]
            office = next((each.name for each in view.all(Office)), "")
            head = view.log.head()
            told = tuple(_change_rows(view, acts))
        rows: tuple[tuple[OutValue, ...], ...] = tuple(
            (
                each.number,
                f"{each.at:%Y-%m-%d %H:%M:%S}",
                each.actor,
                each.verb,
                each.reason,
                each.change_count,
            )
            for each in acts
        )
        title, note = f"{office}操作日志", f"日志校验码：{head.said}"
        return self._write(
            [
                OutSheet("操作", title, _ACT_COLUMNS, rows, note=note, subtitle=_words(query, len(rows))),
                OutSheet("改动", "各次操作改动的内容", _CHANGE_COLUMNS, told, note=note),
            ]
        )


def _read(typed: str) -> tuple[int | None, str]:
    head = read_head(typed)
    if head is None:
        raise InvalidInput(
            "no_chain_head",
            f"“{typed}”不是日志校验码。",
            "校验码印在公文末页、证书下方和报表的页脚，形如 128-3F2A-91BC，请照着再输一遍。",
        )
    return head


def _checked(view: Reading, typed: str, number: int | None, start: str) -> HeadCheck:
    found = [each for each in view.log.sealed(start) if number in (None, each.number)]
    if found:
        return HeadCheck(typed, found[0].number, f"与第 {found[0].number} 号操作相符")
    newest = view.log.head().number
    if number is not None and number > newest:
        return HeadCheck(typed, 0, f"日志只到第 {newest} 号，第 {newest + 1} 号到第 {number} 号被截去了")
    return HeadCheck(typed, 0, "日志里没有这个校验码：它所在的操作已被截去，或日志被整个改写")


def _change_rows(view: Reading, acts: Iterable[Act]) -> Iterator[tuple[OutValue, ...]]:
    for act in acts:
        changes = view.changes(act.number)
        for story in record_stories(view, act, changes[:_RECORDS_TOLD]):
            for field, old, new in _lines(story):
                yield act.number, LABEL_OF.get(story.kind, story.kind), story.title, field, old, new
        if len(changes) > _RECORDS_TOLD:
            yield act.number, "……", f"另有 {len(changes) - _RECORDS_TOLD:,} 条记录", "", "", ""


def _lines(story: RecordStory) -> Iterator[tuple[str, str, str]]:
    if story.is_new or story.is_gone:
        yield "新建" if story.is_new else "删除", "", ""
    for line in story.lines:
        yield line.field, line.old, line.new


def _words(query: ActQuery, count: int) -> str:
    """What the export holds."""
    days = f"{query.first or ''} 至 {query.last or ''}" if query.first or query.last else "全部日期"
    narrowed = (query.actor, LABEL_OF.get(query.kind, ""), "、".join(query.verbs), query.text)
    return "　".join(("内部资料", days, *filter(None, narrowed), f"共 {count:,} 次操作"))
