"""Mails that could not be sent, with why, and a button that tries them again."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import PermissionCheckedMixin
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from implantation import services
from implantation.models import Enquiry, Notice
from implantation.permissions import coordinates
from implantation.querysets import NoticeQuerySet

# More than these, and the mail server is the trouble: one button tries all of them.
SHOWN = 100


def unsent(user: Any) -> NoticeQuerySet:
    """The notices that failed at least once, of the enquiries an account reads whole; a coordinator's are all."""
    failed = Notice.objects.failed()
    if coordinates(user):
        return failed
    return failed.filter(Q(event__enquiry__in=Enquiry.objects.read_whole_by(user)))


class UnsentView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """GET: the list. POST: try one again (`notice`), or all of those that the account sees."""

    model = Enquiry
    any_permission_required = ["view"]
    template_name = "implantation/admin/unsent.html"
    page_title = gettext_lazy("Mails not sent")
    header_icon = "warning"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        enquiries = {"url": reverse("enquiry:index"), "label": _("Enquiries")}
        return [*self.breadcrumbs_items, enquiries, {"url": "", "label": self.page_title}]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        wanted, key = unsent(request.user), request.POST.get("notice", "")
        if key:
            wanted = wanted.filter(pk=int(key)) if key.isdecimal() and len(key) < 19 else wanted.none()
        tried = services.retry_notices(notices=wanted)
        if tried:
            text = ngettext("%(count)d mail is being sent again.", "%(count)d mails are being sent again.", tried)
            messages.success(request, text % {"count": tried})
        else:
            messages.warning(request, _("Nothing to send again: it was sent meanwhile."))
        return redirect("enquiry:unsent")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = unsent(self.request.user)
        return super().get_context_data(**kwargs) | {
            "notices": found.select_related("event__enquiry", "table_event__table").order_by("pk")[:SHOWN],
            "total": found.count(),
        }
