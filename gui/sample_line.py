"""The line over every page of the sample office: what it is, and the way back."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.desk import Desk
from gui.widgets.banner import Banner
from gui.widgets.buttons import push_button


class SampleLine(QWidget):
    """Stays as long as the sample office is open."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        banner = Banner(
            "info", "这是示例街道，数据都是虚构的，可以随便试；本单位的数据不受影响。", icon="flask-line"
        )
        banner.add_button(push_button("扔掉示例", self._throw_away, dense=True))
        banner.add_button(push_button("回到本单位", desk.leave_sample, dense=True))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.addWidget(banner)

    def _throw_away(self) -> None:
        facts = (("在示例里做的", "都不留"), ("以后", "再打开示例时从头开始"))
        if self._desk.messages.confirm("扔掉示例街道吗？", facts, yes="扔掉"):
            self._desk.leave_sample(throw_away=True)
