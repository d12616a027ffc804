"""Audit log of exports from any admin view."""

from collections.abc import Callable
from pathlib import PurePath

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import parse_header_parameters

from foundation.accounts import records
from foundation.choices import AccessKind


class RecordExports:
    """Middleware logging every attachment served by the admin.

    A response may state its row count in `exported_rows`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        disposition, parameters = parse_header_parameters(response.get("Content-Disposition", ""))
        if match is not None and disposition == "attachment" and _in_admin(request):
            records.record(
                AccessKind.EXPORTED,
                user=request.user if request.user.is_authenticated else None,
                request=request,
                export=match.view_name[:80],
                file_format=PurePath(parameters.get("filename", "")).suffix[1:9],
                rows=getattr(response, "exported_rows", None),
            )
        return response


def _in_admin(request: HttpRequest) -> bool:
    return request.path.startswith(reverse("wagtailadmin_home"))
