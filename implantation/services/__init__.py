"""Verbs of implantation: keyword-only, atomic, side effects on commit; `Refused` when one cannot be done."""

from implantation.notices import sweep_notices
from implantation.services.drafting import (
    RuleText,
    discard_draft,
    draft_table,
    drop_rule,
    keep_rule,
    start_draft,
)
from implantation.services.errors import Refused
from implantation.services.handling import (
    add_note,
    change_state,
    record_reply,
    release,
    take_in_charge,
    withdraw,
    write_to_investor,
)
from implantation.services.privacy import purge_personal_data
from implantation.services.submission import Answers, submit
from implantation.services.tables import activate_table, pure, table_in_force
from implantation.services.transfers import (
    accept_transfer,
    decline_transfer,
    propose_transfer,
    return_expired_transfers,
)

__all__ = [
    "Answers",
    "Refused",
    "RuleText",
    "accept_transfer",
    "activate_table",
    "add_note",
    "change_state",
    "decline_transfer",
    "discard_draft",
    "draft_table",
    "drop_rule",
    "keep_rule",
    "propose_transfer",
    "pure",
    "purge_personal_data",
    "record_reply",
    "release",
    "return_expired_transfers",
    "start_draft",
    "submit",
    "sweep_notices",
    "table_in_force",
    "take_in_charge",
    "withdraw",
    "write_to_investor",
]
