"""What all that prepares the next rules shares."""

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

from implantation.errors import Refused
from implantation.officers.permissions import coordinates
from implantation.routing import drafts
from implantation.routing.admin.reading import RulesView
from implantation.routing.models import RoutingTable
from implantation.routing.proof.judgement import judge


class CoordinatorView(RulesView):
    """Preparing rules is the coordinator's, on the draft: without one, the page of the rules is shown instead."""

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
        """The edition of the draft that the page showed."""
        return number(self.request.POST.get("edition"))

    def attempt(self, does: Callable[[], Any], said: str | Promise) -> bool:
        """Do it and say so, or say why it was refused."""
        try:
            does()
        except Refused as refusal:
            messages.error(self.request, str(refusal))
            return False
        messages.success(self.request, str(said))
        return True


def say_what_the_proof_found(request: HttpRequest, draft: RoutingTable) -> bool:
    """After a change, at the top of the page that comes: what the change made wrong, or left to the last rule. Whether
    there was anything to say."""
    draft.refresh_from_db()
    judgement = judge(draft)
    said = ""
    if judgement.problems:
        said = judgement.problems[0]
    elif judgement.to_accept:
        said = _("More is left to the last rule than before: mend the rules, or accept it with a reason.")
    if said:
        messages.warning(
            request, said, buttons=[messages.button(f"{reverse('rules:draft')}#proof", _("Read the proof"))]
        )
    return bool(said)


def number(text: str | None) -> int | None:
    """What was sent as a number; None when it is none."""
    try:
        return int(text or "")
    except ValueError:
        return None
