"""Base view and shared steps of preparing the next rules."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from wagtail.admin import messages

from implantation.errors import RefusedError
from implantation.officers.permissions import coordinates
from implantation.routing import drafts
from implantation.routing.admin.reading import RulesView
from implantation.routing.models import RoutingTable
from implantation.routing.proof.judgement import judge


class CoordinatorView(RulesView):
    """Base view of the draft, for coordinators only (403). GET without a draft redirects to the rules."""

    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not coordinates(request.user):
            raise PermissionDenied
        self.draft = drafts.draft_table()
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().get(request, *args, **kwargs) if self.draft else redirect("rules:index")

    @property
    def actor(self) -> User:
        assert isinstance(self.request.user, User)
        return self.request.user

    @property
    def edition(self) -> int | None:
        """Edition of the draft shown on the page, the optimistic lock."""
        return number(self.request.POST.get("edition"))

    def attempt(self, does: Callable[[], Any], said: str | Promise) -> bool:
        """Run an operation with a success message, or show its refusal. Returns True on success."""
        try:
            does()
        except RefusedError as refusal:
            messages.error(self.request, str(refusal))
            return False
        messages.success(self.request, str(said))
        return True


def say_what_the_proof_found(request: HttpRequest, draft: RoutingTable) -> bool:
    """Warn of problems or of an enlarged residual after a change, on the next page. Returns True after a warning."""
    draft.refresh_from_db()
    judgement = judge(draft)
    warning = ""
    if judgement.problems:
        warning = judgement.problems[0]
    elif judgement.to_accept:
        warning = _("More is left to the last rule than before: mend the rules, or accept it with a reason.")
    if warning:
        messages.warning(
            request, warning, buttons=[messages.button(f"{reverse('rules:draft')}#proof", _("Read the proof"))]
        )
    return bool(warning)


def number(text: str | None) -> int | None:
    """Parse a number; None when invalid."""
    try:
        return int(text or "")
    except ValueError:
        return None
