"""What the editors' group may reach, and what the admin shows them."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import get_page_models

from demo.publishing import publish
from implantation.enquiries.models import Enquiry
from pages.blocks import AllFiguresBlock, PartnersBlock, PhaseBlock, SectionBlock
from pages.models import AssetPage, ContentPage, HomePage
from territory.models import FigureValue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(get_user_model().objects.get(username="redaction"))
    return client


def test_an_editor_has_no_permission_on_enquiries() -> None:
    user = get_user_model().objects.get(username="redaction")
    assert not [name for name in user.get_all_permissions() if name.startswith(("implantation.", "auth."))]
    assert not Enquiry.objects.visible_to(user).exists()


def test_the_admin_speaks_french_to_an_editor(editor: Client) -> None:
    html = editor.get(reverse("wagtailadmin_home"), headers={"accept-language": "fr"}).content.decode()
    assert "À traduire de nouveau" in html
    assert r"Chiffres cl\u00e9s" in html
    assert "Demandes" not in html


def test_the_list_of_figures_says_which_are_to_be_reviewed(editor: Client) -> None:
    FigureValue.objects.filter(figure__key="jobs").update(review_on=timezone.localdate() - timedelta(days=1))
    html = editor.get(reverse("figures:index"), headers={"accept-language": "fr"}).content.decode()
    [late] = [row for row in html.split("<tr") if "285\u00a0000" in row]
    [other] = [row for row in html.split("<tr") if "730\u00a0551" in row]
    assert ("À revoir" in late, "À revoir" in other, "À jour" in other) == (True, False, True)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_editor_opens_every_kind_of_page(editor: Client, language: str) -> None:
    home = HomePage.objects.get(locale__language_code=language)
    kinds = {page.specific_class: page for page in home.get_descendants(inclusive=True)}
    assert set(kinds) == {model for model in get_page_models() if model._meta.app_label == "pages"}
    for page in kinds.values():
        assert editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200


def test_an_editor_creates_and_publishes_a_page(editor: Client) -> None:
    home = HomePage.objects.get(locale__language_code="fr")
    address = reverse("wagtailadmin_pages:add", args=["pages", "contentpage", home.pk])
    block = {"body-0-type": "figures", "body-0-order": "0", "body-0-deleted": "", "body-0-id": "", "body-0-value": ""}
    form = {"title": "Nouvelle page", "slug": "nouvelle-page", "summary": "En bref.", "body-count": "1", **block}
    figures = {f"page_figures-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")}
    comments = {f"comments-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")}
    editor.post(address, form | figures | comments | {"action-publish": "1"})
    assert "Nouvelle page" in editor.get("/fr/nouvelle-page/").content.decode()
    assert editor.get("/en/nouvelle-page/").status_code == 404


def test_the_demonstration_leaves_an_editor_s_page_to_the_editor() -> None:
    home = HomePage.objects.get(locale__language_code="fr")
    page = home.add_child(instance=ContentPage(title="La mienne", slug="la-mienne", summary="x", locale=home.locale))
    page.save_revision().publish()
    publish()
    assert page.get_translations().count() == 0
    assert not ContentPage.objects.filter(title="La mienne", locale__language_code="en").exists()


@pytest.mark.parametrize("block", [SectionBlock(), PhaseBlock(), AllFiguresBlock(), PartnersBlock()])
def test_each_block_shows_itself_to_the_editor_who_chooses_it(block: SectionBlock) -> None:
    html = block.render(block.normalize(block.get_preview_value()), context={"request": RequestFactory().get("/")})
    assert len(html.strip()) > 20


def test_an_asset_shows_premises_that_are_on_the_market_only(client: Client) -> None:
    page = AssetPage.objects.get(key="industry", locale__language_code="fr")
    with override("fr"):
        context = page.get_context(RequestFactory().get(page.url))
    assert context["premises_total"] == 0
    assert "Des locaux qui vont avec" not in client.get(page.url).content.decode()
