"""The first pages of a site."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from wagtail.models import Page, Site

from pages.models import ContentPage
from tests.config.conftest import Run
from tests.config.partners_file import ONE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("started")]


def test_every_link_of_the_first_pages_works_in_both_languages(run: Run, client: Client) -> None:
    assert Page.find_problems() == ([], [], [], [], [])
    assert client.get("/", headers={"accept-language": "en"})["Location"] == "/en/"
    pages = Page.objects.live().filter(depth__gte=2)
    assert sorted(pages.values_list("locale__language_code", flat=True)) == ["en"] * 5 + ["fr"] * 5
    sitemap = client.get("/sitemap.xml").content.decode()
    addresses = set()
    for page in pages:
        html = client.get(page.url).content.decode()
        assert f'<html lang="{page.locale.language_code}">' in html
        assert f"<loc>https://territory.example{page.url}</loc>" in sitemap
        addresses |= set(re.findall(r'<a [^>]*href="(/[^"#]*)"', html))
    assert {"/fr/mentions-legales/", "/en/privacy/", "/en/business-location/", "/fr/immobilier/"} <= addresses
    for address in addresses:
        assert client.get(address).status_code == 200, address
    site = Site.objects.get()
    assert (site.hostname, site.port, site.is_default_site) == ("territory.example", 443, True)


def test_the_home_page_promises_nothing_that_a_new_site_lacks(run: Run, client: Client) -> None:
    html = client.get("/en/").content.decode()
    for words in ("six assets", "Six assets", "Seven projects", "Fictional offers", "six public partners", "CMA"):
        assert words not in html
    assert "This partner coordinates the partnership: it answers every request." in html


def test_the_admin_lists_what_the_publisher_has_to_write_until_it_is_written(run: Run, client: Client) -> None:
    client.force_login(get_user_model().objects.get(is_superuser=True))
    blank = ContentPage.objects.filter(slug__in=["mentions-legales", "legal-notice", "donnees-personnelles", "privacy"])
    home = client.get("/admin/").content.decode()
    panel = home.split('id="blanks-panel"')[1].split("</section>")[0]
    assert all(f"/admin/pages/{page.pk}/edit/" in panel for page in blank)
    assert panel.count("/edit/") == 4
    for page in blank:
        page.body = [("section", {"heading": "Qui publie", "body": "<p>L’EPT.</p>"})]
        page.save()
    assert 'id="blanks-panel"' not in client.get("/admin/").content.decode()


def test_an_officer_is_not_asked_to_fill_in_pages(run: Run, client: Client) -> None:
    client.force_login(get_user_model().objects.get(email="officer@partners.test"))
    assert 'id="blanks-panel"' not in client.get("/admin/").content.decode()


def test_pages_that_an_interruption_left_in_french_alone_are_translated_the_next_time(run: Run) -> None:
    for page in Page.objects.filter(locale__language_code="en", slug__in=["privacy", "legal-notice"]).specific():
        page.delete()
    assert "pages: 2 published" in run(ONE)
    assert Page.find_problems() == ([], [], [], [], [])
