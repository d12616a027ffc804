"""Verbs of implantation: keyword-only, atomic, side effects on commit; `Refused` when one cannot be done."""

from implantation.notices import sweep_notices
from implantation.services.absences import may_say, say_away, take_back
from implantation.services.activating import activate_table, unschedule_table
from implantation.services.approving import (
    accept_residual,
    answer_table,
    approval_of,
    ask_approval,
    override_approval,
)
from implantation.services.deciding import Standing, standing
from implantation.services.drafting import (
    RuleText,
    discard_draft,
    draft_table,
    drop_rule,
    import_rules,
    keep_rule,
    last_change,
    move_rule,
    reopen_draft,
    start_draft,
    undo_change,
)
from implantation.services.errors import Outdated, Refused
from implantation.services.facts import CORRECTED, correct_facts
from implantation.services.handling import (
    add_note,
    change_state,
    need_no_answer,
    record_reply,
    release,
    replace_link,
    take_in_charge,
    withdraw,
    write_to_investor,
)
from implantation.services.notifying import retry_notices
from implantation.services.openings import note_opening, purge_openings
from implantation.services.privacy import purge_personal_data
from implantation.services.submission import Answers, submit
from implantation.services.tables import pure, table_in_force
from implantation.services.transfers import (
    accept_transfer,
    decline_transfer,
    propose_transfer,
    return_expired_transfers,
)
from implantation.services.unwanted import bring_back, refuse_unwanted

__all__ = [
    "CORRECTED",
    "Answers",
    "Outdated",
    "Refused",
    "RuleText",
    "Standing",
    "accept_residual",
    "accept_transfer",
    "activate_table",
    "add_note",
    "answer_table",
    "approval_of",
    "ask_approval",
    "bring_back",
    "change_state",
    "correct_facts",
    "decline_transfer",
    "discard_draft",
    "draft_table",
    "drop_rule",
    "import_rules",
    "keep_rule",
    "last_change",
    "may_say",
    "move_rule",
    "need_no_answer",
    "note_opening",
    "override_approval",
    "propose_transfer",
    "pure",
    "purge_openings",
    "purge_personal_data",
    "record_reply",
    "refuse_unwanted",
    "release",
    "reopen_draft",
    "replace_link",
    "retry_notices",
    "return_expired_transfers",
    "say_away",
    "standing",
    "start_draft",
    "submit",
    "sweep_notices",
    "table_in_force",
    "take_back",
    "take_in_charge",
    "undo_change",
    "unschedule_table",
    "withdraw",
    "write_to_investor",
]
