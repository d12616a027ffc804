"""The pages of major projects on a map."""

from collections.abc import Sequence

from django import template

from pages.models import ProjectPage
from territory.cartography import project, radius
from territory.cartography.marks import SMALL, Plate, spread

register = template.Library()


@register.simple_tag
def map_plates(pages: Sequence[ProjectPage]) -> list[tuple[ProjectPage, Plate]]:
    """Each page with the plate that bears its letter, where its project stands."""
    rows = [page.project for page in pages]
    marks = [
        (*project(row.latitude, row.longitude), radius(float(row.area_ha)) if row.area_ha else SMALL) for row in rows
    ]
    return list(zip(pages, spread(marks), strict=True))
