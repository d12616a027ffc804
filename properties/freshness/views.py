"""Page for a partner's answer about a listing: GET is safe, POST writes the answer."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods

from properties.choices import CheckAnswer
from properties.freshness.links import CheckLink, LinkSpentError, answer, read_link


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show three buttons about one listing, then its state once answered; each refusal names the next step."""
    link = read_link(token)
    context: dict[str, Any] = {"answers": CheckAnswer, "done": None, "refusal": ""}
    status = 404 if link is None else 200
    if link is not None and request.method == "POST":
        status, answer_context = _take(link, request.POST.get("answer", ""))
        context |= answer_context
        # Read again: the listing may have changed meanwhile.
        link = read_link(token)
    if link is not None:
        question = link.question
        context |= {"question": question, "is_live": link.is_live, "last_change": question.property.changes.first()}
    response = render(request, "properties/confirm.html", context, status=status)
    add_never_cache_headers(response)
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "same-origin"
    return response


def _take(link: CheckLink, said: str) -> tuple[int, dict[str, Any]]:
    """Write an answer and return the HTTP status with the template context: the answer, or the refusal."""
    if said not in CheckAnswer.values:
        return 422, {"refusal": "unknown"}
    try:
        answer(link=link, answer=CheckAnswer(said))
    except LinkSpentError:
        return 409, {"refusal": "spent"}
    return 200, {"done": CheckAnswer(said)}
