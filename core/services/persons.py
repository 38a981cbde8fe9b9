"""The desk of personal data: who looked at whose numbers, and what is erased on request."""

from collections.abc import Sequence
from typing import Any

from core.errors import InvalidInput
from core.model.attachment import Attachment
from core.model.audit import ActQuery
from core.model.journal import Act, ActDraft
from core.model.ledgers import LEDGERS
from core.model.organization import Organization
from core.model.people import Person
from core.model.personal import ERASED, LOOKS, Erasure
from core.model.register_ledgers import PEOPLE
from core.ports import FileVault, Reading, Store
from core.rules.cell_values import name_key
from core.services.derived import with_derived

_KEPT = ("name", "unit_id")
_ALWAYS = (
    ("已发的文书、证书和奖金发放记录", "档案和会计凭证要按规定保存"),
    ("操作日志里改动前的内容", "网络日志至少保存六个月，只作核查，显示时隐去号码"),
    ("以前的备份", "到期清理；也可以在“系统 › 备份”里重做一份，销毁旧的"),
)
_SHOWN = 5


class PersonService:
    """Erases what the law does not want kept, and leaves a record of it."""

    def __init__(self, store: Store, actor: str, vault: FileVault) -> None:
        """Work on this store and the copies of its files in this person's name."""
        self._store = store
        self._actor = actor
        self._vault = vault

    def looks(self, limit: int = 200) -> tuple[Act, ...]:
        """Who looked at or took out which numbers, newest first: the reason of each act says whose."""
        with self._store.reading() as view:
            return view.log.find(ActQuery(verbs=LOOKS, limit=limit))

    def named(self, name: str) -> tuple[Person, ...]:
        """The people of this name."""
        with self._store.reading() as view:
            return tuple(each for each in view.all(Person) if name_key(each.name) == name_key(name))

    def would_erase(self, person_id: str) -> Erasure:
        """What goes and what stays, before anything is done.

        Raises:
            NotFound: the record is gone.
        """
        with self._store.reading() as view:
            return _erasure(view, view.get(Person, person_id))

    def erase(self, person_id: str, reason: str) -> Erasure:
        """Erase a person's data for good: this is not undone and not brought back.

        Raises:
            NotFound: the record is gone.
            InvalidInput: no reason was given, or there is nothing to erase.
        """
        said = reason.strip()
        if not said:
            raise InvalidInput("reason_missing", "没有写删除的理由。", "请写明谁在什么时候提出、经谁同意。")
        with self._store.reading() as view:
            found = _erasure(view, view.get(Person, person_id))
        if not found.goes:
            raise InvalidInput(
                "nothing_to_erase", f"“{found.name}”没有可删除的个人信息。", "请核对选的人员。"
            )
        draft = ActDraft(ERASED, self._actor, f"{said}；删除：{'、'.join(found.goes)}")
        with self._store.writing(draft) as work:
            person = work.get(Person, person_id)
            work.remove(work.all(Attachment, owner_id=person_id))
            if found.whole:
                work.remove([person])
            else:
                work.change(with_derived(work, [_bare(person)]))
        # A file of the person may stand open beside the store.
        self._vault.close()
        return found


def _bare(person: Person) -> Person:
    """Name and unit alone: who held a post."""
    return Person(person.id, person.name, unit_id=person.unit_id, version=person.version)


def _erasure(view: Reading, person: Person) -> Erasure:
    stays = [*_referring(view, person), *_elsewhere(view, person)]
    whole = not any(view.count(kind, **{name: person.id}) for kind, name in _links())
    goes = [
        each.label
        for each in PEOPLE.fields
        if (whole or each.name not in _KEPT) and getattr(person, each.name) not in ("", None, ())
    ]
    if files := view.count(Attachment, owner_id=person.id):
        goes.append(f"{files} 个附件")
        stays.append(("附件的原文件", "附件库只增不减，不再列出，也打不开"))
    return Erasure(person.id, person.name, tuple(goes), (*stays, *_ALWAYS), whole)


def _links() -> Sequence[tuple[type[Any], str]]:
    return [
        (ledger.kind, field.name)
        for ledger in LEDGERS.values()
        for field in ledger.links
        if field.target is Person
    ]


def _referring(view: Reading, person: Person) -> Sequence[tuple[str, str]]:
    labels = {ledger.kind: ledger.label for ledger in LEDGERS.values()}
    counts = [(labels[kind], view.count(kind, **{name: person.id})) for kind, name in _links()]
    return [
        (f"姓名和单位：{count} 条{label}写着此人", "谁在什么时候担任什么，是单位的档案")
        for label, count in counts
        if count
    ]


def _elsewhere(view: Reading, person: Person) -> Sequence[tuple[str, str]]:
    """Organizations that name the same person or number: their filing says who is responsible."""
    names = [
        each.name
        for each in view.all(Organization)
        if not each.merged_into
        and (name_key(each.principal) == name_key(person.name) or {*each.phones} & {*person.phones})
    ]
    if not names:
        return []
    listed = "、".join(f"“{name}”" for name in names[:_SHOWN])
    more = f"等 {len(names)} 个组织" if len(names) > _SHOWN else ""
    return [(f"社会组织{listed}{more}登记的负责人和联系电话", "是备案内容，请办理负责人变更后再改")]
