"""Preview of a property's public page for its editors, drafts included, with the typed values when posted."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _

from properties import services
from properties.admin.access import OneProperty
from properties.forms.record import PropertyForm
from properties.listing.detail import page
from properties.models import Property


class PreviewView(OneProperty):
    """GET shows the saved record; POST shows the typed form, written and rolled back in one transaction."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.shown(saved=True)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # A separate instance: validation would set the typed values on `self.object`.
        form = PropertyForm(
            request.POST, instance=self.get_base_queryset().get(pk=self.object.pk), for_user=request.user
        )
        if not form.is_valid():
            return self.shown(saved=True, problem=_("What is typed has errors: this is what is saved."))
        with transaction.atomic():
            try:
                services.update_property(
                    instance=self.object, values=form.values, version=self.object.version, lots=form.lot_values
                )
                return self.shown(saved=False)
            except ValidationError:
                return self.shown(saved=True, problem=_("What is typed has errors: this is what is saved."))
            finally:
                transaction.set_rollback(True)

    def shown(self, *, saved: bool, problem: str = "") -> HttpResponse:
        codes = dict(settings.LANGUAGES)
        wanted = self.request.GET.get("language", "")
        own = translation.get_language() or settings.LANGUAGE_CODE
        language = wanted if wanted in codes else own[:2]
        words = {
            "label": _("Preview"),
            "says": problem or (_("What is saved.") if saved else _("What is typed, not saved yet.")),
            "back": _("Back to the record"),
        }
        with translation.override(language):
            listings = Property.objects.for_display().prefetch_related("lots", "media", "partner__communes")
            listing = listings.get(pk=self.object.pk)
            context: dict[str, Any] = page(listing) | {
                "preview": words,
                "saved": saved,
                "languages": [code for code in codes if code != language],
                "alternates": {code: f"{self.request.path}?language={code}" for code in codes},
            }
            response = render(self.request, "properties/admin/preview.html", context)
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Cache-Control"] = "private, no-store"
        return response
