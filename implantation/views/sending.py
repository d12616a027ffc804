"""Reading the whole request again, sending it once, and the page that confirms it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from implantation import limits, summaries
from implantation.choices import State
from implantation.drafts import Draft, public_property
from implantation.forms import STEPS
from implantation.models import Enquiry
from implantation.prospects import prospects
from implantation.services import Answers, Refused, submit
from implantation.tracking import enquiry_for_token, token_for, tracking_url
from implantation.views.following import unknown_link
from implantation.views.privacy import personal
from implantation.views.request import TITLES, address, line
from properties import shortlist
from territory.models import Partner

_NOT_ANSWERS = ("language", "subject")


@personal(referrer="same-origin")
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest) -> HttpResponse:
    """Everything that was answered, each answer with its way back; a post sends it, once."""
    draft = Draft.of(request.session)
    if request.method == "POST":
        already = _already_sent(request.POST.get("key", ""))
        if already is not None:
            return _confirmed(already)
        return _send(request, draft)
    return _show(request, draft)


def _send(request: HttpRequest, draft: Draft) -> HttpResponse:
    filled = _forms(draft)
    # Premises that left the market since the page was shown: the page is shown again, and says so.
    gone = bool(request.POST.get("property")) and public_property(draft.property_reference) is None
    if gone or not all(form.is_valid() for form in filled.values()):
        # A step that was never sent on shows its errors from now on.
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
    except Refused as refusal:
        return _show(request, draft, refusal=str(refusal))
    Draft.forget(request.session)
    return _confirmed(enquiry)


def _show(request: HttpRequest, draft: Draft, refusal: str = "") -> HttpResponse:
    filled = _forms(draft)
    wrong = [name for name, form in filled.items() if not form.is_valid()]
    attached = public_property(draft.property_reference)
    answers = _answers(draft, filled)
    said = {
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
        "attached": attached,
        "joined": shortlist.premises(draft.shortlist),
        "missing": draft.property_reference if draft.property_reference and attached is None else "",
        "wrong": [{"title": TITLES[name], "url": f"{address(name)}?review=1#errors"} for name in wrong],
        "sections": [
            {"step": name, "title": TITLES[name], "url": f"{address(name)}?review=1", "said": said[name]}
            for name in STEPS
        ],
        "prospects": None if wrong else prospects(draft, attached),
        "partners": Partner.objects.members_on(timezone.localdate()),
    }
    return render(request, "implantation/review.html", context)


def _forms(draft: Draft) -> dict[str, Form]:
    """Every step, checked; one that was not sent on holds what was typed in it."""
    return {name: form(draft.typed.get(name, {})) for name, form in STEPS.items()}


def _answers(draft: Draft, filled: dict[str, Form]) -> Answers:
    """The answers that are right; what is wrong or missing is left out."""
    given: dict[str, Any] = {"name": "", "email": "", "message": ""}
    for form in filled.values():
        form.is_valid()
        given |= {name: value for name, value in form.cleaned_data.items() if name not in _NOT_ANSWERS}
    return Answers(
        **given,
        attached_property=public_property(draft.property_reference),
        shortlist=shortlist.listed(draft.shortlist),
    )


def _already_sent(key: str) -> Enquiry | None:
    """The request that this very form sent before: a double click, or the page reloaded."""
    try:
        return Enquiry.objects.filter(idempotency_key=UUID(key), anonymised_at__isnull=True).first()
    except ValueError:
        return None


def _confirmed(enquiry: Enquiry) -> HttpResponse:
    return HttpResponseRedirect(reverse("implantation:confirmation", args=[token_for(enquiry)]))


@personal(referrer="no-referrer")
@require_safe
def confirmation(request: HttpRequest, token: str) -> HttpResponse:
    """The reference, the partner that answers and why, by when, and the link that stands for an account."""
    enquiry = enquiry_for_token(token)
    if enquiry is None:
        return unknown_link(request)
    partners = list(Partner.objects.members_on(timezone.localdate()))
    if enquiry.holder not in partners:
        partners.append(enquiry.holder)
    decision = getattr(enquiry, "decision", None)
    context = {
        "enquiry": enquiry,
        "checking": enquiry.state == State.QUARANTINED,
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
