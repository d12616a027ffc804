"""Which column is which field, by French and English headers, and how each cell is parsed. Pure."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from properties.choices import Condition, Deal, Feature, Kind, Lease, Precision, State
from properties.importing.parsing import (
    parse_choice,
    parse_date,
    parse_degrees,
    parse_number,
    parse_stated,
    parse_text,
    parse_whole,
)
from territory.text import fold

KINDS = {
    "bureau": "office",
    "bureaux": "office",
    "local d'activite": "activity",
    "atelier": "activity",
    "entrepot": "warehouse",
    "logistique": "warehouse",
    "commerce": "retail",
    "boutique": "retail",
    "terrain": "land",
    "laboratoire": "laboratory",
    "bureau partage": "coworking",
    "pepiniere": "incubator",
}
DEALS = {
    "location": "rent",
    "louer": "rent",
    "a louer": "rent",
    "vente": "sale",
    "a vendre": "sale",
    "sous-location": "sublease",
    "cession de bail": "lease-transfer",
    "prestation de services": "services",
}
STATES = {"sur le marche": "on_market", "disponible": "on_market", "sous offre": "under_offer", "retire": "withdrawn"}
LEASES = {
    "3-6-9": "commercial",
    "bail commercial": "commercial",
    "derogatoire": "derogatory",
    "professionnel": "professional",
}
CONDITIONS = {"neuf": "new", "renove": "renovated", "bon etat": "good", "a renover": "to-refurbish"}
PRECISIONS = {"exacte": "exact", "rue": "street"}


def _choice(choices: Any, synonyms: dict[str, str]) -> Callable[[Any], str]:
    return lambda value: parse_choice(value, choices, synonyms)


class Column(NamedTuple):
    """A field of a property as a file gives it."""

    field: str
    headers: tuple[str, ...]
    parse: Callable[[Any], Any]
    required: bool = False


COLUMNS = (
    Column("source_reference", ("reference", "ref"), parse_text, required=True),
    Column("kind", ("type", "kind", "type de bien", "nature"), _choice(Kind, KINDS), required=True),
    Column("deal", ("deal", "operation", "transaction"), _choice(Deal, DEALS), required=True),
    Column("state", ("state", "etat", "statut"), _choice(State, STATES)),
    Column("surface", ("surface", "area", "surface totale", "surface m2"), parse_number, required=True),
    Column("divisible_from", ("divisible_from", "divisible des", "divisible from"), parse_number),
    Column("rent", ("rent", "loyer", "loyer ht hc", "loyer ht hc m2 an"), parse_number),
    Column("price", ("price", "prix", "prix de vente"), parse_number),
    Column("desk_price", ("desk_price", "prix du poste", "price per desk"), parse_number),
    Column("available_from", ("available_from", "disponibilite", "disponible le", "available from"), parse_date),
    Column("lease", ("lease", "bail", "type de bail"), _choice(Lease, LEASES)),
    Column("condition", ("condition", "etat du batiment"), _choice(Condition, CONDITIONS)),
    Column(
        "commune",
        ("insee", "code insee", "commune", "code commune", "code postal", "postcode"),
        parse_text,
        required=True,
    ),
    Column("address", ("address", "adresse"), parse_text),
    Column("precision", ("precision", "precision de l'adresse"), _choice(Precision, PRECISIONS)),
    Column("latitude", ("latitude", "lat"), parse_degrees),
    Column("longitude", ("longitude", "lon", "lng"), parse_degrees),
    Column("title_fr", ("title_fr", "titre", "title"), parse_text, required=True),
    Column("title_en", ("title_en", "titre anglais", "english title"), parse_text),
    Column("description_fr", ("description_fr", "description", "descriptif"), parse_text),
    Column("description_en", ("description_en", "description anglaise", "english description"), parse_text),
    Column("clear_height", ("clear_height", "hauteur libre", "hauteur"), parse_number),
    Column("power_kva", ("power_kva", "puissance", "puissance kva"), parse_whole),
    *(
        Column(feature.value, (feature.value, *headers), parse_stated)
        for feature, headers in {
            Feature.FIBRE: ("fibre optique", "fiber"),
            Feature.PARKING: ("stationnement",),
            Feature.LOADING_DOCK: ("quai", "quai de dechargement"),
            Feature.HEAVY_GOODS: ("acces poids lourds", "poids lourds"),
            Feature.ACCESSIBLE: ("accessible pmr", "pmr"),
            Feature.OUTDOOR_YARD: ("cour", "yard"),
        }.items()
    ),
    Column("partner", ("partner", "partenaire"), parse_text, required=True),
    Column("agent", ("agent", "mandataire"), parse_text),
    Column("verified_on", ("verified_on", "verifie le"), parse_date),
    Column("expires_on", ("expires_on", "expire le"), parse_date),
    Column("lots", ("lots",), parse_text),
)
_BY_HEADER = {fold(header): column for column in COLUMNS for header in (column.field, *column.headers)}


def recognise(headers: Iterable[str]) -> dict[int, Column]:
    """Position of each recognised header and its column; the first of two headers for one field wins."""
    found: dict[int, Column] = {}
    for position, header in enumerate(headers):
        column = _BY_HEADER.get(fold(str(header or "")))
        if column is not None and column not in found.values():
            found[position] = column
    return found


def missing(found: Iterable[Column]) -> list[str]:
    """Headers of the required columns that a file lacks."""
    present = set(found)
    return [column.headers[0] for column in COLUMNS if column.required and column not in present]
