"""Views of the search page (whole, or its sheet for htmx) and of the communes for the live map."""

import hashlib
import json
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe
from django_htmx.middleware import HtmxDetails

from properties.listing.shortlist import kept
from properties.models import Property
from properties.models.addresses import page_address
from search import services
from search.criteria import SORTS, Criteria
from search.engines.results import Degraded
from search.labels import PARAMETERS
from search.labels import SORTS as SORT_LABELS
from search.page.chips import chips, summary
from search.page.groups import filters
from search.page.pins import WHOLE, draw, ground
from search.page.relaxing import Relaxations, relaxations
from search.rows import Named, named
from search.services import SearchAnswer
from territory.cartography import project, tones
from territory.models import Commune

# Time limit, in seconds, of the relaxation queries of an empty result.
_RELAXING = 0.5


class HtmxRequest(HttpRequest):
    """A request annotated by django-htmx's middleware."""

    htmx: HtmxDetails


@require_safe
def results(request: HtmxRequest) -> HttpResponse:
    """Render the search results: the working sheet for htmx, the full page otherwise."""
    answer = services.answer(query=request.GET)
    query = answer.criteria.query_string
    context = _sheet(answer) | {
        "alternates": {language: address(answer.criteria, language) for language, _name in settings.LANGUAGES},
        "canonical": settings.SITE_URL + address(answer.criteria, get_language() or settings.LANGUAGE_CODE),
        "filtered": bool(query),
        "kept": kept(request),
    }
    partial = bool(request.htmx) and not request.htmx.history_restore_request
    response = render(request, "search/sheet.html" if partial else "search/results.html", context)
    if partial:
        response["HX-Push-Url"] = request.path + (f"?{query}" if query else "")
    patch_vary_headers(response, ["HX-Request", "HX-History-Restore-Request"])
    return response


@require_safe
def communes(request: HttpRequest) -> HttpResponse:
    """Serve commune boundaries with their map tone as GeoJSON, with an ETag."""
    all_communes = list(Commune.objects.order_by("insee"))
    tone = tones()
    features = [
        {
            "type": "Feature",
            "properties": {
                "insee": commune.insee,
                "name": commune.name,
                "tone": tone[commune.insee],
                "label": [commune.latitude, commune.longitude],
            },
            "geometry": commune.boundary,
        }
        for commune in all_communes
    ]
    body = json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":"), ensure_ascii=False)
    etag = f'"{hashlib.sha256(body.encode()).hexdigest()[:24]}"'
    response: HttpResponse
    if request.headers.get("If-None-Match") == etag:
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(body, content_type="application/geo+json")
    response["ETag"] = etag
    patch_cache_control(response, public=True, max_age=3600)
    return response


def address(criteria: Criteria, language: str) -> str:
    """Return path and query of a search in a language."""
    with override(language):
        path = reverse("search:results")
    return f"{path}?{criteria.query_string}" if criteria.query_string else path


def _sheet(answer: SearchAnswer) -> dict[str, Any]:
    criteria, search_results, words = answer.criteria, answer.results, answer.vocabulary
    first = (criteria.page - 1) * answer.page_size + 1
    return {
        "answer": answer,
        "here": reverse("search:results"),
        "criteria": criteria,
        "total": search_results.total,
        "problems": [{"label": PARAMETERS[item.parameter], "problem": item} for item in answer.problems],
        "lacks": [Degraded(lack).label for lack in search_results.degraded],
        "suggestions": [(text, replace(criteria, q=text, page=1)) for text in search_results.suggestions],
        "chips": chips(criteria, words),
        "summary": summary(criteria, words),
        "filters": filters(answer),
        "sorts": [(sort, SORT_LABELS[sort]) for sort in SORTS if sort != "relevance" or criteria.q],
        "first": first,
        "last": first + len(answer.properties) - 1,
        "pages": _pages(answer),
        "next": _next(answer),
        "ask_address": _ask(criteria),
        # Export links: all pages, in the language of the page.
        "same": urlencode([*criteria.at(1).pairs(), ("lang", get_language())], safe=":,"),
        "relaxations": None if search_results.total else _relaxed(answer),
        "demo": any(item.is_demo for item in answer.properties),
        "frame": " ".join(f"{side:.0f}" for side in WHOLE),
        "ground": " ".join(f"{side:.6f}" for side in ground(*WHOLE)),
        "drawing": draw(answer.properties, first, search_results.points, project),
        "live_points": _live_points(answer, first),
    }


def _relaxed(answer: SearchAnswer) -> Relaxations:
    """Return the relaxations of an empty search."""
    engine = services.engine_in_force()
    return relaxations(answer.criteria, answer.results, answer.vocabulary, engine, seconds=_RELAXING)


def _ask(criteria: Criteria) -> str:
    """Return the URL of the enquiry form, with the criteria attached."""
    path = reverse("implantation:request")
    return f"{path}?{urlencode({'search': criteria.at(1).query_string})}" if criteria.chosen else path


@dataclass(frozen=True, slots=True)
class PageLink:
    """A numbered pagination link; without `query`, an ellipsis."""

    number: int
    query: str | None


def _pages(answer: SearchAnswer) -> list[PageLink]:
    here, last = answer.criteria.page, answer.pages
    shown = sorted({1, last, *range(max(1, here - 1), min(last, here + 1) + 1)})
    links: list[PageLink] = []
    for number in shown:
        if links and number - links[-1].number > 1:
            links.append(PageLink(number - 1, None))
        links.append(PageLink(number, answer.criteria.at(number).query_string))
    return links


def _next(answer: SearchAnswer) -> dict[str, Any] | None:
    page = answer.criteria.page + 1
    if page > answer.pages:
        return None
    first = (page - 1) * answer.page_size + 1
    last = min(answer.results.total, first + answer.page_size - 1)
    return {"query": answer.criteria.at(page).query_string, "first": first, "last": last}


def _live_points(answer: SearchAnswer, first: int) -> list[list[Any]]:
    """Return rows for the live map: latitude, longitude, count.

    A single result adds its number (0 on another page), approximate flag, title and URL. Rows of the current page are
    always present, whatever the clustering.
    """
    rows = {item.pk: (number, item) for number, item in enumerate(answer.properties, start=first)}
    keys = {point.key for point in answer.results.points if point.key is not None}
    names, address_of = named(keys), page_address()

    def told(number: int, item: Named | Property) -> list[Any]:
        return [number, item.is_drawn, str(item.title), address_of(item.reference)]

    points: list[list[Any]] = []
    for point in answer.results.points:
        row: list[Any] = [point.latitude, point.longitude, point.count]
        if point.key in names:
            number, _item = rows.get(point.key, (0, None))
            row += told(number, names[point.key])
        points.append(row)
    points += [
        [item.public_latitude, item.public_longitude, 1, *told(number, item)]
        for key, (number, item) in rows.items()
        if key not in keys
    ]
    return points
