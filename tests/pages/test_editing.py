"""What editors do: change, publish, translate again; what they may not."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from wagtail_localize.models import Translation, TranslationSource

from pages.models import AssetPage
from pages.translating import changed_since, to_update

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(get_user_model().objects.get(username="redaction"))
    return client


def _asset(language: str) -> AssetPage:
    return AssetPage.objects.get(key="innovation", locale__language_code=language)


def _change_french() -> None:
    page = _asset("fr")
    page.lede = "Un chapeau tout neuf."
    page.save_revision().publish()


def test_nothing_is_to_be_translated_after_the_demonstration() -> None:
    assert not to_update().exists()


def test_a_changed_paragraph_shows_in_french_and_leaves_english_to_be_translated_again(editor: Client) -> None:
    english = editor.get(_asset("en").url).content.decode()
    _change_french()
    assert "Un chapeau tout neuf." in editor.get(_asset("fr").url).content.decode()
    assert editor.get(_asset("en").url).content.decode() == english
    [translation] = to_update()
    assert (translation.target_locale.language_code, translation.missing) == ("en", 1)
    home = editor.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("wagtailadmin_pages:edit", args=[_asset("en").pk]) in home


def test_a_stopped_translation_is_flagged_when_its_original_changes_until_it_is_published(editor: Client) -> None:
    page = _asset("en")
    translation = Translation.objects.get(source__object=page.translation_key)
    editor.post(reverse("wagtail_localize:stop_translation", args=[translation.pk]))
    addresses = [
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_explore", args=[page.get_parent().pk]),
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
    ]
    said = ["dans sa langue d’origine", ", à traduire de nouveau", "a été publiée depuis"]
    for address, words in zip(addresses, said, strict=True):
        assert words not in editor.get(address).content.decode()
    _change_french()
    assert not to_update().exists()
    assert [changed.pk for changed in changed_since()] == [page.pk]
    for address, words in zip(addresses, said, strict=True):
        assert words in editor.get(address).content.decode()
    page.lede = "A new opening."
    page.save_revision().publish()
    assert not changed_since().exists()
    for address, words in zip(addresses, said, strict=True):
        assert words not in editor.get(address).content.decode()


def test_the_list_of_pages_says_which_translation_lacks_words(editor: Client) -> None:
    listed = reverse("wagtailadmin_explore", args=[_asset("en").get_parent().pk])
    assert ", à traduire de nouveau" not in editor.get(listed).content.decode()
    _change_french()
    assert editor.get(listed).content.decode().count(", à traduire de nouveau") == 1


def test_an_incomplete_translation_is_not_published(editor: Client) -> None:
    _change_french()
    page = _asset("en")
    response = editor.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"action": "publish"}, follow=True)
    assert "1 texte" in response.content.decode()
    assert "Un chapeau tout neuf." not in editor.get(page.url).content.decode()


def test_updating_translations_never_publishes_french_on_the_english_page(editor: Client) -> None:
    _change_french()
    source = TranslationSource.objects.get_for_instance(_asset("fr"))
    address = reverse("wagtail_localize:update_translations", args=[source.pk])
    assert "publish_translations" not in editor.get(address).content.decode()
    editor.post(address, {"publish_translations": "on"})
    assert "Un chapeau tout neuf." not in editor.get(_asset("en").url).content.decode()


def test_a_complete_translation_is_published(editor: Client) -> None:
    page = _asset("en")
    assert Translation.objects.filter(target_locale=page.locale, enabled=True).exists()
    response = editor.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"action": "publish"}, follow=True)
    assert response.status_code == 200
    assert _asset("en").live


def test_an_editor_previews_before_publishing(editor: Client) -> None:
    page = _asset("fr")
    response = editor.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert response.status_code == 200
    assert page.title in response.content.decode()


def test_an_officer_does_not_edit_figures(client: Client) -> None:
    client.force_login(get_user_model().objects.get(username="cci94.agent"))
    assert client.get(reverse("figures:index")).status_code in (302, 403)
