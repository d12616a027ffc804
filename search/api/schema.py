"""The OpenAPI document in the active language: django-ninja's schema plus the parsed search parameters."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext, gettext_noop
from ninja import NinjaAPI

from properties.choices import Condition, Deal, Kind, Lease
from properties.listing.api import router as one
from search.api.operations import router as many
from search.criteria import MANY, RANGES, SORTS
from search.labels import PARAMETERS
from search.parsing import LARGEST, LONGEST_TEXT
from search.vocabulary import FEATURES, SURFACE_BANDS, UNKNOWN, WALKS

ROOT = "/api/v1/"
TITLE = gettext_noop("Business premises of Grand-Orly Seine Bièvre")
ABOUT = gettext_noop(
    "Public and read-only, without a key. Places are those that the public may know: where an address is hidden, its "
    "point is drawn at random in the commune. Names that are not parameters are ignored."
)

api = NinjaAPI(title=TITLE, description=ABOUT, version="1", urls_namespace="api", openapi_url=None, docs_url=None)
api.add_router("", many)
api.add_router("/properties", one)

_TEXT = {"type": "string"}
_CLOSED: dict[str, tuple[str, ...]] = {
    "type": tuple(Kind.values),
    "deal": tuple(Deal.values),
    "surface": tuple(SURFACE_BANDS),
    "condition": (*Condition.values, UNKNOWN),
    "lease": (*Lease.values, UNKNOWN),
    "feature": FEATURES,
}
_SINGLE: dict[str, dict[str, Any]] = {
    "q": {"type": "string", "maxLength": LONGEST_TEXT},
    **{
        bound: {"type": "number", "minimum": 0, "maximum": float(LARGEST[name]), "multipleOf": 0.01}
        for name, bounds in RANGES.items()
        for bound in bounds
    },
    "available_by": {"type": "string", "format": "date"},
    "walk_max": {"enum": [*WALKS, UNKNOWN]},
    "bbox": {"type": "string", "pattern": r"^-?\d{1,3}(\.\d+)?(,-?\d{1,3}(\.\d+)?){3}$"},
    "sort": {"type": "string", "enum": list(SORTS)},
    "page": {"type": "integer", "minimum": 1, "maximum": 999_999},
}
_HINTS = {
    "q": gettext_noop("Words that a property holds, in French or in English"),
    "commune": gettext_noop("INSEE code, such as 94081"),
    "station": gettext_noop("Identifier of a station, as the facets give it"),
    "line": gettext_noop("Code of a line, as the facets give it"),
    "area_min": gettext_noop("m²"),
    "area_max": gettext_noop("m²; what can be divided counts by its smallest part"),
    "rent_min": gettext_noop("€ a m² and a year"),
    "rent_max": gettext_noop("€ a m² and a year"),
    "price_min": gettext_noop("€"),
    "price_max": gettext_noop("€"),
    "surface": gettext_noop("Band in m²; the low end is in it, the high end is not"),
    "available_by": gettext_noop("Day, such as 2027-05-23"),
    "walk_max": gettext_noop("Minutes on foot to a station, cumulative; unknown: not stated"),
    "bbox": gettext_noop("Zone: west, south, east, north in degrees"),
    "feature": gettext_noop("A feature and what is stated of it, such as fibre:yes"),
    "sort": gettext_noop("Words are answered by best match, anything else by the last check, unless told otherwise"),
    "lang": gettext_noop("Language of the answer; without it, Accept-Language decides"),
}


def document() -> dict[str, Any]:
    """Return the OpenAPI 3.1 document in the active language."""
    openapi_document: dict[str, Any] = _translated(api.get_openapi_schema(path_prefix=ROOT.strip("/") + "/"))
    for shape in openapi_document["components"]["schemas"].values():
        shape.pop("description", None)  # docstrings address developers
    openapi_document["servers"] = [{"url": settings.SITE_URL}]
    for path, operations in openapi_document["paths"].items():
        operation = operations["get"]
        if "{" not in path:
            operation["parameters"] += _parameters(paged=path.endswith("/properties"))
        operation["parameters"].append(_language())
        _take_for(operation, path)
    return openapi_document


def _parameters(*, paged: bool) -> list[dict[str, Any]]:
    parameters = []
    for name in PARAMETERS:
        if name == "page" and not paged:
            continue
        values = {"type": "string", "enum": list(_CLOSED[name])} if name in _CLOSED else _TEXT
        schema = {"type": "array", "items": values} if name in MANY else _SINGLE[name]
        words = str(PARAMETERS[name])
        parameters.append(_parameter(name, f"{words}. {gettext(_HINTS[name])}" if name in _HINTS else words, schema))
    return parameters


def _language() -> dict[str, Any]:
    return _parameter(
        "lang", gettext(_HINTS["lang"]), {"type": "string", "enum": [code for code, _ in settings.LANGUAGES]}
    )


def _parameter(name: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"in": "query", "name": name, "required": False, "description": description, "schema": schema}


def _take_for(operation: dict[str, Any], path: str) -> None:
    """Declare the media type of a file, declared as JSON by django-ninja."""
    for suffix, media in ((".geojson", "application/geo+json"), (".csv", "text/csv")):
        if path.endswith(suffix):
            content = operation["responses"][200]["content"]
            operation["responses"][200]["content"] = {media: content.popitem()[1]}


def _translated(part: Any) -> Any:
    """Return the schema with its descriptions translated into the active language."""
    if isinstance(part, dict):
        return {
            key: gettext(value)
            if isinstance(value, str) and value and key in ("description", "summary", "title")
            else _translated(value)
            for key, value in part.items()
        }
    return [_translated(item) for item in part] if isinstance(part, list) else part
