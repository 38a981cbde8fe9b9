"""Residents' ballots (居民测评票), entered twice by two people who do not see each other's entry."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ballot:
    """One paper ballot on one subject; answers are texts as written, one for each leaf, in scheme order.

    `second` is empty until the second entry. `invalid` is the reason why the ballot does not count: by the
    scheme's rules or by a person. A ballot counts when both entries agree and it is not invalid.
    """

    id: str
    cycle_id: str
    stage: str
    rater: str
    subject_id: str
    number: int
    first: tuple[str, ...]
    first_by: str
    second: tuple[str, ...] = ()
    second_by: str = ""
    invalid: str = ""
    version: int = 1

    @property
    def differs(self) -> bool:
        """Whether the two entries do not agree."""
        return bool(self.second) and self.first != self.second

    @property
    def counts(self) -> bool:
        """Whether it is a valid ballot."""
        return not self.invalid and self.first == self.second
