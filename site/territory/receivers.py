"""What guards every write of an officer or an account."""

from typing import Any

from django.contrib.auth.models import User
from django.db.models.signals import pre_delete, pre_save
from django.dispatch import receiver

from territory.models import Officer
from territory.staffing import goes, refuse_last


@receiver(pre_delete, sender=Officer, dispatch_uid="territory.officer_goes")
def _officer_goes(sender: Any, instance: Officer, **kwargs: Any) -> None:
    refuse_last(user_id=instance.user_id, asked=False)


@receiver(pre_save, sender=Officer, dispatch_uid="territory.officer_changes")
def _officer_changes(sender: Any, instance: Officer, **kwargs: Any) -> None:
    before = Officer.objects.filter(pk=instance.pk).first() if instance.pk else None
    if before is not None and goes(before, instance.partner_id, instance.user):
        refuse_last(user_id=before.user_id, asked=False)


@receiver(pre_save, sender=User, dispatch_uid="territory.account_changes")
def _account_changes(sender: Any, instance: User, **kwargs: Any) -> None:
    if instance.pk and not instance.is_active:
        refuse_last(user_id=instance.pk, asked=False)
