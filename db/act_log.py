"""The log of acts as one unit sees it."""

from sqlalchemy import Connection

from core.model.audit import ActQuery, ChainHead, ChainReport
from core.model.journal import Act
from db.chain import digests_like, newest_sealed, verified
from db.journal import all_actors, found_acts
from db.records import readable


class StoredActs:
    """Implements core.model.audit.ActLog."""

    def __init__(self, connection: Connection) -> None:
        """Belongs to the transaction of `connection`."""
        self._connection = connection

    def find(self, query: ActQuery) -> tuple[Act, ...]:
        """The acts that are asked for, newest first."""
        return found_acts(self._connection, query)

    def actors(self) -> tuple[str, ...]:
        """Who has acted, by name."""
        return all_actors(self._connection)

    def head(self) -> ChainHead:
        """The newest act that is written to its end, and its digest."""
        return newest_sealed(self._connection)

    def verified(self) -> ChainReport:
        """Every digest computed anew."""
        with readable("操作日志"):
            return verified(self._connection)

    def sealed(self, start: str) -> tuple[ChainHead, ...]:
        """The acts whose digests begin so, oldest first."""
        return digests_like(self._connection, start)
