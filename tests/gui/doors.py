"""Ways into an office, and the application, for tests of the program around the pages."""

from collections.abc import Callable

from core.model.user import LoginState
from core.services.services import Services


class OpenDoor:
    """The way into an office without accounts, whose services are made already."""

    def __init__(self, opener: Callable[[], Services]) -> None:
        self.alone = opener

    def state(self) -> LoginState:
        return LoginState((), False)


class FakeApplication:
    """Keeps the exit status it is asked for."""

    def __init__(self) -> None:
        self.statuses: list[int] = []

    def exit(self, status: int) -> None:
        self.statuses.append(status)
