"""History of a property in words, with undo of one change."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.log_actions import log

from properties import services
from properties.admin import history
from properties.admin.access import OneProperty, coordinates
from properties.models import Change

PER_PAGE = 50


class LogView(OneProperty):
    """GET shows the log, latest change first; POST undoes a change by writing a new change."""

    template_name = "properties/admin/log.html"
    screen = "log"
    title = gettext_lazy("History")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        number, version = request.POST.get("change", ""), request.POST.get("version", "")
        change = self.changes().filter(pk=int(number)).first() if number.isdecimal() and len(number) < 19 else None
        if change is None:
            raise Http404
        if "partner" in change.fields and not coordinates(request.user):
            messages.error(request, _("Only a coordinator says which partner is in charge."))
            return redirect("premises:log", self.object.pk)
        try:
            history.take_back(change=change, version=int(version) if version.isdecimal() else 0, user=self.user)
        except history.NoLongerFitsError as refusal:
            messages.error(request, _("The change was not taken back. %(why)s") % {"why": refusal})
        except services.StaleVersionError:
            messages.error(request, _("Somebody changed this property meanwhile. Nothing was done: look at it again."))
        else:
            log(self.object, "wagtail.edit", user=self.user)
            messages.success(request, _("The change was taken back."))
        return redirect("premises:log", self.object.pk)

    def changes(self) -> Any:
        return Change.objects.filter(property=self.object).select_related("user")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = Paginator(self.changes(), PER_PAGE).get_page(self.request.GET.get("p"))
        rows = [(change, history.lines(change), history.may_be_taken_back(change)) for change in shown]
        return super().get_context_data(**kwargs) | {"rows": rows, "shown": shown}
