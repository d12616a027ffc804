"""Loading the ground floor from its files."""

from datetime import date

import pytest
from django.core.management import call_command
from django.utils.translation import override

from territory.choices import Mode
from territory.geography import contains
from territory.models import Axis, Commune, Line, Partner, PartnerName, Sector, Station
from territory.services import load
from tests.territory.factories import PartnerFactory

pytestmark = pytest.mark.django_db


def test_the_whole_territory_is_loaded(territory):
    assert Commune.objects.count() == 24
    assert Commune.objects.filter(department="91").count() == 6
    assert Station.objects.count() == 65
    assert Sector.objects.count() == 10
    assert Partner.objects.count() == 6
    assert Axis.objects.count() == 9
    assert Partner.objects.coordinator().slug == "ept"


def test_a_french_sentence_names_a_partner_with_its_article(territory):
    with override("fr"):
        assert {partner.named for partner in Partner.objects.all()} == {
            "l’EPT Grand-Orly Seine Bièvre",
            "la CCI Val-de-Marne",
            "la CCI Essonne",
            "la CMA Val-de-Marne",
            "la CMA Essonne",
            "Essonne Développement",
        }
    with override("en"):
        assert all(partner.named == partner.short_name for partner in Partner.objects.all())


def test_each_commune_has_its_point_inside_its_boundary(territory):
    for commune in Commune.objects.all():
        assert contains(commune.boundary, commune.latitude, commune.longitude), commune.name


def test_one_spelling_per_place_and_two_places_at_the_airport(territory):
    interchange = Station.objects.get(name="Villejuif–Louis Aragon")
    assert {line.code for line in interchange.lines.all()} == {"M7", "T7"}
    airport = Station.objects.filter(name__startswith="Aéroport d’Orly")
    assert sorted(station.name for station in airport) == ["Aéroport d’Orly 1-2-3", "Aéroport d’Orly 4"]
    assert not Station.objects.filter(name__contains=" - ").exists()


def test_lines_know_their_mode(territory):
    modes = dict(Line.objects.values_list("code", "mode"))
    assert modes == {
        "M7": Mode.METRO,
        "M14": Mode.METRO,
        "T7": Mode.TRAM,
        "T9": Mode.TRAM,
        "T12": Mode.TRAM,
        "RER B": Mode.RER,
        "RER C": Mode.RER,
        "RER D": Mode.RER,
        "Orlyval": Mode.SHUTTLE,
    }


def test_each_partner_answers_for_its_own_communes(territory):
    areas = {
        partner.slug: {commune.department for commune in partner.communes.all()} for partner in Partner.objects.all()
    }
    assert areas["ept"] == {"91", "94"}
    assert areas["cci-94"] == areas["cma-94"] == {"94"}
    assert areas["cci-91"] == areas["cma-91"] == areas["essonne-developpement"] == {"91"}
    assert Partner.objects.get(slug="ept").communes.count() == 24


def test_demo_addresses_reach_nobody(territory):
    for partner in Partner.objects.all():
        assert partner.email.endswith("@example.org")


def test_loading_again_changes_nothing(territory):
    before = [list(model.objects.order_by("pk").values()) for model in (Commune, Line, Station, Sector, Partner, Axis)]
    load()
    after = [list(model.objects.order_by("pk").values()) for model in (Commune, Line, Station, Sector, Partner, Axis)]
    assert after == before


def test_what_staff_changed_is_kept(territory):
    cci = Partner.objects.get(slug="cci-94")
    cci.short_name, cci.first_answer_days = "CCI du Val-de-Marne", 5
    cci.save()
    cci.communes.set(["94076"])
    PartnerName.objects.create(partner=cci, name="Chambre de commerce de Paris", until=date(2013, 1, 1))
    Axis.objects.filter(number=9).update(title={"fr": "Le numérique"}, lead=cci)
    Sector.objects.filter(slug="building").update(name={"fr": "Bâtiment et travaux publics"})
    load()
    cci.refresh_from_db()
    assert (cci.short_name, cci.first_answer_days) == ("CCI du Val-de-Marne", 5)
    assert [commune.insee for commune in cci.communes.all()] == ["94076"]
    assert Axis.objects.get(number=9).title["fr"] == "Le numérique"
    assert Axis.objects.get(number=9).lead == cci
    assert Sector.objects.get(slug="building").name["fr"] == "Bâtiment et travaux publics"


def test_open_data_is_refreshed(territory):
    Commune.objects.filter(insee="94076").update(population=1, name="Autre")
    Station.objects.filter(slug="saarinen").update(latitude=0)
    Station.objects.get(slug="saarinen").lines.clear()
    load()
    assert Commune.objects.get(insee="94076").name == "Villejuif"
    saarinen = Station.objects.get(slug="saarinen")
    assert saarinen.latitude == pytest.approx(48.7502)
    assert [line.code for line in saarinen.lines.all()] == ["T7"]


def test_the_command_says_what_there_is(db, capsys):
    call_command("load_territory")
    assert "24" in capsys.readouterr().out


def test_refreshing_open_data_adds_no_partner_beside_those_of_a_real_site(db):
    own = PartnerFactory(slug="ept", is_coordinator=True)
    call_command("load_territory")
    call_command("load_territory")
    assert Partner.objects.get() == own
    assert (Commune.objects.count(), Sector.objects.count()) == (24, 10)
    assert Axis.objects.get(number=1).lead == own
