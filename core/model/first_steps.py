"""What a new office does first, step by step; each can be put off and is found again."""

from dataclasses import dataclass

from core.model.labelled import Labelled


class FirstStep(Labelled):
    """In the order in which they are offered."""

    OFFICE = "office", "单位名称和机关代字"
    COMMUNITIES = "communities", "社区（村）"
    ROSTER = "roster", "花名册"
    GROUPS = "groups", "领导小组和工作组"
    USERS = "users", "用户和恢复码"
    BACKUP = "backup", "备份位置"
    FONTS = "fonts", "公文字体"


@dataclass(frozen=True, slots=True)
class StepNow:
    """How far a step has come: `note` says what there is."""

    step: FirstStep
    is_done: bool
    note: str


@dataclass(frozen=True, slots=True)
class CommunityList:
    """A list of communities as it was written: the names that are new, known already, or no names at all."""

    new: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    odd: tuple[str, ...] = ()
