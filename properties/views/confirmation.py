"""The page where a partner says what became of a listing: reading is free of effects, the answer is a post."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods

from properties.choices import Answer
from properties.freshness import answer, question_of


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Three buttons about one listing. An unknown link says what to do; an unknown answer changes nothing."""
    question = question_of(token)
    said = request.POST.get("answer", "")
    context: dict[str, Any] = {"question": question, "answers": Answer, "done": None, "wrong": False}
    if question is not None and request.method == "POST":
        if said in Answer.values:
            context["done"] = Answer(said)
            answer(question=question, answer=Answer(said))
        else:
            context["wrong"] = True
    status = 404 if question is None else 422 if context["wrong"] else 200
    response = render(request, "properties/confirm.html", context, status=status)
    add_never_cache_headers(response)
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "same-origin"
    return response
