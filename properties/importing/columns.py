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
    PropertyState,
    PublicCategory,
    Regime,
    RentIndex,
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


class ImportColumn(NamedTuple):
    """Field with its headers and parser; `unit` is empty for the record's own unit (`importing.units`)."""

    field: str
    headers: tuple[str, ...]
    parse: Callable[[Any], Any]
    required: bool = False
    unit: str = ""


def _by_language(field: str, headers: dict[str, tuple[str, ...]], *, required: bool = False) -> Iterator[ImportColumn]:
    """A column a language of the site, such as `title_fr`; `headers` are further names for the text of a language."""
    for code in language_codes():
        name = text_name(field, code)
        words = (name, *headers.get(code, ()))
        yield ImportColumn(name, words, parse_text, required=required and code == settings.LANGUAGE_CODE)


COLUMNS = (
    ImportColumn("source_reference", ("reference", "ref"), parse_text, required=True),
    ImportColumn("kind", ("type", "kind", "type de bien", "nature"), _choice(Kind, KINDS), required=True),
    ImportColumn("deal", ("deal", "operation", "transaction"), _choice(Deal, DEALS), required=True),
    ImportColumn("state", ("state", "etat", "statut"), _choice(PropertyState, STATES)),
    ImportColumn("surface", ("surface", "area", "surface totale", "surface m2"), parse_number, required=True),
    ImportColumn("surface", ("surface ha", "superficie ha"), parse_number, required=True, unit="ha"),
    ImportColumn("measure", ("measure", "type de surface", "nature de la surface"), _choice(Measure, MEASURES)),
    ImportColumn("divisible_from", ("divisible_from", "divisible des", "divisible from"), parse_number),
    ImportColumn("offices_surface", ("dont bureaux", "surface bureaux", "offices m2"), parse_number),
    ImportColumn("mezzanine_surface", ("dont mezzanine", "mezzanine", "mezzanine m2"), parse_number),
    ImportColumn("yard_surface", ("surface de cour", "cour m2", "yard m2"), parse_number),
    ImportColumn(
        "destination", ("destination", "destination plu", "plu destination"), _choice(Destination, DESTINATIONS)
    ),
    ImportColumn("plu_zone", ("zone plu", "plu zone"), parse_text),
    ImportColumn("rent", ("rent", "loyer", "loyer ht hc", "loyer ht hc m2 an", "loyer m2 an"), parse_money),
    ImportColumn("rent", ("loyer m2 mois", "rent per m2 per month"), parse_money, unit="€/m²/month"),
    ImportColumn("rent", ("loyer annuel", "annual rent"), parse_money, unit="€/year"),
    ImportColumn("rent", ("loyer mensuel", "monthly rent"), parse_money, unit="€/month"),
    ImportColumn("price", ("price", "prix", "prix de vente"), parse_money),
    ImportColumn("price", ("prix k€", "price k€"), parse_money, unit="k€"),
    ImportColumn("price", ("prix m2", "prix au m2", "price per m2"), parse_money, unit="€/m²"),
    ImportColumn("desk_price", ("desk_price", "prix du poste", "price per desk"), parse_money),
    ImportColumn("desks", ("desks", "postes", "nombre de postes"), parse_whole),
    ImportColumn("charges", ("charges", "charges m2 an", "service charges"), parse_number),
    ImportColumn("charges", ("charges annuelles", "annual charges"), parse_number, unit="€/year"),
    ImportColumn("property_tax", ("taxe fonciere", "taxe fonciere m2 an", "property tax"), parse_number),
    ImportColumn("property_tax", ("taxe fonciere annuelle", "annual property tax"), parse_number, unit="€/year"),
    ImportColumn("office_tax", ("taxe bureaux", "taxe sur les bureaux", "office tax"), parse_number),
    ImportColumn("fees", ("honoraires", "honoraires %", "fees"), parse_number),
    ImportColumn("fees_paid_by", ("honoraires a la charge de", "fees paid by"), _choice(FeesPaidBy, PAYERS)),
    ImportColumn("deposit", ("depot de garantie", "depot de garantie mois", "deposit"), parse_number),
    ImportColumn("rent_free", ("franchise", "franchise de loyer", "rent free"), parse_number),
    *_by_language("incentives", {"fr": ("mesures d'accompagnement",), "en": ("incentives",)}),
    ImportColumn("available_from", ("available_from", "disponibilite", "disponible le", "available from"), parse_date),
    ImportColumn("lease", ("lease", "bail", "type de bail"), _choice(Lease, LEASES)),
    ImportColumn("rent_index", ("indice", "index", "indexation"), _choice(RentIndex, {})),
    ImportColumn("condition", ("condition", "etat du batiment"), _choice(Condition, CONDITIONS)),
    ImportColumn(
        "commune",
        ("insee", "code insee", "commune", "code commune", "code postal", "postcode"),
        parse_text,
        required=True,
    ),
    ImportColumn("address", ("address", "adresse"), parse_text),
    ImportColumn("business_park", ("parc d'activites", "parc", "business park"), parse_text),
    ImportColumn("precision", ("precision", "precision de l'adresse"), _choice(Precision, PRECISIONS)),
    ImportColumn("latitude", ("latitude", "lat"), parse_degrees),
    ImportColumn("longitude", ("longitude", "lon", "lng"), parse_degrees),
    *_by_language("title", {"fr": ("titre", "title"), "en": ("titre anglais", "english title")}, required=True),
    *_by_language(
        "description",
        {"fr": ("description", "descriptif"), "en": ("description anglaise", "english description")},
    ),
    ImportColumn("built_in", ("annee de construction", "annee", "year built"), parse_whole),
    ImportColumn("floors", ("niveaux", "etages", "floors"), parse_whole),
    ImportColumn("clear_height", ("clear_height", "hauteur libre", "hauteur"), parse_number),
    ImportColumn("floor_load", ("charge au sol", "charge au sol t/m2", "floor load"), parse_number),
    ImportColumn("docks", ("nombre de quais", "quais", "docks"), parse_whole),
    ImportColumn("level_doors", ("portes de plain-pied", "nombre de portes", "level doors"), parse_whole),
    ImportColumn("yard_depth", ("profondeur de cour", "yard depth"), parse_number),
    ImportColumn("power_kva", ("power_kva", "puissance", "puissance kva"), parse_whole),
    ImportColumn("parking_cars", ("places vl", "places voitures", "car spaces"), parse_whole),
    ImportColumn("parking_lorries", ("places pl", "places poids lourds", "lorry spaces"), parse_whole),
    ImportColumn("parking_bikes", ("places velos", "bike spaces"), parse_whole),
    *(
        ImportColumn(feature.value, (feature.value, *headers), parse_stated)
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
    ImportColumn("accessible", ("accessible pmr", "pmr", "accessibilite"), parse_accessibility),
    ImportColumn("icpe_regime", ("icpe", "regime icpe", "classified installation"), _choice(Regime, REGIMES)),
    ImportColumn("icpe_headings", ("rubriques icpe", "rubriques", "icpe headings"), parse_headings),
    ImportColumn("erp_category", ("erp", "categorie erp"), _choice(PublicCategory, ERP)),
    ImportColumn("erp_types", ("type erp", "types erp"), parse_headings),
    ImportColumn("dpe", ("dpe", "classe energie", "energy class"), _choice(EnergyClass, DIAGNOSES)),
    ImportColumn("ges", ("ges", "classe climat", "ghg class"), _choice(EnergyClass, DIAGNOSES)),
    ImportColumn("dpe_on", ("date dpe", "date du dpe", "dpe date"), parse_date),
    ImportColumn("dpe_number", ("numero dpe", "n° dpe", "dpe number"), parse_text),
    ImportColumn("labels", ("labels", "certifications"), parse_text),
    ImportColumn("partner", ("partner", "partenaire"), parse_text, required=True),
    ImportColumn("agent", ("agent", "mandataire"), parse_text),
    ImportColumn("mandate", ("mandat", "mandate"), _choice(Mandate, MANDATES)),
    ImportColumn("verified_on", ("verified_on", "verifie le"), parse_date),
    ImportColumn("expires_on", ("expires_on", "expire le"), parse_date),
    ImportColumn("lots", ("lots",), parse_text),
)
_BY_HEADER = {fold(header): column for column in COLUMNS for header in column.headers} | {
    column.field: column for column in COLUMNS if not column.unit
}


def recognise(headers: Iterable[str]) -> dict[int, ImportColumn]:
    """Return {position: column} of the recognised headers; the first of two headers for one field wins."""
    columns: dict[int, ImportColumn] = {}
    for position, header in enumerate(headers):
        column = _BY_HEADER.get(fold(str(header or "")))
        if column is not None and column.field not in {earlier_column.field for earlier_column in columns.values()}:
            columns[position] = column
    return columns


def missing(found: Iterable[ImportColumn]) -> list[str]:
    """Return the headers of the required columns absent from a file."""
    present = {column.field for column in found}
    return [
        column.headers[0] for column in COLUMNS if column.required and not column.unit and column.field not in present
    ]
