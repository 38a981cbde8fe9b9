import threading

import pytest
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QApplication, QLabel

from core.errors import Conflict, JobCancelled
from gui.jobs import LOOKS_AT_ONCE, JobRunner, Report


def test_work_is_done_elsewhere_and_delivered_here(qtbot, jobs: JobRunner, wait_for_jobs) -> None:
    seen: list[tuple[str, bool]] = []

    def work(_report: Report) -> str:
        return threading.current_thread().name

    jobs.start(work, lambda name: seen.append((name, QThread.currentThread().isMainThread())), title="试")
    wait_for_jobs()
    assert seen[0][0].startswith("store")
    assert seen[0][1]


def test_jobs_run_one_after_another_in_order(jobs: JobRunner, wait_for_jobs) -> None:
    order: list[int] = []
    ends: list[int] = []
    for number in range(5):
        jobs.start(lambda _report, number=number: order.append(number) or number, ends.append, title="试")
    wait_for_jobs()
    assert order == ends == [0, 1, 2, 3, 4]


def test_a_job_that_is_done_at_once_is_still_heard(qtbot, jobs: JobRunner) -> None:
    with qtbot.waitSignals([jobs.busy_changed, jobs.started, jobs.ended]):
        jobs.start(lambda _report: None, lambda _result: None, title="试")


def test_saved_fires_only_after_a_write_that_succeeded(jobs: JobRunner, wait_for_jobs) -> None:
    fired: list[str] = []
    jobs.saved.connect(lambda: fired.append("saved"))

    def fail(_report: Report) -> None:
        raise Conflict("stale", "别人刚改过。")

    jobs.start(lambda _report: None, lambda _result: None, title="读")
    jobs.start(fail, lambda _result: None, title="写", saves=True)
    wait_for_jobs()
    assert fired == []
    jobs.start(lambda _report: None, lambda _result: None, title="写", saves=True)
    wait_for_jobs()
    assert fired == ["saved"]


def test_an_error_of_the_user_is_shown_once(jobs: JobRunner, messages, wait_for_jobs) -> None:
    def fail(_report: Report) -> None:
        raise Conflict("stale", "别人刚改过。")

    ended: list[str] = []
    jobs.start(fail, pytest.fail, title="保存", ended=lambda: ended.append("ended"))
    wait_for_jobs()
    assert [error.message_zh for error in messages.errors] == ["别人刚改过。"]
    assert ended == ["ended"]


def test_a_page_that_handles_errors_itself_gets_them_instead(
    jobs: JobRunner, messages, wait_for_jobs
) -> None:
    def fail(_report: Report) -> None:
        raise Conflict("stale", "别人刚改过。")

    handled: list[str] = []
    jobs.start(fail, pytest.fail, title="保存", failed=lambda error: handled.append(error.code))
    wait_for_jobs()
    assert handled == ["stale"]
    assert messages.errors == []


def test_a_bug_is_logged_and_shown_with_its_traceback(
    jobs: JobRunner, messages, wait_for_jobs, caplog
) -> None:
    def break_down(_report: Report) -> None:
        raise ZeroDivisionError

    jobs.start(break_down, pytest.fail, title="保存", failed=pytest.fail)
    wait_for_jobs()
    assert "ZeroDivisionError" in messages.bugs[0]
    assert "break_down" in messages.bugs[0]
    assert "保存" in caplog.text


def test_progress_ends_at_the_total_and_is_not_a_flood(jobs: JobRunner, wait_for_jobs) -> None:
    told: list[int] = []
    jobs.progressed.connect(lambda _title, done, _total: told.append(done))

    def count(report: Report) -> None:
        for done in range(1, 10_001):
            report(done, 10_000)

    jobs.start(count, lambda _result: None, title="数")
    wait_for_jobs()
    assert told[-1] == 10_000
    assert len(told) < 1000


def test_a_cancelled_job_stops_at_its_next_report_and_says_nothing(
    qtbot, jobs: JobRunner, messages, wait_for_jobs
) -> None:
    at_work, go_on = threading.Event(), threading.Event()
    done: list[int] = []
    refused: list[BaseException] = []

    def work(report: Report) -> None:
        for number in range(100):
            done.append(number)
            at_work.set()
            go_on.wait(60)
            report(number, 100)

    jobs.start(work, pytest.fail, title="长", failed=refused.append)
    qtbot.waitUntil(at_work.is_set)
    jobs.cancel()
    go_on.set()
    wait_for_jobs()
    assert done == [0]
    assert isinstance(refused[0], JobCancelled)
    assert messages.errors == messages.bugs == []


def delete(qtbot, gone: QObject) -> None:
    told: list[str] = []
    gone.destroyed.connect(lambda: told.append("destroyed"))
    gone.deleteLater()
    qtbot.waitUntil(lambda: told == ["destroyed"])


class Page(QLabel):
    heard: int = 0

    def hear(self, _result: object) -> None:
        type(self).heard += 1
        self.setText("done")


def test_a_job_outlives_the_page_that_started_it(qtbot, jobs: JobRunner, messages, wait_for_jobs) -> None:
    go_on = threading.Event()
    page = Page()
    jobs.start(lambda _report: go_on.wait(60), page.hear, title="长", saves=True)
    delete(qtbot, page)
    with qtbot.waitSignal(jobs.saved):
        go_on.set()
    wait_for_jobs()
    assert Page.heard == 0
    assert messages.bugs == []


def test_an_owner_can_be_named_for_a_lambda(qtbot, jobs: JobRunner, wait_for_jobs) -> None:
    go_on = threading.Event()
    owner = QObject()
    heard: list[object] = []
    jobs.start(lambda _report: go_on.wait(60), heard.append, title="长", owner=owner)
    delete(qtbot, owner)
    go_on.set()
    wait_for_jobs()
    assert heard == []


def test_shutting_down_waits_and_delivers_nothing(qtbot, qapp: QApplication, messages) -> None:
    runner = JobRunner(messages)
    at_work, heard = threading.Event(), list[object]()

    def work(report: Report) -> None:
        at_work.set()
        while True:
            report(0, 1)

    runner.start(work, heard.append, title="长")
    qtbot.waitUntil(at_work.is_set)
    runner.shut_down()
    qapp.processEvents()
    assert heard == []


def test_a_job_after_the_end_is_dropped(qapp: QApplication, messages) -> None:
    runner = JobRunner(messages)
    runner.shut_down()
    runner.start(pytest.fail, pytest.fail, title="晚")
    assert not runner.is_busy()


def test_a_look_does_not_wait_for_a_long_job(qtbot, jobs: JobRunner, wait_for_jobs) -> None:
    go_on = threading.Event()
    order: list[str] = []
    jobs.start(lambda _report: go_on.wait(60), lambda _result: order.append("long"), title="长")
    jobs.look(lambda: "look", order.append, title="看", owner=jobs)
    qtbot.waitUntil(lambda: order == ["look"])
    go_on.set()
    wait_for_jobs()
    assert order == ["look", "long"]


def test_of_looks_of_one_owner_the_newest_is_answered(qtbot, jobs: JobRunner, wait_for_jobs) -> None:
    go_on = threading.Event()
    begun: list[int] = []
    heard: list[int] = []

    def look(number: int) -> int:
        begun.append(number)
        go_on.wait(60)
        return number

    for number in range(5):
        jobs.look(lambda number=number: look(number), heard.append, title="看", owner=jobs)
        # As many as are at work at once have begun; the others wait for them.
        qtbot.waitUntil(lambda number=number: len(begun) == min(number + 1, LOOKS_AT_ONCE))
    jobs.look(lambda: 9, heard.append, title="另看", owner=jobs)
    go_on.set()
    wait_for_jobs()
    assert sorted(heard) == [4, 9]
    assert sorted(begun) == [0, 1, 4]


def test_a_look_that_was_overtaken_tells_no_error(jobs: JobRunner, messages, wait_for_jobs) -> None:
    go_on = threading.Event()

    def fail() -> None:
        go_on.wait(60)
        raise Conflict("stale", "别人刚改过。")

    for _ in range(2):
        jobs.look(fail, pytest.fail, title="看", owner=jobs)
    go_on.set()
    wait_for_jobs()
    assert [error.code for error in messages.errors] == ["stale"]


def test_a_look_that_begins_later_keeps_the_runner_busy_and_may_be_overtaken(
    jobs: JobRunner, wait_for_jobs
) -> None:
    seen: list[str] = []
    owner = QObject()
    jobs.look(lambda: "rest", seen.append, title="查找", owner=owner, after_ms=5)
    assert jobs.is_busy()
    wait_for_jobs()
    assert seen == ["rest"]
    begun: list[str] = []
    jobs.look(lambda: begun.append("old"), lambda _none: None, title="查找", owner=owner, after_ms=5)
    jobs.look(lambda: begun.append("new"), lambda _none: None, title="查找", owner=owner)
    wait_for_jobs()
    assert begun == ["new"]
