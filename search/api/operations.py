"""API operations of the search: a page with facets, and whole results as GeoJSON or CSV.

Parameters are parsed by `search.parsing`, like the page's, and documented by `search.api.schema`.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Literal

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Field, Router, Schema

from properties.listing.api import as_json, summary
from properties.listing.schemas import Error, Errors, Summary
from properties.models import Property
from search import services
from search.api import files
from search.labels import value_label
from search.loading import load_vocabulary
from search.parsing import DroppedValue, parse
from search.services import SearchAnswer

PAGE_SIZE = 50

router = Router()


class FacetCountSchema(Schema):
    """A facet value with its disjunctive count."""

    value: str
    label: str
    count: int


class PremisesSchema(Schema):
    """A page of results with the exact total and facets by parameter."""

    total: int
    engine: str = Field(description=gettext_noop("database or elasticsearch"))
    degraded: list[str] = Field(description=gettext_noop("What the engine could not do"))
    items: list[Summary]
    facets: dict[str, list[FacetCountSchema]] = Field(
        description=gettext_noop("By parameter: a value put in place of that parameter’s own choice gives its count")
    )
    next: str | None = Field(description=gettext_noop("The address of the next page"))


class PlaceSchema(Schema):
    """A GeoJSON point: longitude, then latitude (WGS 84, RFC 7946)."""

    type: Literal["Point"]
    coordinates: tuple[float, float]


class FeatureSchema(Schema):
    type: Literal["Feature"]
    id: str
    geometry: PlaceSchema
    properties: dict[str, str | float | bool | None]


class FeatureCollection(Schema):
    """All properties of a search at their public points."""

    type: Literal["FeatureCollection"]
    features: list[FeatureSchema]


_REFUSALS: dict[int, type[Schema]] = {406: Errors, 422: Errors, 429: Errors}


@router.get(
    "/properties",
    url_name="properties",
    operation_id="listProperties",
    summary=gettext_noop("Search premises"),
    description=gettext_noop("Fifty properties a page, with the same criteria and the same totals as the search page."),
    response={200: PremisesSchema, **_REFUSALS},
)
def listed(request: HttpRequest) -> HttpResponseBase:
    """Return one page of the search."""
    _criteria, problems = parse(request.GET, load_vocabulary())
    if problems:
        return _unreadable(problems)
    answer = services.answer(query=request.GET, page_size=PAGE_SIZE, whole=True)
    if answer.problems:
        return _unreadable(answer.problems)
    results = answer.results
    return as_json(
        PremisesSchema(
            total=results.total,
            engine=results.engine,
            degraded=list(results.degraded),
            items=[summary(item) for item in answer.properties],
            facets={
                name: [
                    FacetCountSchema(value=value, label=value_label(name, value, answer.vocabulary), count=count)
                    for value, count in counts.items()
                ]
                for name, counts in results.facets.items()
            },
            next=_next(request, answer),
        )
    )


@router.get(
    "/properties.geojson",
    url_name="geojson",
    operation_id="mapProperties",
    summary=gettext_noop("The whole search as GeoJSON"),
    description=gettext_noop("Every property of the search at its public point, for QGIS and other maps."),
    response={200: FeatureCollection, **_REFUSALS},
)
def mapped(request: HttpRequest) -> HttpResponseBase:
    """Return all properties of the search as GeoJSON."""
    return _file(request, files.geojson, "application/geo+json", "geojson", download=False)


@router.get(
    "/properties.csv",
    url_name="csv",
    operation_id="tabulateProperties",
    summary=gettext_noop("The whole search as CSV"),
    description=gettext_noop(
        "Every property of the search, for spreadsheets: semicolons and decimal commas in French."
    ),
    response={200: str, **_REFUSALS},
)
def tabulated(request: HttpRequest) -> HttpResponseBase:
    """Return all properties of the search as CSV."""
    return _file(request, files.spreadsheet, "text/csv; charset=utf-8", "csv", download=True)


def _file(
    request: HttpRequest,
    written: Callable[[Iterable[Property]], Iterator[str]],
    content_type: str,
    suffix: str,
    *,
    download: bool,
) -> HttpResponseBase:
    """Return the whole search as a file; `page` is ignored."""
    criteria, problems = parse(request.GET, load_vocabulary())
    if problems := tuple(problem for problem in problems if problem.parameter != "page"):
        return _unreadable(problems)
    # Not inside the other text: what collects messages would pass it over.
    premises = _("premises")
    name = f"{premises}-{timezone.localdate().isoformat()}.{suffix}"
    pieces = written(services.every(criteria=criteria))
    return files.as_file(pieces, content_type=content_type, name=name, download=download)


def _unreadable(problems: Iterable[DroppedValue]) -> HttpResponseBase:
    """Return 422 with every unreadable value and its reason."""
    errors = [Error(parameter=item.parameter, value=item.value, message=item.message) for item in problems]
    return as_json(Errors(errors=errors), 422)


def _next(request: HttpRequest, answer: SearchAnswer) -> str | None:
    page = answer.criteria.page + 1
    if page > answer.pages:
        return None
    query = answer.criteria.at(page).query_string
    language = next((value for value in request.GET.getlist("lang") if value.strip()), "")
    spoken = f"&lang={language.strip().lower()}" if language else ""
    return f"{settings.SITE_URL}{reverse('api:properties')}?{query}{spoken}"
