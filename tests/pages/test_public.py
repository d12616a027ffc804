"""What visitors read: every page in both languages, addresses, figures, feeds."""

import re
from datetime import date, timedelta
from html import unescape
from xml.etree import ElementTree

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Page

from pages.models import AssetPage, ContentPage, HomePage, ProjectPage
from territory.models import Axis, Figure, FigureValue
from tests.properties.factories import make_property
from tests.territory.factories import PartnerFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]


def test_every_page_answers_in_both_languages(client: Client) -> None:
    pages = Page.objects.live().filter(depth__gte=2)
    assert {page.locale.language_code for page in pages} == {"fr", "en"}
    for page in pages:
        response = client.get(page.url)
        assert response.status_code == 200, page.url
        assert f'<html lang="{page.locale.language_code}">' in response.content.decode()


def test_the_tree_is_sound_after_translation() -> None:
    assert Page.find_problems() == ([], [], [], [], [])


@pytest.mark.parametrize(
    ("accepts", "expected"), [("en-GB,en;q=0.9", "/en/"), ("fr", "/fr/"), ("de", "/fr/"), ("", "/fr/")]
)
def test_the_root_honours_the_browser(client: Client, accepts: str, expected: str) -> None:
    assert client.get("/", headers={"accept-language": accepts}).headers["Location"] == expected


def test_home_shows_the_six_assets_and_the_seven_projects_in_order(client: Client) -> None:
    html = client.get("/en/").content.decode()
    for page in [
        *AssetPage.objects.filter(locale__language_code="en"),
        *ProjectPage.objects.filter(locale__language_code="en"),
    ]:
        assert page.url in html
    assert AssetPage.objects.filter(locale__language_code="en").count() == 6
    assert ProjectPage.objects.filter(locale__language_code="en").count() == 7


def test_each_asset_has_three_figures_with_source_and_date_and_a_partner(client: Client) -> None:
    for page in AssetPage.objects.all():
        assert len(page.figures) >= 3
        html = client.get(page.url).content.decode()
        for figure in page.figures:
            assert any(text in html for text in figure.current.source.values())
            assert str(figure.current.dated_on.year) in html
        assert page.partner.short_name in html


def test_each_asset_has_its_text_its_map_and_premises_of_its_type(client: Client) -> None:
    kinds = set(AssetPage.objects.values_list("premises_kind", flat=True))
    offers = {kind: make_property(kind=kind) for kind in kinds}
    make_property(kind=next(iter(offers)), state="withdrawn", title_fr="Un bien retiré", title_en="A withdrawn offer")
    for page in AssetPage.objects.all():
        html = client.get(page.url).content.decode()
        assert page.lede in unescape(html)
        assert len(page.body) >= 3
        assert 'class="map map--plate map--close-up"' in html
        assert f"/{offers[page.premises_kind].reference}/" in html
        assert "Un bien retiré" not in html
        assert "A withdrawn offer" not in html


def test_each_project_says_its_phases_surfaces_state_and_place(client: Client) -> None:
    html = client.get("/en/major-projects/les-ardoines/").content.decode()
    for words in ("Deliveries of the Gare Ardoines zone", "2024–2038", "300 ha", "Under way", "Vitry-sur-Seine"):
        assert words in html


def test_every_project_shows_its_phases_its_state_and_its_mark_on_the_map(client: Client) -> None:
    for page in ProjectPage.objects.all():
        html = unescape(client.get(page.url).content.decode())
        with override(page.locale.language_code):
            assert str(page.project.get_state_display()) in html
        surface = (
            f"{float(page.project.area_ha):g} ha"
            if page.project.area_ha
            else {"fr": "Non précisé", "en": "Not stated"}[page.locale.language_code]
        )
        assert surface in html
        assert page.phases
        for phase in page.phases:
            assert phase.value["when"] in html
            assert phase.value["what"] in html
        assert re.search(rf'class="project-mark"\s+aria-label="{re.escape(page.title)}"', html)


def test_no_illustration_of_a_project_stands_beside_itself() -> None:
    for page in ProjectPage.objects.all():
        assert len({page.scene_left, page.scene, page.scene_right}) == 3, page


def test_an_asset_shows_the_projects_of_its_part_of_the_map_and_its_lines(client: Client) -> None:
    hub = client.get("/en/assets/transport-hub/")
    assert {page.title for page in hub.context["projects"]} >= {"Cœur d’Orly", "SENIA"}
    html = hub.content.decode()
    assert "Line by line" in html
    assert "Thiais–Orly</text>" in html
    innovation = client.get("/en/assets/innovative-territory/")
    assert {page.locale.language_code for page in innovation.context["projects"]} == {"en"}
    assert "Cœur d’Orly" not in {page.title for page in innovation.context["projects"]}
    assert not innovation.context["lines"]


def test_a_page_names_its_twin_in_the_other_language(client: Client) -> None:
    html = client.get("/fr/atouts/territoire-innovant/").content.decode()
    assert re.search(r'hreflang="en"\s+href="https://territory\.example/en/assets/innovative-territory/"', html)
    assert 'href="/en/assets/innovative-territory/"' in html


def test_a_figure_changed_once_changes_on_every_page_in_both_languages(client: Client) -> None:
    figure = Figure.objects.get(key="jobs")
    addresses = ["/fr/", "/en/", "/fr/atouts/pole-economique/", "/en/assets/economic-pole/", "/fr/chiffres-et-sources/"]
    assert not any("291" in client.get(address).content.decode().split("figs")[-1][:2000] for address in addresses[:1])
    figure.values.update(value=291_555)
    for address in addresses:
        wanted = "291,555" if address.startswith("/en/") else "291\u00a0555"
        assert wanted in client.get(address).content.decode(), address


def test_a_figure_past_its_review_day_says_so(client: Client) -> None:
    FigureValue.objects.filter(figure__key="jobs").update(review_on=timezone.localdate() - timedelta(days=1))
    assert "being reviewed" in client.get("/en/").content.decode()


def test_a_figure_shows_its_date_as_precisely_as_it_is_known() -> None:
    with override("fr"):
        assert FigureValue(dated_on=date(2024, 6, 24), date_precision="day").dated == "24\u00a0juin 2024"
    assert FigureValue(dated_on=date(2024, 1, 1), date_precision="year").dated == "2024"


@pytest.mark.parametrize("slug", ["immobilier", "implantation"])
def test_a_page_may_not_shadow_a_service(slug: str) -> None:
    home = HomePage.objects.get(locale__language_code="fr")
    with pytest.raises(ValidationError, match=r"[Aa]dresse|address"):
        home.add_child(instance=ContentPage(title="x", slug=slug, summary="x", locale=home.locale))
    assert not ContentPage.objects.filter(slug=slug).exists()


def test_the_sitemap_lists_both_languages_with_their_alternates(client: Client) -> None:
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    entries = {
        url.find("s:loc", space).text: {link.get("hreflang"): link.get("href") for link in url.findall("x:link", space)}
        for url in root.findall("s:url", space)
    }
    asset = entries["https://territory.example/fr/atouts/qualite-de-vie/"]
    assert asset == {
        "fr": "https://territory.example/fr/atouts/qualite-de-vie/",
        "en": "https://territory.example/en/assets/quality-of-life/",
    }
    assert "https://territory.example/en/premises/" in entries


def test_robots_keeps_machines_out_of_the_admin_and_of_tracking_pages(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert "Disallow: /admin/" in lines
    assert "Disallow: /fr/implantation/suivi/" in lines
    assert "Disallow: /en/business-location/track/" in lines


@pytest.mark.parametrize(
    ("address", "words"), [("/fr/nulle-part/", "n’existe pas"), ("/en/nowhere/", "does not exist")]
)
def test_an_unknown_address_is_a_helpful_404_in_its_language(client: Client, address: str, words: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert words in response.content.decode()


def test_the_partnership_tells_the_convention_the_partners_of_today_and_the_axes(client: Client) -> None:
    for address, words in (
        ("/fr/partenariat/", ("25 juin 2018", "six mois de préparation", "Pilote", "6 partenaires")),
        ("/en/partnership/", ("25 June 2018", "six months of preparation", "Lead", "6 partners")),
    ):
        html = client.get(address).content.decode()
        for said in words:
            assert said in html
        assert html.count('<div class="partner-mark">') == 6
        for axis in Axis.objects.all():
            assert axis.title["fr" if "/fr/" in address else "en"] in html


def test_a_partner_that_joins_or_leaves_does_so_on_the_partnership_page(client: Client) -> None:
    agency = PartnerFactory(
        slug="agency", short_name="Agence des laboratoires", phone="+33149000000", website="https://labs.example"
    )
    agency.former_names.create(name="Maison des laboratoires", until=date(2020, 3, 1))
    agency.save()
    Axis.objects.get(number=6).contributors.add(agency)
    Axis.objects.filter(number=9).update(lead=agency)
    html = client.get("/en/partnership/").content.decode()
    for said in (
        "7 partners today",
        "+33 1 49 00 00 00",
        "https://labs.example",
        "Maison des laboratoires until 1\u00a0March 2020",
    ):
        assert said in html
    assert len(re.findall("Agence des laboratoires", html.split('class="axes"')[1].split("</ol>")[0])) == 2
    agency.member_until = timezone.localdate() - timedelta(days=1)
    agency.save()
    html = client.get("/en/partnership/").content.decode()
    assert "Agence des laboratoires" not in html
    assert "To be named" in html


def test_the_words_of_the_partnership_are_editors_to_change_and_its_lists_are_not_copied(client: Client) -> None:
    page = ContentPage.objects.get(slug="partenariat")
    assert [block.block_type for block in page.body][-2:] == ["members", "axes"]
    page.body[0].value["heading"] = "Une convention, huit ans après"
    page.save_revision().publish()
    assert "Une convention, huit ans après" in client.get("/fr/partenariat/").content.decode()
