"""Actions of the desk on an enquiry: one service each, offered by role and state."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from implantation.enquiries import checking, conversation, correction, custody, handling
from implantation.enquiries.admin import forms
from implantation.enquiries.choices import NEXT_STATES, EnquiryState, Step, TransferState
from implantation.enquiries.models import Enquiry, Transfer
from implantation.errors import RefusedError
from implantation.routing.facts import held
from territory.choices import OfficerRole
from territory.models import Officer


def open_transfer(enquiry: Enquiry) -> Transfer | None:
    """Return the transfer awaiting an answer, or None."""
    transfers = enquiry.transfers.select_related("from_partner", "to_partner", "proposed_by")
    return transfers.filter(state=TransferState.PROPOSED).first()


def _answered(enquiry: Enquiry) -> Transfer:
    """Return the open transfer, or else the latest transfer: its service then refuses with the answer already given."""
    transfer = open_transfer(enquiry) or enquiry.transfers.order_by("-pk").first()
    if transfer is None:
        raise RefusedError(_("No transfer of this enquiry is open."))
    return transfer


@dataclass(frozen=True)
class Action:
    """Desk action. `does` calls the service; `alone` asks the officer to read colleagues' newer events first."""

    name: str
    title: str | Promise
    button: str | Promise
    done: str | Promise
    form: type[forms.ActionForm]
    does: Callable[[Enquiry, User, dict[str, Any]], Any]
    alone: bool = False


ACTIONS = {
    action.name: action
    for action in (
        Action(
            "release",
            _("Checked: it is a real enquiry"),
            _("Release it"),
            _("The enquiry is released: the rules gave it to a partner, and the investor was told."),
            forms.PlainForm,
            lambda enquiry, actor, typed: checking.release(enquiry=enquiry, actor=actor),
        ),
        Action(
            "unwanted",
            _("Unwanted: nobody is written to"),
            _("End it as unwanted"),
            _("The request is ended as unwanted. It can be brought back for 30 days, then it is erased."),
            forms.PlainForm,
            lambda enquiry, actor, typed: checking.refuse_unwanted(enquiry=enquiry, actor=actor),
            alone=True,
        ),
        Action(
            "back",
            _("Bring it back to be checked"),
            _("Bring it back"),
            _("The request is to be checked again."),
            forms.PlainForm,
            lambda enquiry, actor, typed: checking.bring_back(enquiry=enquiry, actor=actor),
        ),
        Action(
            "take",
            _("Take in charge"),
            _("Take in charge"),
            _("You took this enquiry in charge."),
            forms.PlainForm,
            lambda enquiry, actor, typed: handling.take_in_charge(enquiry=enquiry, actor=actor),
        ),
        Action(
            "accept",
            _("Accept the transfer"),
            _("Accept"),
            _("Your partner now holds this enquiry; the investor and the other partner were told."),
            forms.PlainForm,
            lambda enquiry, actor, typed: custody.accept_transfer(transfer=_answered(enquiry), actor=actor),
        ),
        Action(
            "decline",
            _("Decline the transfer"),
            _("Decline"),
            _("The transfer is declined; the partner that keeps the enquiry was told why."),
            forms.DeclineForm,
            lambda enquiry, actor, typed: custody.decline_transfer(
                transfer=_answered(enquiry), actor=actor, reason=typed["reason"]
            ),
        ),
        Action(
            "write",
            _("Write to the investor"),
            _("Send"),
            _("Your message is on its way."),
            forms.WriteForm,
            lambda enquiry, actor, typed: conversation.write_to_investor(
                enquiry=enquiry,
                actor=actor,
                body=typed["body"],
                tailored=typed["tailored"],
                awaiting=typed["awaiting"],
            ),
            alone=True,
        ),
        Action(
            "no_answer",
            _("The last message needs no answer"),
            _("No answer needed"),
            _("Nothing is owed to the investor until they write again."),
            forms.PlainForm,
            lambda enquiry, actor, typed: conversation.need_no_answer(enquiry=enquiry, actor=actor),
            alone=True,
        ),
        Action(
            "note",
            _("Add an internal note"),
            _("Add the note"),
            _("The note is kept."),
            forms.NoteForm,
            lambda enquiry, actor, typed: conversation.add_note(enquiry=enquiry, actor=actor, body=typed["body"]),
        ),
        Action(
            "link",
            _("Replace the tracking link"),
            _("Replace the link"),
            _("Every link sent before opens nothing any more."),
            forms.LinkForm,
            lambda enquiry, actor, typed: conversation.replace_link(enquiry=enquiry, actor=actor, send=typed["send"]),
        ),
        Action(
            "state",
            _("Change the state"),
            _("Change the state"),
            _("The state is changed."),
            forms.StateForm,
            lambda enquiry, actor, typed: handling.change_state(
                enquiry=enquiry, actor=actor, state=typed["state"], reason=typed["reason"]
            ),
            alone=True,
        ),
        Action(
            "propose",
            _("Propose to another partner"),
            _("Propose"),
            _("The transfer is proposed. Your partner keeps the enquiry until it is accepted."),
            forms.ProposeForm,
            lambda enquiry, actor, typed: custody.propose_transfer(
                enquiry=enquiry, actor=actor, to_partner=typed["to_partner"], reason=typed["reason"]
            ),
            alone=True,
        ),
        Action(
            "correct",
            _("Correct the facts"),
            pgettext_lazy("verb", "Correct"),
            _("The facts are corrected. Where the rules name another partner, the transfer is proposed to it."),
            forms.CorrectForm,
            lambda enquiry, actor, typed: correction.correct_facts(
                enquiry=enquiry,
                actor=actor,
                facts={fact.key: typed[fact.key] for fact in held()},
                reason=typed["reason"],
            ),
            alone=True,
        ),
    )
}


def offered(enquiry: Enquiry, officer: Officer, transfer: Transfer | None) -> list[Action]:
    """Return the actions relevant to this officer now, most urgent first. The services still check permission."""
    if enquiry.anonymised_at:
        return []
    acts = officer.partner_id == enquiry.holder_id or officer.role == OfficerRole.COORDINATOR
    names: list[str] = []
    if transfer is not None and transfer.to_partner_id == officer.partner_id:
        names += ["accept", "decline"]
    if acts:
        if enquiry.state == EnquiryState.QUARANTINED:
            names += ["release", "unwanted"]
        if enquiry.state == EnquiryState.UNWANTED:
            names.append("back")
        if enquiry.state == EnquiryState.RECEIVED:
            names.append("take")
        if enquiry.is_open and enquiry.state != EnquiryState.RECEIVED:
            names.append("write")
        if enquiry.step == Step.REPLY:
            names.append("no_answer")
        names.append("note")
        if NEXT_STATES.get(enquiry.state):
            names.append("state")
        if enquiry.is_open and transfer is None:
            names.append("propose")
        if enquiry.is_open:
            names.append("correct")
        names.append("link")
    return [ACTIONS[name] for name in names]
