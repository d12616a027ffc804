"""The proof of a table, as it was last made."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from implantation.models.tables import RoutingTable


class Proof(models.Model):
    """What was found when a table was last proved, and from what: `services.proving` says whether it still holds.

    `problems` maps each language to its worded problems, all empty when the table is proved.
    """

    table = models.OneToOneField(RoutingTable, on_delete=models.CASCADE, related_name="proof")
    fingerprint = models.CharField(max_length=64)
    problems = models.JSONField()
    made_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("proof")
        verbose_name_plural = _("proofs")

    def __str__(self) -> str:
        return f"{self.table}, {self.made_at:%Y-%m-%d %H:%M}"
