from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImplantationConfig(AppConfig):
    name = "implantation"
    verbose_name = _("Implantation")

    def ready(self) -> None:
        from django.db.models.signals import post_save

        from implantation import checks  # noqa: F401
        from implantation.services import departures
        from territory.models import Partner
        from territory.staffing import last_officer_leaves

        last_officer_leaves.connect(departures.refuse_when_awaited, dispatch_uid="implantation.awaited")
        post_save.connect(departures.follow_membership, sender=Partner, dispatch_uid="implantation.membership")
