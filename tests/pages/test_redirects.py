"""A page's former addresses lead to its present one, in each language, never in circles; editors see them."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from pages.models import AssetIndexPage, AssetPage, ContentPage, HomePage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]


@pytest.fixture
def on_commit(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def _index(language: str) -> AssetIndexPage:
    return AssetIndexPage.objects.get(locale__language_code=language)


def _rename(page: Page, slug: str) -> None:
    page = page.specific_class.objects.get(pk=page.pk)
    page.slug = slug
    page.save_revision().publish()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_renamed_page_and_those_below_are_found_at_their_former_addresses(client, on_commit, language) -> None:
    index, other = _index(language), _index({"fr": "en", "en": "fr"}[language])
    former = {page.pk: page.url for page in index.get_descendants(inclusive=True)}
    assert len(former) == 7
    with on_commit():
        _rename(index, "renamed")
    for page in index.get_descendants(inclusive=True):
        assert page.url.startswith(f"/{language}/renamed/")
        response = client.get(former[page.pk])
        assert (response.status_code, response.url) == (301, page.url)
        assert client.get(page.url).context["page"].pk == page.pk
    assert client.get(other.url).status_code == 200


def test_a_moved_page_is_found_at_its_former_address(client, on_commit) -> None:
    index, page = _index("en"), AssetPage.objects.get(key="innovation", locale__language_code="en")
    second = index.copy(to=index.get_parent(), update_attrs={"slug": "second"})
    former = page.url
    with on_commit():
        page.move(second, pos="last-child")
    assert client.get(former).url == "/en/second/innovative-territory/"


def test_the_query_of_a_former_address_is_no_obstacle(client, on_commit) -> None:
    with on_commit():
        _rename(_index("fr"), "renamed")
    assert client.get("/fr/atouts/?utm_source=mail").url == "/fr/renamed/"
    assert client.get("/fr/atouts").status_code == 301


SLUGS = ["a", "b", "c"]


def test_however_often_pages_are_renamed_a_former_address_ends_after_one_redirect(on_commit) -> None:
    home = HomePage.objects.get(locale__language_code="fr")
    pages = ContentPage.objects.child_of(home).order_by("path")[:2]
    client = Client()

    @settings(max_examples=15)
    @given(steps=st.lists(st.tuples(st.integers(0, 1), st.sampled_from([*SLUGS, "offline"])), min_size=1, max_size=6))
    def walk(steps) -> None:
        for position, slug in steps:
            page = ContentPage.objects.get(pk=pages[position].pk)
            if slug == "offline":
                page.unpublish()
            elif not ContentPage.objects.child_of(home).exclude(pk=page.pk).filter(slug=slug).exists():
                with on_commit():
                    _rename(page, slug)
        for slug in SLUGS:
            response = client.get(f"/fr/{slug}/")
            if response.status_code == 301:
                response = client.get(response.url)
                assert response.status_code == 200
            assert response.status_code in (200, 404)

    walk()


def test_redirects_typed_in_a_circle_are_a_404(client) -> None:
    for origin, target in (("/fr/un", "/fr/deux/"), ("/fr/deux", "/fr/un/"), ("/fr/trois", "/fr/trois")):
        Redirect.objects.create(old_path=origin, redirect_link=f"http://testserver{target}")
    for address in ("/fr/un/", "/fr/deux/", "/fr/trois/"):
        assert client.get(address).status_code == 404
    Redirect.objects.create(old_path="/fr/ailleurs", redirect_link="https://example.org/")
    assert client.get("/fr/ailleurs/").url == "https://example.org/"


def test_editors_see_and_change_redirects_and_officers_do_not(client, on_commit) -> None:
    with on_commit():
        _rename(_index("fr"), "renamed")
    users = get_user_model().objects
    client.force_login(users.get(username="redaction"))
    assert "/fr/atouts" in client.get(reverse("wagtailredirects:index")).content.decode()
    response = client.post(
        reverse("wagtailredirects:add"), {"old_path": "/atouts", "redirect_page": _index("fr").pk, "is_permanent": "on"}
    )
    assert response.status_code == 302
    assert client.get("/atouts").url == "/fr/renamed/"
    client.force_login(users.get(username="cci94.agent"))
    for name in ("index", "add", "start_import"):
        assert client.get(reverse(f"wagtailredirects:{name}")).status_code == 302
    assert client.post(reverse("wagtailredirects:add"), {"old_path": "/x", "redirect_link": "https://e.org"}).url != ""
    assert not Redirect.objects.filter(old_path="/x").exists()
