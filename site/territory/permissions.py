"""What may be done with the ground floor in the admin, whoever asks; who may do it is Django's permissions' affair."""

from django.db.models import Model
from wagtail.permissions import register_permission_policy

from foundation.permissions import LimitedPolicy
from territory.models import Axis, Officer, Partner, Sector, Station

ACTIONS: dict[type[Model], frozenset[str]] = {
    # A partner leaves by the end of its membership: past enquiries keep naming it.
    Partner: frozenset({"view", "add", "change"}),
    Officer: frozenset({"view", "add", "change", "delete"}),
    # The convention has nine axes; who leads them changes.
    Axis: frozenset({"view", "change"}),
    Sector: frozenset({"view", "add", "change"}),
    # Open data, refreshed by load_territory.
    Station: frozenset({"view"}),
}


def register() -> None:
    """Make Wagtail ask these policies; must run before anything asks for a policy of these models."""
    for model, actions in ACTIONS.items():
        register_permission_policy(model, LimitedPolicy(model, actions))
