"""Multi-step form of a request.

Each POST stores the typed answers, valid or not; every check reads the stored answers.
"""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from implantation.enquiries.form.candidates import prospects
from implantation.enquiries.form.carried_search import carried_search
from implantation.enquiries.form.pages import keeps_what_was_typed, personal
from implantation.enquiries.form.session import Draft, public_property
from implantation.enquiries.form.steps import STEPS
from implantation.enquiries.summaries import known_words
from implantation.routing.guide.form import carried
from properties.listing import shortlist
from territory.models import Partner

ORDER = [*STEPS, "review"]
TITLES = {
    "project": _("Your project"),
    "place": _("Place and premises"),
    "firm": _("Your firm"),
    "contact": _("How to reach you"),
    "review": _("Read again, send"),
}


def address(step: str, language: str | None = None) -> str:
    """Return the path of a step."""
    with override(language or get_language()):
        return reverse(f"implantation:{'request' if step == 'project' else step}")


def form_of(draft: Draft, step: str) -> forms.Form:
    """Return the form of a step with its typed values; with errors once the step was completed."""
    typed = draft.typed.get(step, {})
    if step in draft.checked:
        return STEPS[step](typed)
    return STEPS[step](initial={"language": get_language()} | typed)


@personal(referrer="same-origin")
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_what_was_typed(*STEPS.values())
def step(request: HttpRequest, name: str) -> HttpResponse:
    """Page of a step. POST stores the answers, then redirects onward, back, or to the same page with errors."""
    draft = Draft.of(request.session)
    if request.method == "POST":
        return _take(request, draft, name)
    wanted = request.GET.get("property", "") if name == "project" else ""
    brought = carried(request.GET) if name == "project" else {}
    draft.carry(brought)
    attached = public_property(wanted or draft.property_reference)
    missing = (wanted or draft.property_reference) if attached is None else ""
    if wanted and attached is None:
        attached = public_property(draft.property_reference)
    joined = shortlist.kept(request) if name == "project" and "shortlist" in request.GET else draft.shortlist
    form = form_of(draft, name)
    position = ORDER.index(name)
    context = {
        "step": name,
        "title": TITLES[name],
        "form": form,
        "draft": draft,
        "position": position + 1,
        "steps": len(STEPS),
        "line": line(draft, name),
        "attached": attached,
        "missing": missing[:20],
        "joined": shortlist.premises(joined),
        "brought_later": {key: value for key, value in brought.items() if key not in form.fields},
        "brought_words": known_words(brought.items()),
        "search": carried_search(request.GET.get("search", "")) if name == "project" else None,
        "next_title": _in_a_sentence(TITLES[ORDER[position + 1]]),
        "previous_title": _in_a_sentence(TITLES[ORDER[position - 1]]) if position else "",
        "correcting": "review" in request.GET,
        "other_languages": [code for code, _name in settings.LANGUAGES if code != get_language()],
        "prospects": prospects(draft, attached) if name in ("place", "firm") else None,
    }
    if name == "contact":
        context["partners"] = Partner.objects.members_on(timezone.localdate())
    return render(request, f"implantation/{name}.html", context)


def _take(request: HttpRequest, draft: Draft, name: str) -> HttpResponse:
    pressed = {button for button in ("back", "detach", "leave", "switch") if button in request.POST}
    draft.take(name, list(STEPS[name].base_fields), request.POST, check=not pressed)
    wanted = request.POST.get("property", "")
    if wanted and wanted != draft.property_reference and "detach" not in pressed:
        attached = public_property(wanted)
        if attached is not None:
            draft.attach(attached)
    if "detach" in pressed:
        draft.detach()
    if name == "project":
        draft.carry(carried(request.POST))
        if search := carried_search(request.POST.get("search", "")):
            draft.carry_search(search)
        draft.shortlist = [] if "leave" in pressed else list(shortlist.listed(request.POST.getlist("shortlist")))
    draft.save(request)
    correcting = "?review=1" if "review" in request.GET else ""
    if "switch" in pressed and request.POST["switch"] in dict(settings.LANGUAGES):
        return HttpResponseRedirect(address(name, request.POST["switch"]) + correcting)
    if pressed & {"detach", "leave"}:
        return HttpResponseRedirect(address(name) + correcting)
    if "back" in pressed:
        return HttpResponseRedirect(address(ORDER[max(ORDER.index(name) - 1, 0)]))
    if not form_of(draft, name).is_valid():
        return HttpResponseRedirect(f"{address(name)}{correcting}#errors")
    onward = "review" if correcting else ORDER[ORDER.index(name) + 1]
    return HttpResponseRedirect(address(onward))


def line(draft: Draft, here: str) -> list[dict[str, Any]]:
    """Return the stops of the progress line: done (with a link), now, to come."""
    stops = []
    for name in ORDER:
        done = name in draft.checked and form_of(draft, name).is_valid()
        state = "now" if name == here else "done" if done else ""
        stops.append({"title": TITLES[name], "state": state, "url": address(name) if state == "done" else ""})
    return stops


def _in_a_sentence(title: Promise) -> str:
    words = str(title)
    return words[0].lower() + words[1:]
