"""Create and edit a property: the record in tabs, its lots, possible duplicates, and concurrent edits."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.views.generic import CreateView, EditView
from wagtail.log_actions import log

from foundation.wording import number
from properties import services
from properties.admin import history
from properties.admin.access import Editable, links
from properties.admin.conflict import Difference, rebase
from properties.admin.states import offered
from properties.applicability import applies
from properties.choices import Deal, Kind
from properties.forms.record import PropertyForm
from properties.forms.tabs import FIELDS
from properties.models import Property
from territory.cartography import drawing
from territory.cartography.sheet import sheet

TEMPLATE = "properties/admin/form.html"


def not_asked() -> dict[str, list[str]]:
    """Return the inapplicable fields of each "type/deal", for the script hiding them as the editor chooses."""
    return {
        f"{kind}/{deal}": [name for name in FIELDS if not applies(name, kind, deal)]
        for kind in Kind.values
        for deal in Deal.values
    }


def map_scale() -> dict[str, float]:
    """Return the projection of the map's sheet (`territory.cartography.drawing.project`), for the pointing script."""
    return {
        "longitude": drawing.ORIGIN_LONGITUDE,
        "latitude": drawing.ORIGIN_LATITUDE,
        "x": drawing.X_PER_DEGREE,
        "y": drawing.Y_PER_DEGREE,
        "metres": drawing.UNIT_M,
    }


class _Form:
    """Shared part of creating and editing."""

    request: HttpRequest
    object: Any  # None until the property is created
    template_name = TEMPLATE

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "refresh" in request.POST:
            self.object = self.get_object() if self.kwargs else None  # type: ignore[attr-defined]
            self.form = self.get_form_class()(**self.get_form_kwargs(), quiet=True)  # type: ignore[attr-defined]
            response: HttpResponse = self.render_to_response(self.get_context_data(form=self.form))  # type: ignore[attr-defined]
            return response
        response = super().post(request, *args, **kwargs)  # type: ignore[misc]
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        form = context["form"]
        return context | {
            "pages": list(form.pages()),
            "problems": list(form.problems()) if form.is_bound else [],
            "not_asked": not_asked(),
            "map": sheet(),
            "map_scale": map_scale(),
            "is_coordinator": "partner" in form.fields,
        }

    def tell_what_resembles(self, instance: Property) -> None:
        if Property.objects.resembling(instance).exists():
            messages.warning(self.request, _("Saved. Another property resembles this one: see above the form."))

    def refuse(self, error: ValidationError) -> HttpResponse:
        """What the service refused although the form did not: said, with what was typed."""
        for name, errors in error.error_dict.items():
            self.form.add_error(name if name in self.form.fields else None, errors)
        return self.form_invalid(self.form)  # type: ignore[attr-defined, no-any-return]


class PropertyCreateView(_Form, Editable, CreateView):
    form: PropertyForm

    def form_valid(self, form: PropertyForm) -> HttpResponse:
        self.form = form
        try:
            response: HttpResponse = super().form_valid(form)
        except ValidationError as error:
            return self.refuse(error)
        return response

    def save_instance(self) -> Property:
        instance = services.create_property(values=self.form.values, lots=self.form.lot_values or ())
        log(instance, "wagtail.create", user=self.user)
        self.tell_what_resembles(instance)
        return instance

    def get_success_url(self) -> str:
        """Return the new property's edit screen, with photos, preview and the notice of possible duplicates."""
        return reverse("premises:edit", args=[self.object.pk])


class PropertyEditView(_Form, Editable, EditView):
    form: PropertyForm
    differences: list[Difference]

    def get_queryset(self) -> QuerySet[Property]:
        """Return the user's properties: another partner's answers 404, since a refusal would disclose its existence."""
        return self.get_base_queryset()

    def form_valid(self, form: PropertyForm) -> HttpResponse:
        self.form = form
        try:
            response: HttpResponse = super().form_valid(form)
        except services.StaleVersionError as stale:
            return self.show_differences(form, str(stale))
        except ValidationError as error:
            return self.refuse(error)
        return response

    def save_instance(self) -> Property:
        version = self.form.cleaned_data["version"] or 0
        instance = services.update_property(
            instance=self.object,
            values=self.form.values,
            version=version,
            lots=self.form.lot_values,
            user=self.user,
        )
        if instance.version != version:
            log(instance, "wagtail.edit", user=self.user)
            self.tell_what_resembles(instance)
        return instance

    def show_differences(self, form: PropertyForm, message: str) -> HttpResponse:
        """Show the form rebased on the last version, with the other editor's changes beside the typed values."""
        self.object = self.get_object()
        data, self.differences = rebase(form, self.object)
        self.form = self.get_form_class()(data, instance=self.object, for_user=self.user)
        self.form.add_error(None, message)
        self.produced_error_message = self.get_error_message()
        response: HttpResponse = self.form_invalid(self.form)
        return response

    def get_success_url(self) -> str:
        return reverse("premises:edit", args=[self.object.pk])

    @cached_property
    def known(self) -> Property:
        """Stored property; `object` carries the typed values."""
        return Property.objects.select_related("commune", "partner").prefetch_related("media").get(pk=self.object.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        listing = self.known
        alike = Property.objects.resembling(listing).select_related("partner", "commune")
        mine = set(Property.objects.editable_by(self.request.user).filter(pk__in=alike).values_list("pk", flat=True))
        context = super().get_context_data(**kwargs)
        return context | {
            "property": listing,
            "links": links(listing, "edit"),
            "differences": getattr(self, "differences", []),
            "alike": [(other, other.pk in mine) for other in alike[:5]],
            "moves": offered(listing),
            "given": [
                (history.label(name), number(source_value["value"]), source_value["unit"])
                for name, source_value in listing.source_values.items()
            ],
        }


PropertyEditView.success_message = gettext_lazy("%(object)s: saved.")
PropertyCreateView.success_message = gettext_lazy("%(object)s: added.")
