"""The offering in the admin: officers list, add and edit their partner's premises; nothing is deleted or copied."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import URLPattern
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView, EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import log

from properties import services
from properties.choices import Feature
from properties.forms import PropertyForm
from properties.models import Property

heading = lazy(capfirst, str)
# Views of Wagtail that no property has: their addresses do not exist.
ABSENT = ("delete", "history", "history_results", "usage")


class PropertyIndexView(IndexView):
    def get_base_queryset(self) -> QuerySet[Property]:
        return Property.objects.editable_by(self.request.user).select_related("commune", "partner")


class PropertyCreateView(CreateView):
    def save_instance(self) -> Property:
        instance = services.create_property(values=self.form.values)
        log(instance, "wagtail.create", user=self.request.user)
        return instance


class PropertyEditView(EditView):
    def get_queryset(self) -> QuerySet[Property]:
        """Another partner's property does not exist: 404, not a refusal that says it does."""
        return Property.objects.editable_by(self.request.user)

    def form_valid(self, form: PropertyForm) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)
        except services.StaleVersion as stale:
            form.add_error(None, str(stale))
            self.produced_error_message = str(stale)
            return self.form_invalid(form)
        return response

    def save_instance(self) -> Property:
        version = self.form.cleaned_data["version"] or 0
        instance = services.update_property(instance=self.object, values=self.form.values, version=version)
        if instance.version != version:
            log(instance, "wagtail.edit", user=self.request.user)
        return instance


class SurfaceColumn(Column):
    """A surface without needless decimals."""

    def get_value(self, instance: Property) -> Any:
        return f"{instance.surface.normalize():f}"


class PropertyViewSet(ModelViewSet):
    model = Property
    # `properties` is the namespace of the public pages.
    name = "premises"
    icon = "home"
    menu_label = _("Premises")
    menu_order = 150
    add_to_admin_menu = True
    copy_view_enabled = False
    # A row's references are what enquiries keep, and those have a place of their own.
    add_to_reference_index = False
    index_view_class = PropertyIndexView
    add_view_class = PropertyCreateView
    edit_view_class = PropertyEditView
    list_display = [
        "reference",
        Column("title", label=heading(_("title")), sort_key="title_fr"),
        Column("get_kind_display", label=heading(_("type")), sort_key="kind"),
        SurfaceColumn("surface", label=_("m²"), sort_key="surface"),
        Column("commune", label=heading(_("commune")), sort_key="commune__name"),
        Column("get_state_display", label=heading(_("state")), sort_key="state"),
        Column("partner", label=heading(_("partner in charge")), sort_key="partner__short_name"),
    ]
    list_filter = ["state", "kind", "deal", "commune", "partner", "source"]
    search_fields = ["reference", "source_reference", "title_fr", "title_en", "address", "commune__name"]
    search_backend_name = None
    ordering = ["reference"]
    list_per_page = 50
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldRowPanel([FieldPanel("kind"), FieldPanel("deal"), FieldPanel("state")]),
                    FieldRowPanel([FieldPanel("surface"), FieldPanel("divisible_from")]),
                    FieldRowPanel([FieldPanel("rent"), FieldPanel("price"), FieldPanel("desk_price")]),
                    FieldRowPanel([FieldPanel("available_from"), FieldPanel("lease")]),
                    MultiFieldPanel(
                        [
                            FieldPanel("partner"),
                            FieldPanel("agent"),
                            FieldRowPanel([FieldPanel("verified_on"), FieldPanel("expires_on")]),
                        ],
                        heading=_("Who answers for it"),
                    ),
                ],
                heading=_("Offer"),
            ),
            ObjectList(
                [
                    FieldPanel("title_fr"),
                    FieldPanel("title_en"),
                    FieldPanel("description_fr"),
                    FieldPanel("description_en"),
                ],
                heading=_("Words"),
            ),
            ObjectList(
                [
                    FieldPanel("commune"),
                    FieldPanel("address"),
                    FieldPanel("precision"),
                    FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
                ],
                heading=_("Place"),
            ),
            ObjectList(
                [
                    FieldPanel("condition"),
                    FieldRowPanel([FieldPanel("clear_height"), FieldPanel("power_kva")]),
                    *(FieldPanel(feature.value) for feature in Feature),
                ],
                heading=_("Building"),
            ),
        ],
        base_form_class=PropertyForm,
    )

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        absent = {f"{view}_url_name": None for view in ABSENT if view != "history_results"}
        names: dict[str, Any] = super().get_common_view_kwargs(**absent, **kwargs)
        return names

    def get_urlpatterns(self) -> list[URLPattern]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name not in ABSENT]
