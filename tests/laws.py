"""Examples of laws: always the same in a run of all checks, random and ten times as many by `run.py laws`."""

from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

CHECKED, SEARCH = "checked", "search"
MORE = 10
# A busy machine is no failure: speed is measured by the benchmarks.
UNTIMED = (HealthCheck.too_slow,)
ON_A_FIXTURE = (*UNTIMED, HealthCheck.function_scoped_fixture)
"""What a law leaves unchecked that shares a fixture of its test among all examples."""

_of_loaded_modules = providers._get_local_constants


def settle() -> None:
    """Choose what a run of all checks does; pytest's option --hypothesis-profile is heeded after this."""
    untimed = settings(deadline=None, suppress_health_check=UNTIMED)
    settings.register_profile(CHECKED, untimed, derandomize=True)
    settings.register_profile(SEARCH, untimed, max_examples=untimed.max_examples * MORE)
    settings.load_profile(CHECKED)
    providers._get_local_constants = _constants


def examples(number: int) -> int:
    """How many examples a law is tried with that wants this many in a run of all checks."""
    return number * MORE if _is_search() else number


def _constants() -> providers.Constants:
    """Values written in the program's modules: a test alone has others loaded than in a run of all checks."""
    return _of_loaded_modules() if _is_search() else providers._local_constants


def _is_search() -> bool:
    return settings.get_current_profile_name() == SEARCH
