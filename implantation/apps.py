from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImplantationConfig(AppConfig):
    name = "implantation"
    verbose_name = _("Implantation")

    def ready(self) -> None:
        from django.db.models.signals import post_migrate, post_save, pre_migrate

        from implantation import checks  # noqa: F401
        from implantation.models import append_only
        from implantation.services import departures, proving
        from territory.models import Partner
        from territory.staffing import last_officer_leaves

        pre_migrate.connect(append_only.release, sender=self, dispatch_uid="implantation.append_only")
        post_migrate.connect(append_only.protect, sender=self, dispatch_uid="implantation.append_only")
        last_officer_leaves.connect(departures.refuse_when_awaited, dispatch_uid="implantation.awaited")
        post_save.connect(departures.follow_membership, sender=Partner, dispatch_uid="implantation.membership")
        proving.connect_receivers()
