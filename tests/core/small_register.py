"""A small register for documents: a leading group, two groups with people, matters of filing, late tasks."""

from collections.abc import Sequence
from typing import Any

from core.model.dates import PartialDate
from core.model.filing import Outcome, Particulars, Transition, TransitionKind
from core.model.journal import ActDraft
from core.model.organization import Community, Organization, Standing, WorkGroup
from core.model.people import Person, Post, PostKind, Unit
from core.model.tasks import Obligation, Task
from core.services.register_reading import read_places
from core.services.services import Services

K, P = TransitionKind, PostKind
PARTY, CULTURE = Unit("u1", "街道党工委"), Unit("u2", "街道党政办")
COMMUNITY = Community("c1", "东湖社区")
PEOPLE = (
    Person("p1", "周正", unit_id="u1", title="书记"),
    Person("p2", "李四光", unit_id="u1", title="副书记"),
    Person("p3", "王五", unit_id="u1", title="委员"),
    Person("p4", "欧阳修远", unit_id="u2", title="主任"),
    Person("p5", "赵一鸣", unit_id="u2", title="副主任"),
    Person("p6", "钱多"),
)
FILED = Organization(
    "o1",
    "东湖社区合唱团",
    "c1",
    standing=Standing.FILED,
    filing_number="临街备2026001",
    principal="孙悟空",
)
BARE = Organization("o2", "春风互助会")
FORM = Particulars(
    "f1", "o1", scope_printed="组织居民开展合唱排练和演出。", activity_area="东湖社区", has_charter=True
)


def day(text: str) -> PartialDate:
    return PartialDate.parse(text)


def posts(groups: Sequence[WorkGroup]) -> tuple[Post, ...]:
    culture, mediation = groups[7].id, groups[1].id
    leading = (
        Post("a1", "p1", P.GROUP_HEAD),
        Post("a2", "p2", P.FIRST_DEPUTY),
        Post("a3", "p3", P.DEPUTY),
        Post("a4", "p4", P.MEMBER),
        Post("a5", "p5", P.MEMBER),
        Post("a6", "p4", P.OFFICE_DIRECTOR),
        Post("a7", "p5", P.OFFICE_DEPUTY),
        Post("a8", "p6", P.DEPUTY, until_on=day("2025-06")),
    )
    return (
        *leading,
        Post("b1", "p3", P.LEAD_LEADER, culture),
        Post("b2", "p4", P.CONVENER, culture),
        Post("b3", "p5", P.LIAISON, culture),
        Post("b4", "p6", P.MEMBER, culture),
        Post("b5", "p5", P.CONVENER, mediation),
    )


def matter(
    matter_id: str, kind: TransitionKind, outcome: Outcome | None, of: str = "o1", **values: Any
) -> Transition:
    dates = {"applied_on": day("2025-12-22"), "accepted_on": day("2025-12-24")}
    decided = {"decided_on": day("2026-01-05")} if outcome else {}
    return Transition(matter_id, of, kind, outcome=outcome, **{**dates, **decided, **values})


FILING = ("备案申请书", "章程", "负责人身份证", "成员名单", "场所证明")
MATTERS = (
    matter("t1", K.FILE, Outcome.APPROVED, number="临街备2026001", papers=FILING),
    matter("t2", K.FILE, Outcome.REFUSED, "o2", reason="活动场所不具备安全条件。", papers=FILING[:3]),
    matter("t3", K.CHANGE, Outcome.APPROVED, change_field="负责人", old_value="孙悟空", new_value="沈括"),
    matter("t4", K.DEREGISTER, Outcome.APPROVED, reason="成员迁走，无法开展活动"),
    matter(
        "t5",
        K.CHANGE,
        Outcome.REFUSED,
        change_field="名称",
        new_value="东湖艺术团",
        papers=("变更申请书", "章程"),
    ),
    matter("t6", K.FILE, None, "o2"),
)
TASKS = (
    Task(
        "k1", "印发专项工作方案", unit_id="u2", due_on=day("2025-12-31"), responsible="欧阳修远", progress=60
    ),
    Task("k2", "走访十个合唱团", unit_id="u2", due_on=day("2026-01-07")),
    Task("k3", "报送活动照片", community_id="c1", due_on=day("2025-12-25"), responsible="社区文书"),
    Task("k4", "以后的事", unit_id="u2", due_on=day("2026-02-27")),
    Task("k5", "办好的事", unit_id="u2", due_on=day("2025-12-25"), done_on=day("2025-12-24")),
)


def put(services: Services, *records: Any) -> None:
    with services.store.writing(ActDraft("准备", "录入员")) as work:
        work.add(records)


def fill_register(services: Services) -> None:
    """The small register in an office that is new."""
    with services.store.writing(ActDraft("准备", "录入员")) as work:
        work.remove(work.all(Obligation))
        groups = read_places(work).work_groups
    put(services, PARTY, CULTURE, COMMUNITY)
    put(services, FILED, BARE, *PEOPLE)
    put(services, FORM, *posts(groups), *MATTERS, *TASKS)
