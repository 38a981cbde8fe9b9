"""What a command answers: an exit status, a JSON object, and lines for a person."""

import json
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.errors import AppError, InvalidInput, StorageFailed
from core.model.personal import masked_numbers

STORAGE_TROUBLE = 4


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome of a command."""

    data: Mapping[str, object]
    lines: tuple[str, ...]
    status: int = 0


def show(answer: Answer, as_json: bool) -> int:
    """Print an answer to standard output; its exit status."""
    if _printed(_json(answer.data) if as_json else masked_numbers("\n".join(answer.lines))):
        return answer.status
    lost = "命令做完了，结果没有写全：输出写不进去，可能是磁盘已满。"
    tell(StorageFailed("output_lost", lost, "请腾出空间，再查看一次。"), as_json=False)
    return STORAGE_TROUBLE


def tell(error: AppError, as_json: bool) -> None:
    """Say what went wrong: on standard error, or as the one JSON object on standard output."""
    problems = [str(problem) for problem in error.problems] if isinstance(error, InvalidInput) else []
    if as_json:
        told = {
            "code": error.code,
            "message": error.message_zh,
            "remedy": error.remedy_zh,
            "problems": problems,
        }
        if _printed(_json({"error": told})):
            return
    said = "\n  ".join((f"{error.message_zh}{error.remedy_zh}", *problems))
    print(masked_numbers(said), file=sys.stderr)


def _printed(text: str) -> bool:
    """Whether standard output took a text; a reader that has seen enough (head, less) has taken it."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        sys.stdout = None
    except OSError:
        sys.stdout = None
        return False
    return True


def tell_interrupted(as_json: bool) -> int:
    """Say that Ctrl-C ended the command, before or after its act was stored; its exit status."""
    told = "已中断。操作要么整个写入，要么一点没有写入。"
    tell(AppError("cancelled", told, "请用 log 看最近的操作里有没有它。"), as_json)
    return STORAGE_TROUBLE


def table(
    heads: Sequence[str], rows: Iterable[Sequence[str]], right: frozenset[int] = frozenset()
) -> list[str]:
    """Rows as aligned lines under their heads; columns in `right` are flush right."""
    lines = [tuple(heads), *(tuple(row) for row in rows)]
    widths = [max(columns(line[place]) for line in lines) for place in range(len(heads))]
    return [
        "  ".join(_padded(text, widths[place], place in right) for place, text in enumerate(line)).rstrip()
        for line in lines
    ]


def progress(done: int, total: int) -> None:
    """Tell progress on standard error, where a person watches."""
    if sys.stderr.isatty():
        end = "\n" if done == total else ""
        print(f"\r{done} / {total}", end=end, file=sys.stderr, flush=True)


def _json(data: Mapping[str, object]) -> str:
    """The object as text, its texts without whole numbers of people; sizes and sums stay as they are."""
    return json.dumps(_masked(data), ensure_ascii=False, indent=2)


def _masked(value: object) -> object:
    if isinstance(value, str):
        return masked_numbers(value)
    if isinstance(value, Mapping):
        return {name: _masked(each) for name, each in value.items()}
    return [_masked(each) for each in value] if isinstance(value, list | tuple) else value


def of_cycle(year: int, code: str) -> str:
    """The options that name a cycle, to be typed behind a command."""
    return f"--year {year}" + (f" --cycle {code}" if code else "")


def columns(text: str) -> int:
    """How many columns of a screen a text takes."""
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)


def _padded(text: str, width: int, right: bool) -> str:
    room = " " * (width - columns(text))
    return room + text if right else text + room
