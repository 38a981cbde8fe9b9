"""The desk that computes frozen cycles again, here or on another PC, and compares every figure (R21)."""

from pathlib import Path

from core.errors import RuleViolation
from core.model.assessment import CycleState, Result, SchemeText
from core.model.office import Office
from core.model.result_package import ResultPackage, Verification
from core.ports import Reading, Store
from core.rules.package_file import package_text, read_package
from core.rules.verifying import verify
from core.services.cycle_reading import find_cycle, read_inputs
from core.services.files import read_bytes


class VerificationService:
    """Verifies what this store keeps, and hands it out to be verified elsewhere."""

    def __init__(self, store: Store) -> None:
        """Read from this store."""
        self._store = store

    def verify(self, year: int, cycle: str = "") -> Verification:
        """What computing the cycle again gives, beside what was kept.

        Raises:
            NotFound: it was not opened.
            RuleViolation: it was not computed.
        """
        with self._store.reading() as view:
            return verify(_package(view, year, cycle))

    def package(self, year: int, cycle: str = "") -> bytes:
        """The cycle as one file for `verify_package`.

        Raises:
            NotFound: it was not opened.
            RuleViolation: it was not computed.
        """
        with self._store.reading() as view:
            return package_text(_package(view, year, cycle)).encode()


def verify_package(path: Path) -> Verification:
    """What computing a package again gives, without any store.

    Raises:
        InvalidInput: it is no package, or nothing can be computed from it.
        StorageFailed: it cannot be read.
    """
    return verify(*read_package(read_bytes(path), path.name))


def _package(view: Reading, year: int, code: str) -> ResultPackage:
    cycle = find_cycle(view, year, code)
    if cycle.state is CycleState.OPEN:
        raise RuleViolation("not_computed", f"{cycle.called}还没有计算结果。", "请先计算。")
    inputs = read_inputs(view, cycle)
    return ResultPackage(
        office=next((each.name for each in view.all(Office)), ""),
        cycle=cycle,
        scheme_text=view.get(SchemeText, cycle.scheme_id).text,
        subjects=inputs.subjects,
        sheets=inputs.sheets,
        entries=inputs.entries,
        settled=inputs.settled,
        results=view.all(Result, cycle_id=cycle.id),
        log_head=view.log.head().said,
    )
