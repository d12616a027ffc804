"""Viewset of premises: officers list, add and edit their partner's properties; no deletion, no copy."""

from typing import Any

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSet

from properties.admin import listing
from properties.admin.editing import PropertyCreateView, PropertyEditView
from properties.admin.log import LogView
from properties.admin.media import MediaView
from properties.admin.preview import PreviewView
from properties.admin.reading import ReadingView
from properties.admin.stale import StaleView
from properties.admin.states import StateView
from properties.forms.record import PropertyForm
from properties.models import Property

# Wagtail views without a route here.
ABSENT = ("delete", "history", "history_results", "usage")


class PropertyViewSet(ModelViewSet):
    model = Property
    # `properties` is the namespace of the public pages.
    name = "premises"
    icon = "home"
    menu_label = _("Premises")
    menu_order = 150
    add_to_admin_menu = True
    copy_view_enabled = False
    # Enquiries keep their own references to properties, outside Wagtail's reference index.
    add_to_reference_index = False
    index_view_class = listing.PropertyIndexView
    index_template_name = listing.PropertyIndexView.template_name
    index_results_template_name = listing.PropertyIndexView.results_template_name
    add_view_class = PropertyCreateView
    edit_view_class = PropertyEditView
    list_display = listing.LIST_DISPLAY
    filterset_class = listing.PropertyFilters
    search_fields = listing.SEARCH_FIELDS
    search_backend_name = None
    ordering = ["reference"]
    list_per_page = 50

    def get_form_class(self, for_update: bool = False) -> type[PropertyForm]:
        return PropertyForm

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        absent = {f"{view}_url_name": None for view in ABSENT if view != "history_results"}
        names: dict[str, Any] = super().get_common_view_kwargs(**absent, **kwargs)
        return names

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *(pattern for pattern in super().get_urlpatterns() if pattern.name not in ABSENT),
            path("reading/", self.construct_view(ReadingView), name="reading"),
            path("stale/", self.construct_view(StaleView), name="stale"),
            path("<int:pk>/log/", self.construct_view(LogView), name="log"),
            path("<int:pk>/preview/", self.construct_view(PreviewView), name="preview"),
            path("<int:pk>/media/", self.construct_view(MediaView), name="media"),
            path("<int:pk>/state/<slug:state>/", self.construct_view(StateView), name="state"),
        ]
