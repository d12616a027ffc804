"""Each address serves its own language, and only what answers is told: sitemap, `hreflang`, switch of languages."""

import re
from contextlib import suppress
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from wagtail.models import Locale, Page, PageViewRestriction

from pages.models import AssetIndexPage, AssetPage, ContentPage, HomePage, ProjectIndexPage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]

SITE = "https://territory.example"
SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
LANGUAGES = ["fr", "en"]


def _unpublish_home(home: HomePage) -> None:
    home.unpublish()


def _expire_home(home: HomePage) -> None:
    # The editor refuses the date; a database of before may hold it.
    HomePage.objects.filter(pk=home.pk).update(expire_at=timezone.now() - timedelta(hours=1))
    call_command("publish_scheduled")


def _delete_home(home: HomePage) -> None:
    if not home.sites_rooted_here.exists():
        home.delete()


def _unpublish_index(home: HomePage) -> None:
    _index(home).unpublish()


def _rename_index(home: HomePage) -> None:
    index = _index(home)
    index.slug += "-renamed"
    index.save_revision().publish()


def _delete_asset(home: HomePage) -> None:
    _asset(home).delete()


def _copy_subtree(home: HomePage) -> None:
    _index(home).copy(to=home, recursive=True, update_attrs={"slug": f"copy-{home.numchild}"})


def _make_alias(home: HomePage) -> None:
    asset = _asset(home)
    asset.create_alias(parent=asset.get_parent(), update_slug=f"alias-{asset.get_parent().numchild}")


def _keep_private(home: HomePage) -> None:
    asset = _asset(home)
    # An alias has no restriction of its own: it is as private as the page it copies.
    PageViewRestriction.objects.create(page=asset.alias_of or asset, restriction_type=PageViewRestriction.LOGIN)


def _mix_languages(home: HomePage) -> None:
    """A page of the other language in this one's tree, as a database of before the refusal may hold it."""
    asset = _asset(home)
    copy = asset.copy(to=asset.get_parent(), update_attrs={"slug": f"mixed-{asset.get_parent().numchild}"})
    Page.objects.filter(pk=copy.pk).update(locale=Locale.objects.exclude(pk=home.locale_id).get())


def _mix_aliases(home: HomePage) -> None:
    """The same by an alias across languages."""
    asset = _asset(home)
    alias = asset.create_alias(parent=asset.get_parent(), update_slug=f"mixed-alias-{asset.get_parent().numchild}")
    other = AssetPage.objects.exclude(locale=home.locale).first()
    if other is not None:
        Page.objects.filter(pk=alias.pk).update(alias_of=other)


ACTS = [
    _unpublish_home,
    _expire_home,
    _delete_home,
    _unpublish_index,
    _rename_index,
    _delete_asset,
    _copy_subtree,
    _make_alias,
    _keep_private,
    _mix_languages,
    _mix_aliases,
]


def _index(home: HomePage) -> AssetIndexPage:
    return AssetIndexPage.objects.child_of(home).order_by("path").first()


def _asset(home: HomePage) -> AssetPage:
    return AssetPage.objects.descendant_of(home).filter(locale=home.locale).order_by("-path").first()


def _sitemap(client: Client) -> dict[str, dict[str, str]]:
    """Each address of the sitemap with its alternates by language."""
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)
    return {
        url.find("s:loc", SITEMAP).text.removeprefix(SITE): {
            link.get("hreflang"): link.get("href").removeprefix(SITE) for link in url.findall("x:link", SITEMAP)
        }
        for url in root.findall("s:url", SITEMAP)
    }


def _assert_answers(client: Client, address: str, language: str) -> str:
    assert address.startswith(f"/{language}/")
    response = client.get(address)
    assert response.status_code == 200, address
    page = response.context.get("page")
    assert page is None or (page.alias_of or page).locale.language_code == language, address
    return response.content.decode()


def _told(html: str) -> set[tuple[str, str]]:
    """Language and address of every `hreflang`, in the head and in the switch of languages."""
    tags = re.findall(r"<(?:link|a)\b[^>]*\bhreflang=[^>]*>", html)
    return {
        (re.search(r'hreflang="(\w+)"', tag)[1], re.search(r'href="([^"]+)"', tag)[1].removeprefix(SITE))
        for tag in tags
    }


def _keep_few_pages() -> None:
    """Of each language the home, the list of assets, two assets and one page of words."""
    for kind, kept in ((AssetPage, 2), (ProjectIndexPage, 0), (ContentPage, 1)):
        for language in LANGUAGES:
            for page in kind.objects.filter(locale__language_code=language).order_by("path")[kept:]:
                page.delete()


def _addresses() -> set[str]:
    return {page.url for page in Page.objects.filter(depth__gte=2) if page.url}


def test_whatever_state_pages_are_in_only_what_answers_in_its_language_is_told() -> None:
    client = Client()
    services = set(_sitemap(client)) - _addresses()
    assert services
    for address in services:
        _assert_answers(client, address, address[1:3])
    _keep_few_pages()

    @settings(max_examples=12)
    @given(acts=st.lists(st.tuples(st.sampled_from(ACTS), st.sampled_from(LANGUAGES)), min_size=1, max_size=4))
    def walk(acts) -> None:
        # What the last example cached names pages that its rollback took away.
        cache.clear()
        with transaction.atomic():
            before = _addresses()
            for act, language in acts:
                home = HomePage.objects.filter(locale__language_code=language).first()
                if home is not None and _index(home) is not None and _asset(home) is not None:
                    # A copy of a tree with mixed languages is refused.
                    with suppress(ValidationError), transaction.atomic():
                        act(home)
            _assert_true_to_languages(client, services, before | _addresses())
            transaction.set_rollback(True)

    walk()


def _assert_true_to_languages(client: Client, services: set[str], addresses: set[str]) -> None:
    sitemap = _sitemap(client)
    assert services < set(sitemap)
    answered = set(services)
    told = {(address[1:3], address) for address in set(sitemap) - services}
    told |= {found for address in set(sitemap) - services for found in sitemap[address].items()}
    while told:
        language, address = told.pop()
        if address not in answered:
            answered.add(address)
            told |= _told(_assert_answers(client, address, language))
        assert address.startswith(f"/{language}/")
    for address in addresses - answered:
        assert client.get(address).status_code != 200, address


@pytest.mark.parametrize("take_offline", [_unpublish_home, _expire_home])
def test_a_home_that_went_offline_is_a_404_in_its_language_and_its_pages_stay(client: Client, take_offline) -> None:
    take_offline(HomePage.objects.get(locale__language_code="en"))
    response = client.get("/en/")
    assert response.status_code == 404
    assert "This page does not exist" in response.content.decode()
    assert 'href="/fr/"' in response.content.decode()
    assert 'href="/en/"\n' not in response.content.decode()
    _assert_answers(client, "/en/assets/", "en")
    assert "/en/assets/" in _sitemap(client)
    assert "/en/" not in _sitemap(client)


def test_the_first_language_offline_is_not_replaced_by_the_second(client: Client) -> None:
    HomePage.objects.get(locale__language_code="fr").unpublish()
    assert client.get("/fr/").status_code == 404
    _assert_answers(client, "/en/", "en")
    _assert_answers(client, "/fr/atouts/", "fr")


def test_a_page_without_a_twin_names_none_and_leads_to_the_other_home(client: Client) -> None:
    AssetPage.objects.get(key="innovation", locale__language_code="en").unpublish()
    html = client.get("/fr/atouts/territoire-innovant/").content.decode()
    assert not re.search(r'<link rel="alternate"\s+hreflang="en"', html)
    assert ("en", "/en/") in _told(html)


def test_an_alias_of_a_private_page_is_told_nowhere(client: Client) -> None:
    home = HomePage.objects.get(locale__language_code="fr")
    _make_alias(home)
    alias = _asset(home)
    assert alias.url in _sitemap(client)
    _keep_private(home)
    assert client.get(alias.url).status_code == 302
    assert alias.url not in _sitemap(client)
