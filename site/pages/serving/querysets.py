"""Pages that answer at their address."""

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Substr
from wagtail.models import Page, Site
from wagtail.query import PageQuerySet


def answering() -> PageQuerySet:
    """Live pages in the tree of their own language: the ones `HomePage.route` serves."""
    homes = Page.objects.filter(
        depth=2,
        path=Substr(OuterRef("path"), 1, 2 * Page.steplen),
        locale=OuterRef("locale"),
        translation_key__in=Site.objects.values("root_page__translation_key"),
    )
    return Page.objects.live().filter(Exists(homes)).filter(Q(alias_of=None) | Q(alias_of__locale=F("locale")))


def readable() -> PageQuerySet:
    """Answering pages open to a visitor without account.

    An alias is as private as the page it copies (Wagtail's `get_view_restrictions`), which `public` does not know.
    """
    return answering().public().filter(Q(alias_of=None) | Q(alias_of__in=Page.objects.public()))
