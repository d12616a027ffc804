"""What the frame of every page reads: the pages it links to, and the partners of its foot."""

from collections import defaultdict
from collections.abc import Hashable
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q, QuerySet
from wagtail.models import Page

from foundation.prepared import Prepared
from pages.models import AssetIndexPage, ContentPage, ProjectIndexPage
from pages.serving.querysets import answering
from territory.models import Partner


def linked(language: str) -> tuple[Page | None, Page | None, list[Page]]:
    """The pages that every page links to: the assets, the projects, and those of the menu, with their title."""
    kinds = ContentType.objects.get_for_models(AssetIndexPage, ProjectIndexPage, ContentPage, for_concrete_models=False)
    assets, projects, content = (kinds[model].pk for model in (AssetIndexPage, ProjectIndexPage, ContentPage))
    pages = _LINKED.instances(language, (assets, projects), content)
    first = {page.content_type_id: page for page in reversed(pages)}
    return first.get(assets), first.get(projects), [page for page in pages if page.content_type_id == content]


def _linked(language: str, indices: tuple[int, ...], content: int) -> QuerySet[Page]:
    pages: QuerySet[Page] = (
        answering()
        .filter(locale__language_code=language)
        .filter(Q(content_type__in=indices) | Q(content_type=content, show_in_menus=True))
        .order_by("path")
        .only("title", "url_path", "content_type")
    )
    return pages


def partners(day: date) -> list[Partner]:
    """The members of that day: what their mark shows (slug, short name, role, `area`) and their delay."""
    areas: defaultdict[Hashable, dict[str, int]] = defaultdict(dict)
    for partner, department, communes in _AREAS.rows(day):
        areas[partner][department] = communes
    members = _MEMBERS.instances(day)
    for partner in members:
        partner.area = areas[partner.pk]
    return members


def _members(day: date) -> QuerySet[Partner]:
    return Partner.objects.members_on(day).only("slug", "short_name", "role", "first_answer_days")


def _areas(day: date) -> QuerySet[Any, Any]:
    of_members = Partner.communes.through.objects.filter(partner__in=Partner.objects.members_on(day).order_by())
    counted: QuerySet[Any, Any] = of_members.values_list("partner_id", "commune__department").annotate(Count("pk"))
    return counted


_LINKED, _MEMBERS, _AREAS = Prepared(_linked), Prepared(_members), Prepared(_areas)
