"""Names that a document's own facts give, for the checks before it is issued."""

from core.model.facts import Row

_NAME = "对象名称"
_RESULTS = "考核结果"


def names_in(facts: Row) -> tuple[str, ...]:
    """The names of what was assessed: of those whom the document is about, and of all in the results.

    They need not be organizations of the register: a scheme can assess communities, people or housing areas.
    """
    rows = facts.get(_RESULTS, ())
    listed = [row.get(_NAME) for row in rows] if isinstance(rows, tuple) else []
    return tuple(name for name in (facts.get(_NAME), *listed) if isinstance(name, str) and name)
