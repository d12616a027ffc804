"""The first pages of a new site, and what its publisher has left to write in them."""

import json

from django.contrib.auth.models import AnonymousUser, User
from django.db import transaction

from pages.first_pages.content import HOME, PAGES
from pages.first_pages.tree import add_content, add_home, locales, translate
from pages.first_pages.words import BLANK
from pages.models import ContentPage, HomePage
from pages.services import ensure_editors


def publish_first_pages() -> int:
    """Publish home and the pages of words in both languages, unless the site has a home; returns how many pages.

    A French page is never written twice, nor one that editors took away; a translation that is missing is made.
    """
    french, english = locales()
    written = 0
    with transaction.atomic():
        if not HomePage.objects.exists():
            home = add_home(HOME, locale=french)
            for content in PAGES:
                add_content(home, content)
            written = 1 + len(PAGES)
    written += translate([HOME, *PAGES], source=french, target=english)
    ensure_editors()
    return written


def to_fill_in(user: User | AnonymousUser) -> list[ContentPage]:
    """The published pages that still hold a blank of the first ones, and that an account may edit."""
    pages = ContentPage.objects.live().select_related("locale").order_by("path")
    return [
        page
        for page in pages
        if any(blank in json.dumps(list(page.body.raw_data), ensure_ascii=False) for blank in BLANK)
        and page.permissions_for_user(user).can_edit()
    ]
