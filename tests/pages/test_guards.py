"""Translation never puts French on a live English page, makes no alias, and keeps the tree sound."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail_localize.models import LocaleSynchronization, StringTranslation, Translation

from pages.models import AssetPage, ContentPage, HomePage, PageFigure
from pages.services import translate_page
from pages.translating import missing_strings, to_update
from territory.models import Figure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(get_user_model().objects.get(username="redaction"))
    return client


@pytest.fixture
def english() -> Locale:
    return Locale.objects.get(language_code="en")


def _asset(language: str) -> AssetPage:
    return AssetPage.objects.get(key="innovation", locale__language_code=language)


def _change_french() -> None:
    page = _asset("fr")
    page.lede = "Un chapeau tout neuf."
    page.save_revision().publish()


def _notice(title: str) -> ContentPage:
    """A French page that is not translated yet."""
    home = HomePage.objects.get(locale__language_code="fr")
    page = home.add_child(
        instance=ContentPage(
            title=title,
            slug=title.lower(),
            summary="En bref.",
            locale=home.locale,
            body=[("section", {"heading": "Un titre", "body": "<p>Un paragraphe.</p>"})],
        )
    )
    page.save_revision().publish()
    return page


def test_a_draft_that_lacks_words_is_not_published_by_any_door(editor: Client, english: Locale) -> None:
    page = _notice("Nouveaute")
    submit = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    editor.post(submit, {"locales": [english.pk]})
    twin = page.get_translation(english)
    assert not twin.live
    with pytest.raises(ValidationError):
        twin.get_latest_revision().publish()
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    response = editor.post(f"{bulk}?id={twin.pk}", {"include_descendants": ""}, follow=True)
    assert "Nouveaute" in [str(message).split(": ")[-1].rstrip(".") for message in response.context["messages"]]
    above = editor.post(f"{bulk}?id={twin.get_parent().pk}", {"include_descendants": "on"})
    assert above.status_code == 302
    twin.refresh_from_db()
    assert not twin.live
    assert editor.get("/en/nouveaute/").status_code == 404


def test_a_page_whose_date_has_come_waits_for_its_words_and_holds_up_no_other(editor: Client, english: Locale) -> None:
    yesterday = timezone.now() - timedelta(days=1)
    home = HomePage.objects.get(locale__language_code="fr")
    incomplete = _notice("Incomplete")
    editor.post(reverse("wagtail_localize:submit_page_translation", args=[incomplete.pk]), {"locales": [english.pk]})
    twin = incomplete.get_translation(english)
    dated = home.add_child(
        instance=ContentPage(title="Datée", slug="datee", summary="En bref.", locale=home.locale, live=False)
    )
    for page in (twin, dated):
        page.save_revision(approved_go_live_at=yesterday)
    call_command("publish_scheduled")
    assert editor.get("/en/incomplete/").status_code == 404
    assert editor.get("/fr/datee/").status_code == 200
    assert twin.revisions.filter(approved_go_live_at__isnull=False).exists()


def test_pages_that_are_translated_are_published_from_a_list(editor: Client) -> None:
    page = _asset("en")
    page.unpublish()
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    assert editor.post(f"{bulk}?id={page.pk}", {"include_descendants": ""}).status_code == 302
    assert _asset("en").live


def test_submitting_a_page_never_takes_the_pages_below(editor: Client, english: Locale) -> None:
    parent = _notice("Parente")
    address = reverse("wagtail_localize:submit_page_translation", args=[parent.get_parent().pk])
    assert 'type="checkbox" name="include_subtree"' not in editor.get(address).content.decode()
    editor.post(address, {"locales": [english.pk], "include_subtree": "on"})
    assert not parent.has_translation(english)
    assert Page.find_problems() == ([], [], [], [], [])


def test_a_page_is_translated_after_the_page_above_it(editor: Client, english: Locale) -> None:
    french = HomePage.objects.get(locale__language_code="fr")
    HomePage.objects.get(locale=english).delete()
    french.refresh_from_db()
    page = _asset("fr")
    Translation.objects.all().delete()
    address = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    response = editor.post(address, {"locales": [english.pk]})
    assert page.get_parent().title in next(str(message) for message in response.context["messages"])
    assert not page.has_translation(english)
    assert not page.get_parent().has_translation(english)


def test_a_translated_page_does_not_become_an_alias(editor: Client) -> None:
    page = _asset("en")
    address = reverse("wagtail_localize:convert_to_alias", args=[page.pk])
    editor.post(address)
    assert editor.get(address).status_code == 302
    assert _asset("en").alias_of is None
    assert _asset("en").title == page.title


def test_a_new_page_makes_no_alias_in_the_other_language(english: Locale) -> None:
    page = _notice("Seule")
    assert not LocaleSynchronization.objects.exists()
    assert not page.has_translation(english)
    assert not Page.objects.filter(alias_of__isnull=False).exists()


def test_a_figure_added_in_french_asks_to_publish_english_again() -> None:
    page = _asset("fr")
    page.page_figures.add(PageFigure(figure=Figure.objects.get(key="area"), sort_order=9))
    page.save_revision().publish()
    [translation] = to_update()
    assert (translation.page_id, translation.missing) == (_asset("en").pk, 0)
    translate = dict(
        StringTranslation.objects.filter(locale=translation.target_locale).values_list("translation_of__data", "data")
    )
    twin = translate_page(page=page, locale=translation.target_locale, translate=translate.__getitem__)
    twin.get_latest_revision().publish()
    assert [figure.key for figure in _asset("en").figures][-1] == "area"
    assert not to_update().exists()


def test_an_english_address_may_not_shadow_a_service(editor: Client) -> None:
    page = _asset("en")
    slug = StringTranslation.objects.get(data=page.slug, context__path="slug")
    StringTranslation.objects.filter(pk=slug.pk).update(data="premises")
    response = editor.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"action": "publish"}, follow=True)
    assert response.status_code == 200
    assert _asset("en").slug == page.slug


def test_what_is_missing_is_counted() -> None:
    _change_french()
    assert missing_strings(_asset("en")) == 1
    assert missing_strings(_asset("fr")) == 0
    page = _asset("fr")
    page.summary = "Un résumé tout neuf."
    page.save_revision().publish()
    assert missing_strings(_asset("en")) == 2
