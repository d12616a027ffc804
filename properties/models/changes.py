"""Audit log of a property: field changes, in place of revisions (DESIGN §4.8)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from properties.choices import Door
from properties.models.property import Property


class Change(models.Model):
    """Changes of one save: `fields` is {field: [before, after]} as text, `version` the version after the save.

    `user` is None without a signed-in person: a command's import, a partner's mail, or the daily cycle.
    """

    property = models.ForeignKey(Property, on_delete=models.CASCADE, related_name="changes")
    version = models.PositiveIntegerField(_("version"))
    fields = models.JSONField(_("changes"))
    door = models.CharField(pgettext_lazy("column", "by"), max_length=12, choices=Door.choices)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(pgettext_lazy("column", "at"))

    class Meta:
        verbose_name = _("change of a property")
        verbose_name_plural = _("changes of properties")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.property_id} v{self.version}"
