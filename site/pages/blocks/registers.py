"""Lists drawn from rows, so that a page never copies what is kept once."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from pages.models.figures import Figure
from territory.models import Partner

__all__ = ["AllFiguresBlock", "PartnersBlock"]


class AllFiguresBlock(blocks.StaticBlock):
    """Every key figure with its source, its date and the day it is reviewed."""

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        figures = sorted(Figure.objects.all(), key=lambda figure: str(figure.label).casefold())
        return super().get_context(value, parent_context) | {"figures": figures}

    class Meta:
        icon = "list-ul"
        label = _("All the figures and their sources")
        template = "pages/blocks/all_figures.html"


class PartnersBlock(blocks.StaticBlock):
    """The partners of today, as recipients of an enquiry."""

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        partners = Partner.objects.members_on(timezone.localdate()).prefetch_related("communes")
        return super().get_context(value, parent_context) | {"partners": partners}

    class Meta:
        icon = "group"
        label = _("The partners")
        template = "pages/blocks/partners.html"
