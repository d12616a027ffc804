"""The public page "who does what", drawn from the rules in force."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language, override
from django.views.decorators.http import conditional_page, require_safe

from implantation.routing.deciding import standing
from implantation.routing.guide.form import GuideForm, question
from implantation.routing.guide.reading import Guide
from territory.models import Axis


@require_safe
@conditional_page
def guide(request: HttpRequest) -> HttpResponse:
    """Page "who does what": answer for the facts of the address, matrix of a place, axes."""
    guide_question = question(request.GET)
    rules = standing()
    page = Guide(rules, guide_question)
    answer = page.answer() if guide_question.asked else None
    query = f"?{answer.query}" if answer else ""
    context = {
        "form": GuideForm(initial=guide_question.facts),
        "problems": guide_question.problems,
        "rules": rules,
        "answer": answer,
        "matrix": page.matrix(),
        "members": list(rules.members.values()),
        "axes": Axis.objects.shared_on(rules.on),
        "alternates": {language: _address(language) + query for language, _name in settings.LANGUAGES},
        "canonical": settings.SITE_URL + _address(get_language() or settings.LANGUAGE_CODE),
    }
    response = render(request, "implantation/guide.html", context)
    # Public, since nothing is personal; revalidated (ETag), since the rules may change at any time.
    patch_cache_control(response, public=True, no_cache=True)
    return response


def _address(language: str) -> str:
    with override(language):
        return reverse("implantation:guide")
