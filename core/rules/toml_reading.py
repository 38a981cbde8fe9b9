"""TOML of schemes, templates, forms and wordings: read with every finding, written to be read alike."""

import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal

from core.errors import InvalidInput, Problem
from core.rules.sections import Section

LONGEST_TEXT = 200_000


@contextmanager
def toml_section(text: str, what: str) -> Iterator[Section]:
    """The root of a TOML text, `what` it is in words; findings noted in the block are raised at its end.

    Raises:
        InvalidInput: it is no TOML, far too long, or something was found.
    """
    section = Section(toml_table(text, what), "", [])
    yield section
    section.close()
    if section.findings:
        count = len(section.findings)
        raise InvalidInput(
            "toml_invalid", f"{what}有 {count} 处问题。", "请按所列逐条修改。", section.findings
        )


def toml_lines(values: Iterable[tuple[str, str | float | bool]]) -> Iterator[str]:
    """`key = value` for each pair."""
    for key, value in values:
        if isinstance(value, bool):
            yield f"{key} = {'true' if value else 'false'}"
        elif isinstance(value, str):
            # TOML's basic strings take what JSON writes, but for DEL.
            yield f"{key} = {json.dumps(value, ensure_ascii=False)}".replace("\x7f", "\\u007F")
        else:
            yield f"{key} = {value:.12g}"


def toml_table(text: str, what: str, longest: int = LONGEST_TEXT) -> dict[str, object]:
    """The root table of a TOML text, not looked into; `what` it is in words, `longest` in characters.

    Raises:
        InvalidInput: it is no TOML, or far too long.
    """
    if len(text) > longest:
        raise InvalidInput(
            "toml_too_long",
            f"这个文件有 {len(text):,} 个字，不像{what}。",
            f"{what}不超过 {longest:,} 个字，请核对选的文件。",
        )
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError) as error:
        found = re.search(r"line (\d+), column (\d+)", str(error))
        place = f"第 {found[1]} 行第 {found[2]} 列" if found else "文件"
        problem = Problem(place, "写法有误，读不下去", "请检查这里和上一行的引号、括号、等号、逗号")
        raise InvalidInput(
            "toml_unreadable", f"这不是写法正确的{what}。", "请按所列逐条修改。", [problem]
        ) from error
