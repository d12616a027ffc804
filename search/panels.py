"""What the search index lacks, on the admin's home of whoever answers for the whole."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from wagtail.admin.ui.components import Component

from properties.models import Property
from search.elastic.state import State, set_aside
from search.permissions import coordinates


def sees_index(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Coordinators, and administrators."""
    return bool(getattr(user, "is_superuser", False)) or coordinates(user)


class IndexPanel(Component):
    """How many changes wait and for how long, and the properties that the index refuses."""

    name = "search_index"
    order = 30
    template_name = "search/admin/index_panel.html"

    def __init__(self, state: State) -> None:
        self.state = state

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        refused = list(set_aside())
        named = Property.objects.in_bulk([row.key for row in refused])
        return {
            "state": self.state,
            "minutes": round(self.state.debt.seconds / 60),
            "refused": [(named.get(row.key), row) for row in refused],
        }
