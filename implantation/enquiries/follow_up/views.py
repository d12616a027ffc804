"""Tracking page. GET has no side effects; messages and withdrawals are POST."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from implantation.enquiries import summaries
from implantation.enquiries.choices import CLOSED_STATES, EnquiryState, TransferState
from implantation.enquiries.conversation import record_reply
from implantation.enquiries.follow_up import story
from implantation.enquiries.follow_up.forms import ReplyForm, WithdrawForm
from implantation.enquiries.form import limits
from implantation.enquiries.form.pages import keeps_what_was_typed, personal, unknown_link
from implantation.enquiries.handling import withdraw
from implantation.enquiries.models import Enquiry
from implantation.enquiries.tracking import enquiry_for_token
from implantation.errors import RefusedError
from territory.models import Partner


@personal(referrer="same-origin")
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_what_was_typed(ReplyForm)
def track(request: HttpRequest, token: str) -> HttpResponse:
    """Tracking page: holder, next step, journal and reply form."""
    enquiry = enquiry_for_token(token)
    if enquiry is None:
        return unknown_link(request)
    if request.method != "POST":
        return _show(request, enquiry, token)
    form = ReplyForm(request.POST)
    if form.is_valid():
        if not limits.may_reply(enquiry):
            form.add_error(
                "message",
                _("You have written a lot this past hour. Your text is still here: send it later, or to %(email)s.")
                % {"email": enquiry.holder.email},
            )
        else:
            try:
                record_reply(enquiry=enquiry, body=form.cleaned_data["message"], seen=form.cleaned_data["seen"])
            except RefusedError as refusal:
                form.add_error("message", str(refusal))
            else:
                return HttpResponseRedirect(reverse("implantation:track", args=[token]) + "#journal")
    return _show(request, enquiry, token, reply=form)


@personal(referrer="no-referrer")
@require_safe
def other_language(request: HttpRequest, token: str) -> HttpResponse:
    """Redirect a valid link with its path in the other language, such as `/en/…/suivi/<token>/`."""
    if enquiry_for_token(token) is None:
        return unknown_link(request)
    return HttpResponseRedirect(reverse("implantation:track", args=[token]))


@personal(referrer="same-origin")
@require_POST
@keeps_what_was_typed(ReplyForm)
def withdrawal(request: HttpRequest, token: str) -> HttpResponse:
    """Withdraw the enquiry once the box is ticked. Idempotent."""
    enquiry = enquiry_for_token(token)
    if enquiry is None:
        return unknown_link(request)
    form = WithdrawForm(request.POST, reference=enquiry.reference)
    if form.is_valid():
        if enquiry.state != EnquiryState.WITHDRAWN:
            try:
                withdraw(enquiry=enquiry)
            except RefusedError as refusal:
                form.add_error("sure", str(refusal))
                return _show(request, enquiry, token, giving_up=form)
        return HttpResponseRedirect(reverse("implantation:track", args=[token]) + "#journal")
    return _show(request, enquiry, token, giving_up=form)


def _show(
    request: HttpRequest,
    enquiry: Enquiry,
    token: str,
    *,
    reply: ReplyForm | None = None,
    giving_up: WithdrawForm | None = None,
) -> HttpResponse:
    decision = getattr(enquiry, "decision", None)
    seen = enquiry.events.order_by("-sequence").values_list("sequence", flat=True).first()
    context = {
        "enquiry": enquiry,
        "token": token,
        "holder": enquiry.holder,
        "proposed": enquiry.transfers.filter(state=TransferState.PROPOSED).select_related("to_partner").first(),
        "checking": enquiry.state == EnquiryState.QUARANTINED,
        "closed": enquiry.state in CLOSED_STATES,
        "withdrawn": enquiry.state == EnquiryState.WITHDRAWN,
        "unwanted": enquiry.state == EnquiryState.UNWANTED,
        "next": story.next_step(enquiry),
        "entries": story.entries(enquiry),
        "decision": decision,
        "rules": summaries.rules_read(decision) if decision else [],
        "said": summaries.sent(enquiry),
        "reply": reply or ReplyForm(initial={"seen": seen}),
        "giving_up": giving_up or WithdrawForm(reference=enquiry.reference),
        "coordinator": Partner.objects.coordinator(),
    }
    return render(request, "implantation/tracking.html", context)
