"""Signal receivers for changes of partners, officers and tables."""

from django.apps import apps
from django.db.models.signals import post_migrate, post_save, pre_migrate

from implantation.enquiries import custody
from implantation.enquiries.models import append_only
from implantation.routing.proof import keeping
from territory.models import Partner
from territory.staffing import last_officer_leaves

_APP = apps.get_app_config("implantation")

pre_migrate.connect(append_only.release, sender=_APP, dispatch_uid="implantation.append_only")
post_migrate.connect(append_only.protect, sender=_APP, dispatch_uid="implantation.append_only")
last_officer_leaves.connect(custody.refuse_when_awaited, dispatch_uid="implantation.awaited")
post_save.connect(custody.follow_membership, sender=Partner, dispatch_uid="implantation.membership")
keeping.connect_receivers()
