"""How far a new office has come with its first steps; told by what the store holds."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from core.errors import InvalidInput
from core.model.attachment import Attachment
from core.model.first_steps import CommunityList, FirstStep, StepNow
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.office import Office
from core.model.office_font import FontPlace
from core.model.organization import Community, Organization, WorkGroup
from core.model.people import LEADING_GROUP_POSTS, Post
from core.model.user import User
from core.ports import OwnFonts, Reading, ReadWorkbook, Store
from core.rules.cell_values import name_key
from core.rules.community_names import community_names, kind_of
from core.services.backups import BackupService


class FirstStepService:
    """Each step is taken at its own desk, but for the list of communities, which only a new office writes."""

    def __init__(
        self,
        store: Store,
        actor: str,
        read_workbook: ReadWorkbook,
        own_fonts: OwnFonts,
        backups: BackupService | None,
    ) -> None:
        """Look into this store, at the fonts of this PC and at where backups go."""
        self._store = store
        self._actor = actor
        self._read = read_workbook
        self._own_fonts = own_fonts
        self._backups = backups

    def all(self) -> tuple[StepNow, ...]:
        """Every step that this PC knows, in its order."""
        with self._store.reading() as view:
            return (
                *self._of_register(view),
                _step(FirstStep.USERS, view.count(User), "{} 个用户", "还没有设置：谁打开电脑都能看、能改"),
                *self._of_backups(),
                self._of_fonts(view),
            )

    def communities_in(self, path: Path) -> tuple[str, ...]:
        """The names of communities and villages that stand in a table, in their order.

        Raises:
            InvalidInput: it is no table, or none stands in it.
            StorageFailed: it cannot be read.
        """
        sheets = self._read(path).sheets
        cells = (cell for sheet in sheets for row in sheet.rows for cell in row if isinstance(cell, str))
        names = community_names(cells)
        if not names:
            raise InvalidInput(
                "no_communities",
                f"“{path.name}”里没有找到社区（村）的名称。",
                "名称要以“社区”“村”“居委会”或“村委会”结尾；也可以复制名称，直接粘贴到这里。",
            )
        return names

    def sort_out(self, text: str) -> CommunityList:
        """What a list of names, as typed or pasted, would add."""
        with self._store.reading() as view:
            known = {name_key(each.name) for each in view.all(Community)}
        cells = [cell for line in text.splitlines() for cell in line.split("\t") if cell.strip()]
        names = community_names(cells)
        return CommunityList(
            new=tuple(each for each in names if name_key(each) not in known),
            known=tuple(each for each in names if name_key(each) in known),
            odd=tuple(cell.strip() for cell in cells if not community_names([cell])),
        )

    def add_communities(self, names: Sequence[str]) -> int:
        """Put these at the end of the list of communities, in one act; how many were not there yet."""
        with self._store.writing(ActDraft("新增社区（村）", self._actor)) as work:
            standing = work.all(Community)
            known = {name_key(each.name) for each in standing}
            last = max((each.position for each in standing), default=0)
            new = [each for each in community_names(names) if name_key(each) not in known]
            work.add(
                [
                    Community(new_id(), name, kind_of(name), position=place)
                    for place, name in enumerate(new, start=last + 1)
                ]
            )
        return len(new)

    def _of_register(self, view: Reading) -> Iterator[StepNow]:
        for office in view.all(Office):
            yield StepNow(FirstStep.OFFICE, True, f"{office.name}，机关代字“{office.document_code}”")
        groups, posts = (
            view.count(WorkGroup),
            sum(view.count(Post, kind=kind) for kind in LEADING_GROUP_POSTS),
        )
        yield _step(FirstStep.COMMUNITIES, view.count(Community), "{} 个社区（村）", "还没有登记")
        yield _step(FirstStep.ROSTER, view.count(Organization), "{} 个社会组织", "还没有导入")
        led = f"领导小组 {posts} 人" if posts else "领导小组还没有登记"
        yield StepNow(FirstStep.GROUPS, bool(posts), f"{groups} 个专项推进组，{led}")

    def _of_backups(self) -> Iterator[StepNow]:
        if self._backups is not None:
            second = self._backups.settings().second
            note = f"另存到 {second}" if second else "只存在这台电脑里，硬盘坏了就没有了"
            yield StepNow(FirstStep.BACKUP, bool(second), note)

    def _of_fonts(self, view: Reading) -> StepNow:
        faces = [face for face, _ in self._own_fonts()]
        added = sum(view.count(Attachment, owner_id=place.owner_id) for place in FontPlace)
        chosen = any(each.use_office_fonts for each in view.all(Office))
        parts = (
            f"本机有{'、'.join(faces)}" if faces else "本机没有公文字体，用自带的",
            f"另外添加了 {added} 个" if added else "",
        )
        return StepNow(FirstStep.FONTS, bool(added or chosen), "，".join(filter(None, parts)))


def _step(step: FirstStep, count: int, some: str, none: str) -> StepNow:
    return StepNow(step, bool(count), some.format(count) if count else none)
