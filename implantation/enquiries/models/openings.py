"""Openings of enquiries by accounts, for the access log."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from implantation.enquiries.models.enquiries import Enquiry


class Opening(models.Model):
    """Opening of an enquiry's page by an account, one row a day; erased with the enquiry's personal data."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="openings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    day = models.DateField()
    # First opening of the day.
    at = models.DateTimeField(default=timezone.now, db_index=True)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["enquiry", "user", "day"], name="opening_once_a_day")]

    def __str__(self) -> str:
        return f"{self.enquiry} {self.day}"
