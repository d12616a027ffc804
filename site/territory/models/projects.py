"""The major projects: what is true of each in every language."""

from decimal import Decimal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.by_language import TextByLanguageField, required_text
from foundation.wording import number
from territory.cartography.sheet import box
from territory.choices import ProjectState
from territory.models.partners import Partner
from territory.models.places import Commune


class MajorProject(models.Model):
    """One project. `area_ha` is its ground in hectares, `floor_m2` its planned floor area; either may be unknown."""

    key = models.SlugField(_("identifier"), unique=True)
    name = TextByLanguageField(_("name"), max_length=255, every_language=True)
    state = models.CharField(pgettext_lazy("of progress", "state"), max_length=12, choices=ProjectState.choices)
    commune = models.ForeignKey(Commune, on_delete=models.PROTECT, related_name="+", verbose_name=_("main commune"))
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))
    area_ha = models.DecimalField(
        _("ground (ha)"),
        max_digits=7,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.1"))],
    )
    floor_m2 = models.PositiveIntegerField(_("planned floor area (m²)"), null=True, blank=True)
    partner = models.ForeignKey(
        Partner, on_delete=models.PROTECT, related_name="+", verbose_name=_("partner to talk to")
    )
    source = TextByLanguageField(_("sources"), max_length=240, every_language=True)
    review_on = models.DateField(_("to be reviewed on"))

    class Meta:
        verbose_name = _("major project")
        verbose_name_plural = _("major projects")
        ordering = [f"name__{settings.LANGUAGE_CODE}"]
        constraints = [
            required_text("name", "project_has_a_name"),
            required_text("source", "project_has_sources"),
        ]

    def __str__(self) -> str:
        return str(self.name)

    def clean(self) -> None:
        super().clean()
        west, south, east, north = box()
        outside = {
            name: _("The territory lies between %(low)s and %(high)s.") % {"low": number(low), "high": number(high)}
            for name, low, high in (("latitude", south, north), ("longitude", west, east))
            if (value := getattr(self, name)) is not None and not low <= value <= high
        }
        if outside:
            raise ValidationError(outside)

    @property
    def due_for_review(self) -> bool:
        return self.review_on <= timezone.localdate()
