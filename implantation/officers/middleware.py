"""Access to the admin's site-wide reports, denied to officers: the rows name other partners' work."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from implantation.officers.permissions import officer_of
from territory.choices import OfficerRole

REPORTS = "wagtailadmin_reports"
TRANSLATION_REPORTS = ("translations_report", "translations_report_results")


def sees_reports(user: Any) -> bool:
    """Return True for accounts allowed to open site-wide reports: all but officers of a single partner."""
    officer = officer_of(user)
    return officer is None or officer.role == OfficerRole.COORDINATOR


class SiteReports:
    """Middleware answering 403 to officers on every report, whatever their other groups.

    Wagtail has no hook before a report, and turns a refusal inside its views into a redirect.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> None:
        match = request.resolver_match
        if match is None:
            return
        report = REPORTS in match.namespaces or match.url_name in TRANSLATION_REPORTS
        if report and not sees_reports(request.user):
            raise PermissionDenied
