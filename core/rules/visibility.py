"""What the raters of a stage may see of the others while marks come in."""

from core.model.scheme import Stage, Visible
from core.model.visibility import Seen


def may_see(stage: Stage, seen: Seen, *, own_delivered: bool) -> bool:
    """Whether a rater may see it now; `own_delivered` says that its own sheets are all handed in."""
    setting = {
        Seen.SHEETS: stage.visibility.sheets,
        Seen.MEANS: stage.visibility.means,
        Seen.RANKS: stage.visibility.ranks,
    }[seen]
    return setting is Visible.ALWAYS or (setting is Visible.AFTER_OWN and own_delivered)
