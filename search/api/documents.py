"""Documentation of the API: the OpenAPI document, and an HTML page rendered from it."""

import hashlib
import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from search.api.delivery import JSON, asked_language
from search.api.schema import document


def openapi(request: HttpRequest) -> HttpResponse:
    """Serve the OpenAPI document."""
    body = json.dumps(document(), ensure_ascii=False, separators=(",", ":")).encode()
    return HttpResponse(body, content_type=JSON, headers={"ETag": f'"{hashlib.sha256(body).hexdigest()[:24]}"'})


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Render the OpenAPI document as HTML."""
    with override(asked_language(request) or get_language()):
        openapi_document = document()
        docs_path = reverse("api:docs")
        context = {
            "about": openapi_document["info"],
            "operations": [
                _operation(path, definition["get"]) for path, definition in openapi_document["paths"].items()
            ],
            "shapes": [
                _shape(name, definition) for name, definition in openapi_document["components"]["schemas"].items()
            ],
            "site_url": settings.SITE_URL,
            "limit": settings.API_REQUESTS_PER_MINUTE,
            "alternates": {code: f"{docs_path}?lang={code}" for code, _name in settings.LANGUAGES},
        }
        response = render(request, "search/api_docs.html", context)
        response["Content-Language"] = get_language() or settings.LANGUAGE_CODE
    patch_vary_headers(response, ["Accept-Language"])
    return response


def _operation(path: str, found: dict[str, Any]) -> dict[str, Any]:
    """Return the page's view of an operation; `shape` names its response schema."""
    (media, content), *_others = found["responses"][200]["content"].items()
    return {
        "path": path,
        "summary": found["summary"],
        "description": found["description"],
        "parameters": [_parameter(parameter) for parameter in found["parameters"]],
        "media": media,
        "shape": _named(content["schema"]),
        "statuses": sorted(found["responses"]),
    }


def _parameter(found: dict[str, Any]) -> dict[str, Any]:
    schema = found["schema"]
    several = schema.get("type") == "array"
    return {
        "name": found["name"],
        "in_path": found["in"] == "path",
        "description": found.get("description", ""),
        "several": several,
        "values": (schema["items"] if several else schema).get("enum", []),
    }


def _shape(name: str, found: dict[str, Any]) -> dict[str, Any]:
    """Return the page's view of a schema; a member has a JSON `type`, and a `shape` for a nested schema."""
    members = [
        {
            "name": member,
            "type": _type(schema),
            "shape": _named(schema),
            "description": schema.get("description", ""),
        }
        for member, schema in found["properties"].items()
    ]
    return {"name": name, "members": members}


def _named(schema: dict[str, Any]) -> str:
    """Return the name of the schema referenced here or in a nested part; empty for none."""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    inside = [*schema.get("anyOf", []), schema.get("items"), schema.get("additionalProperties")]
    return next((name for part in inside if isinstance(part, dict) and (name := _named(part))), "")


def _type(schema: dict[str, Any]) -> str:
    """Return the JSON type: `string`, `number | null`, `array` …"""
    if "anyOf" in schema:
        return " | ".join(_type(part) for part in schema["anyOf"])
    return str(schema.get("format") or schema.get("type") or "object")
