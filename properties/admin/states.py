"""State transitions of an offer: each button explains its effect and is confirmed by a POST."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin import messages
from wagtail.log_actions import log

from properties import services
from properties.admin.access import OneProperty
from properties.choices import PropertyState
from properties.models import Property


@dataclass(frozen=True, slots=True)
class StateTransition:
    """Transition to `state`: its source states `start`, the button's label, and its meaning for the public."""

    state: PropertyState
    label: Promise | str
    meaning: Promise | str
    start: tuple[PropertyState, ...]


_SEEN = gettext_lazy("Everybody sees it: list, map, its page, the API.")
_GONE = gettext_lazy("It leaves the site; its address says so and proposes what resembles it.")
_LEFT = (PropertyState.CLOSED, PropertyState.WITHDRAWN)
MOVES = (
    StateTransition(PropertyState.ON_MARKET, gettext_lazy("Publish"), _SEEN, (PropertyState.DRAFT,)),
    StateTransition(
        PropertyState.UNDER_OFFER,
        gettext_lazy("Under offer"),
        gettext_lazy("It stays on the site, marked: an offer may still fail."),
        (PropertyState.ON_MARKET,),
    ),
    StateTransition(
        PropertyState.CLOSED, gettext_lazy("Let or sold"), _GONE, (PropertyState.ON_MARKET, PropertyState.UNDER_OFFER)
    ),
    StateTransition(
        PropertyState.ON_MARKET, gettext_lazy("Back on the market"), _SEEN, (PropertyState.UNDER_OFFER, *_LEFT)
    ),
    StateTransition(
        PropertyState.WITHDRAWN,
        gettext_lazy("Withdraw"),
        _GONE,
        (PropertyState.DRAFT, PropertyState.ON_MARKET, PropertyState.UNDER_OFFER),
    ),
)


def offered(instance: Property) -> list[StateTransition]:
    """List the transitions allowed from the property's present state."""
    return [move for move in MOVES if instance.state in move.start]


class StateView(OneProperty):
    """GET asks for confirmation; POST applies the transition under the shown version (optimistic lock)."""

    template_name = "properties/admin/state.html"
    title = pgettext_lazy("of progress", "State")

    @cached_property
    def move(self) -> StateTransition | None:
        """Requested transition; None when not allowed from the present state, 404 for an unknown state."""
        if self.kwargs["state"] not in PropertyState.values:
            raise Http404
        return next((move for move in offered(self.object) if move.state == self.kwargs["state"]), None)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().get(request, *args, **kwargs) if self.move else self.refuse()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.move is None:
            return self.refuse()
        version = request.POST.get("version", "")
        try:
            services.update_property(
                instance=self.object,
                values={"state": self.move.state},
                version=int(version) if version.isdecimal() else 0,
                user=self.user,
            )
        except services.StaleVersionError:
            messages.error(request, _("Somebody changed this property meanwhile. Nothing was done: look at it again."))
        except ValidationError as error:
            messages.error(request, _("Nothing was done. %(why)s") % {"why": " ".join(error.messages)})
        else:
            log(self.object, "wagtail.edit", user=self.user)
            messages.success(request, _("%(label)s: done.") % {"label": self.move.label})
        return redirect("premises:edit", self.object.pk)

    def refuse(self) -> HttpResponse:
        state = self.object.get_state_display()
        messages.error(self.request, _("This may not be done in its present state: %(state)s.") % {"state": state})
        return redirect("premises:edit", self.object.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"move": self.move}
