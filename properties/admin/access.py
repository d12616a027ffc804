"""Access control of properties in the admin, shared by every view class."""

from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.generic import TemplateView
from wagtail.admin.views.generic import PermissionCheckedMixin
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from properties.models import Property
from properties.models.querysets import PropertyQuerySet
from territory.choices import OfficerRole
from territory.models import Officer


class Editable:
    """Mixin restricting lists and objects to `editable_by(user)`; any other property answers 404."""

    request: HttpRequest

    def get_base_queryset(self) -> PropertyQuerySet:
        return Property.objects.editable_by(self.request.user).select_related("commune", "partner")

    @property
    def user(self) -> User:
        """Signed-in user; the admin admits no anonymous request."""
        assert isinstance(self.request.user, User)
        return self.request.user


def coordinates(user: Any) -> bool:
    """Return True for a coordinator's account."""
    return Officer.objects.filter(user_id=user.pk, role=OfficerRole.COORDINATOR).exists()


def links(instance: Property, current: str) -> list[dict[str, Any]]:
    """List the screens of one property for their navigation; `current` is the open screen."""
    screens = {
        "edit": pgettext("noun", "Record"),
        "media": _("Photos, plans, brochure"),
        "log": _("History"),
        "preview": _("Preview"),
    }
    return [
        {"url": reverse(f"premises:{name}", args=[instance.pk]), "label": label, "current": name == current}
        for name, label in screens.items()
    ]


class OneProperty(Editable, PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Screen of one property."""

    model = Property
    permission_required = "change"
    screen = ""
    title: Promise | str = ""

    @cached_property
    def object(self) -> Property:
        return get_object_or_404(self.get_base_queryset(), pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        return f"{self.object.reference}, {self.title}"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("premises:index"), "label": capfirst(str(Property._meta.verbose_name_plural))},
            {"url": reverse("premises:edit", args=[self.object.pk]), "label": str(self.object)},
            {"url": "", "label": str(self.title)},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"property": self.object, "links": links(self.object, self.screen)}
