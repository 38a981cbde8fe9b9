"""加减分和一票否决: what counts beside the sheets, with its proof; lifted where it does not hold any more."""

from core.model.assessment import Entry, EntryKind
from core.model.cycle_view import CycleView
from core.model.scheme import plain
from gui.desk import Desk
from gui.dialogs.entry_form import DIRECT, KINDS, EntryForm
from gui.dialogs.reason_form import ReasonForm
from gui.pages.cycle_list import CycleList
from gui.rights import needs
from gui.table_model import Column
from gui.undo import do_undoably
from gui.widgets.badge import BadgeFace
from gui.widgets.buttons import push_button

NOTHING = "没有加分、扣分和一票否决。查实的在这里登记，写明事由和依据；评分表里带来的也列在这里。"
FROZEN = "评分已经锁定"
WORDS = dict((*KINDS, DIRECT))
_KINDS = {EntryKind.BONUS: "ok", EntryKind.DEDUCTION: "warn", EntryKind.VETO: "err", EntryKind.DIRECT: "info"}


class EntriesList(CycleList[Entry]):
    """All entries of a cycle."""

    def __init__(self, desk: Desk) -> None:
        self._names: dict[str, str] = {}
        self._items: dict[str, str] = {}
        super().__init__(
            desk,
            self._columns(),
            lambda each: each.id,
            name="entries",
            title="加减分和一票否决",
            nothing=NOTHING,
        )
        self._desk = desk
        self._view: CycleView | None = None
        self._is_frozen = False
        self.lift_button = push_button("解除", self._lift, icon_name="arrow-go-back-line", dense=True)
        self.add_entry_button = push_button("登记", self.add, icon_name="add-line", dense=True)
        for button in (self.lift_button, self.add_entry_button):
            self.add_button(button)
        self.current_changed.connect(self._follow)

    def show_view(self, view: CycleView, *, frozen: bool) -> None:
        """Show a cycle's entries; a frozen cycle takes no more of them."""
        self._view, self._is_frozen = view, frozen
        scheme = view.scheme
        self._names.clear()
        self._names.update({each.id: each.name for each in view.subjects})
        self._items.clear()
        for items in (scheme.bonuses, scheme.deductions, scheme.vetoes, scheme.awards):
            self._items.update({each.code: each.name for each in items})
        counting = sum(not each.lifted for each in view.entries)
        lifted = len(view.entries) - counting
        beside = f"，另有 {lifted} 条已解除" if lifted else ""
        self.show_records(view.entries, f"{counting} 条计入结果{beside}" if view.entries else "")
        self.add_entry_button.setEnabled(not frozen)
        self.add_entry_button.setToolTip(FROZEN if frozen else "登记加分、扣分或一票否决")

    @needs("entries.add")
    def add(self) -> None:
        """Ask for an entry."""
        if self._view is not None:
            EntryForm(self._desk, self._view, None, self).open()

    def _follow(self) -> None:
        chosen = self.current()
        self.lift_button.setVisible(chosen is not None and not chosen.lifted)
        self.lift_button.setEnabled(not self._is_frozen)
        self.lift_button.setToolTip(FROZEN if self._is_frozen else "查实不该计的，写明理由解除")

    @needs("entries.lift")
    def _lift(self) -> None:
        chosen = self.current()
        if chosen is None:
            return
        form = ReasonForm(
            "解除",
            f"解除“{self._names[chosen.subject_id]}”的{WORDS[chosen.kind]}",
            (("事由", chosen.reason), ("依据", chosen.evidence), ("分值", _points(chosen))),
            "解除以后不再计入结果；登记的内容留在记录里。",
            parent=self,
        )
        service = self._desk.services.entries
        form.accepted_with.connect(
            lambda reason: do_undoably(
                self._desk,
                lambda: service.lift(chosen.id, reason),
                title="解除加减分",
                told=lambda _none: f"已解除：{WORDS[chosen.kind]}，{chosen.reason}",
                owner=self,
            )
        )
        form.open()

    def _columns(self) -> tuple[Column[Entry], ...]:
        return (
            Column("考核对象", lambda each: self._names.get(each.subject_id, ""), width=220),
            Column("类型", lambda each: WORDS[each.kind], width=136, badges=_badges),
            Column("条目", self._item, width=160, quiet=True, narrow=False),
            Column(
                "分值",
                lambda each: _points(each) if each.points is not None else "",
                width=72,
                align_right=True,
                sort_key=lambda each: each.points,
            ),
            Column("事由", lambda each: each.reason, stretch=True, tooltip=lambda each: each.reason),
            Column("依据", lambda each: each.evidence or _source(each), width=160, quiet=True, narrow=False),
            Column("日期", lambda each: each.dated_on, width=112, narrow=False),
            Column("是否计入", _standing, width=136, tooltip=lambda each: each.lifted),
        )

    def _item(self, entry: Entry) -> str:
        name = self._items.get(entry.item, entry.item)
        return f"{name}\uff08{entry.level}\uff09" if entry.level else name


def _badges(entry: Entry) -> tuple[BadgeFace, ...]:
    return (BadgeFace(WORDS[entry.kind], "mute" if entry.lifted else _KINDS[entry.kind]),)


def _points(entry: Entry) -> str:
    points = entry.points
    if points is None:
        return "—"
    return f"{points:.2f}" if points == round(points, 2) else plain(points)


def _source(entry: Entry) -> str:
    """Where an entry without evidence came from."""
    return f"{entry.source.file} 第 {entry.source.row} 行" if entry.source.file else ""


def _standing(entry: Entry) -> str:
    return f"已解除：{entry.lifted}" if entry.lifted else "计入"
