"""Findings about a scheme that reads well but cannot work (scheme.md 4)."""

from core.errors import Problem
from core.model.scheme import Scheme


def check_scheme(scheme: Scheme) -> tuple[Problem, ...]:
    return ()
