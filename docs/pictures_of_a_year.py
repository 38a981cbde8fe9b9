"""Pictures of a year's assessment from its opening to the archive.

    .venv/bin/python docs/pictures_of_a_year.py         writes year-*.png

The sample's own opening is taken back first, so that the year is opened as a clerk would.
"""

import sys
from datetime import datetime

from pictures import (
    NOW,
    PROJECT,
    SAMPLE_YEAR,
    Studio,
    in_studio,
    keep,
)

from core.model.assessment import EntryKind
from tests.core.played_days import marked_alike

FIFTH, SIXTH = "滨湖社区楼宇经济联合会", "洁芳社区公益堂"
OBJECTED = "凤凰社区楼宇经济联合会"
GROUP, MEMBERS = "考核领导小组", "张三、李四、王五"


class Days:
    """The clock of the pictures, moved from step to step."""

    def __init__(self) -> None:
        self._now = NOW

    def __call__(self) -> datetime:
        """The moment as it stands."""
        return self._now

    def turn_to(self, studio: Studio, day: str) -> None:
        """It is another day."""
        self._now = datetime.fromisoformat(f"{day}T09:30:00")
        studio.page("assessment").reload()
        studio.go("cycle_path")


def take_year(studio: Studio, days: Days) -> None:
    """Every step of the year."""
    open_year(studio)
    compute(studio)
    publish(studio)
    object_to(studio)
    days.turn_to(studio, "2026-01-15")
    keep_path(studio, "year-after-notice")
    settle_tie(studio)
    pass_gate(studio)
    days.turn_to(studio, "2026-01-21")
    pass_gate(studio)
    days.turn_to(studio, "2026-02-03")
    revoke(studio)
    studio.go("cycle_path")
    pass_gate(studio)
    keep_path(studio, "year-archived")


def open_year(studio: Studio) -> None:
    """The opening shows who takes part before it is done."""
    for act in studio.services.register.acts(2):
        studio.services.versions.undo(act.number)
    studio.jobs.saved.emit()
    studio.rest()
    studio.go("open_year")
    form = studio.form()
    keep(studio.picture(form), "year-open")
    form.save()
    studio.rest()


def compute(studio: Studio) -> None:
    """Sheets come in, a bonus is put in by hand, and the results are computed."""
    services = studio.services
    scores = PROJECT / "resources" / "sample" / "scores.xlsx"
    services.score_import.apply(services.score_import.preview(SAMPLE_YEAR, scores))
    marked_alike(services, SAMPLE_YEAR, FIFTH, SIXTH)
    studio.page("assessment").reload()
    studio.go("cycle_path")
    path = studio.page("assessment").path
    path.lists.setCurrentIndex(1)
    path.entries.add_entry_button.click()
    form = studio.form()
    form.kind.choose(EntryKind.BONUS)
    form.subject.setText(OBJECTED)
    form.points.setText("1")
    form.reason.setText("获区级表彰")
    form.evidence.setText("区民政局通报〔2025〕8号")
    keep(studio.picture(form), "year-entry")
    form.accept()
    studio.rest()
    path.gate_button.click()
    studio.rest()


def publish(studio: Studio) -> None:
    """What stands before the gate, and the gate's own form."""
    studio.go("cycle_path")
    keep_path(studio, "year-computed")
    path = studio.page("assessment").path
    path.gate_button.click()
    form = studio.form()
    form.accept_box.setChecked(True)
    keep(studio.picture(form), "year-notice")
    form.accept()
    studio.rest()


def object_to(studio: Studio) -> None:
    """An objection is registered, looked into, upheld and answered."""
    path = studio.page("assessment").path
    path.lists.setCurrentIndex(0)
    found = path.objections
    found.register_button.click()
    form = studio.form()
    form.subject.setText(OBJECTED)
    form.raised_by.setText("王某")
    form.content.setPlainText("居民满意度的分数和测评会上公布的不一致")
    keep(studio.picture(form), "year-objection")
    form.save()
    studio.rest()
    found.check_button.click()
    form = studio.form()
    form.checker.setText("李四")
    form.finding.setPlainText("测评票重新清点，多计 2 张")
    form.save()
    studio.rest()
    keep_path(studio, "year-checking")
    found.decide_button.click()
    form = studio.form()
    form.score.setText("97.60")
    form.body.setText(GROUP)
    form.persons.setText(MEMBERS)
    form.reason.setPlainText("按重新清点的测评票改正")
    keep(studio.picture(form), "year-ruling")
    form.answer.setPlainText("已重新清点，得分改为 97.60 分")
    form.save()
    studio.rest()


def settle_tie(studio: Studio) -> None:
    """Equals at the border of the places are put in order."""
    studio.go("results")
    page = studio.page("assessment")
    page.notice.hide()
    state = page.results._state
    (tie,) = [each for each in state.computed.outcome.awards if each.undecided]
    page.results._acts.settle_tie(state, tie)
    form = studio.form()
    form.body.setText(GROUP)
    form.persons.setText(MEMBERS)
    form.reason.setPlainText("按居民满意度排先后")
    keep(studio.picture(form), "year-tie")
    form.save()
    studio.rest()
    studio.go("cycle_path")


def revoke(studio: Studio) -> None:
    """After the announcement a result is taken back."""
    page = studio.page("assessment")
    page.path.revoke_button.click()
    studio.rest()
    page.results._rule(None)
    form = studio.form()
    form.body.setText("示例街道办事处")
    form.reason.setPlainText("申报材料造假")
    keep(studio.picture(form), "year-revocation")
    form.save()
    studio.rest()


def pass_gate(studio: Studio) -> None:
    """Through the next gate without a picture."""
    studio.page("assessment").path.gate_button.click()
    studio.form().accept()
    studio.rest()


def keep_path(studio: Studio, name: str) -> None:
    """The path as it stands, without the line that says what was just done."""
    studio.page("assessment").notice.hide()
    studio.rest()
    keep(studio.picture(), name)


def main() -> int:
    """Take the pictures."""
    days = Days()
    in_studio(lambda studio, _folder: take_year(studio, days), clock=days)
    return 0


if __name__ == "__main__":
    sys.exit(main())
