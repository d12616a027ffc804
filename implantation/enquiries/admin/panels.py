"""Home panel of the admin for officers."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component

from foundation.lookalikes import visitors_look_alike
from implantation.enquiries.admin.listing import ToDo, to_do
from implantation.enquiries.admin.unsent import unsent_number
from implantation.enquiries.models import Enquiry
from implantation.officers.models import Absence
from implantation.officers.permissions import officer_of
from implantation.routing.choices import ProofState
from implantation.routing.proof.keeping import read_proof
from territory.choices import OfficerRole
from territory.models import Partner

SHOWN = 5


class EnquiriesPanel(Component):
    """Counts linked to the list and the oldest to take in charge; for a coordinator, each partner's counts too."""

    name = "enquiries"
    order = 10
    template_name = "implantation/admin/home_panel.html"

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        user = self.request.user
        officer = officer_of(user)
        assert officer is not None  # the hook adds the panel for officers only
        coordinator = officer.role == OfficerRole.COORDINATOR
        visible = Enquiry.objects.visible_to(user)
        index = reverse("enquiry:index")
        proof = read_proof() if coordinator else None
        counts = [
            {
                "what": task,
                "label": label,
                "number": to_do(visible, task, officer.partner, everywhere=coordinator).count(),
                "url": f"{index}?todo={task}",
            }
            for task, label in ToDo.CHOICES
            if coordinator or task != ToDo.CHECK
        ]
        waiting = to_do(visible, ToDo.TAKE, officer.partner, everywhere=coordinator)
        return {
            "officer": officer,
            "coordinator": coordinator,
            "counts": counts,
            "oldest": list(waiting.select_related("holder").order_by("due_at", "created_at")[:SHOWN]),
            "partners": partners() if coordinator else [],
            "index_url": index,
            "unsent": unsent_number(user),
            "look_alike": coordinator and visitors_look_alike(),
            "unproved": coordinator and (proof is None or proof.state == ProofState.REFUTED),
            "proving": proof is not None and proof.state == ProofState.STALE,
            "unwanted": visible.unwanted().count() if coordinator else 0,
            "away": Absence.objects.on(timezone.localdate()).filter(officer=officer).first(),
            "request": self.request,
        }


def partners() -> list[dict[str, Any]]:
    """Count the enquiries of each partner: to take in charge, late, awaiting the investor, open in all."""
    everything = Enquiry.objects.all()
    return [
        {
            "partner": partner,
            "take": to_do(everything, ToDo.TAKE, partner, everywhere=False).count(),
            "late": to_do(everything, ToDo.LATE, partner, everywhere=False).count(),
            "waiting": to_do(everything, ToDo.WAITING, partner, everywhere=False).count(),
            "open": everything.filter(holder=partner).open().count(),
        }
        for partner in Partner.objects.all()
    ]
