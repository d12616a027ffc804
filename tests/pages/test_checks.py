"""Who gets the user bar and its checks, by which rules, in which language; others' pages stay as they were."""

import json

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from pages.admin.accessibility import AXE_OPTIONS, RULES, TAGS
from pages.models import ContentPage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]
BAR = "wagtail-userbar"


def configuration(html: str) -> dict:
    found = BeautifulSoup(html, "html.parser").find(id="checker-axe-configuration")
    assert found is not None, "the page configures the checks"
    return json.loads(found.string or "")


def legal_notice() -> ContentPage:
    return ContentPage.objects.get(slug="mentions-legales")


def test_the_rules_are_wcag_a_and_aa_and_what_editors_write() -> None:
    assert {"wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"} == set(TAGS)
    assert {"heading-order", "empty-heading", "label-content-name-mismatch"} <= set(RULES)


def test_bar_editor_and_preview_check_by_the_rules_of_the_browser_tests(editor: Client) -> None:
    page = legal_notice()
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    revisions = reverse("wagtailadmin_pages:view_draft", args=[page.pk])
    for address in (page.url, edit, revisions):
        assert configuration(editor.get(address).content.decode())["options"] == AXE_OPTIONS, address
    section = {"heading": "Contact", "body": rich_text("<p>Écrivez-nous.</p>")}
    fields = {"title": page.title, "slug": page.slug, "summary": page.summary, "comments": inline_formset([])}
    typed = nested_form_data(fields | {"body": streamfield([("section", section)])})
    assert editor.post(preview, typed).json() == {"is_valid": True, "is_available": True}
    shown = editor.get(preview, {"in_preview_panel": "true"})
    assert shown.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert configuration(shown.content.decode())["options"] == AXE_OPTIONS


def test_the_panel_speaks_the_editors_language(editor: Client) -> None:
    said = configuration(editor.get(legal_notice().url).content.decode())["messages"]
    assert said["image-alt"]["error_name"] == "Image sans texte de remplacement"
    assert said["heading-order"]["help_text"] == "Éviter de sauter des niveaux"


def test_each_rule_of_ours_has_a_message(editor: Client) -> None:
    said = configuration(editor.get(legal_notice().url).content.decode())["messages"]
    assert set(RULES) <= set(said)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_visitors_get_no_bar_and_their_headers_do_not_vary(client: Client, language: str) -> None:
    for page in Page.objects.live().filter(depth__gte=2, locale__language_code=language):
        response = client.get(page.url)
        html = response.content.decode()
        assert BAR not in html, page.url
        assert "wagtailadmin" not in html, page.url
        assert "Cookie" not in response.headers.get("Vary", ""), page.url
        assert "Set-Cookie" not in response.headers, page.url
        assert not response.cookies, page.url


def test_a_signed_in_reader_without_the_admin_gets_no_bar(client: Client) -> None:
    client.force_login(get_user_model().objects.create_user("reader"))
    assert BAR not in client.get(legal_notice().url).content.decode()


def test_a_page_with_the_bar_is_kept_for_nobody_else(editor: Client) -> None:
    response = editor.get(legal_notice().url)
    assert BAR in response.content.decode()
    assert "Cookie" in response.headers["Vary"]


def test_pages_outside_the_tree_have_no_bar(editor: Client) -> None:
    for address in ("/fr/immobilier/", "/fr/implantation/", "/fr/implantation/qui-fait-quoi/"):
        assert BAR not in editor.get(address).content.decode(), address
