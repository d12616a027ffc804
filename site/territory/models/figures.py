"""Key figures: one row for all languages, with a value per date, so that a change shows everywhere at once."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from foundation.by_language import TextByLanguageField, required_text
from foundation.wording import day
from territory.choices import DatePrecision
from territory.models.places import Commune


class FigureQuerySet(models.QuerySet["Figure"]):
    def with_current(self) -> "FigureQuerySet":
        """Read the current value of every figure in one more query, however many figures there are."""
        return self.prefetch_related(_current())

    def by_review(self) -> "FigureQuerySet":
        """Annotate with what lists sort by: `value` and `review_on` of the current value."""
        newest = FigureValue.objects.filter(figure=models.OuterRef("pk")).order_by("-dated_on")
        columns = {name: models.Subquery(newest.values(name)[:1]) for name in ("value", "review_on")}
        annotated: FigureQuerySet = self.annotate(**columns)
        return annotated


class Figure(ClusterableModel):
    """What is counted, and its unit. `commune` says where it happens; empty, the whole territory."""

    key = models.SlugField(_("identifier"), unique=True)
    label = TextByLanguageField(_("label"), max_length=120, every_language=True)
    unit = TextByLanguageField(pgettext_lazy("of a figure", "unit"), max_length=20, blank=True)
    commune = models.ForeignKey(
        Commune, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("where")
    )

    objects = FigureQuerySet.as_manager()

    class Meta:
        verbose_name = _("key figure")
        verbose_name_plural = _("key figures")
        ordering = ["key"]
        constraints = [required_text("label", "figure_has_a_label")]

    def __str__(self) -> str:
        return str(self.label)

    @cached_property
    def current(self) -> "FigureValue | None":
        """The newest value; read already after `with_current` or `with_values`."""
        return next(iter(getattr(self, "newest", self.values.order_by("-dated_on")[:1])), None)


class FigureValueQuerySet(models.QuerySet["FigureValue"]):
    def newest(self) -> "FigureValueQuerySet":
        """The value of the latest date of each figure."""
        later = FigureValue.objects.filter(figure=models.OuterRef("figure"), dated_on__gt=models.OuterRef("dated_on"))
        return self.filter(~models.Exists(later))


class FigureValue(models.Model):
    """What a figure was at a date, with its source and the day to review it."""

    figure = ParentalKey(Figure, on_delete=models.CASCADE, related_name="values")
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=2)
    approximate = models.BooleanField(pgettext_lazy("approximately", "about"), default=False)
    dated_on = models.DateField(_("date of the figure"))
    date_precision = models.CharField(
        _("precision of the date"), max_length=4, choices=DatePrecision.choices, default=DatePrecision.YEAR
    )
    source = TextByLanguageField(pgettext_lazy("of a figure", "source"), max_length=160, every_language=True)
    review_on = models.DateField(_("to be reviewed on"))

    objects = FigureValueQuerySet.as_manager()

    class Meta:
        verbose_name = _("value of a figure")
        verbose_name_plural = _("values of figures")
        ordering = ["-dated_on"]
        constraints = [
            models.UniqueConstraint(fields=["figure", "dated_on"], name="one_value_of_a_figure_at_a_date"),
            required_text("source", "value_of_a_figure_has_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.figure} ({self.dated})"

    def clean(self) -> None:
        """Refuse a date to come: the latest date is the one that pages show. A year may be the present one."""
        today = timezone.localdate()
        is_this_year = self.date_precision == DatePrecision.YEAR and self.dated_on and self.dated_on.year == today.year
        if self.dated_on and self.dated_on > today and not is_this_year:
            raise ValidationError({"dated_on": _("A figure has no date to come: it would be shown today.")})

    @property
    def dated(self) -> str:
        """The date as precisely as it is known."""
        return day(self.dated_on) if self.date_precision == DatePrecision.DAY else str(self.dated_on.year)

    @property
    def due_for_review(self) -> bool:
        return self.review_on <= timezone.localdate()


def with_values(figures: Sequence[Figure]) -> list[Figure]:
    """Those of the figures that have a value, with their current one: one query for all of them."""
    models.prefetch_related_objects(figures, _current())
    return [figure for figure in figures if figure.current]


def _current() -> "models.Prefetch[str, FigureValueQuerySet, str]":
    return models.Prefetch("values", FigureValue.objects.newest(), to_attr="newest")
