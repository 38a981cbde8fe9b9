"""The pane beside the list of communities: what a community is, holds and still wants, and who works there.

detail = CommunityDetail(desk); detail.show_row(row or None)
detail.set_day(day)              of a past day: only what the row says
detail.edit_asked, detail.organizations_asked, detail.print_asked, detail.closed
"""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton

from core.model.completeness_view import SEED_TARGETS, CommunityCount
from core.model.organization import Community
from core.services.services import Services
from gui.desk import Desk
from gui.dialogs.history import HistoryDialog
from gui.pages.communities_rows import CommunityRow, kind_badges
from gui.pages.groups_detail import pop_under
from gui.pages.groups_posts import KIND, NAME, PHONES, PostList, PostRow, is_held, read_posts
from gui.rights import offer
from gui.theme import bound_width, scaled
from gui.widgets.buttons import push_button
from gui.widgets.detail_pane import DetailPane
from gui.widgets.labels import label

WIDTH = 362
POSTS_HEIGHT = 172
POST_COLUMNS = (replace(NAME, stretch=True), replace(KIND, width=84), replace(PHONES, width=120))


def read_community_posts(services: Services, community_id: str) -> tuple[str, tuple[PostRow, ...]]:
    """Who holds posts in a community today."""
    today = services.clock().date()
    rows = read_posts(services, {"community_id": community_id})
    return community_id, tuple(row for row in rows if is_held(row.post, today))


class CommunityDetail(DetailPane):
    """Follows the selection; posts are read when it changes."""

    edit_asked = Signal()
    organizations_asked = Signal()
    print_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__("社区\uff08村\uff09详情", width=WIDTH)
        self._desk = desk
        self._row: CommunityRow | None = None
        self._day: date | None = None
        self._of_today = tuple(
            push_button(text, signal.emit, icon_name=icon_name, dense=True)
            for text, signal, icon_name in (
                ("修改", self.edit_asked, "pencil-line"),
                ("查看组织", self.organizations_asked, "group-line"),
                ("打印卡片", self.print_asked, "printer-line"),
            )
        )
        offer(desk.services.gate, self._of_today[0], "register.save_community")
        for button in self._of_today:
            self.add_button(button)
        self._posts: PostList | None = None
        self.show_row(None)

    def set_day(self, day: date | None) -> None:
        """Show communities as of a day, with nothing to do and without who works there; None is now."""
        self._day = day
        for button in self._of_today:
            button.setVisible(day is None)

    def show_row(self, row: CommunityRow | None) -> None:
        """Show this one, or say that none is selected."""
        self._row = row
        self.clear_groups()
        self._posts = None
        if row is None:
            self.show_nothing("选中一个社区\uff08村\uff09，\n这里显示它的情况")
            return
        community = row.community
        self.set_head(community.name, kind_badges(community))
        self.add_group("基本情况", _facts(community))
        if row.count is not None:
            self.add_group("距目标", _targets(row.count))
        of_class = [(name, f"{count} 个") for name, count in row.categories if count]
        self.add_group("各类组织", of_class)
        words = "不含已注销、已撤销的" if of_class else "还没有社会组织"
        self.add_widget(label(words, "hint"))
        if self._day is None:
            self._add_posts(community)

    def _add_posts(self, community: Community) -> None:
        self.add_group("任职", ())
        self._posts = PostList(self._desk, "community_posts", POST_COLUMNS, "还没有登记联络员")
        self._posts.table.set_row_height(32)
        bound_width(self._posts, least=WIDTH - 70)
        self._posts.setFixedHeight(scaled(POSTS_HEIGHT))
        self.add_widget(self._posts)
        new = push_button("新增任职", icon_name="add-line", kind="link", dense=True)
        new.clicked.connect(lambda _checked=False: self._add_post(new))
        offer(self._desk.services.gate, new, "ledgers.save")
        self.add_widget(new)
        self.add_group("变更记录", (), link="全部", on_link=lambda: self._open_history(community))
        services = self._desk.services
        self._desk.jobs.start(
            lambda _report: read_community_posts(services, community.id), self._show_posts, title="读取任职"
        )

    def _open_history(self, community: Community) -> None:
        HistoryDialog(self._desk, community.name, community.id, self).open()

    def _show_posts(self, answer: tuple[str, tuple[PostRow, ...]]) -> None:
        community_id, rows = answer
        if self._posts is not None and self._row is not None and self._row.community.id == community_id:
            self._posts.show_posts(rows)

    def _add_post(self, button: QPushButton) -> None:
        if self._posts is None or self._row is None:
            return
        menu = QMenu(self)
        fixed = {"community_id": self._row.community.id, "kind": "liaison"}
        self._posts.fill_menu(menu, fixed)
        pop_under(menu, button)


def _facts(community: Community) -> tuple[tuple[str, str], ...]:
    def figure(value: int | None) -> str:
        return "" if value is None else f"{value:,}"

    return (
        ("状态", "筹建中" if community.preparatory else "已成立"),
        ("常住人口", figure(community.population)),
        ("小区\uff08组\uff09", figure(community.areas)),
    )


def _targets(count: CommunityCount) -> tuple[tuple[str, str], ...]:
    wanted = SEED_TARGETS.average_for(count.kind)
    return (
        ("组织", _standing(count.organizations, wanted, count.organizations_wanting)),
        ("品牌组织", _standing(count.brands, SEED_TARGETS.brands, count.brands_wanting)),
    )


def _standing(present: int, wanted: int, wanting: int) -> str:
    return f"{present} 个，目标 {wanted}，" + (f"还差 {wanting}" if wanting else "已达到")
