"""What the search box of the top bar finds: organizations by name or pinyin, and the program's functions.

find(needle, register) -> hits, functions first; the key of a hit is an action of gui/desk.py
"""

import unicodedata
from collections.abc import Iterator
from itertools import chain, islice

from core.model.register import Register
from gui.widgets.search_field import HITS_SHOWN, SearchHit

_FUNCTIONS = (
    (SearchHit("首页", "页面", "home", "home-5-line"), "shouye sy"),
    (
        SearchHit("社会组织名册", "页面", "roster", "contacts-book-2-line"),
        "shehuizuzhimingce shzzmc mingce mc",
    ),
    (SearchHit("导入名册", "功能", "import_roster", "upload-2-line"), "daorumingce drmc"),
    (SearchHit("新增组织", "功能", "new_organization", "add-line"), "xinzengzuzhi xzzz"),
    (SearchHit("专项推进组", "页面", "groups", "team-line"), "zhuanxiangtuijinzu gongzuozu zxtjz gzz 工作组"),
    (SearchHit("开启年度考核", "功能", "open_year", "calendar-check-line"), "kaiqiniandukaohe kqndkh"),
    (SearchHit("导入评分表", "功能", "import_scores", "upload-2-line"), "daorupingfenbiao drpfb"),
    (SearchHit("有误的评分", "页面", "issues", "error-warning-line"), "youwudepingfen ywdpf"),
    (SearchHit("计算结果", "功能", "compute", "calculator-line"), "jisuanjieguo jsjg"),
    (SearchHit("考核结果", "页面", "results", "bar-chart-box-line"), "kaohejieguo paiming khjg pm 排名"),
    (
        SearchHit("考核结果通报", "文书", "notice", "file-text-line"),
        "kaohejieguotongbao khjgtb tongbao tb 公文",
    ),
    (SearchHit("获奖证书", "文书", "certificates", "award-line"), "huojiangzhengshu hjzs zhengshu zs"),
    (SearchHit("单位设置", "页面", "office", "settings-3-line"), "danweishezhi dwsz"),
    (SearchHit("变更记录", "页面", "log", "history-line"), "biangengjilu bgjl 日志"),
    (SearchHit("检查数据文件", "功能", "check", "shield-check-line"), "jianchashujuwenjian jcsjwj"),
)


def find(needle: str, register: Register) -> tuple[SearchHit, ...]:
    """The hits for what was typed; as many as the box shows."""
    wanted = "".join(unicodedata.normalize("NFKC", needle).lower().split())
    if not wanted:
        return ()
    return tuple(islice(chain(_functions(wanted), _organizations(wanted, register)), HITS_SHOWN))


def _functions(wanted: str) -> Iterator[SearchHit]:
    for hit, spoken in _FUNCTIONS:
        if wanted in hit.title or any(word.startswith(wanted) for word in spoken.split()):
            yield hit


def _organizations(wanted: str, register: Register) -> Iterator[SearchHit]:
    for summary in register.organizations:
        if wanted in summary.organization.search_key:
            place = summary.community or "社会组织"
            yield SearchHit(summary.organization.name, place, f"organization:{summary.id}", "group-line")
