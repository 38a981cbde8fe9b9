"""The floor of bench_start: a plain window with a table view of 10,000 rows; tells when it is painted."""

import time

from PySide6.QtCore import QEvent, QObject, QStringListModel, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView


class Watcher(QObject):
    """Tells the first paint of what it watches, and ends the program."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self.tell)
        return False

    def tell(self) -> None:
        print("painted", time.time(), time.process_time(), flush=True)
        QApplication.quit()


app = QApplication([])
window, table, watcher = QMainWindow(), QTableView(), Watcher()
table.setModel(QStringListModel([f"第 {number} 个组织" for number in range(10_000)]))
window.setCentralWidget(table)
window.resize(1366, 768)
table.viewport().installEventFilter(watcher)
window.show()
app.exec()
