"""How every desk reads the office whose papers it makes."""

from core.errors import NotFound
from core.model.office import Office
from core.ports import Reading


def read_office(view: Reading) -> Office:
    """The office of the store.

    Raises:
        NotFound: there is none yet.
    """
    office = next(iter(view.all(Office)), None)
    if office is None:
        raise NotFound("office_missing", "还没有新建单位。", "请先新建单位。")
    return office
