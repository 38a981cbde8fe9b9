"""The ledgers of work to be done: obligations, tasks, papers of the groups, holidays."""

from core.model.ledger import Field, Ledger
from core.model.organization import WorkGroup
from core.model.shared_fields import ANY_ORGANIZATION, COMMUNITY, REMARKS, UNIT, WORK_GROUP, K
from core.model.tasks import GroupPaper, Holiday, Obligation, PaperKind, Rhythm, Task, TaskList

OBLIGATIONS = Ledger(
    "obligations",
    Obligation,
    "定期工作",
    "restart-line",
    (
        Field("title", "工作", K.NAME, required=True, width=24),
        Field("rhythm", "周期", K.CHOICE, required=True, choices=Rhythm, width=8),
        Field(
            "due_day",
            "第几个工作日",
            K.WHOLE,
            required=True,
            hint="从周期第一天数，如第 3 个、倒数第 2 个、最后一个",
            width=14,
            signed=True,
        ),
        WORK_GROUP,
        UNIT,
        COMMUNITY,
        Field("since_on", "开始", K.DATE, ahead=True),
        Field("until_on", "停止", K.DATE, ahead=True),
        Field("evidence_required", "要佐证", K.YES_NO, width=8, listed=False),
        REMARKS,
    ),
    "title",
    ("title", "work_group_id", "unit_id", "community_id"),
    "title",
    purpose="周例会、月研判、季总结、年考核：谁做、什么时候到期；到期的自动排进待办。",
)

TASKS = Ledger(
    "tasks",
    Task,
    "任务",
    "task-line",
    (
        Field("title", "任务", K.NAME, required=True, synonyms=("工作任务", "任务内容", "事项"), width=30),
        Field("task_list", "清单", K.CHOICE, choices=TaskList, width=10),
        WORK_GROUP,
        UNIT,
        COMMUNITY,
        ANY_ORGANIZATION,
        Field("responsible", "第一责任人", K.NAME, synonyms=("责任人",), section="责任"),
        Field("division", "分工", width=18, listed=False),
        Field("begun_on", "开始日期", K.DATE, listed=False, ahead=True),
        Field("due_on", "完成期限", K.DATE, synonyms=("期限", "截止日期", "完成时限"), ahead=True),
        Field("planned", "有计划", K.YES_NO, width=8, section="进展"),
        Field("arranged", "有安排", K.YES_NO, width=8),
        Field("supervised", "有督查", K.YES_NO, width=8),
        Field("progress", "进度", K.WHOLE, hint="%", width=8),
        Field("done_on", "完成日期", K.DATE),
        Field("result", "完成情况", K.LONG, listed=False),
        Field("obligation_id", "定期工作", K.LINK, target=Obligation, listed=False),
        Field("period", "期次", listed=False),
        REMARKS,
    ),
    "title",
    ("title", "work_group_id", "unit_id", "community_id", "due_on", "period"),
    "due_on",
    purpose="任务清单和责任清单：谁负责、哪天到期、做到哪一步。",
)

GROUP_PAPERS = Ledger(
    "group_papers",
    GroupPaper,
    "工作组文件",
    "file-text-line",
    (
        Field("work_group_id", "工作组", K.LINK, required=True, target=WorkGroup, width=18),
        Field("kind", "文件", K.CHOICE, required=True, choices=PaperKind, width=14),
        Field("title", "标题", width=28),
        Field("year", "年度", K.YEAR, width=8),
        Field("dated_on", "日期", K.DATE),
        REMARKS,
    ),
    "kind",
    ("work_group_id", "kind", "title", "year"),
    "year",
    newest_first=True,
    purpose="各组的专项工作方案、任务清单、责任清单和纪要；文件附在后面。",
)

HOLIDAYS = Ledger(
    "holidays",
    Holiday,
    "节假日",
    "notification-3-line",
    (
        Field("day", "日期", K.DATE, required=True, ahead=True),
        Field(
            "works",
            "上班",
            K.YES_NO,
            synonyms=("类型", "安排", "是否上班", "放假或上班"),
            hint="调休上班的周末打勾",
            width=8,
        ),
        Field("name", "说明", synonyms=("名称", "节日", "备注"), width=18),
    ),
    "name",
    ("day",),
    "day",
    purpose="和平常不一样的日子：放假，或者周末调休上班；算工作日时用。",
)
