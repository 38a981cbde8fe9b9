"""The search box of the top bar at work: the program's functions and the records of all kinds, as one types.

SearchEverywhere(desk, box, search)      from then on the box lists what it finds; desk.go opens a hit

What is looked for most is shown first, the rest follows; answers to what no longer stands in the box are
dropped, and work on them stops.
"""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from core.errors import JobCancelled
from core.model.search_view import HitGroup
from gui.desk import Desk
from gui.widgets.search_field import HITS_SHOWN, SearchBox, SearchHit

if TYPE_CHECKING:
    from core.services.search import SearchService

_FUNCTIONS = (
    (SearchHit("首页", "页面", "home", "home-5-line"), "shouye sy"),
    (
        SearchHit("社会组织名册", "页面", "roster", "contacts-book-2-line"),
        "shehuizuzhimingce shzzmc mingce mc",
    ),
    (SearchHit("导入名册", "功能", "import_roster", "upload-2-line"), "daorumingce drmc"),
    (SearchHit("新增组织", "功能", "new_organization", "add-line"), "xinzengzuzhi xzzz"),
    (SearchHit("专项推进组", "页面", "groups", "team-line"), "zhuanxiangtuijinzu gongzuozu zxtjz gzz 工作组"),
    (SearchHit("领导小组", "页面", "leading_group", "user-star-line"), "lingdaoxiaozu ldxz"),
    (SearchHit("待办", "页面", "todo", "task-line"), "daiban db renwu rw 任务"),
    (SearchHit("工作日历", "页面", "calendar", "calendar-check-line"), "gongzuorili gzrl rili rl"),
    (SearchHit("开启年度考核", "功能", "open_year", "calendar-check-line"), "kaiqiniandukaohe kqndkh"),
    (SearchHit("导入评分表", "功能", "import_scores", "upload-2-line"), "daorupingfenbiao drpfb"),
    (SearchHit("打分", "页面", "marks", "clipboard-line"), "dafen df lurupingfen lrpf 评分 测评票 回避"),
    (
        SearchHit("评分表的进度", "页面", "progress", "send-plane-line"),
        "pingfenbiaojindu pfbjd jindu 发出评分表 收回评分表 催交名单",
    ),
    (SearchHit("考核方案", "页面", "schemes", "file-text-line"), "kaohefangan khfa fangan fa"),
    (SearchHit("有误的评分", "页面", "issues", "error-warning-line"), "youwudepingfen ywdpf"),
    (SearchHit("计算结果", "功能", "compute", "calculator-line"), "jisuanjieguo jsjg"),
    (
        SearchHit("公示、异议和归档", "页面", "cycle_path", "calendar-check-line"),
        "gongshiyiyiheguidang gs yiyi yy guidang gd kaohelujing khlj 路径 确定 公布",
    ),
    (SearchHit("统计", "页面", "statistics", "bar-chart-box-line"), "tongji tj tubiao 图表 年度统计报告"),
    (SearchHit("考核结果", "页面", "results", "bar-chart-box-line"), "kaohejieguo paiming khjg pm 排名"),
    (
        SearchHit("考核结果通报", "文书", "notice", "file-text-line"),
        "kaohejieguotongbao khjgtb tongbao tb 公文",
    ),
    (SearchHit("起草文书", "文书", "new_document", "file-text-line"), "qicaowenshu qcws 公文 新文书"),
    (SearchHit("获奖证书", "文书", "certificates", "award-line"), "huojiangzhengshu hjzs zhengshu zs"),
    (SearchHit("单位设置", "页面", "office", "settings-3-line"), "danweishezhi dwsz"),
    (SearchHit("变更记录", "页面", "log", "history-line"), "biangengjilu bgjl 日志"),
    (SearchHit("回收站", "页面", "bin", "delete-bin-6-line"), "huishouzhan hsz"),
    (SearchHit("检查数据文件", "功能", "check", "shield-check-line"), "jianchashujuwenjian jcsjwj"),
    (SearchHit("字体", "功能", "fonts", "text-wrap"), "ziti zt"),
)


_OPENED_BY = {
    "organizations": "organization:{}",
    "communities": "roster:{}",
    "work_groups": "group:{}",
    "documents": "document:{}",
    "certificates": "certificate:{}",
    "tasks": "todo:{}",
}
"""The action that opens a hit, by the code of its group; a ledger's record opens in its ledger."""


class SearchEverywhere(QObject):
    """Joins the search box with the search service."""

    def __init__(self, desk: Desk, box: SearchBox, search: "SearchService") -> None:
        super().__init__(box)
        self._desk = desk
        self._box = box
        self._search = search
        self._hits: tuple[SearchHit, ...] = ()
        self._wanted = ""
        box.changed.connect(self._look)
        box.hit_chosen.connect(desk.go)

    def _look(self, needle: str) -> None:
        self._wanted = needle
        self._hits = tuple(islice(_functions(_folded(needle)), HITS_SHOWN)) if needle else ()
        if needle:
            self._ask(needle, self._search.nearest, self._show_nearest)

    def _ask(
        self,
        needle: str,
        search: Callable[..., tuple[HitGroup, ...]],
        show: Callable[[str, tuple[HitGroup, ...]], None],
    ) -> None:
        def still_wanted(_done: int, _total: int) -> None:
            if self._wanted != needle:
                raise JobCancelled

        def done(groups: tuple[HitGroup, ...]) -> None:
            if self._wanted == needle:
                show(needle, groups)

        # Beside the queue: whoever looks for something need not wait until a list is imported.
        self._desk.jobs.look(lambda: search(needle, report=still_wanted), done, title="搜索", owner=self)

    def _show_nearest(self, needle: str, groups: tuple[HitGroup, ...]) -> None:
        self._hits += _hits_of(groups)
        if self._hits:
            self._box.show_hits(self._hits)
        self._ask(needle, self._search.further, self._show_further)

    def _show_further(self, _needle: str, groups: tuple[HitGroup, ...]) -> None:
        self._hits += _hits_of(groups)
        self._box.show_hits(self._hits)


def _hits_of(groups: Sequence[HitGroup]) -> tuple[SearchHit, ...]:
    return tuple(
        SearchHit(
            hit.title,
            hit.line,
            _OPENED_BY.get(group.code, f"ledger:{group.code}::{{}}").format(hit.id),
            group.icon,
            f"{group.label}\uff08还有更多，请再输入几个字\uff09" if group.has_more else group.label,
        )
        for group in groups
        for hit in group.hits
    )


def _folded(needle: str) -> str:
    return "".join(unicodedata.normalize("NFKC", needle).lower().split())


def _functions(wanted: str) -> Iterator[SearchHit]:
    for hit, spoken in _FUNCTIONS:
        if wanted in hit.title or any(word.startswith(wanted) for word in spoken.split()):
            yield hit
    # The ledgers are loaded with their page, after the home page is shown.
    from gui.pages.ledger_menu import SHOWN_LEDGERS  # noqa: PLC0415 - see above

    for ledger in SHOWN_LEDGERS:
        if wanted in ledger.label:
            yield SearchHit(ledger.label, "台账", f"ledger:{ledger.code}", ledger.icon)
