"""The table of rights, walked whole: every method of every desk with every role, and nothing beside it."""

from collections.abc import Iterator
from itertools import combinations

import pytest

from core.errors import AccessDenied
from core.model.rights import BEFORE_CHANGE, EVERYBODY, RIGHTS
from core.model.user import Role, Session
from core.services import services as bundle
from core.services.guard import Gate, Guarded
from core.services.services import Services

NO_DESKS = {"store", "actor", "gate", "clock"}


def every_method() -> Iterator[tuple[str, str]]:
    """What the table speaks of."""
    return ((desk, method) for desk, methods in RIGHTS.items() for method in methods)


def sets_of_roles() -> Iterator[frozenset[Role]]:
    """Nobody's, each role's, and all that one person may have together."""
    return (frozenset(roles) for size in range(len(Role) + 1) for roles in combinations(Role, size))


class AnyDesk:
    """A desk that has every method, and tells which one was reached."""

    def __getattr__(self, name: str) -> object:
        return lambda *_given, **_named: name


@pytest.mark.parametrize("roles", list(sets_of_roles()), ids=lambda roles: "+".join(sorted(roles)) or "none")
def test_each_set_of_roles_reaches_what_the_table_says_and_nothing_else(roles: frozenset[Role]) -> None:
    gate = Gate(Session("某人", roles))
    for desk, method in every_method():
        call = getattr(Guarded(desk, AnyDesk, gate), method)
        if RIGHTS[desk][method] & roles:
            assert call(1, key=2) == method
            continue
        with pytest.raises(AccessDenied) as told:
            call(1, key=2)
        assert told.value.code == "no_right"
        for role in RIGHTS[desk][method]:
            assert role.label in told.value.message_zh


def test_method_that_is_not_in_the_table_is_nobodys() -> None:
    gate = Gate(Session("某人", EVERYBODY))
    for desk in RIGHTS:
        with pytest.raises(AccessDenied):
            Guarded(desk, AnyDesk, gate).new_method()


def test_table_names_every_public_method_of_every_desk_and_no_other(services: Services) -> None:
    desks = {name: each for name, each in vars(services).items() if name not in NO_DESKS and name[0] != "_"}
    guarded = {name: each for name, each in desks.items() if isinstance(each, Guarded)}
    assert {name for name, each in desks.items() if each is not None} == set(guarded)
    found = {name: _methods(type(each._desk())) for name, each in guarded.items()}
    assert found == {name: set(methods) for name, methods in RIGHTS.items() if name in found}
    # A desk that tests open without, as that of backups.
    for name in set(RIGHTS) - set(found):
        assert _methods(_class_of(name)) == set(RIGHTS[name]), name


def _methods(kind: type) -> set[str]:
    return {name for name in dir(kind) if not name.startswith("_")}


def _class_of(desk: str) -> type:
    named = "".join(part.capitalize() for part in desk.removesuffix("s").split("_"))
    return getattr(bundle, f"{named}Service")


def test_what_comes_before_a_change_of_password_is_in_the_table() -> None:
    for desk, method in BEFORE_CHANGE:
        assert RIGHTS[desk][method] == EVERYBODY


def test_password_that_is_due_comes_before_everything_else() -> None:
    gate = Gate(Session("某人", EVERYBODY), must_change="密码要换。")
    reached = set()
    for desk, method in every_method():
        try:
            getattr(Guarded(desk, AnyDesk, gate), method)()
        except AccessDenied as error:
            assert error.code == "password_due"
        else:
            reached.add((desk, method))
    assert reached == BEFORE_CHANGE


def test_guard_lets_nothing_be_set_past_it(services: Services) -> None:
    """Every act of the desks goes through `writing`; no desk gives its store away."""
    for name in RIGHTS:
        desk = getattr(services, name)
        public = [each for each in dir(desk) if not each.startswith("_")]
        assert "store" not in public


def test_enterer_decides_nothing_and_checker_enters_nothing() -> None:
    enters, checks = frozenset({Role.ENTER}), frozenset({Role.CHECK})
    for desk, method in (("decisions", "decide"), ("document_issue", "issue"), ("cycles", "confirm")):
        assert not RIGHTS[desk][method] & enters
    for desk, method in (("marks", "enter"), ("register", "save_form"), ("roster_import", "apply")):
        assert not RIGHTS[desk][method] & checks
    admin = frozenset({Role.ADMIN})
    assert not any(roles & admin for roles in RIGHTS["objections"].values())
    assert all(RIGHTS["users"][name] == admin for name in ("add", "disable", "reset", "new_code"))
