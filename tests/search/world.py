"""A small territory and made-up catalogues for the engines, as plain values that the oracle reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from properties.choices import (
    DEALS_WITH_PRICE,
    DEALS_WITH_RENT,
    PUBLIC_STATES,
    Condition,
    Deal,
    Feature,
    Kind,
    Lease,
    Precision,
    PropertyState,
    Stated,
)
from properties.models import NearbyStation, Property
from properties.signals import told_once
from search.analysis.synonyms import synonyms_of
from search.criteria import SORTS, Criteria
from search.loading import load_vocabulary
from search.services import engine_in_force
from search.vocabulary import AVAILABLE_VALUES, MONEY_VALUES, SURFACE_BANDS, UNKNOWN, WALKS, Vocabulary
from territory.models import Commune, Line, Partner, Station

TODAY = date(2026, 11, 23)
COMMUNES = {"91027": ("Athis-Mons", "91"), "94065": ("Rungis", "94"), "94038": ("L'Haÿ-les-Roses", "94")}
LINES = {"M14": "metro", "T7": "tram", "RER C": "rer"}
STATIONS = {
    "orly": ("Aéroport d'Orly", "91027", ("M14", "T7")),
    "porte": ("Porte de Rungis", "94065", ("T7",)),
    "athis": ("Athis-Mons", "91027", ("RER C",)),
    "nowhere": ("Nulle part", "94038", ("RER C", "M14")),
}
TITLES = ("Atelier avec cour", "Local d’activité", "Entrepôts neufs", "Bureaux lumineux", "Warehouse near Rungis")
TEXTS = ("", "Accès poids lourds, quai.", "Deux ateliers et un bureau.", "A bright office", "Plateau divisible")
QUERIES = (
    "atelier",
    "locaux",
    "bureau lumineux",
    "entrepot",
    "Rungis",
    "94240",
    "REF-2",
    "zzz",
    "quais",
    "warehouses",
    "logistique",
    "local d'activité Rungis",
)
SYNONYMS = (("entrepôt", "logistique", "stockage"), ("local d’activité", "atelier"), ("quai", "poids lourds"))

VOCABULARY = Vocabulary(
    communes={insee: name for insee, (name, _) in COMMUNES.items()},
    stations={slug: name for slug, (name, _, _) in STATIONS.items()},
    lines=LINES,
    stops={line: tuple(slug for slug, (_, _, lines) in STATIONS.items() if line in lines) for line in LINES},
    synonyms=synonyms_of(SYNONYMS),
    today=TODAY,
)


@dataclass(frozen=True)
class Offer:
    """What a property is made of, and the stations near it with their minutes."""

    state: str
    kind: str
    deal: str
    surface: Decimal
    divisible_from: Decimal | None
    rent: Decimal | None
    price: Decimal | None
    available_from: date | None
    lease: str
    condition: str
    commune: str
    precision: str
    place: tuple[float, float]
    title: str
    text: str
    features: tuple[str, ...]
    verified_on: date | None
    walks: tuple[tuple[str, int], ...]
    undisclosed: bool = False
    truly_at: tuple[float, float] | None = (48.5, 2.2)


def plain(**changes: Any) -> Offer:
    """An offer with nothing special about it."""
    usual: dict[str, Any] = {
        "state": "on_market",
        "kind": "activity",
        "deal": "rent",
        "surface": Decimal(640),
        "divisible_from": None,
        "rent": Decimal(118),
        "price": None,
        "available_from": TODAY,
        "lease": "commercial",
        "condition": "good",
        "commune": "94065",
        "precision": "exact",
        "place": (48.74, 2.36),
        "title": "Atelier avec cour",
        "text": "",
        "features": ("unknown",) * len(Feature.values),
        "verified_on": TODAY,
        "walks": (),
    }
    return Offer(**usual | changes)


def make_world() -> Partner:
    """Communes, lines, stations and one partner."""
    for insee, (name, department) in COMMUNES.items():
        Commune.objects.create(
            insee=insee,
            name=name,
            department=department,
            postcodes=[f"{department}240"],
            population=1,
            boundary={"type": "Polygon", "coordinates": []},
            latitude=48.7,
            longitude=2.4,
        )
    for position, (code, mode) in enumerate(LINES.items()):
        Line.objects.create(code=code, mode=mode, position=position)
    for slug, (name, insee, lines) in STATIONS.items():
        station = Station.objects.create(slug=slug, name=name, commune_id=insee, latitude=48.7, longitude=2.4)
        station.lines.set(lines)
    return Partner.objects.create(
        slug="ept",
        short_name="EPT",
        acronym="EPT",
        name="EPT",
        kind="territorial_authority",
        member_since=date(2018, 6, 25),
        email="ept@example.org",
    )


@told_once()
def publish(offers: Sequence[Offer], partner: Partner) -> list[Property]:
    """Write the offers in bulk, as an import does."""
    made = Property.objects.bulk_create(
        Property(
            reference=f"REF-{number}",
            state=offer.state,
            kind=offer.kind,
            deal=offer.deal,
            surface=offer.surface,
            divisible_from=offer.divisible_from,
            rent=offer.rent,
            price=offer.price,
            undisclosed=offer.undisclosed,
            available_from=offer.available_from,
            lease=offer.lease,
            condition=offer.condition,
            commune_id=offer.commune,
            precision=offer.precision,
            latitude=offer.truly_at and offer.truly_at[0],
            longitude=offer.truly_at and offer.truly_at[1],
            public_latitude=offer.place[0],
            public_longitude=offer.place[1],
            title={"fr": offer.title},
            description={"fr": offer.text},
            verified_on=offer.verified_on,
            partner=partner,
            **dict(zip(Feature.values, offer.features, strict=True)),
        )
        for number, offer in enumerate(offers)
    )
    NearbyStation.objects.bulk_create(
        NearbyStation(property=item, station_id=slug, minutes=minutes)
        for item, offer in zip(made, offers, strict=True)
        for slug, minutes in offer.walks
    )
    return made


def number_found(words: str) -> int:
    """How many properties these words find."""
    return engine_in_force().count(Criteria(q=words), load_vocabulary())


_few = st.sampled_from
_surfaces = st.sampled_from([Decimal(n) for n in ("12.5", "49.99", "50", "99", "100", "250", "640", "1240", "5000")])
_money = st.sampled_from([Decimal(n) for n in ("0", "95", "100", "118.5", "299.99", "300", "250000", "9999999.99")])
# Today and tomorrow; the last day within three months and the first beyond.
_days = st.sampled_from([TODAY + timedelta(days=n) for n in (-90, 0, 1, 45)] + [date(2027, 2, 22), date(2027, 2, 23)])
_latitudes = st.sampled_from([48.66, 48.7, 48.741, 48.8])
_longitudes = st.sampled_from([2.31, 2.36, 2.4, 2.45])


@st.composite
def offers(draw: st.DrawFn) -> Offer:
    deal = draw(_few(Deal.values))
    rent = draw(st.none() | _money) if deal in DEALS_WITH_RENT else None
    price = draw(st.none() | _money) if deal in DEALS_WITH_PRICE else None
    surface = draw(_surfaces)
    smallest = draw(st.none() | _surfaces.filter(lambda value: value <= surface))
    return Offer(
        state=draw(_few([*PUBLIC_STATES, *PUBLIC_STATES, PropertyState.DRAFT, PropertyState.WITHDRAWN])),
        kind=draw(_few(Kind.values[:4])),
        deal=deal,
        surface=surface,
        divisible_from=smallest,
        rent=rent,
        price=price,
        undisclosed=draw(st.booleans()) if rent is None and price is None else False,
        available_from=draw(st.none() | _days),
        lease=draw(_few(["", *Lease.values[:2]])),
        condition=draw(_few(["", *Condition.values[:2]])),
        commune=draw(_few(list(COMMUNES))),
        precision=draw(_few(Precision.values)),
        place=(draw(_latitudes), draw(_longitudes)),
        title=draw(_few(TITLES)),
        text=draw(_few(TEXTS)),
        features=tuple(draw(_few(Stated.values)) for _ in Feature.values),
        verified_on=draw(st.none() | _days),
        truly_at=draw(_few([(48.5, 2.2), (48.5, 2.2), None])),
        walks=tuple(draw(st.dictionaries(_few(list(STATIONS)), _few([2, 5, 6, 10, 14, 15, 20]), max_size=3)).items()),
    )


def _several(values: Sequence[str]) -> st.SearchStrategy[tuple[str, ...]]:
    chosen = st.sets(_few(values), min_size=1, max_size=2).map(lambda found: tuple(sorted(found)))
    return st.just(()) | st.just(()) | chosen


def _ordered_pair(values: st.SearchStrategy[Decimal]) -> st.SearchStrategy[tuple[Decimal | None, Decimal | None]]:
    pair = st.tuples(st.none() | values, st.none() | values)
    return st.just((None, None)) | pair.filter(lambda ends: None in ends or ends[0] <= ends[1])


@st.composite
def searches(draw: st.DrawFn) -> Criteria:
    area, rent, price = draw(_ordered_pair(_surfaces)), draw(_ordered_pair(_money)), draw(_ordered_pair(_money))
    west, east = sorted(draw(st.sets(_longitudes, min_size=2, max_size=2)))
    south, north = sorted(draw(st.sets(_latitudes, min_size=2, max_size=2)))
    q = draw(st.just("") | st.just("") | _few(QUERIES))
    return Criteria(
        q=q,
        type=draw(_several(Kind.values[:4])),
        deal=draw(_several(Deal.values)),
        commune=draw(_several(list(COMMUNES))),
        area_min=area[0],
        area_max=area[1],
        surface=draw(_several(list(SURFACE_BANDS))),
        rent_min=rent[0],
        rent_max=rent[1],
        rent=draw(_several(MONEY_VALUES["rent"])),
        price_min=price[0],
        price_max=price[1],
        price=draw(_several(MONEY_VALUES["price"])),
        available_by=draw(st.none() | st.none() | _days),
        available=draw(_several(AVAILABLE_VALUES)),
        station=draw(_several(list(STATIONS))),
        line=draw(_several(list(LINES))),
        walk_max=draw(st.none() | _few([*WALKS, UNKNOWN])),
        condition=draw(_several([*Condition.values[:2], UNKNOWN])),
        lease=draw(_several([*Lease.values[:2], UNKNOWN])),
        feature=draw(_several(["fibre:yes", "fibre:unknown", "parking:yes", "loading_dock:no"])),
        bbox=draw(st.none() | st.none() | st.just((west, south, east, north))),
        sort=draw(st.just("") | _few([sort for sort in SORTS if sort not in ("relevance", "" if q else "newest")])),
    )
