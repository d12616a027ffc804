"""Key figures: one row for all languages, so that a change shows everywhere at once."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable, Page

from foundation.languages import InLanguage
from foundation.wording import day
from pages.choices import DatePrecision
from territory.models import Commune


class Figure(models.Model):
    """A number with its unit, source and date. `commune` says where it happens; empty, the whole territory."""

    key = models.SlugField(_("identifier"), unique=True)
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=2)
    approximate = models.BooleanField(pgettext_lazy("approximately", "about"), default=False)
    label_fr = models.CharField(_("label in French"), max_length=120)
    label_en = models.CharField(_("label in English"), max_length=120)
    label = InLanguage("label")
    unit_fr = models.CharField(_("unit in French"), max_length=20, blank=True)
    unit_en = models.CharField(_("unit in English"), max_length=20, blank=True)
    unit = InLanguage("unit")
    source_fr = models.CharField(_("source in French"), max_length=160)
    source_en = models.CharField(_("source in English"), max_length=160)
    source = InLanguage("source")
    dated_on = models.DateField(_("date of the figure"))
    date_precision = models.CharField(
        _("precision of the date"), max_length=4, choices=DatePrecision.choices, default=DatePrecision.YEAR
    )
    review_on = models.DateField(_("to be reviewed on"))
    commune = models.ForeignKey(
        Commune, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("where")
    )

    class Meta:
        verbose_name = _("key figure")
        verbose_name_plural = _("key figures")
        ordering = ["key"]

    def __str__(self) -> str:
        return f"{self.label} ({self.dated})"

    @property
    def dated(self) -> str:
        """The date as precisely as it is known."""
        return day(self.dated_on) if self.date_precision == DatePrecision.DAY else str(self.dated_on.year)

    @property
    def due_for_review(self) -> bool:
        return self.review_on <= timezone.localdate()


class PageFigure(Orderable):
    """A figure on a page; the first may be giant."""

    page = ParentalKey(Page, on_delete=models.CASCADE, related_name="page_figures")
    figure = models.ForeignKey(Figure, on_delete=models.PROTECT, related_name="+", verbose_name=_("figure"))

    class Meta(Orderable.Meta):
        verbose_name = _("figure")

    def __str__(self) -> str:
        return str(self.figure)
