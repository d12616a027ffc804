"""The admin's site-wide reports are not for officers: their rows name what other partners work on."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from implantation.officers.permissions import officer_of
from territory.choices import OfficerRole

REPORTS = "wagtailadmin_reports"
TRANSLATION_REPORTS = ("translations_report", "translations_report_results")


def sees_reports(user: Any) -> bool:
    """Whether the account may open site-wide reports: anybody in the admin who is not an officer of one partner."""
    officer = officer_of(user)
    return officer is None or officer.role == OfficerRole.COORDINATOR


class SiteReports:
    """403 for an officer on every report, whatever other groups the account is in.

    Wagtail has no hook that runs before a report, and turns a refusal inside its views into a redirection.
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
