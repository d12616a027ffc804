"""List of premises: an officer's editable properties, with filters for duplicates and overdue checks."""

from typing import Any

import django_filters
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView

from foundation.by_language import in_language
from foundation.wording import day, surface
from properties.admin.access import Editable
from properties.freshness import cycle
from properties.models import Confirmation, Property
from properties.models.querysets import PropertyQuerySet

heading = lazy(capfirst, str)


class PropertyFilters(WagtailFilterSet):
    unchecked = django_filters.BooleanFilter(
        label=_("Awaiting a confirmation"), method="awaiting", widget=django_filters.widgets.BooleanWidget
    )
    has_twin = django_filters.BooleanFilter(label=_("Resembles another"), widget=django_filters.widgets.BooleanWidget)

    class Meta:
        model = Property
        fields = ["state", "to_confirm", "kind", "deal", "commune", "partner", "source"]

    def awaiting(self, found: PropertyQuerySet, name: str, value: bool) -> PropertyQuerySet:
        """Filter the listings with an open question, or those without."""
        stale = Confirmation.objects.filter(closed_at__isnull=True).values("property")
        return found.filter(pk__in=stale) if value else found.exclude(pk__in=stale)


class PropertyIndexView(Editable, IndexView):
    template_name = "properties/admin/index.html"
    results_template_name = "properties/admin/index_results.html"

    def get_base_queryset(self) -> PropertyQuerySet:
        return super().get_base_queryset().with_twin().annotate(shown_title=in_language("title"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = Property.objects.editable_by(self.request.user)
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"stale": cycle.stale(own, timezone.now()).count()}


class SurfaceColumn(Column):
    def get_value(self, instance: Property) -> Any:
        return surface(instance.surface)


class DateColumn(Column):
    """Day of the last check, marked when to be confirmed."""

    def get_value(self, instance: Property) -> Any:
        checked = day(instance.verified_on)
        return f"{checked} {_('to confirm')}".strip() if instance.to_confirm else checked


class TwinColumn(Column):
    """Mark of a possible duplicate, else blank."""

    def get_value(self, instance: Any) -> Any:
        return _("Resembles another") if instance.has_twin else ""


LIST_DISPLAY = [
    "reference",
    Column("title", label=heading(_("title")), sort_key="shown_title"),
    Column("get_kind_display", label=heading(pgettext_lazy("of premises", "type")), sort_key="kind"),
    SurfaceColumn("surface", label=_("Surface"), sort_key="surface"),
    Column("commune", label=heading(_("commune")), sort_key="commune__name"),
    Column("get_state_display", label=heading(pgettext_lazy("of progress", "state")), sort_key="state"),
    DateColumn("verified_on", label=heading(_("last checked on")), sort_key="verified_on"),
    Column("partner", label=heading(_("partner in charge")), sort_key="partner__short_name"),
    TwinColumn("has_twin", label=_("Duplicate?"), sort_key="has_twin"),
]
SEARCH_FIELDS = ["reference", "source_reference", "title", "address", "commune__name"]
