"""Listings with an overdue check, and an officer's bulk answer about several at once."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import PermissionCheckedMixin
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from properties import services
from properties.admin.access import Editable
from properties.choices import CheckAnswer
from properties.freshness import cycle, links
from properties.models import Property

PER_PAGE = 50


class StaleView(Editable, PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """GET lists the overdue listings, oldest check first; POST writes one answer for every ticked listing."""

    model = Property
    permission_required = "change"
    template_name = "properties/admin/stale.html"
    page_title: Any = gettext_lazy("Listings to check")
    header_icon = "history"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        premises = {"url": reverse("premises:index"), "label": capfirst(str(Property._meta.verbose_name_plural))}
        return [*self.breadcrumbs_items, premises, {"url": "", "label": str(self.page_title)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        stale_listings = cycle.stale(self.get_base_queryset(), timezone.now())
        shown: Any = Paginator(stale_listings, PER_PAGE).get_page(self.request.GET.get("p"))
        wait = timedelta(days=settings.FRESHNESS_GONE_AFTER)
        rows = [(listing, listing.mailed_at + wait if listing.mailed_at else None) for listing in shown]
        return super().get_context_data(**kwargs) | {
            "rows": rows,
            "shown": shown,
            "answers": CheckAnswer.choices,
            "days": settings.FRESHNESS_DAYS,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer, ticked = request.POST.get("answer", ""), dict(_ticked(request.POST.getlist("listing")))
        if answer not in CheckAnswer.values or not ticked:
            messages.error(request, _("Nothing was written: tick listings, then say what became of them."))
            return redirect("premises:stale")
        done, refused = 0, []
        for listing in self.get_base_queryset().filter(pk__in=ticked):
            try:
                links.say(instance=listing, answer=CheckAnswer(answer), version=ticked[listing.pk], user=self.user)
            except services.StaleVersionError:
                refused.append(listing.reference)
            except ValidationError as error:
                why = " ".join(error.messages)
                messages.error(request, f"{listing.reference}: " + _("Nothing was done. %(why)s") % {"why": why})
            else:
                log(listing, "wagtail.edit", user=self.user)
                done += 1
        if done:
            words = ngettext("%(number)s listing: %(answer)s.", "%(number)s listings: %(answer)s.", done)
            messages.success(request, words % {"number": done, "answer": CheckAnswer(answer).label})
        if refused:
            words = _("Somebody changed these meanwhile, nothing was written for them: %(references)s.")
            messages.error(request, words % {"references": ", ".join(refused)})
        return redirect("premises:stale")


def _ticked(values: list[str]) -> Any:
    """Yield (key, version) of each ticked box; malformed values are skipped."""
    for value in values[:PER_PAGE]:
        key, _separator, version = value.partition(".")
        if key.isdecimal() and version.isdecimal() and max(len(key), len(version)) < 19:
            yield int(key), int(version)
