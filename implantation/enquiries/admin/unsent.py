"""Unsent mails of enquiries, rules and accounts, with their errors and a retry button."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import PermissionCheckedMixin
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from foundation.accounts import mails as account_mails
from foundation.accounts.mails import send_account_mails
from foundation.models import AccountMail
from foundation.queue import Queue
from foundation.wording import day
from implantation.enquiries import notices
from implantation.enquiries.models import Enquiry, Notice
from implantation.officers.permissions import coordinates
from implantation.routing import mails as table_mails
from implantation.routing.models import TableMail

# Page limit. Above this number the mail server is at fault, and the button for all is enough.
SHOWN = 100


@dataclass(frozen=True)
class Unsent:
    """Failed rows of one mail queue, as visible to an account. `name` prefixes their keys in the page."""

    name: str
    queue: Queue[Any]
    task: Any
    rows: QuerySet[Any]


@dataclass(frozen=True)
class UnsentMail:
    """Line of the list of unsent mails.

    `url` is the page of the mail's subject, empty without a page; `error` is empty when no worker took the mail.
    """

    key: str
    about: str
    url: str
    kind: str
    recipient: str
    error: str
    attempts: int
    due_at: datetime | None


def unsent(user: Any) -> list[Unsent]:
    """Return the failed mails of enquiries read whole by the account; for a coordinator, all failed mails."""
    failed = Notice.objects.failed()
    if not coordinates(user):
        theirs = failed.filter(event__enquiry__in=Enquiry.objects.read_whole_by(user))
        return [Unsent("notice", notices.QUEUE, notices.send_notices, theirs)]
    return [
        Unsent("notice", notices.QUEUE, notices.send_notices, failed),
        Unsent("table_mail", table_mails.QUEUE, table_mails.send_table_mails, TableMail.objects.failed()),
        Unsent("account_mail", account_mails.QUEUE, send_account_mails, account_mails.in_trouble()),
    ]


def unsent_number(user: Any) -> int:
    """Count the failed mails visible to an account."""
    return sum(group.rows.count() for group in unsent(user))


class UnsentView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """List of unsent mails. POST retries the mail with key `mail`, or all mails visible to the account."""

    model = Enquiry
    any_permission_required = ["view"]
    template_name = "implantation/admin/unsent.html"
    page_title = gettext_lazy("Mails not sent")
    header_icon = "warning"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        enquiries = {"url": reverse("enquiry:index"), "label": _("Enquiries")}
        return [*self.breadcrumbs_items, enquiries, {"url": "", "label": self.page_title}]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        chosen = request.POST.get("mail")
        tried = 0
        for group in unsent(request.user):
            rows = group.rows if chosen is None else _one(group, chosen)
            tried += group.queue.retry(rows, task=group.task)
        if tried:
            text = ngettext("%(count)d mail is being sent again.", "%(count)d mails are being sent again.", tried)
            messages.success(request, text % {"count": tried})
        else:
            messages.warning(request, _("Nothing to send again: it was sent meanwhile."))
        return redirect("enquiry:unsent")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        groups = unsent(self.request.user)
        lines = [line for group in groups for line in _lines(group)]
        total = sum(group.rows.count() for group in groups)
        return super().get_context_data(**kwargs) | {"mails": lines, "total": total}


def _one(group: Unsent, key: str) -> QuerySet[Any]:
    name, _dash, number = key.partition("-")
    is_valid = name == group.name and number.isdecimal() and len(number) < 19
    return group.rows.filter(pk=int(number)) if is_valid else group.rows.none()


def _lines(group: Unsent) -> Iterator[UnsentMail]:
    related = {"notice": "event__enquiry", "table_mail": "event__table", "account_mail": "user"}[group.name]
    for row in group.rows.select_related(related).order_by("pk")[:SHOWN]:
        about, url = _about(row)
        account = isinstance(row, AccountMail)
        kind = row.get_purpose_display() if account else row.get_kind_display()
        recipient = _account(row) if account else row.recipient
        error = row.error if row.attempts else ""
        yield UnsentMail(f"{group.name}-{row.pk}", about, url, kind, recipient, error, row.attempts, row.due_at)


def _about(row: Notice | TableMail | AccountMail) -> tuple[str, str]:
    """Return the subject of a mail and its page."""
    if isinstance(row, AccountMail):
        return _("Account"), ""
    if isinstance(row, TableMail):
        return str(row.event.table), reverse("rules:version", args=[row.event.table.version])
    if row.event is None:
        return day(row.day), ""
    return row.event.enquiry.reference, reverse("enquiry:detail", args=[row.event.enquiry_id])


def _account(row: AccountMail) -> str:
    """Return the account of a mail, without its address."""
    if row.user is None:
        return _("The address typed into the form")
    return row.user.get_full_name() or row.user.get_username()
