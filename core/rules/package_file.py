"""The result package as a file: one JSON object, each record with a check of its own."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, TypeVar

from core.errors import InvalidInput, Problem
from core.model.assessment import ChosenWeight, Cycle, Entry, Result, ScoreSheet, Subject
from core.model.decision import Decision, Revocation
from core.model.earlier import EarlierResult
from core.model.plain_records import from_plain, to_plain
from core.model.result_package import ResultPackage
from core.model.settled import Settled

FORMAT = "shepingtong-result-package"
VERSION = 1
_LARGEST = 512 * 1024 * 1024
_PARTS: Mapping[str, tuple[type[Any], str]] = {
    "subjects": (Subject, "考核对象"),
    "sheets": (ScoreSheet, "评分表"),
    "entries": (Entry, "加减分"),
    "decisions": (Decision, "决定"),
    "revocations": (Revocation, "撤销"),
    "earlier": (EarlierResult, "往年结果"),
    "weights": (ChosenWeight, "选定的权重"),
    "results": (Result, "考核结果"),
}
T = TypeVar("T")


class ReadPackage(NamedTuple):
    """A package as it was read, and the records that are not as they were written."""

    package: ResultPackage
    altered: tuple[Problem, ...]


def package_text(package: ResultPackage) -> str:
    """The package as text; the same package gives the same text."""
    parts = {name: getattr(package, name) for name in ("subjects", "sheets", "entries", "results")}
    parts |= package.settled._asdict()
    said: dict[str, object] = {
        "format": FORMAT,
        "version": VERSION,
        "office": package.office,
        "cycle": to_plain(package.cycle),
        "scheme": package.scheme_text,
        "log_head": package.log_head,
        "checks": {
            "cycle": _check(to_plain(package.cycle)),
            "scheme": _check(package.scheme_text),
            "head": _check([package.office, package.log_head]),
        },
    }
    for name in _PARTS:
        said[name] = [{"check": _check(each), "record": each} for each in to_plain(parts[name])]
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def read_package(content: bytes, file: str) -> ReadPackage:
    """The package in a file.

    Raises:
        InvalidInput: it is none, it is broken, or a newer program wrote it.
    """
    said = _said(content, file)
    try:
        parts = {name: _records(said[name], kind) for name, (kind, _) in _PARTS.items()}
        package = ResultPackage(
            office=from_plain(str, said["office"]),
            cycle=from_plain(Cycle, said["cycle"]),
            scheme_text=from_plain(str, said["scheme"]),
            log_head=from_plain(str, said.get("log_head", "")),
            settled=Settled(*(parts.pop(name) for name in Settled._fields)),
            **parts,
        )
        return ReadPackage(package, tuple(_altered(said, package)))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _broken(file) from error


def _said(content: bytes, file: str) -> dict[str, Any]:
    if len(content) > _LARGEST:
        raise InvalidInput("package_too_large", f"“{file}”太大，不像结果包。", "请选择导出的结果包。")
    try:
        said = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise _broken(file) from error
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise InvalidInput("no_package", f"“{file}”不是本程序导出的结果包。", "请选择导出的结果包。")
    if said.get("version") != VERSION:
        raise InvalidInput("package_newer", f"“{file}”由更新的程序导出。", "请用新版程序校验。")
    return said


def _broken(file: str) -> InvalidInput:
    return InvalidInput(
        "package_broken", f"“{file}”不完整或被改坏，读不出来。", "请重新导出或重新拷贝结果包。"
    )


def _records(rows: Any, kind: type[T]) -> tuple[T, ...]:
    return tuple([from_plain(kind, row["record"]) for row in rows])


def _altered(said: Mapping[str, Any], package: ResultPackage) -> Iterator[Problem]:
    names = {each.id: each.name for each in package.subjects}
    remedy = "请用原来的结果包核对"
    for name, label in (("cycle", "考核周期"), ("scheme", "考核方案")):
        if _check(said[name]) != said["checks"][name]:
            yield Problem(label, "导出以后被改动", remedy)
    head = _check([package.office, package.log_head])
    if said["checks"].get("head", head) != head:
        yield Problem("单位名称或日志校验码", "导出以后被改动", remedy)
    for part, (_, label) in _PARTS.items():
        for place, row in enumerate(said[part], start=1):
            if _check(row["record"]) != row["check"]:
                record = row["record"]
                whose = names.get(record.get("subject_id", ""), record.get("name", f"第 {place} 条"))
                rater = f"{record['stage']}/{record['rater']} " if part == "sheets" else ""
                yield Problem(f"{label}：{rater}{whose}", "导出以后被改动", remedy)


def _check(plain: object) -> str:
    """Sixteen digits of SHA-256: against a slip of the hand; the package's digest stands against more."""
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
