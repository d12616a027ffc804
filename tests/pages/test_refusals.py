"""No door of the admin puts a page at another language's address, or takes a home page from above its pages."""

import json
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from pages.models import AssetIndexPage, AssetPage, ContentPage, HomePage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]


@pytest.fixture
def administrator(client: Client) -> Client:
    client.force_login(get_user_model().objects.create_superuser("administrator"))
    return client


def _home(language: str) -> HomePage:
    return HomePage.objects.get(locale__language_code=language)


def _asset(language: str) -> AssetPage:
    return AssetPage.objects.get(key="innovation", locale__language_code=language)


def _words(language: str) -> ContentPage:
    return ContentPage.objects.filter(locale__language_code=language).order_by("path").first()


def _tree() -> list[tuple[object, ...]]:
    return list(Page.objects.order_by("path").values_list("path", "url_path", "locale", "live", "alias_of", "title"))


def _messages(response) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def _api(client: Client, page: Page, action: str, **data: object) -> int:
    address = reverse("wagtailadmin_api:pages:action", args=[page.pk, action])
    return client.post(address, json.dumps(data), content_type="application/json").status_code


@pytest.mark.parametrize("ticked", [{}, {"alias": "on"}, {"copy_subpages": "on"}, {"publish_copies": "on"}])
def test_a_copy_or_alias_across_languages_is_refused_beside_what_was_typed(administrator, ticked) -> None:
    page, before = _words("fr"), _tree()
    typed = {"new_title": "Ma copie", "new_slug": "ma-copie", "new_parent_page": _home("en").pk}
    response = administrator.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), typed | ticked)
    assert response.context["form"].errors["new_parent_page"]
    assert "Ma copie" in response.content.decode()
    assert _tree() == before


def test_a_copy_and_an_alias_within_a_language_are_made_and_served(administrator) -> None:
    page, home = _words("fr"), _home("fr")
    for slug, ticked in (("copie", {"publish_copies": "on"}), ("alias", {"alias": "on"})):
        typed = {"new_title": page.title, "new_slug": slug, "new_parent_page": home.pk}
        administrator.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), typed | ticked)
        assert administrator.get(f"/fr/{slug}/").status_code == 200
        assert administrator.get(f"/en/{slug}/").status_code == 404


def test_a_move_across_languages_is_refused_in_words_and_from_a_list(administrator) -> None:
    page, before = _words("fr"), _tree()
    address = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, _home("en").pk])
    assert "même langue" in _messages(administrator.post(address, follow=True))
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    administrator.post(f"{bulk}?id={page.pk}", {"chooser": _home("en").pk})
    with pytest.raises(ValidationError):
        page.move(_home("en"), pos="last-child")
    assert _tree() == before


@pytest.mark.parametrize(
    ("action", "data"),
    [
        ("copy", {"destination_page_id": "en", "recursive": True}),
        ("move", {"destination_page_id": "en", "position": "last-child"}),
        ("create_alias", {"destination_page_id": "en", "recursive": True}),
        ("copy_for_translation", {"locale": "en", "alias": True}),
    ],
)
def test_the_admin_s_api_refuses_the_other_language_and_changes_nothing(administrator, action, data) -> None:
    page = _words("fr")
    page.get_translations().delete()
    before = _tree()
    data = {name: _home("en").pk if name == "destination_page_id" else value for name, value in data.items()}
    assert _api(administrator, page, action, **data) in (400, 403)
    assert _tree() == before


def test_a_copy_for_translation_is_published_once_it_is_translated(administrator) -> None:
    page = _words("fr")
    page.get_translations().delete()
    assert _api(administrator, page, "copy_for_translation", locale="en") == 201
    twin = page.get_translation(Locale.objects.get(language_code="en"))
    assert _api(administrator, twin, "publish") == 400
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    administrator.post(f"{bulk}?id={twin.pk}", {"include_descendants": ""})
    assert not Page.objects.get(pk=twin.pk).live
    twin.summary, twin.body, twin.slug = "Translated in full by an editor.", [], "translated"
    twin.save_revision().publish()
    assert administrator.get("/en/translated/").status_code == 200


def test_a_stopped_translation_is_not_published_with_sentences_of_the_other_language(administrator) -> None:
    page, french = _home("en"), _home("fr")
    Translation.objects.filter(source__object=page.translation_key).update(enabled=False)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = administrator.get(address).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields} | {"action-publish": "1"}
    for formset in form.formsets.values():
        typed |= {f"{formset.prefix}-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")}
    response = administrator.post(address, typed | {"lede": french.lede})
    assert french.lede in "".join(response.context["form"].non_field_errors())
    assert _home("en").lede == page.lede
    assert administrator.post(address, typed | {"lede": "A new opening."}).status_code == 302
    assert _home("en").lede == "A new opening."


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_home_is_neither_unpublished_nor_deleted_from_above_its_pages(administrator, language) -> None:
    home, before = _home(language), _tree()
    for name in ("unpublish", "delete"):
        address = reverse(f"wagtailadmin_pages:{name}", args=[home.pk])
        assert home.title in _messages(administrator.post(address, follow=True))
        bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", name])
        confirmed = {"confirm": "Grand-Orly Seine Bièvre", "confirm_site_name": "Grand-Orly Seine Bièvre"}
        administrator.post(f"{bulk}?id={home.pk}", confirmed)
    assert _tree() == before


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_language_goes_offline_as_a_whole_and_the_other_stays(administrator, language) -> None:
    address = reverse("wagtailadmin_pages:unpublish", args=[_home(language).pk])
    administrator.post(address, {"include_descendants": "on"})
    assert not Page.objects.live().filter(depth__gte=2, locale__language_code=language).exists()
    other = {"fr": "en", "en": "fr"}[language]
    assert administrator.get(f"/{language}/").status_code == 404
    assert administrator.get(f"/{other}/").status_code == 200
    assert f"/{language}/atouts" not in administrator.get("/sitemap.xml").content.decode()


def test_a_home_has_no_end_and_a_language_no_second_home(administrator) -> None:
    home, before = _home("en"), _tree()
    home.expire_at = timezone.now() + timedelta(days=1)
    with pytest.raises(ValidationError):
        home.save_revision()
    assert _api(administrator, home, "copy", slug="second") == 403
    assert not HomePage.can_create_at(Page.get_first_root_node())
    assert _tree() == before


def test_no_language_is_filled_with_aliases_of_another(administrator) -> None:
    english, before = Locale.objects.get(language_code="en"), _tree()
    address = reverse("wagtaillocales:edit", args=[english.pk])
    component = "component-wagtail_localize_localesynchronization"
    assert component not in administrator.get(address).content.decode()
    sync = {f"{component}-enabled": "on", f"{component}-sync_from": _home("fr").locale_id}
    administrator.post(address, {"language_code": "en"} | sync)
    assert AssetIndexPage.objects.filter(alias_of__isnull=False).count() == 0
    assert _tree() == before
