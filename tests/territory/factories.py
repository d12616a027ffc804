"""Partners, accounts and officers for the tests of every app."""

from datetime import date
from typing import Any

import factory
from django.contrib.auth import get_user_model
from factory.django import DjangoModelFactory

from territory.choices import OfficerRole, PartnerKind
from territory.models import Commune, Line, Officer, Partner, Sector, Station
from territory.services import ensure_groups

PASSWORD = "a long enough password"
# A square of about 1.5 km in the middle of nowhere in particular.
SQUARE = {"type": "Polygon", "coordinates": [[[2.3, 48.7], [2.32, 48.7], [2.32, 48.72], [2.3, 48.72], [2.3, 48.7]]]}


class CommuneFactory(DjangoModelFactory):
    class Meta:
        model = Commune
        django_get_or_create = ["insee"]

    insee = factory.Sequence(lambda number: f"94{number % 1000:03}")
    name = factory.LazyAttribute(lambda commune: f"Commune {commune.insee}")
    department = factory.LazyAttribute(lambda commune: commune.insee[:2])
    postcodes = factory.LazyAttribute(lambda commune: [commune.insee])
    population = 20_000
    boundary = SQUARE
    latitude = 48.71
    longitude = 2.31


class LineFactory(DjangoModelFactory):
    class Meta:
        model = Line
        django_get_or_create = ["code"]

    code = "M14"
    mode = "metro"


class StationFactory(DjangoModelFactory):
    class Meta:
        model = Station
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda number: f"station-{number}")
    name = factory.LazyAttribute(lambda station: station.slug.title())
    commune = factory.SubFactory(CommuneFactory)
    latitude = 48.711
    longitude = 2.311

    @factory.post_generation
    def lines(self, create: bool, codes: list[str] | None, **kwargs: Any) -> None:
        for code in codes or []:
            self.lines.add(LineFactory(code=code))


class SectorFactory(DjangoModelFactory):
    class Meta:
        model = Sector
        django_get_or_create = ["slug"]

    slug = factory.Sequence(lambda number: f"sector-{number}")
    name = factory.LazyAttribute(lambda sector: {"fr": f"Secteur {sector.slug}", "en": f"Sector {sector.slug}"})


class PartnerFactory(DjangoModelFactory):
    class Meta:
        model = Partner
        django_get_or_create = ["slug"]
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda number: f"partner-{number}")
    short_name = factory.LazyAttribute(lambda partner: partner.slug.replace("-", " ").title())
    acronym = factory.LazyAttribute(lambda partner: partner.slug[:20].upper())
    name = factory.LazyAttribute(lambda partner: f"Full name of {partner.short_name}")
    kind = PartnerKind.CHAMBER_OF_COMMERCE
    role = {"fr": "Commerce et services.", "en": "Trade and services."}
    member_since = date(2018, 6, 25)
    email = factory.LazyAttribute(lambda partner: f"implantation.{partner.slug}@example.org")
    languages = ["fr", "en"]

    @factory.post_generation
    def communes(self, create: bool, communes: list[Commune] | None, **kwargs: Any) -> None:
        if communes:
            self.communes.set(communes)


class UserFactory(DjangoModelFactory):
    """An account whose password is `PASSWORD`; `groups=["Agents"]` puts it in groups that `ensure_groups` makes."""

    class Meta:
        model = get_user_model()
        skip_postgeneration_save = True

    username = factory.Sequence(lambda number: f"user{number}")
    first_name = "Camille"
    last_name = factory.Sequence(lambda number: f"Martin {number}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.org")
    password = factory.django.Password(PASSWORD)

    @factory.post_generation
    def groups(self, create: bool, names: list[str] | None, **kwargs: Any) -> None:
        if names:
            known = ensure_groups()
            self.groups.set([known[name] for name in names])


class OfficerFactory(DjangoModelFactory):
    """An officer of a partner of its own, with an account that may enter the admin."""

    class Meta:
        model = Officer

    user = factory.SubFactory(UserFactory, groups=["Agents"])
    partner = factory.SubFactory(PartnerFactory)
    role = OfficerRole.OFFICER


class CoordinatorFactory(OfficerFactory):
    user = factory.SubFactory(UserFactory, groups=["Agents", "Coordination"])
    role = OfficerRole.COORDINATOR
