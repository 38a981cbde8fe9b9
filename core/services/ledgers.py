"""The desk for all ledgers: list, form, bin, import, export."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from core.errors import Conflict, InvalidInput, RuleViolation
from core.model.finding import Find
from core.model.journal import ActDraft
from core.model.ledger import Field, FieldKind, Ledger
from core.model.ledger_view import LedgerCounts, LedgerForm, LedgerPreview, LedgerRow
from core.model.ledgers import LEDGERS
from core.model.office import Office
from core.model.organization import Organization
from core.model.personal import LOOKED
from core.model.reading import ANYWHERE, FileLook, Remark, TablePlace
from core.model.register import LISTED
from core.model.roster import Verdict
from core.model.tables import OutSheet
from core.model.workbook import Block, RawWorkbook, sheet_of
from core.ports import Clock, Reading, ReadWorkbook, Report, Source, Store, unwatched
from core.rules.cell_values import Read, fault
from core.rules.ledger_checks import COMPARED_KINDS, missing_fields, record_key, wrong_order
from core.rules.ledger_matching import judged
from core.rules.ledger_reading import look_at_ledger, read_ledger
from core.rules.ledger_sheets import faulty_ledger_rows, ledger_sheet, out_fields, template_sheet
from core.rules.ledger_titles import LinkBook, suffix_kind, title_of
from core.rules.ledger_values import (
    blank_record,
    form_text,
    is_blank,
    read_value,
    shown_value,
)
from core.rules.search_keys import search_key, search_text, sort_key
from core.services.derived import rekey_linked, with_derived
from core.services.past import Memo, seen_on
from core.services.roster_import import newest_act, workbook_of

_ANY: Mapping[str, object] = MappingProxyType({})


class LedgerService:
    """Records of all kinds that are described by their fields."""

    def __init__(self, store: Store, actor: str, clock: Clock, read_workbook: ReadWorkbook) -> None:
        """Work on this store in this person's name, reading files with this reader."""
        self._store = store
        self._actor = actor
        self._clock = clock
        self._read = read_workbook
        self._memo = Memo()

    def fields(self, ledger: Ledger) -> tuple[Field, ...]:
        """The fields in use: ID numbers only if the office keeps them."""
        with self._store.reading() as view:
            return fields_in_use(view, ledger)

    def find(
        self,
        ledger: Ledger,
        words: str = "",
        equal: Mapping[str, object] = _ANY,
        order: str | None = None,
        descending: bool | None = None,
        day: date | None = None,
        limit: int | None = None,
        among: Sequence[tuple[str, Sequence[object]]] = (),
    ) -> tuple[str, ...]:
        """The ids of the matching records in the order of the list; each of the words must be found.

        With a `day` it is the ledger as it stood at the end of that day; `limit` asks for the first ones.
        `equal` are fields with their values, `among` fields that have one of several, None for none.
        """
        newest_first = ledger.newest_first and order is None
        query = Find(
            tuple(map(search_text, words.split())),
            tuple(equal.items()),
            order or ledger.order_field,
            newest_first if descending is None else descending,
            limit,
            among=tuple(among),
        )
        with self._store.reading() as view:
            return seen_on(view, day, self._memo).find(ledger.kind, query)

    def rows(self, ledger: Ledger, ids: Sequence[str], day: date | None = None) -> tuple[LedgerRow, ...]:
        """The rows of these records, in this order, as of a `day` or now; those not there are left out."""
        with self._store.reading() as view:
            then = seen_on(view, day, self._memo)
            records = then.some(ledger.kind, ids)
            links = links_of(then, ledger, records)
        return tuple(
            LedgerRow(
                each,
                tuple(shown_value(field, getattr(each, field.name), links) for field in ledger.fields),
            )
            for each in records
        )

    def record(self, ledger: Ledger, record_id: str) -> Any:
        """The record with this id.

        Raises:
            NotFound: it is gone.
        """
        with self._store.reading() as view:
            return view.get(ledger.kind, record_id)

    def counts(self, ledgers: Iterable[Ledger]) -> Mapping[str, int]:
        """How many records each ledger has, by code."""
        with self._store.reading() as view:
            return {each.code: view.count(each.kind) for each in ledgers}

    def link_titles(self, ledger: Ledger, record: Any) -> Mapping[str, str]:
        """The titles of what a record refers to, by field name."""
        with self._store.reading() as view:
            links = links_of(view, ledger, [record])
            return {field.name: links.title(field, getattr(record, field.name)) for field in ledger.links}

    def title_of(self, kind: type[Any], record_id: str) -> str:
        """What a record of any kind is called; empty if it is gone."""
        with self._store.reading() as view:
            return next(map(title_of, view.some(kind, (record_id,))), "")

    def choices(self, field: Field, words: str = "", limit: int | None = None) -> tuple[tuple[str, str], ...]:
        """Ids and titles of what a link field can refer to, in the order of pinyin; those that hold `words`.

        Organizations that were merged into others are left out.
        """
        assert field.target is not None
        with self._store.reading() as view:
            found = _targets(view, field.target, words, limit)
            suffixes = suffix_kind(field.target)
            groups = {suffixes: view.all(suffixes)} if suffixes else {}
        links = LinkBook(groups | {field.target: found})
        titles = [(each.id, links.full_title(field, each.id)) for each in found]
        return tuple(sorted(titles, key=lambda pair: sort_key(pair[1])))

    def form_texts(self, ledger: Ledger, base: Any = None) -> Mapping[str, str]:
        """The texts that a form begins with, by field name; `base` is None for a new record.

        Phones and ID numbers are masked; read_form takes a text left so for the value it stands for.
        """
        record = base or blank_record(ledger)
        return {each.name: form_text(each, getattr(record, each.name)) for each in self.fields(ledger)}

    def read_form(self, ledger: Ledger, texts: Mapping[str, str], base: Any = None) -> LedgerForm:
        """What a form's texts say, by field name; fields without a text stay as in `base`.

        `base` is None for a new record. Choices and links are given by stored value and id, yes by 1; an
        empty text empties its field.
        """
        record = base or blank_record(ledger)
        remarks: list[tuple[str, Remark]] = []
        values: dict[str, Any] = {}
        with self._store.reading() as view:
            for name, text in texts.items():
                field = ledger.field(name)
                read = self._read_text(view, field, text.strip(), getattr(record, name))
                values[name] = read.value
                remarks += [(name, said) for said in read.remarks]
                if field.required and not read.is_faulty and is_blank(field, read.value):
                    remarks.append((name, fault(f"“{field.label}”是空的", "请填写")))
        return LedgerForm(replace(record, **values), tuple(remarks))

    def save(self, ledger: Ledger, record: Any, reason: str = "") -> str:
        """Keep a new or changed record; its id.

        Raises:
            InvalidInput: a required field is empty, or it ends before it begins.
            Conflict: there is such a record already, or somebody changed it since it was read.
        """
        _refuse_unfit(ledger, record)
        with self._store.writing(ActDraft(f"保存{ledger.label}", self._actor, reason)) as work:
            _refuse_twin(work, ledger, record)
            (kept,) = with_derived(work, [record])
            if stored := work.some(ledger.kind, [kept.id]):
                work.change([kept])
                rekey_linked(work, stored, [kept])
            else:
                work.add([kept])
        return str(kept.id)

    def remove(self, ledger: Ledger, ids: Sequence[str], reason: str = "") -> int:
        """Put records into the bin; how many there were.

        Raises:
            RuleViolation: others refer to one of them.
        """
        with self._store.writing(ActDraft(f"删除{ledger.label}", self._actor, reason)) as work:
            records = work.some(ledger.kind, ids)
            links = links_of(work, ledger, records)
            for each in records:
                _refuse_referred(work, ledger, each, links)
            work.remove(records)
        return len(records)

    def reveal(self, ledger: Ledger, record_id: str, field_name: str) -> str:
        """The whole value of a masked field; that somebody looked is kept in the log."""
        field = ledger.field(field_name)
        with self._store.reading() as view:
            record = view.get(ledger.kind, record_id)
            title = shown_title(ledger, record, links_of(view, ledger, [record]))
        said = f"{ledger.label}“{title}”的{field.label}"
        with self._store.writing(ActDraft(LOOKED, self._actor, said, keep=True)):
            return form_text(field, getattr(record, field_name), masked=False)

    def template(self, ledger: Ledger) -> OutSheet:
        """A sheet to fill in, with lists to choose from."""
        with self._store.reading() as view:
            fields = fields_in_use(view, ledger)
            office = _office_name(view)
        titles = {each.name: tuple(title for _, title in self.choices(each)) for each in ledger.links}
        return template_sheet(ledger, office, fields, titles)

    def export(
        self,
        ledger: Ledger,
        ids: Sequence[str],
        *,
        publication: bool,
        masked: bool,
        names: Collection[str] | None = None,
        day: date | None = None,
    ) -> OutSheet:
        """These records in this order, as of a `day` or now; `names` are the fields shown, all where None.

        A sheet for publication has no phones, ID numbers and addresses; any other is marked 内部资料.
        """
        with self._store.reading() as view:
            in_use = [each for each in fields_in_use(view, ledger) if names is None or each.name in names]
            fields = out_fields(in_use, publication)
            then = seen_on(view, day, self._memo)
            records = then.some(ledger.kind, ids)
            links = link_book(then, (each for each in fields if each.target))
            office = _office_name(view)
        return ledger_sheet(
            ledger, office, fields, records, links, publication=publication, masked=masked, day=day
        )

    def look(self, table: Path | Block, ledger: Ledger, place: TablePlace = ANYWHERE) -> FileLook:
        """The first rows of a file or a pasted block and how its head is understood, to correct it by eye.

        Raises:
            InvalidInput: it is no workbook, is empty, or has no such sheet or row.
            StorageFailed: it cannot be read.
        """
        with self._store.reading() as view:
            in_use = fields_in_use(view, ledger)
        return look_at_ledger(workbook_of(table, self._read), ledger, in_use, place)

    def preview(
        self,
        table: Path | Block,
        ledger: Ledger,
        place: TablePlace = ANYWHERE,
        report: Report = unwatched,
    ) -> LedgerPreview:
        """What importing a file or a pasted block would do; nothing is stored.

        Raises:
            InvalidInput: it has no such sheet, no head, or nothing below it.
            StorageFailed: it cannot be read.
            JobCancelled: the user asked to stop.
        """
        report(0, 2)
        workbook = workbook_of(table, self._read)
        report(1, 2)
        preview = self._judged(workbook, ledger, place)
        report(2, 2)
        return preview

    def apply(self, preview: LedgerPreview, report: Report = unwatched) -> LedgerCounts:
        """Store what the preview shows, all in one act, or nothing; nothing is ever removed.

        Raises:
            RuleViolation: something changed since the preview was made.
            JobCancelled: the user asked to stop; nothing was stored.
        """
        reading = preview.reading
        reason = sheet_of(reading.file, reading.sheet)
        act = ActDraft(f"导入{reading.ledger.label}", self._actor, reason)
        with self._store.writing(act) as work:
            if newest_act(work) != preview.register_at:
                raise RuleViolation(
                    "preview_old", "预览以后台账有改动，没有导入。", "请重新选择文件，核对后再导入。"
                )
            report(0, 2)
            work.add(_kept(work, preview, Verdict.NEW))
            report(1, 2)
            work.change(_kept(work, preview, Verdict.CHANGED))
            report(2, 2)
        return preview.counts()

    def faulty_sheet(self, preview: LedgerPreview) -> OutSheet:
        """The rows that cannot be taken, with a column 问题; to repair and import again."""
        return faulty_ledger_rows(preview)

    def _judged(self, workbook: RawWorkbook, ledger: Ledger, place: TablePlace) -> LedgerPreview:
        with self._store.reading() as view:
            links = link_book(view, ledger.links)
            in_use = fields_in_use(view, ledger)
            reading = read_ledger(workbook, ledger, in_use, links, self._clock().date(), place)
            lines = judged(reading, view.all(ledger.kind), links)
            return LedgerPreview(reading, lines, newest_act(view))

    def _read_text(self, view: Reading, field: Field, text: str, present: Any) -> Read[Any]:
        if field.masked and text == form_text(field, present):
            return Read(present)
        if field.kind is FieldKind.YES_NO:
            return Read(text == "1")
        if field.kind is FieldKind.LINK and field.target:
            if text and not view.some(field.target, [text]):
                return Read("", (fault(f"选中的“{field.label}”已经不在了", "请重新选择"),))
            return Read(text)
        return read_value(field, text or None, LinkBook({}), self._clock().date())


def _kept(view: Reading, preview: LedgerPreview, verdict: Verdict) -> list[Any]:
    return with_derived(view, [line.record for line in preview.of(verdict)])


def _office_name(view: Reading) -> str:
    return next((each.name for each in view.all(Office)), "")


def fields_in_use(view: Reading, ledger: Ledger) -> tuple[Field, ...]:
    """The fields of a ledger: those for ID numbers only if the office keeps them."""
    kept = any(each.keep_id_numbers for each in view.all(Office))
    return tuple(each for each in ledger.fields if kept or each.kind is not FieldKind.ID_NUMBER)


def links_of(view: Source, ledger: Ledger, records: Sequence[Any]) -> LinkBook:
    """The titles of what these records refer to."""
    wanted: dict[type[Any], dict[str, None]] = {}
    for field in ledger.links:
        if field.target:
            ids = wanted.setdefault(field.target, {})
            ids.update((getattr(each, field.name), None) for each in records if getattr(each, field.name))
    return LinkBook({kind: view.some(kind, tuple(ids)) for kind, ids in wanted.items() if ids})


def link_book(view: Source, fields: Iterable[Field]) -> LinkBook:
    """The titles of everything that these fields can refer to."""
    kinds = {each.target for each in fields if each.target}
    kinds |= {suffixes for kind in kinds if (suffixes := suffix_kind(kind))}
    return LinkBook({kind: view.all(kind) for kind in kinds})


def shown_title(ledger: Ledger, record: Any, links: LinkBook) -> str:
    """What a record is called in messages."""
    return shown_value(ledger.field(ledger.title_field), getattr(record, ledger.title_field), links)


def _targets(view: Reading, kind: type[Any], words: str, limit: int | None) -> Sequence[Any]:
    """The records of a kind that hold the words; those merged into others are left out."""
    wanted = tuple(map(search_text, words.split()))
    if (wanted or limit) and "search_key" in kind.__dataclass_fields__:
        listed = LISTED if kind is Organization else Find()
        found: Sequence[Any] = view.some(kind, view.find(kind, replace(listed, words=wanted, limit=limit)))
    else:
        found = [
            each
            for each in view.all(kind)
            if not wanted or all(word in search_key(title_of(each), "", "") for word in wanted)
        ]
    return [each for each in found if not getattr(each, "merged_into", "")][:limit]


def _refuse_unfit(ledger: Ledger, record: Any) -> None:
    if missing := missing_fields(ledger, record):
        names = "、".join(f"“{each}”" for each in missing)
        raise InvalidInput("field_empty", f"{names}是空的。", "请填写再保存。")
    if message := wrong_order(ledger, record):
        raise InvalidInput("dates_out_of_order", f"{message}。", "请核对这两个日期。")


def _refuse_twin(view: Reading, ledger: Ledger, record: Any) -> None:
    """A record is kept once: one with the same key fields is the same one."""
    same = {
        each.name: getattr(record, each.name)
        for each in map(ledger.field, ledger.key_fields)
        if each.kind not in COMPARED_KINDS
    }
    key = record_key(ledger, record)
    for other in view.all(ledger.kind, **same):
        if other.id != record.id and record_key(ledger, other) == key:
            names = "、".join(f"“{ledger.field(name).label}”" for name in ledger.key_fields)
            title = shown_title(ledger, other, links_of(view, ledger, [other]))
            raise Conflict(
                "record_exists", f"已经有一条{names}相同的{ledger.label}（{title}）。", "请修改已有的那一条。"
            )


def _refuse_referred(view: Reading, ledger: Ledger, record: Any, links: LinkBook) -> None:
    counts = [
        (other, view.count(other.kind, **{field.name: record.id}))
        for other in LEDGERS.values()
        for field in other.links
        if field.target is ledger.kind
    ]
    if told := "、".join(f"{count} 条{other.label}" for other, count in counts if count):
        title = shown_title(ledger, record, links)
        raise RuleViolation("still_referred_to", f"{told}写着“{title}”，没有删除。", "请先改正或删除它们。")
