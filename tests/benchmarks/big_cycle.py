"""A store with one cycle of many subjects, indicators and raters, for benchmarks."""

import random
from collections.abc import Sequence
from pathlib import Path

from core.model.assessment import Cycle, CycleState, SchemeText, ScoreSheet, Source, Subject
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.office import Office
from core.rules.scheme_file import read_scheme
from db.schema import create_store
from db.store import SqliteStore, open_store

YEAR = 2025


def scheme_text(indicators: int, raters: int) -> str:
    """A scheme with one stage: so many indicators of five points, so many raters of equal weight."""
    leaves = "\n".join(
        f'    {{ code = "i{number}", name = "指标{number}", full = 5 }},' for number in range(indicators)
    )
    people = "\n".join(
        f'    {{ code = "r{number}", name = "评分方{number}", weight = 1 }},' for number in range(raters)
    )
    full = indicators * 5
    bands = "\n".join(
        f'[[bands]]\nname = "{name}"\nfloor = {full * share}'
        for name, share in (("优秀", 0.9), ("良好", 0.8), ("合格", 0.7), ("基本合格", 0.6))
    )
    return (
        f'code = "big"\nname = "大考核"\nsource = "benchmark"\nfull = {full}\nbelow_name = "不合格"\n'
        f"[score]\nfloor = 0\ncap = {full}\n{bands}\n"
        f'[[stages]]\ncode = "year"\nname = "年度考核"\nfull = {full}\nweight = 100\n'
        f"raters = [\n{people}\n]\nindicators = [\n{leaves}\n]\n"
    )


def make(path: Path, subjects: int, indicators: int, raters: int) -> None:
    """Write the store: the cycle is open, every sheet is complete."""
    path.parent.mkdir(parents=True, exist_ok=True)
    create_store(path)
    store = open_store(path)
    with store.writing(ActDraft("准备", "测量")) as work:
        work.add([Office(new_id(), "示例街道办事处", document_code="示例街办")])
    open_year(store, [("", f"组织{place:06}") for place in range(1, subjects + 1)], indicators, raters)
    store.close()


def open_year(store: SqliteStore, assessed: Sequence[tuple[str, str]], indicators: int, raters: int) -> None:
    """Open the cycle for organizations, each with its id and name, and give every rater a complete sheet."""
    chance = random.Random(20251128)
    text = scheme_text(indicators, raters)
    scheme = SchemeText(new_id(), "big", "大考核", text, read_scheme(text).digest, "2025-12-01T09:00:00")
    cycle = Cycle(new_id(), YEAR, scheme.id, CycleState.OPEN, "2025-12-01", code="big", title="大考核")
    subjects = [
        Subject(new_id(), cycle.id, known, name, "文体", "东社区", position=place, kind="社会组织")
        for place, (known, name) in enumerate(assessed, 1)
    ]
    marks = [number * 250_000 for number in range(8, 21)]
    sheets = [
        ScoreSheet(
            new_id(),
            cycle.id,
            subject.id,
            "year",
            f"r{rater}",
            tuple(chance.choices(marks, k=indicators)),
            source=Source(
                f"评分方{rater}.xlsx", "评分表", place + 3, f"评分方{rater}", "2025-12-10T09:00:00"
            ),
        )
        for rater in range(raters)
        for place, subject in enumerate(subjects)
    ]
    with store.writing(ActDraft("准备", "测量")) as work:
        work.add([scheme])
        work.add([cycle])
        work.add(subjects)
        work.add(sheets)
