"""Admin viewset of the synonym sets."""

from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import DateColumn
from wagtail.admin.views.generic import CreateView, DeleteView, EditView
from wagtail.admin.viewsets.model import ModelViewSet

from search.admin.forms import SynonymSetForm
from search.models import SynonymSet

heading = lazy(capfirst, str)


# Synonyms take effect without publication or rebuild; the message says so.
_KEPT = gettext_lazy("“%(object)s”: kept. Searches follow within a few seconds.")


class SynonymCreateView(CreateView):
    success_message = _KEPT


class SynonymEditView(EditView):
    success_message = _KEPT


class SynonymDeleteView(DeleteView):
    success_message = gettext_lazy("“%(object)s”: deleted. Searches follow within a few seconds.")


class SynonymViewSet(ModelViewSet):
    model = SynonymSet
    name = "synonyms"
    icon = "tag"
    menu_label = gettext_lazy("Synonyms")
    menu_order = 220
    add_to_admin_menu = True
    copy_view_enabled = False
    add_view_class = SynonymCreateView
    edit_view_class = SynonymEditView
    delete_view_class = SynonymDeleteView
    list_display = [
        "__str__",
        DateColumn("changed_at", label=heading(gettext_lazy("changed at")), sort_key="changed_at"),
    ]
    # No search or filters: a few dozen sets fit on one page.
    list_per_page = 100
    list_filter: list[str] = []
    search_fields: list[str] = []
    search_backend_name = None
    ordering = ["pk"]

    def get_form_class(self, for_update: bool = False) -> type[SynonymSetForm]:
        return SynonymSetForm
