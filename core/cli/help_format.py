"""How help is laid out: in columns of the screen, where a Chinese character takes two."""

import argparse
from collections.abc import Iterable
from typing import Any

from core.cli.terminal import columns

_NEVER_FIRST = "，。、；：）”》"
"""What no line begins with; it hangs over the edge instead."""


class HelpFormatter(argparse.RawDescriptionHelpFormatter):
    """argparse counts characters; here what stands beside the options starts in one column of the screen."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=38)

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """Begin the line that shows the whole command, in Chinese."""
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)

    def add_argument(self, action: argparse.Action) -> None:
        """Make the left column as wide as the widest entry."""
        widest = max(columns(self._format_action_invocation(each)) for each in _entries(action))
        self._action_max_length = max(self._action_max_length, widest + self._current_indent)
        self._add_item(self._format_action, [action])

    def _format_action_invocation(self, action: argparse.Action) -> str:
        named = super()._format_action_invocation(action)
        return ", ".join((*action.option_strings[:-1], named.rpartition(", ")[2]))

    def _format_action(self, action: argparse.Action) -> str:
        return "".join(map(self._format_entry, _entries(action)))

    def _format_entry(self, action: argparse.Action) -> str:
        shown, named = super()._format_action(action), self._format_action_invocation(action)
        more = columns(named) - len(named)
        head, padded, rest = shown.partition(f"{named}{' ' * (more + 2)}")
        return shown if head.strip() or not padded else f"{head}{named}  {rest}"

    def _split_lines(self, text: str, width: int) -> list[str]:
        lines = [""]
        for each in text:
            if columns(lines[-1] + each) > width and each not in _NEVER_FIRST:
                lines.append("")
            lines[-1] += each
        return lines


def _entries(action: argparse.Action) -> Iterable[argparse.Action]:
    """What is listed of an action: of a choice of commands each command, as the usage shows the choice."""
    return action._get_subactions() if isinstance(action, argparse._SubParsersAction) else (action,)
