"""What the public reads of a hidden address, and the words that would give away the rest."""

import pytest
from django.core.exceptions import ValidationError
from django.db import models
from django.test.utils import isolate_apps
from hypothesis import given
from hypothesis import strategies as st

from foundation.by_language import TextByLanguageField, fields_by_language, named
from properties.discretion.lexicon import STREET_WORDS
from properties.discretion.streets import has_digit, street_of
from properties.discretion.words import hidden, repetition
from properties.media import describe_medium
from properties.models import Lot, Media, Property
from properties.public_reading import NOT_WATCHED, OF_LOTS, OF_MEDIA, TEXTS, repeated, watched_texts
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
        ("7 avenue du Onze Novembre", "avenue du Onze Novembre"),
        ("7 rue du Vingt‑Neuf‑Juillet", "rue du Vingt-Neuf-Juillet"),
        ("7 place Quatre-Vents", "place Quatre-Vents"),
        ("7 rue de la Croix des Deux Frères", "rue de la Croix des Deux Frères"),
        ("7 rue de l’Abbé-de-l’Épée", "rue de l’Abbé-de-l’Épée"),
        ("7 rue P. & M. Curie", "rue P. & M. Curie"),
        ("rue Hoche — douze", "rue Hoche"),
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
        "rue Louis XIV",
        "rue Hoche N°douze",
        "rue Hoche vingt‑deux",
        "rue Hoche douze-bis",
        "rue Hoche cent-douze-ter",
        "rue Hoche numero-douze",
        "rue Hoche no.douze",
        "rue Hoche n°XII",
        "rue Hoche «douze»",
        'rue Hoche "douze"',
        "rue Hoche ‘douze’",
        "rue Hoche de douze",
        "rue Hoche le douze Thiais",
        "rue Hoche dou\u200bze",
        "rue Hoche_douze",
        "rue Hoche Xiv",
    ],
)
def test_a_street_that_is_not_sure_to_be_alone_is_not_told(address):
    assert street_of(address) == ""


@given(
    st.lists(st.sampled_from([*STREET_WORDS, "des", "Ateliers", "A", ",", "n°", "-"]) | st.text(max_size=8), max_size=8)
)
def test_no_figure_of_any_script_is_ever_told_with_a_street(words):
    assert not has_digit(street_of(" ".join(words)))


# What people write of a house number, and what stands around it.
SPELLED = {
    "7391": (
        "7391",
        "７３９１",
        "⁷³⁹¹",
        "73\u200b91",
        "sept mille trois cent quatre-vingt-onze",
        "sept trois neuf un",
        "soixante-treize quatre-vingt onze",
        "seven thousand three hundred ninety-one",
    ),
    "57": ("57", "cinquante-sept", "Cinquante sept", "cinquantesept", "fifty-seven", "LVII", "lvii", "𝟓𝟕"),
    "1391": ("1391", "mille trois cent quatre vingt onze", "MCCCXCI", "thirteen ninety-one"),
}
DASHES = ("-", "\u2010", "\u2011", "\u2012", "–", "\u2212", "\ufe63", "\uff0d", "\u00ad-")
SPACES = (" ", "\u00a0", "\u202f", "\u2009", "  ")
STREETS = ("rue Hoche", "avenue des Quatre Cheminées", "bd de l’Hôpital", "place Jean-Jaurès", "quai du Onze Novembre")
SUFFIXES = ("", " bis", " ter", "-quater", " T", "T", " Q", "B", " E", " H", " m", " t", "-B")
BETWEEN = (" ", ", ", " - ", " – ", " : ", " (", "/", " / ", "; ")
ANNOUNCED = ("", "au ", "n° ", "N°", "numéro ", "no ", "№ ", "« ", '"')
QUANTITIES = ("260 m²", "2 niveaux", "3 bureaux de 20 m²", "12 t")
APART = (" - ", " / ", " et ", " × ", ", ", " + ", " & ", " ou ", " – ", " : ", "; ")


@st.composite
def numbers_as_written(draw: st.DrawFn) -> tuple[str, str]:
    """A number, and one of the ways in which people write it."""
    number = draw(st.sampled_from(sorted(SPELLED)))
    written = draw(st.sampled_from(SPELLED[number]))
    return number, written.replace("-", draw(st.sampled_from(DASHES))).replace(" ", draw(st.sampled_from(SPACES)))


@st.composite
def texts_with_a_number(draw: st.DrawFn, *, beside_street: bool) -> tuple[str, str, str]:
    """A number, a street, and a text that tells the one as the house of the other."""
    number, written = draw(numbers_as_written())
    street, suffix = draw(st.sampled_from(STREETS)), draw(st.sampled_from(SUFFIXES))
    if not written[-1].isnumeric() and suffix[:1].isalpha():
        suffix = f" {suffix}"
    between, announced = draw(st.sampled_from(BETWEEN)), draw(st.sampled_from(ANNOUNCED))
    after = draw(st.sampled_from(("", *(apart + quantity for apart in APART for quantity in QUANTITIES))))
    before = draw(st.sampled_from(("", "Boutique, ", "Local clair ", "Une cour.\n")))
    said = [
        f"{before}{announced}{written}{suffix}{between}{street}",
        f"{before}{street}{between}{announced}{written}{after}",
    ]
    if not beside_street:
        said.append(f"{before}{announced}{written}{after or ' au calme'}")
    text = draw(st.sampled_from(said))
    return number, street, text.upper() if draw(st.booleans()) else text


def all_fields() -> list[tuple[type, str]]:
    return [(model, name) for model in (Property, Lot, Media) for name in watched_texts(model)]


def refused(address: str, model: type, name: str, text: str) -> dict[str, str]:
    """Why a text may not stand in one of the fields of a record."""
    words = {name: {"fr": "", "en": text} if name in fields_by_language(model) else text}
    known = Property(address=address, precision="street", **(words if model is Property else {}))
    lots = [Lot(**words)] if model is Lot else []
    return repeated(known, lots, [Media(**words)] if model is Media else [])


@given(texts_with_a_number(beside_street=False), st.sampled_from(all_fields()), st.sampled_from(("", " bis", "T")))
def test_no_watched_text_tells_a_number_however_it_is_written(told, field, suffix):
    number, street, text = told
    assert refused(f"{number}{suffix} {street}", *field, text)


@given(texts_with_a_number(beside_street=True), st.sampled_from(all_fields()))
def test_no_watched_text_tells_beside_the_street_a_number_that_the_record_does_not_know(told, field):
    _number, street, text = told
    assert refused(street, *field, text)


@given(
    numbers_as_written(),
    st.sampled_from(STREETS),
    st.sampled_from(
        (" ", ", ", " - ", "-", " n°", " N° ", " numéro ", " numero-", " no.", " au ", " de ", " «", ' "', " ‘")
    ),
    st.sampled_from(("", " bis", "-ter", " B", "»", '"', "’", ", Vitry")),
    st.booleans(),
)
def test_no_street_is_told_with_a_number_however_it_is_written(told, street, between, after, upper):
    _number, written = told
    address = f"{street}{between}{written}{after}"
    shown = street_of(address.upper() if upper else address)
    assert shown.casefold() in {"", street.casefold()}


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
        "Rue des Ateliers, 14",
        "14 m rue des Ateliers",
        "12 / 260 m²",
        "n° 12 et 260 m²",
        "au 12 × 260 m²",
        "12 T, rue des Ateliers",
        "12 pl de la Gare",
        "Au XII",
        "Ateliers XII",
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
        "12 m² rue des Ateliers",
        "Rue des Ateliers, 12 bureaux",
        "Rue des Ateliers, 260 m² et deux boutiques",
        "Douze quais, une cour, local neuf",
        "12 m de façade",
        "Lot de 12 et 14 m²",
    ],
)
def test_a_number_that_counts_or_names_something_else_may_stand(text):
    assert why(text) == ""


@pytest.mark.parametrize("text", ["7" * 5_000, "mille " * 2_000, "12, " * 2_000, "- " * 5_000], ids=len)
def test_a_text_is_read_however_long_its_numbers(text):
    assert bool(why(text)) == ("12" in text)
    assert why(text, "rue des Ateliers") == ""


@pytest.mark.parametrize(
    ("address", "text"),
    [
        ("57 rue Hoche", "57 T de la rue Hoche"),
        ("57 rue Hoche", "57 T, bâtiment B, rue Hoche"),
        ("57 rue Hoche", "57 m Hoche"),
        ("57 rue Hoche", "57 m | rue Hoche"),
        ("rue Hoche", "57 E, Hoche"),
        ("rue Hoche", "57 - bât. B - rue Hoche"),
    ],
)
def test_what_stands_between_a_number_and_its_street_hides_neither(address, text):
    assert why(text, address)


@pytest.mark.parametrize(
    "text",
    ["Rue Hoche 57", "Rue Hoche, 57", "57, bâtiment B, rue Hoche", "57 T rue Hoche", "LVII rue Hoche", "Hoche LVII"],
)
def test_a_number_in_the_sentence_of_a_street_is_its_own_when_the_address_has_none(text):
    assert why(text, "rue Hoche")


@pytest.mark.parametrize(
    "text",
    [
        "Boutique rue Hoche, 260 m²",
        "Rue Hoche, à 5 minutes du métro 7",
        "Rue Hoche, 94400 Vitry-sur-Seine",
        "Rue Hoche, bail 3-6-9, libre le 12 mai 2027",
        "Rue Hoche, deux boutiques, trois niveaux",
        "Rue Hoche. Près du 57",
    ],
)
def test_other_numbers_may_stand_with_a_street_whose_address_has_none(text):
    assert why(text, "rue Hoche") == ""


@pytest.mark.parametrize(
    ("address", "text"),
    [
        ("4 rue des Quatre Cheminées", "Rue des quatre-cheminées, au calme"),
        ("2 rue Hoche", "À deux pas de la gare"),
        ("9 rue Hoche", "Atelier neuf"),
        ("1 rue Hoche", "Un atelier, une cour"),
    ],
)
def test_words_that_are_numbers_too_may_stand(address, text):
    assert why(text, address) == ""


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
    ("labels", {"labels": "HQE, au 12"}),
    ("plu_zone", {"plu_zone": "Rue des Ateliers 12"}),
]


@pytest.mark.django_db
@pytest.mark.usefixtures("territory")
@pytest.mark.parametrize(("field", "words"), WRONG, ids=str)
def test_words_that_give_a_number_away_are_refused_at_their_field(field, words):
    with pytest.raises(ValidationError) as refused:
        make_property(precision="street", **words)
    assert list(named(refused.value)) == [field]
    assert not Property.objects.exists()
    shown = make_property(**words)
    with pytest.raises(ValidationError) as refused:
        update_property(instance=shown, values={"precision": "street"}, version=1)
    assert list(named(refused.value)) == [field]
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
    assert list(named(refused.value)) == ["alt_en"]
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
    Property.objects.filter(pk=draft.pk).update(title={"fr": "Atelier au 12"})
    changed = update_property(instance=draft, values={"rent": 119}, version=1)
    assert changed.rent == 119
    with pytest.raises(ValidationError):
        update_property(instance=changed, values={"state": "on_market"}, version=2)
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_a_text_that_joins_a_record_is_watched_by_itself():
    with isolate_apps("properties"):

        class Told(models.Model):
            story = models.CharField(max_length=10)
            kind = models.CharField(max_length=10, choices=[("a", "A")])
            more = models.TextField()
            title = TextByLanguageField()
            count = models.IntegerField()

            class Meta:
                app_label = "properties"

            def __str__(self):
                return self.story

    assert watched_texts(Told) == ("story", "more", "title")
    assert {"labels", "plu_zone", "title", "description"} <= set(TEXTS)
    assert (set(OF_LOTS), set(OF_MEDIA)) == ({"label", "floor"}, {"alt", "credit"})


def test_what_is_not_watched_exists_and_says_why():
    for model, reasons in NOT_WATCHED.items():
        assert reasons.keys() <= {field.name for field in model._meta.fields}
        assert all(reasons.values())
