"""Bulk closing of held requests as unwanted, with undo."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic import PermissionCheckedMixin

from implantation.enquiries import checking
from implantation.enquiries.admin.access import VisibleEnquiries
from implantation.enquiries.models import Enquiry
from implantation.errors import RefusedError


class UnwantedView(VisibleEnquiries, PermissionCheckedMixin, View):
    """Close held requests as unwanted, or undo.

    POST `enquiry` (key and last event seen, `12-3`, repeated) closes; POST `undo` (key, repeated) brings back. Requests
    changed meanwhile stay unchanged and are counted in the answer.
    """

    model = Enquiry
    any_permission_required = ["view"]

    def get(self, request: HttpRequest) -> HttpResponse:
        return redirect("enquiry:index")

    def post(self, request: HttpRequest) -> HttpResponse:
        if "undo" in request.POST:
            self._bring_back(request, request.user)
        else:
            self._end(request, request.user)
        return redirect(f"{reverse('enquiry:index')}?todo=check")

    def _end(self, request: HttpRequest, actor: Any) -> None:
        chosen = [pair for value in request.POST.getlist("enquiry") if (pair := _numbers(value, 2))]
        if not chosen:
            messages.warning(request, _("Tick the requests to end first."))
            return
        ended: list[Enquiry] = []
        for pk, seen in chosen:
            enquiry = self.get_base_object_queryset().filter(pk=pk).first()
            try:
                if enquiry is not None:
                    ended.append(checking.refuse_unwanted(enquiry=enquiry, actor=actor, seen=seen))
            except RefusedError:
                continue
        if ended:
            text = ngettext(
                "%(count)d request is ended as unwanted.", "%(count)d requests are ended as unwanted.", len(ended)
            )
            context = {"text": text % {"count": len(ended)}, "enquiries": ended}
            messages.success(request, render_to_string("implantation/admin/_undo.html", context, request))
        _warn_of_unchanged(request, len(chosen) - len(ended))

    def _bring_back(self, request: HttpRequest, actor: Any) -> None:
        chosen = [numbers[0] for value in request.POST.getlist("undo") if (numbers := _numbers(value, 1))]
        back = 0
        for enquiry in self.get_base_object_queryset().filter(pk__in=chosen):
            try:
                checking.bring_back(enquiry=enquiry, actor=actor)
            except RefusedError:
                continue
            back += 1
        if back:
            text = ngettext(
                "%(count)d request is to be checked again.", "%(count)d requests are to be checked again.", back
            )
            messages.success(request, text % {"count": back})
        _warn_of_unchanged(request, len(chosen) - back)


def _numbers(value: str, count: int) -> list[int]:
    """Parse the whole numbers of `12-3`; empty unless exactly `count` of them."""
    parts = value.split("-")
    if len(parts) != count or not all(part.isascii() and part.isdigit() and len(part) < 10 for part in parts):
        return []
    return [int(part) for part in parts]


def _warn_of_unchanged(request: HttpRequest, number: int) -> None:
    if number:
        text = ngettext(
            "%(count)d request changed meanwhile and stays as it is.",
            "%(count)d requests changed meanwhile and stay as they are.",
            number,
        )
        messages.warning(request, text % {"count": number})
