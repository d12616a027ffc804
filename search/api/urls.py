"""URLs of the API, without a language prefix: `lang` or Accept-Language negotiates it."""

from django.urls import URLPattern, path

from search.api import documents
from search.api.delivery import JSON, View, nothing_here, served
from search.api.schema import api

app_name = "api"
# Rate-limit cost of a file, in requests.
_A_FILE = 10
_MADE: dict[str, View] = {
    str(pattern.name): pattern.callback for pattern in api.urls[0] if isinstance(pattern, URLPattern)
}

urlpatterns = [
    path("properties", served(_MADE["properties"]), name="properties"),
    path(
        "properties.geojson",
        served(_MADE["geojson"], media=("application/geo+json", JSON), cost=_A_FILE),
        name="geojson",
    ),
    path("properties.csv", served(_MADE["csv"], media=("text/csv",), cost=_A_FILE), name="csv"),
    path("properties/<str:reference>", served(_MADE["property"]), name="property"),
    path("openapi.json", served(documents.openapi), name="openapi"),
    path("docs", documents.docs, name="docs"),
    path("", served(nothing_here), name="root"),
    path("<path:rest>", served(nothing_here), name="elsewhere"),
]
