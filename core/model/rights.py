"""Who may do what: every public method of every desk with the roles that may call it.

One table, enforced by one guard (core.services.guard). What is not in it nobody may call, so a new method
needs a word here; the tests walk through all of it. Looking is for everybody who has an account.
"""

from collections.abc import Mapping
from typing import TypeAlias

from core.model.user import Role

Roles: TypeAlias = frozenset[Role]

EVERYBODY: Roles = frozenset(Role)
_OF: Mapping[str, Roles] = {
    "look": EVERYBODY,
    "enter": frozenset({Role.ENTER}),
    "work": frozenset({Role.ENTER, Role.CHECK}),
    "check": frozenset({Role.CHECK}),
    "admin": frozenset({Role.ADMIN}),
}


def _desk(**methods: str) -> Mapping[str, Roles]:
    """The methods of a desk: who may, and then the names, `enter="add remove"`."""
    return {name: _OF[who] for who, names in methods.items() for name in names.split()}


RIGHTS: Mapping[str, Mapping[str, Roles]] = {
    "users": _desk(
        look="change_own_password code_is_used is_begun is_encrypted rules state unlock_screen",
        admin="add begin change_roles disable new_code note_protection paper_of_code reset save_rules",
    ),
    "setup": _desk(look="office", admin="change_office init_office"),
    "backups": _desk(
        look="before check_all check_is_due drill due_at_start due_by_change faults finish listed local "
        "lost_acts make named newest_good newest_good_in note_restored "
        "overview refuse_new_store replaces_something settings store_path undoing",
        admin="choose_second discard keep_settings make_second restore",
    ),
    "old_backups": _desk(look="found", admin="replace"),
    "register": _desk(
        look="acts bulk_preview figures history merge_preview named "
        "read_form register reveal_phones template",
        enter="bulk_change merge move remove save_community save_form save_work_group",
    ),
    "roster": _desk(look="find frame group_sizes namesake present rows"),
    "roster_import": _desk(look="correct faulty_sheet keep look preview", enter="apply"),
    "ledgers": _desk(
        look="choices counts export faulty_sheet fields find form_texts link_titles "
        "look preview read_form record "
        "reveal rows template title_of",
        enter="apply remove save",
    ),
    "filing": _desk(
        look="allowed change_labels completeness due missing_papers of required_papers",
        enter="open save",
        check="decide",
    ),
    "tasks": _desk(
        look="calendar matrix progress progress_by_unit to_do turns urgent", enter="finish reopen tick"
    ),
    "attachments": _desk(look="check count faults_of file of suffixes", work="add remove"),
    "audit": _desk(look="acts actors export head kinds verify"),
    "versions": _desk(
        look="bin history newest_redoable newest_undoable record_as_of register_as_of story undoable",
        work="redo restore undo",
    ),
    "search": _desk(look="further nearest stroke_key"),
    "persons": _desk(look="named would_erase", admin="erase looks"),
    "saved_views": _desk(look="of remove rename save"),
    "schemes": _desk(look="all scheme text"),
    "scheme_drafts": _desk(
        look="as_file blank copy_of findings of_cycle of_file of_scheme trial_table try_on",
        check="remove save",
    ),
    "assessments": _desk(
        look="as_it_stands cycles explain findings outcome path preview_opening "
        "read_participants scheme year years",
        work="compute",
        check="open_year",
    ),
    "cycles": _desk(
        look="notice_period path path_of", check="announce archive confirm publish rename report step_back"
    ),
    "score_sheets": _desk(look="forms missing send_out", enter="take_back"),
    "score_import": _desk(look="preview", enter="apply"),
    "marks": _desk(look="others others_in", enter="enter enter_block note settle_total"),
    "entries": _desk(enter="add lift recuse unrecuse"),
    "ballots": _desk(look="differences tally waiting", enter="enter invalidate resolve"),
    "decisions": _desk(check="decide keep lift lift_revocation revoke"),
    "objections": _desk(work="check register withdraw", check="answer decide"),
    "award_money": _desk(look="lines proposed totals", check="propose"),
    "results": _desk(look="details details_workbook lists payments reminders workbook would_revoke"),
    "lens": _desk(look="look workbook"),
    "verification": _desk(look="package verify"),
    "documents": _desk(
        look="documents findings lines missing open own_fonts render render_all shown versions word year_of",
        work="remove save save_written write",
        check="step",
    ),
    "document_issue": _desk(
        look="paper papers prepared",
        work="printed record_receipts",
        check="all_at_once at_once issue skip skip_all void",
    ),
    "document_files": _desk(look="find pdf word"),
    "document_subjects": _desk(look="choices"),
    "document_templates": _desk(look="lines read template written", work="remove restore save"),
    "certificates": _desk(look="missing prepare render", work="again kept sheet", check="issue"),
    "certificate_register": _desk(
        look="place_of check check_text find lines stock workbook", work="record record_print"
    ),
    "certificate_designs": _desk(
        look="calibrated calibration_sheet crosses export_form export_kind fields form "
        "forms kinds own_codes profile "
        "profiles shipped_codes",
        work="import_form import_kind keep_picture restore save_form save_kind save_profile",
    ),
    "first_steps": _desk(look="all communities_in sort_out", work="add_communities"),
    "fonts": _desk(look="all file names_in of_this_pc specimen", admin="add remove"),
    "papers": _desk(look="booklet community_card filing_form missing_papers roster table"),
    "reports": _desk(look="classes classifications progress ticks"),
    "year_report": _desk(look="paper report shown workbook"),
    "exports": _desk(look="results roster sheet"),
    "year_papers": _desk(look="plan", check="make"),
}
"""Desk (its name in core.services.services.Services), method, roles."""

BEFORE_CHANGE = frozenset(
    {
        ("users", "change_own_password"),
        ("users", "rules"),
        ("setup", "office"),
    }
)
"""What somebody may do whose password has to be changed first."""
