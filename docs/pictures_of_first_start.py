"""Pictures of the first start: the welcome, the first steps, the list of communities, the sample office.

.venv/bin/python docs/pictures_of_first_start.py      writes first-*.png
"""

import shutil
import tempfile
from pathlib import Path

from pictures import start_application
from pictures_of_accounts import Seat
from PySide6.QtWidgets import QPushButton

from gui.dialogs.community_list import CommunityListDialog
from gui.dialogs.user_forms import SetUpForm
from gui.pages.home_start import StartPane

OFFICE = "城东街道办事处"
COMMUNITIES = "松枫社区\n梅园社区\n凤凰社区\n新桥村"


def start(seat: Seat) -> None:
    """The office is made, accounts are put off, the steps stand on the home page."""
    seat.wait(seat.is_open)
    (pane,) = seat.program.window.findChildren(StartPane)
    pane._form._name.setText(OFFICE)
    seat.take("first-welcome")
    pane._make_office()
    seat.dialog(SetUpForm).reject()
    seat.take("first-steps")
    dialog = CommunityListDialog(seat.program.workplace.desk, seat.program.window)
    dialog.open()
    dialog.text.setPlainText(COMMUNITIES)
    seat.wait(lambda: dialog.add.isEnabled())
    seat.take("first-communities", dialog)
    dialog.done(CommunityListDialog.DialogCode.Rejected)


def play(seat: Seat) -> None:
    """The sample office with the line that says so."""
    button = next(
        each
        for each in seat.program.window.findChildren(QPushButton)
        if each.text() == "打开示例街道" and each.isVisible()
    )
    seat.again(button.click)
    seat.wait(seat.is_open)
    seat.take("first-sample")


def main() -> None:
    """Take the pictures."""
    start_application()
    scratch = Path(tempfile.mkdtemp(prefix="pictures-"))
    folder = scratch / "社评通数据"
    folder.mkdir()
    seat = Seat(folder, new=True)
    try:
        start(seat)
        play(seat)
    finally:
        seat.program.close()
        shutil.rmtree(scratch)


if __name__ == "__main__":
    main()
