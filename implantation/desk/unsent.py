"""Mails that could not be sent, of enquiries, rules and accounts, with why, and a button that tries them again."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import PermissionCheckedMixin
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from foundation.accounts import mails
from foundation.accounts import services as accounts
from foundation.models import AccountMail
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


def unsent_account_mails(user: Any) -> QuerySet[AccountMail]:
    """Invitations and password resets in trouble: the coordinator's affair."""
    return mails.in_trouble() if coordinates(user) else AccountMail.objects.none()


class UnsentView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """GET: the list. POST: try one again (`notice` or `account_mail`), or all of those that the account sees."""

    model = Enquiry
    any_permission_required = ["view"]
    template_name = "implantation/admin/unsent.html"
    page_title = gettext_lazy("Mails not sent")
    header_icon = "warning"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        enquiries = {"url": reverse("enquiry:index"), "label": _("Enquiries")}
        return [*self.breadcrumbs_items, enquiries, {"url": "", "label": self.page_title}]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        notices, account_mails = unsent(request.user), unsent_account_mails(request.user)
        if "notice" in request.POST:
            notices, account_mails = _one(notices, request.POST["notice"]), account_mails.none()
        elif "account_mail" in request.POST:
            notices, account_mails = notices.none(), _one(account_mails, request.POST["account_mail"])
        tried = services.retry_notices(notices=notices) + accounts.retry_mails(rows=account_mails)
        if tried:
            text = ngettext("%(count)d mail is being sent again.", "%(count)d mails are being sent again.", tried)
            messages.success(request, text % {"count": tried})
        else:
            messages.warning(request, _("Nothing to send again: it was sent meanwhile."))
        return redirect("enquiry:unsent")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        notices, account_mails = unsent(self.request.user), unsent_account_mails(self.request.user)
        return super().get_context_data(**kwargs) | {
            "notices": notices.select_related("event__enquiry", "table_event__table").order_by("pk")[:SHOWN],
            "account_mails": account_mails.select_related("user").order_by("pk")[:SHOWN],
            "total": notices.count() + account_mails.count(),
        }


def _one(rows: Any, key: str) -> Any:
    return rows.filter(pk=int(key)) if key.isdecimal() and len(key) < 19 else rows.none()
