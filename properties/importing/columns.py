"""Mapping of a file's columns to fields: French and English headers, and the parser of each cell. Pure."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from django.conf import settings

from foundation.by_language import language_codes, text_name
from foundation.text import fold
from properties.choices import (
    Condition,
    Deal,
    Destination,
    EnergyClass,
    Feature,
    FeesPaidBy,
    Fluid,
    Kind,
    Lease,
    Mandate,
    Measure,
    Precision,
    PublicCategory,
    Regime,
    RentIndex,
    State,
)
from properties.importing.parsing import (
    parse_accessibility,
    parse_choice,
    parse_date,
    parse_degrees,
    parse_headings,
    parse_money,
    parse_number,
    parse_stated,
    parse_text,
    parse_whole,
)

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
MEASURES = {"utile": "useful", "su": "useful", "locative": "rental", "carrez": "carrez", "plancher": "floor",
            "sdp": "floor", "terrain": "plot"}  # fmt: skip
DESTINATIONS = {"artisanat et commerce de detail": "craft_retail", "restauration": "restaurant",
                "commerce de gros": "wholesale", "industrie": "industry", "entrepot": "warehouse", "bureau": "office",
                "hotel": "hotel"}  # fmt: skip
PAYERS = {"preneur": "occupier", "acquereur": "occupier", "locataire": "occupier", "bailleur": "owner",
          "vendeur": "owner", "proprietaire": "owner", "partages": "shared"}  # fmt: skip
REGIMES = {"non": "none", "aucun": "none", "d": "declaration", "dc": "declaration", "e": "registration",
           "enregistrement": "registration", "a": "authorisation", "autorisation": "authorisation"}  # fmt: skip
ERP = {"non": "none", "aucun": "none"}
DIAGNOSES = {"non soumis": "exempt", "vierge": ""}
MANDATES = {"exclusif": "exclusive", "co-exclusif": "shared", "simple": "simple", "proprietaire": "owner"}


def _choice(choices: Any, synonyms: dict[str, str]) -> Callable[[Any], str]:
    return lambda value: parse_choice(value, choices, synonyms)


class Column(NamedTuple):
    """Field with its headers and parser; `unit` is empty for the record's own unit (`importing.units`)."""

    field: str
    headers: tuple[str, ...]
    parse: Callable[[Any], Any]
    required: bool = False
    unit: str = ""


def _by_language(field: str, headers: dict[str, tuple[str, ...]], *, required: bool = False) -> Iterator[Column]:
    """A column a language of the site, such as `title_fr`; `headers` are further names for the text of a language."""
    for code in language_codes():
        name = text_name(field, code)
        words = (name, *headers.get(code, ()))
        yield Column(name, words, parse_text, required=required and code == settings.LANGUAGE_CODE)


COLUMNS = (
    Column("source_reference", ("reference", "ref"), parse_text, required=True),
    Column("kind", ("type", "kind", "type de bien", "nature"), _choice(Kind, KINDS), required=True),
    Column("deal", ("deal", "operation", "transaction"), _choice(Deal, DEALS), required=True),
    Column("state", ("state", "etat", "statut"), _choice(State, STATES)),
    Column("surface", ("surface", "area", "surface totale", "surface m2"), parse_number, required=True),
    Column("surface", ("surface ha", "superficie ha"), parse_number, required=True, unit="ha"),
    Column("measure", ("measure", "type de surface", "nature de la surface"), _choice(Measure, MEASURES)),
    Column("divisible_from", ("divisible_from", "divisible des", "divisible from"), parse_number),
    Column("offices_surface", ("dont bureaux", "surface bureaux", "offices m2"), parse_number),
    Column("mezzanine_surface", ("dont mezzanine", "mezzanine", "mezzanine m2"), parse_number),
    Column("yard_surface", ("surface de cour", "cour m2", "yard m2"), parse_number),
    Column("destination", ("destination", "destination plu", "plu destination"), _choice(Destination, DESTINATIONS)),
    Column("plu_zone", ("zone plu", "plu zone"), parse_text),
    Column("rent", ("rent", "loyer", "loyer ht hc", "loyer ht hc m2 an", "loyer m2 an"), parse_money),
    Column("rent", ("loyer m2 mois", "rent per m2 per month"), parse_money, unit="€/m²/month"),
    Column("rent", ("loyer annuel", "annual rent"), parse_money, unit="€/year"),
    Column("rent", ("loyer mensuel", "monthly rent"), parse_money, unit="€/month"),
    Column("price", ("price", "prix", "prix de vente"), parse_money),
    Column("price", ("prix k€", "price k€"), parse_money, unit="k€"),
    Column("price", ("prix m2", "prix au m2", "price per m2"), parse_money, unit="€/m²"),
    Column("desk_price", ("desk_price", "prix du poste", "price per desk"), parse_money),
    Column("desks", ("desks", "postes", "nombre de postes"), parse_whole),
    Column("charges", ("charges", "charges m2 an", "service charges"), parse_number),
    Column("charges", ("charges annuelles", "annual charges"), parse_number, unit="€/year"),
    Column("property_tax", ("taxe fonciere", "taxe fonciere m2 an", "property tax"), parse_number),
    Column("property_tax", ("taxe fonciere annuelle", "annual property tax"), parse_number, unit="€/year"),
    Column("office_tax", ("taxe bureaux", "taxe sur les bureaux", "office tax"), parse_number),
    Column("fees", ("honoraires", "honoraires %", "fees"), parse_number),
    Column("fees_paid_by", ("honoraires a la charge de", "fees paid by"), _choice(FeesPaidBy, PAYERS)),
    Column("deposit", ("depot de garantie", "depot de garantie mois", "deposit"), parse_number),
    Column("rent_free", ("franchise", "franchise de loyer", "rent free"), parse_number),
    *_by_language("incentives", {"fr": ("mesures d'accompagnement",), "en": ("incentives",)}),
    Column("available_from", ("available_from", "disponibilite", "disponible le", "available from"), parse_date),
    Column("lease", ("lease", "bail", "type de bail"), _choice(Lease, LEASES)),
    Column("rent_index", ("indice", "index", "indexation"), _choice(RentIndex, {})),
    Column("condition", ("condition", "etat du batiment"), _choice(Condition, CONDITIONS)),
    Column(
        "commune",
        ("insee", "code insee", "commune", "code commune", "code postal", "postcode"),
        parse_text,
        required=True,
    ),
    Column("address", ("address", "adresse"), parse_text),
    Column("business_park", ("parc d'activites", "parc", "business park"), parse_text),
    Column("precision", ("precision", "precision de l'adresse"), _choice(Precision, PRECISIONS)),
    Column("latitude", ("latitude", "lat"), parse_degrees),
    Column("longitude", ("longitude", "lon", "lng"), parse_degrees),
    *_by_language("title", {"fr": ("titre", "title"), "en": ("titre anglais", "english title")}, required=True),
    *_by_language(
        "description",
        {"fr": ("description", "descriptif"), "en": ("description anglaise", "english description")},
    ),
    Column("built_in", ("annee de construction", "annee", "year built"), parse_whole),
    Column("floors", ("niveaux", "etages", "floors"), parse_whole),
    Column("clear_height", ("clear_height", "hauteur libre", "hauteur"), parse_number),
    Column("floor_load", ("charge au sol", "charge au sol t/m2", "floor load"), parse_number),
    Column("docks", ("nombre de quais", "quais", "docks"), parse_whole),
    Column("level_doors", ("portes de plain-pied", "nombre de portes", "level doors"), parse_whole),
    Column("yard_depth", ("profondeur de cour", "yard depth"), parse_number),
    Column("power_kva", ("power_kva", "puissance", "puissance kva"), parse_whole),
    Column("parking_cars", ("places vl", "places voitures", "car spaces"), parse_whole),
    Column("parking_lorries", ("places pl", "places poids lourds", "lorry spaces"), parse_whole),
    Column("parking_bikes", ("places velos", "bike spaces"), parse_whole),
    *(
        Column(feature.value, (feature.value, *headers), parse_stated)
        for feature, headers in {
            Feature.FIBRE: ("fibre optique", "fiber"),
            Feature.PARKING: ("stationnement",),
            Feature.LOADING_DOCK: ("quai", "quai de dechargement"),
            Feature.LEVEL_DOOR: ("porte de plain-pied", "acces de plain-pied"),
            Feature.HEAVY_GOODS: ("acces poids lourds", "poids lourds"),
            Feature.OUTDOOR_YARD: ("cour", "yard"),
            Feature.CRANE: ("pont roulant", "overhead crane"),
            Feature.GOODS_LIFT: ("monte-charge", "goods lift"),
            Feature.SPRINKLERS: ("sprinkler", "extinction automatique"),
            Feature.COLD: ("froid", "chambre froide", "cold storage"),
            Fluid.COMPRESSED_AIR: ("air comprime",),
            Fluid.NATURAL_GAS: ("gaz", "gaz naturel"),
            Fluid.PROCESS_WATER: ("eau industrielle",),
        }.items()
    ),
    Column("accessible", ("accessible pmr", "pmr", "accessibilite"), parse_accessibility),
    Column("icpe_regime", ("icpe", "regime icpe", "classified installation"), _choice(Regime, REGIMES)),
    Column("icpe_headings", ("rubriques icpe", "rubriques", "icpe headings"), parse_headings),
    Column("erp_category", ("erp", "categorie erp"), _choice(PublicCategory, ERP)),
    Column("erp_types", ("type erp", "types erp"), parse_headings),
    Column("dpe", ("dpe", "classe energie", "energy class"), _choice(EnergyClass, DIAGNOSES)),
    Column("ges", ("ges", "classe climat", "ghg class"), _choice(EnergyClass, DIAGNOSES)),
    Column("dpe_on", ("date dpe", "date du dpe", "dpe date"), parse_date),
    Column("dpe_number", ("numero dpe", "n° dpe", "dpe number"), parse_text),
    Column("labels", ("labels", "certifications"), parse_text),
    Column("partner", ("partner", "partenaire"), parse_text, required=True),
    Column("agent", ("agent", "mandataire"), parse_text),
    Column("mandate", ("mandat", "mandate"), _choice(Mandate, MANDATES)),
    Column("verified_on", ("verified_on", "verifie le"), parse_date),
    Column("expires_on", ("expires_on", "expire le"), parse_date),
    Column("lots", ("lots",), parse_text),
)
_BY_HEADER = {fold(header): column for column in COLUMNS for header in column.headers} | {
    column.field: column for column in COLUMNS if not column.unit
}


def recognise(headers: Iterable[str]) -> dict[int, Column]:
    """Return {position: column} of the recognised headers; the first of two headers for one field wins."""
    found: dict[int, Column] = {}
    for position, header in enumerate(headers):
        column = _BY_HEADER.get(fold(str(header or "")))
        if column is not None and column.field not in {known.field for known in found.values()}:
            found[position] = column
    return found


def missing(found: Iterable[Column]) -> list[str]:
    """Return the headers of the required columns absent from a file."""
    present = {column.field for column in found}
    return [
        column.headers[0] for column in COLUMNS if column.required and not column.unit and column.field not in present
    ]
