"""Admin home panel on the backlog of the search index, for coordinators and administrators."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.ui.components import Component

from properties.models import Property
from search.admin.permissions import coordinates
from search.elastic.indexing import outbox
from search.elastic.indexing.state import IndexHealth, first_set_aside
from search.elastic.indexing.worker import QUEUE
from search.tasks import keep_index


def sees_index(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Return True for coordinators and superusers."""
    return bool(getattr(user, "is_superuser", False)) or coordinates(user)


class IndexPanel(Component):
    """Number and age of waiting changes, and the properties rejected by the index."""

    name = "search_index"
    order = 30
    template_name = "search/admin/index_panel.html"

    def __init__(self, state: IndexHealth, request: HttpRequest) -> None:
        self.state = state
        self.request = request

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        refused = list(first_set_aside())
        named = Property.objects.in_bulk([row.key for row in refused])
        return {
            "state": self.state,
            "minutes": round(self.state.debt.seconds / 60),
            "refused": [(named.get(row.key), row) for row in refused],
            "csrf_token": get_token(self.request),
        }


@require_POST
def try_again(request: HttpRequest) -> HttpResponse:
    """Retry the rows set aside in the outbox, then redirect to the panel."""
    if not sees_index(request.user):
        raise PermissionDenied
    if tried := QUEUE.retry(outbox.set_aside(), task=keep_index):
        text = ngettext("%(count)d change is tried again.", "%(count)d changes are tried again.", tried)
        messages.success(request, text % {"count": tried})
    else:
        messages.warning(request, _("Nothing to try again: it was written meanwhile."))
    return redirect("wagtailadmin_home")
