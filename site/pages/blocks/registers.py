"""Lists drawn from rows, so that a page never copies what is kept once."""

from typing import Any

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from territory.models import Axis, Commune, Figure, Partner

__all__ = ["AllFiguresBlock", "AxesBlock", "MembersBlock", "PartnersBlock"]


class AllFiguresBlock(blocks.StaticBlock):
    """Every key figure with its source, its date and the day it is reviewed."""

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        figures = [figure for figure in Figure.objects.with_current() if figure.current]
        figures.sort(key=lambda figure: str(figure.label).casefold())
        context: dict[str, Any] = super().get_context(value, parent_context)
        return context | {"figures": figures}

    class Meta:
        icon = "list-ul"
        label = _("All the figures and their sources")
        template = "pages/blocks/all_figures.html"


class PartnersBlock(blocks.StaticBlock):
    """The partners of today, as recipients of an enquiry."""

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        partners = Partner.objects.members_on(timezone.localdate()).prefetch_related("communes")
        context: dict[str, Any] = super().get_context(value, parent_context)
        return context | {"partners": partners}

    class Meta:
        icon = "group"
        label = _("The partners")
        template = "pages/blocks/partners.html"


class MembersBlock(blocks.StaticBlock):
    """The partners of today: what each is and does, where, since when, and how to reach it."""

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        partners = Partner.objects.members_on(timezone.localdate()).prefetch_related(
            Prefetch("communes", Commune.objects.defer("boundary")), "former_names", "axes_led", "people"
        )
        context: dict[str, Any] = super().get_context(value, parent_context)
        return context | {"partners": partners}

    class Meta:
        icon = "group"
        label = _("The partners, one by one")
        template = "pages/blocks/members.html"


class AxesBlock(blocks.StaticBlock):
    """The axes of the convention, each with its lead and its contributors of today."""

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        return context | {"axes": Axis.objects.shared_on(timezone.localdate())}

    class Meta:
        icon = "list-ol"
        label = _("The axes of the convention")
        template = "pages/blocks/axes.html"
