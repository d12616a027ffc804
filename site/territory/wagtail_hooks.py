from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.viewsets.base import ViewSet

from territory import permissions
from territory.models import Officer, Partner
from territory.staffing import LastOfficerError, refuse_last
from territory.viewsets.facts import FigureViewSet, MajorProjectViewSet, PersonViewSet
from territory.viewsets.partnership import PartnershipGroup

permissions.register()


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[ViewSet]:
    return [PartnershipGroup(), FigureViewSet("figures"), MajorProjectViewSet(), PersonViewSet()]


@hooks.register("before_edit_user")
def keep_the_last_officer_active(request: HttpRequest, user: User) -> HttpResponse | None:
    # An account cannot deactivate itself: its own form has no such box.
    if request.method != "POST" or "is_active" in request.POST or user == request.user:
        return None
    return _refused(request, [user], reverse("wagtailusers_users:edit", args=[user.pk]))


@hooks.register("before_delete_user")
def keep_the_last_officer(request: HttpRequest, user: User) -> HttpResponse | None:
    if request.method != "POST":
        return None
    return _refused(request, [user], reverse("wagtailusers_users:edit", args=[user.pk]))


@hooks.register("before_bulk_action")
def keep_the_last_officers(request: HttpRequest, action: str, objects: Iterable[Any], view: Any) -> HttpResponse | None:
    goes = action == "delete" or (action == "set_active_state" and not view.cleaned_form.cleaned_data["mark_as_active"])
    people = [account for account in objects if isinstance(account, User)]
    return _refused(request, people, reverse("wagtailusers_users:index")) if goes and people else None


def _refused(request: HttpRequest, people: list[User], back: str) -> HttpResponse | None:
    """Where to go instead, with the reason, when these accounts cannot all go; they are tried one after the other."""
    if connection.in_atomic_block:  # what follows is rolled back, locks included: these last until the action is done
        partners = Officer.objects.filter(user__in=people).values("partner")
        list(Partner.objects.select_for_update().filter(pk__in=partners).order_by("pk"))
    try:
        with transaction.atomic():
            for account in people:
                refuse_last(user_id=account.pk, asked=True)
                User.objects.filter(pk=account.pk).update(is_active=False)
            transaction.set_rollback(True)
    except LastOfficerError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect(back)
    return None
