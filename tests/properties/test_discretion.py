"""What the public reads of a hidden address, and the words that would give away the rest."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from properties.discretion.lexicon import STREET_WORDS
from properties.discretion.streets import has_digit, street_of
from properties.discretion.words import hidden, repetition
from properties.media import describe_medium
from properties.models import Media, Property
from properties.services import update_property
from tests.properties.factories import make_property, photo_bytes
from tests.properties.test_media import add


@pytest.mark.parametrize(
    ("address", "street"),
    [
        ("12 rue des Ateliers", "rue des Ateliers"),
        ("Bâtiment A, 12 rue des Ateliers", "rue des Ateliers"),
        ("rue des Ateliers, 12", "rue des Ateliers"),
        ("rue des Ateliers 12 bis", "rue des Ateliers"),
        ("rue des Ateliers n° 12", "rue des Ateliers"),
        ("rue des Ateliers au 12B", "rue des Ateliers"),
        ("rue des Ateliers bis B", "rue des Ateliers"),
        ("rue des Ateliers bâtiment B", "rue des Ateliers"),
        ("rue des Ateliers 94400 Vitry-sur-Seine", "rue des Ateliers"),
        ("ZA Les Pins, 5 avenue de l’Avenir", "avenue de l’Avenir"),
        ("ZAC du Chemin Vert - 5 bd de la Gare", "bd de la Gare"),
        ("12 et 14 rue du Bac", "rue du Bac"),
        ("12-14, QUAI DES BATELIERS", "QUAI DES BATELIERS"),
        ("n°12 r. du Bac", "r. du Bac"),
        ("１２ rue du Bac", "rue du Bac"),
        ("rue du Bac ¹²", "rue du Bac"),
        ("douze, rue du Bac", "rue du Bac"),
        ("12 Grande Rue", "Grande Rue"),
        ("12 rue des Trois Fontaines", "rue des Trois Fontaines"),
        ("12 avenue de la Porte d’Ivry", "avenue de la Porte d’Ivry"),
        ("angle rue du Bac et rue Verte", "rue du Bac"),
    ],
)
def test_a_street_is_told_without_its_number_wherever_that_stands(address, street):
    assert street_of(address) == street


@pytest.mark.parametrize(
    "address",
    [
        "",
        "n° 12",
        "12",
        "Les Ateliers, 12",
        "12 rue",
        "ZA Les Pins, lot 4",
        "5 rue du 8 Mai 1945",
        "place du 11-Novembre",
        "rue du Bac douze",
        "rue du Bac XII",
        "avenue Henri IV",
        "rue B12",
    ],
)
def test_a_street_that_is_not_sure_to_be_alone_is_not_told(address):
    assert street_of(address) == ""


@given(
    st.lists(st.sampled_from([*STREET_WORDS, "des", "Ateliers", "A", ",", "n°", "-"]) | st.text(max_size=8), max_size=8)
)
def test_no_figure_of_any_script_is_ever_told_with_a_street(words):
    assert not has_digit(street_of(" ".join(words)))


def why(text, address="12 rue des Ateliers, 94400 Vitry", precision="street", park=""):
    return repetition(text, hidden(precision, address, park, "Vitry-sur-Seine", ("94400",)))


@pytest.mark.parametrize(
    "text",
    [
        "Atelier au 12",
        "12 rue des Ateliers",
        "Entrée par le n°12, au fond",
        "No 12: workshop",
        "12 bis, au calme",
        "12b",
        "Au １２ de la rue",
        "Numéros 10, 12 et 14",
        "Douze, rue des Ateliers",
        "14, rue des Ateliers",
    ],
)
def test_a_number_that_may_be_that_of_the_house_is_refused(text):
    assert why(text)
    assert why(text, precision="exact") == ""


@pytest.mark.parametrize(
    "text",
    [
        "Hauteur libre de 12 m",
        "12\u00a0quais et 12 places",
        "de 12 à 14 m",
        "12 × 4,5 m",
        "12,5 t/m²",
        "Lignes 7 et 12",
        "M12, T12, A12, R+12",
        "12 000 m², 120 postes",
        "Libre le 12 mai 2027",
        "12 minutes, 24h/24",
        "12 square metres",
        "94400 Vitry-sur-Seine",
        "Atelier rue des Ateliers",
    ],
)
def test_a_number_that_counts_or_names_something_else_may_stand(text):
    assert why(text) == ""


@pytest.mark.parametrize(
    ("address", "text"),
    [
        ("12 rue des Ateliers", "Dans la rue des Ateliers"),
        ("12 rue des Ateliers", "RUE DES ATELIERS, au fond"),
        ("3 av. Jean-Jaurès", "Avenue Jean Jaurès"),
        ("3 avenue Jean Jaurès", "sur l'av. Jean-Jaurès"),
        ("5 rue du 8 Mai 1945", "rue du 8 mai 1945"),
        ("ZA Les Pins, lot 4", "dans la ZA Les Pins"),
    ],
)
def test_with_the_commune_alone_the_street_is_not_repeated_either(address, text):
    assert why(text, address, "commune")
    assert why(text, address, "exact") == ""


def test_with_the_commune_alone_the_business_park_is_not_repeated_either():
    assert why("Bureaux au Parc SILIC", "", "commune", park="Parc SILIC")
    assert why("Bureaux au Parc SILIC", "", "street", park="Parc SILIC") == ""


@pytest.mark.parametrize(
    ("address", "text"),
    [
        ("12 rue de la Gare, 94400 Vitry-sur-Seine", "À deux pas de la gare de Vitry-sur-Seine"),
        ("12 rue des Ateliers", "Dans la rue. Ateliers neufs"),
        ("3 rue du Bac", "Bail 3-6-9, fibre"),
        ("5 rue du 8 Mai 1945", "Bâti en 1945"),
    ],
)
def test_words_that_a_street_shares_with_others_may_stand(address, text):
    assert why(text, address, "commune") == ""


WRONG = [
    ("title_fr", {"title_fr": "Atelier au 12"}),
    ("title_en", {"title_en": "12 rue des Ateliers"}),
    ("description_fr", {"description_fr": "Entrée au 12."}),
    ("description_en", {"description_en": "Enter by number 12."}),
    ("incentives_en", {"incentives_en": "See us at 12."}),
    ("business_park", {"business_park": "Parc 12"}),
]


@pytest.mark.django_db
@pytest.mark.usefixtures("territory")
@pytest.mark.parametrize(("field", "words"), WRONG, ids=str)
def test_words_that_give_a_number_away_are_refused_at_their_field(field, words):
    with pytest.raises(ValidationError) as refused:
        make_property(precision="street", **words)
    assert list(refused.value.message_dict) == [field]
    assert not Property.objects.exists()
    shown = make_property(**words)
    with pytest.raises(ValidationError) as refused:
        update_property(instance=shown, values={"precision": "street"}, version=1)
    assert list(refused.value.message_dict) == [field]
    shown.refresh_from_db()
    assert (shown.precision, shown.version) == ("exact", 1)


@pytest.mark.django_db
@pytest.mark.usefixtures("territory")
def test_lots_and_captions_are_words_that_the_public_reads_too():
    lots = [{"label": "Au 12", "surface": 310}, {"label": "B", "surface": 310}]
    known = make_property(precision="street")
    with pytest.raises(ValidationError) as refused:
        update_property(instance=known, values={}, version=1, lots=lots)
    assert list(refused.value.message_dict) == ["lots"]
    assert not known.lots.exists()
    with pytest.raises(ValidationError) as refused:
        add(known, photo_bytes(), alt_en="The door at 12")
    assert list(refused.value.message_dict) == ["alt_en"]
    medium = add(known, photo_bytes())
    with pytest.raises(ValidationError) as refused:
        describe_medium(medium=medium, words={"credit": "Le 12"})
    assert list(refused.value.message_dict) == ["credit"]
    assert Media.objects.get().credit == medium.credit


@pytest.mark.django_db
@pytest.mark.usefixtures("territory")
def test_an_address_is_hidden_only_once_its_captions_no_longer_tell_it():
    known = make_property()
    medium = add(known, photo_bytes(), alt_fr="La porte du 12")
    with pytest.raises(ValidationError) as refused:
        update_property(instance=known, values={"precision": "street"}, version=1)
    assert list(refused.value.message_dict) == ["precision"]
    describe_medium(medium=medium, words={"alt_fr": "La porte"})
    assert (
        update_property(instance=known, values={"precision": "street"}, version=1).public_address == "rue des Ateliers"
    )


@pytest.mark.django_db
@pytest.mark.usefixtures("territory")
def test_what_the_words_of_another_day_repeat_blocks_nothing_but_their_publication():
    draft = make_property(precision="street", state="draft")
    Property.objects.filter(pk=draft.pk).update(title_fr="Atelier au 12")
    changed = update_property(instance=draft, values={"rent": 119}, version=1)
    assert changed.rent == 119
    with pytest.raises(ValidationError):
        update_property(instance=changed, values={"state": "on_market"}, version=2)
    draft.refresh_from_db()
    assert draft.state == "draft"
