"""Review, submission and confirmation of a request."""

import logging
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.forms import BoundField, Form, RadioSelect
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from implantation.enquiries import summaries
from implantation.enquiries.choices import EnquiryState
from implantation.enquiries.form import limits
from implantation.enquiries.form.candidates import prospects
from implantation.enquiries.form.pages import keeps_what_was_typed, personal, unknown_link
from implantation.enquiries.form.session import Draft, public_property, sent_before
from implantation.enquiries.form.steps import STEPS
from implantation.enquiries.form.writing import TITLES, address, line
from implantation.enquiries.models import Enquiry
from implantation.enquiries.submission import Answers, submit
from implantation.enquiries.tracking import enquiry_for_token, token_for, tracking_url
from implantation.errors import RefusedError
from implantation.routing.facts import held
from properties.listing import shortlist
from territory.models import Partner

logger = logging.getLogger(__name__)
_NOT_ANSWERS = ("language", "subject")


@personal(referrer="same-origin")
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_what_was_typed(*STEPS.values())
def review(request: HttpRequest) -> HttpResponse:
    """Review page: every answer with a link to its step. POST submits, once (idempotency key)."""
    draft = Draft.of(request.session)
    if request.method == "POST":
        already = sent_before(request.POST.get("key", ""), request.session)
        if already is not None:
            return _confirmed(already)
        return _send(request, draft) if draft.typed else _brought_back(request, draft)
    return _show(request, draft)


def _brought_back(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Restore the answers from the posted page when the session has expired; shows the review with 409."""
    for name, form in STEPS.items():
        names = [field for field in form.base_fields if f"{name}-{field}" in request.POST]
        if names:
            draft.take(name, names, {field: request.POST[f"{name}-{field}"] for field in names}, check=True)
    attached = public_property(request.POST.get("property", ""))
    draft.property_reference = attached.reference if attached else ""
    draft.shortlist = list(shortlist.listed(request.POST.getlist("shortlist")))
    draft.save(request)
    why = _(
        "This browser no longer held your answers: they were taken from the page instead. Read them again, then send."
    )
    return _show(request, draft, refusal=why, status=409)


def _send(request: HttpRequest, draft: Draft) -> HttpResponse:
    filled = _forms(draft)
    # Premises gone from the market since the page was shown: the review is shown again, with the error.
    gone = bool(request.POST.get("property")) and public_property(draft.property_reference) is None
    if gone or not all(form.is_valid() for form in filled.values()):
        # Steps never completed show their errors from now on.
        draft.checked = [*STEPS]
        draft.save(request)
        return HttpResponseRedirect(address("review") + "#errors")
    contact = filled["contact"].cleaned_data
    digest = limits.sender_digest(request)
    try:
        enquiry = submit(
            answers=_answers(draft, filled),
            language=contact["language"],
            idempotency_key=UUID(draft.key),
            suspicion=limits.suspicion(
                trapped=bool(contact["subject"]), age=draft.age, digest=digest, email=contact["email"]
            ),
            origin_digest=digest,
        )
    except RefusedError as refusal:
        return _show(request, draft, refusal=str(refusal))
    except Exception:  # whatever the fault, the transaction is rolled back and the answers are still in the session
        logger.exception("a request could not be submitted")
        why = _("The fault is ours, and we have been told. Your answers are kept: send them again in a minute.")
        return _show(request, draft, refusal=why, status=503)
    draft.sent_as(enquiry, request.session)
    return _confirmed(enquiry)


def _show(request: HttpRequest, draft: Draft, refusal: str = "", status: int = 200) -> HttpResponse:
    filled = _forms(draft)
    wrong = [name for name, form in filled.items() if not form.is_valid()]
    attached = public_property(draft.property_reference)
    answers = _answers(draft, filled)
    summary_lines = {
        "project": summaries.project_said(answers),
        "place": summaries.place_said(answers),
        "firm": summaries.firm_said(answers),
        "contact": summaries.contact_said(
            answers, filled["contact"].cleaned_data.get("language") or get_language() or ""
        ),
    }
    context: dict[str, Any] = {
        "step": "review",
        "title": TITLES["review"],
        "draft": draft,
        "line": line(draft, "review"),
        "refusal": refusal,
        "typed": [(f"{name}-{field}", text) for name, texts in draft.typed.items() for field, text in texts.items()],
        "attached": attached,
        "joined": shortlist.premises(draft.shortlist),
        "missing": draft.property_reference if draft.property_reference and attached is None else "",
        "wrong": [{"title": TITLES[name], "url": f"{address(name)}?review=1#errors"} for name in wrong],
        "sections": [
            {
                "step": name,
                "title": TITLES[name],
                "url": f"{address(name)}?review=1",
                "said": [(line, _first_control(form[line.field])) for line in summary_lines[name]],
            }
            for name, form in filled.items()
        ],
        "prospects": None if wrong else prospects(draft, attached),
        "partners": Partner.objects.members_on(timezone.localdate()),
    }
    return render(request, "implantation/review.html", context, status=status)


def _first_control(field: BoundField) -> str:
    """Return the id of a field's control, the first control of a radio group."""
    return f"{field.auto_id}_0" if isinstance(field.field.widget, RadioSelect) else field.auto_id


def _forms(draft: Draft) -> dict[str, Form]:
    """Return the bound form of every step, from its typed values."""
    return {name: form(draft.typed.get(name, {})) for name, form in STEPS.items()}


def _answers(draft: Draft, filled: dict[str, Form]) -> Answers:
    """Return the valid answers; invalid or missing answers are left out."""
    values: dict[str, Any] = {"name": "", "email": "", "message": ""}
    for form in filled.values():
        form.is_valid()
        values |= {name: value for name, value in form.cleaned_data.items() if name not in _NOT_ANSWERS}
    return Answers(
        facts={fact.key: values.pop(fact.key) for fact in held() if fact.key in values},
        **values,
        attached_property=public_property(draft.property_reference),
        shortlist=shortlist.listed(draft.shortlist),
    )


def _confirmed(enquiry: Enquiry) -> HttpResponse:
    return HttpResponseRedirect(reverse("implantation:confirmation", args=[token_for(enquiry)]))


@personal(referrer="no-referrer")
@require_safe
def confirmation(request: HttpRequest, token: str) -> HttpResponse:
    """Confirmation page: reference, partner with reason, due day and tracking link."""
    enquiry = enquiry_for_token(token)
    if enquiry is None:
        return unknown_link(request)
    partners = list(Partner.objects.members_on(timezone.localdate()))
    if enquiry.holder not in partners:
        partners.append(enquiry.holder)
    decision = getattr(enquiry, "decision", None)
    context = {
        "enquiry": enquiry,
        "checking": enquiry.state == EnquiryState.QUARANTINED,
        "holder": enquiry.holder,
        "partners": partners,
        "decision": decision,
        "rules": summaries.rules_read(decision) if decision else [],
        "sentence": summaries.in_one_sentence(enquiry),
        "tracking_url": tracking_url(enquiry),
        "token": token,
        "said": summaries.sent(enquiry),
        "soon": enquiry.first_answer_due - timezone.localdate() <= timedelta(days=7),
    }
    return render(request, "implantation/confirmation.html", context)
