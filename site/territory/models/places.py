"""Communes, stations and the sectors of activity."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.by_language import TextByLanguageField, required_text
from territory.choices import Department, Mode


class Commune(models.Model):
    """One of the communes; its INSEE code is its key everywhere, a postcode only a search aid."""

    insee = models.CharField(
        _("INSEE code"), primary_key=True, max_length=5, validators=[RegexValidator(r"^\d[\dAB]\d{3}$")]
    )
    name = models.CharField(_("name"), max_length=80)
    department = models.CharField(_("department"), max_length=2, choices=Department.choices)
    postcodes = models.JSONField(_("postcodes"), default=list, help_text=_("List of five-digit codes."))
    population = models.PositiveIntegerField(_("population"))
    boundary = models.JSONField(_("boundary"), help_text=_("GeoJSON geometry, WGS 84."))
    latitude = models.FloatField(_("latitude"), help_text=_("A point well inside, in degrees."))
    longitude = models.FloatField(_("longitude"))

    class Meta:
        verbose_name = _("commune")
        verbose_name_plural = _("communes")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Line(models.Model):
    """A line of public transport, such as M14, T7 or RER C."""

    code = models.CharField(_("code"), primary_key=True, max_length=10)
    mode = models.CharField(_("mode"), max_length=10, choices=Mode.choices)
    position = models.PositiveSmallIntegerField(pgettext_lazy("of a list", "order"), default=0)

    class Meta:
        verbose_name = pgettext_lazy("of transport", "line")
        verbose_name_plural = pgettext_lazy("of transport", "lines")
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.code


class Station(models.Model):
    """A place where lines stop. Two places may share a name (Aéroport d'Orly): the slug is unique."""

    slug = models.SlugField(primary_key=True, max_length=80)
    name = models.CharField(_("name"), max_length=80)
    commune = models.ForeignKey(Commune, on_delete=models.PROTECT, related_name="stations", verbose_name=_("commune"))
    lines = models.ManyToManyField(Line, related_name="stations", verbose_name=pgettext_lazy("of transport", "lines"))
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))

    class Meta:
        verbose_name = _("station")
        verbose_name_plural = _("stations")
        ordering = ["name", "slug"]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def stopping(self) -> list[Line]:
        """The lines that stop there, in order; uses the prefetched lines."""
        return list(self.lines.all())


class Sector(models.Model):
    """A sector of activity of the territory."""

    slug = models.SlugField(primary_key=True, max_length=60)
    position = models.PositiveSmallIntegerField(pgettext_lazy("of a list", "order"), default=0)
    name = TextByLanguageField(_("name"), max_length=120, every_language=True)

    class Meta:
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")
        ordering = ["position"]
        constraints = [required_text("name", "sector_has_a_name")]

    def __str__(self) -> str:
        return str(self.name)
