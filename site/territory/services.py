"""Loading the ground floor from the files of `data/`."""

import csv
import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.contrib.auth.models import AbstractUser, Group, Permission, User
from django.db import transaction
from django.db.models import Model

from foundation.accounts import services as accounts
from foundation.by_language import gathered
from territory.choices import Mode, OfficerRole
from territory.geography import inner_point
from territory.models import Axis, Commune, Line, Officer, Partner, Sector, Station
from territory.staffing import refuse_last

DATA = Path(__file__).parent / "data"
# The convention was signed on 25 June 2018 (TERRITORY.md).
CONVENTION_SIGNED_ON = date(2018, 6, 25)

COORDINATION = "Coordination"
OFFICERS = "Agents"


@transaction.atomic
def load() -> None:
    """Load the territory with the six signatories of the convention, at addresses that reach nobody. May be run again.

    For the demonstration; a real site has the partners of its own file (`territory.founding`).
    """
    load_places()
    load_axes(joining=_load_partners())


@transaction.atomic
def load_places() -> None:
    """Load communes, lines, stations and sectors. May be run again.

    Open data (communes, lines, stations) is refreshed; what staff may edit is only completed, never overwritten.
    """
    _load_stations(_load_communes())
    _load_sectors()


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _json(name: str) -> Any:
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def _load_communes() -> dict[str, Commune]:
    communes = []
    for feature in _json("communes.geojson")["features"]:
        facts, boundary = feature["properties"], feature["geometry"]
        latitude, longitude = inner_point(boundary)
        communes.append(Commune(**facts, boundary=boundary, latitude=round(latitude, 5), longitude=round(longitude, 5)))
    _refresh(communes)
    return {commune.insee: commune for commune in communes}


def _refresh(rows: Sequence[Model]) -> None:
    """Write what is new or has changed, one by one: who follows a place is told by its being saved."""
    model = type(rows[0])
    stored = model._default_manager.in_bulk()
    if not stored:
        # Nothing is there yet to follow them.
        model._default_manager.bulk_create(rows)
        return
    names = [field.attname for field in model._meta.concrete_fields]
    for row in rows:
        stored_row = stored.get(row.pk)
        if stored_row is None or any(getattr(row, name) != getattr(stored_row, name) for name in names):
            row.save()


def _line_order(code: str) -> tuple[int, int, str]:
    digits = "".join(character for character in code if character.isdigit())
    return list(Mode).index(Mode.of_line(code)), int(digits or 0), code


def _load_stations(communes: dict[str, Commune]) -> None:
    rows = _rows("stations.csv")
    codes = sorted({code for row in rows for code in row["lines"].split("|")}, key=_line_order)
    Line.objects.bulk_create(
        [Line(code=code, mode=Mode.of_line(code), position=position) for position, code in enumerate(codes)],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["mode", "position"],
    )
    stations = [
        Station(
            slug=row["slug"],
            name=row["name"],
            commune=communes[row["insee"]],
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
        )
        for row in rows
    ]
    _refresh(stations)
    _refresh_lines({row["slug"]: set(row["lines"].split("|")) for row in rows})


def _refresh_lines(lines: Mapping[str, set[str]]) -> None:
    """The lines that stop at each station."""
    stops = Station.lines.through
    if not stops._default_manager.exists():
        stops._default_manager.bulk_create(
            stops(station_id=slug, line_id=code) for slug, codes in lines.items() for code in sorted(codes)
        )
        return
    for station in Station.objects.filter(pk__in=lines).prefetch_related("lines"):
        if {line.pk for line in station.lines.all()} != lines[station.pk]:
            station.lines.set(Line.objects.filter(pk__in=lines[station.pk]))


def _load_sectors() -> None:
    Sector.objects.bulk_create(
        [Sector(position=position, **gathered(Sector, row)) for position, row in enumerate(_rows("sectors.csv"))],
        ignore_conflicts=True,
    )


def _load_partners() -> list[Partner]:
    existing_slugs = set(Partner.objects.values_list("slug", flat=True))
    joining = []
    for facts in _json("partners.json"):
        area = facts.pop("area")
        if facts["slug"] in existing_slugs:
            continue
        partner = Partner.objects.create(
            **gathered(Partner, facts),
            email=f"implantation.{facts['slug']}@example.org",
            member_since=CONVENTION_SIGNED_ON,
            languages=["fr", "en"],
        )
        communes = Commune.objects.all()
        partner.communes.set(communes if area == "all" else communes.filter(department=area))
        joining.append(partner)
    return joining


@transaction.atomic
def load_axes(*, joining: Sequence[Partner] = ()) -> None:
    """Make the axes that are missing, and give partners that join the part which the convention gives them.

    A lead or a contributor that staff chose is kept.
    """
    newcomers = {partner.slug: partner for partner in joining}
    for facts in _json("axes.json"):
        titles = {"title": gathered(Axis, facts)["title"]}
        axis, created = Axis.objects.get_or_create(number=facts["number"], defaults=titles)
        partners = {partner.slug: partner for partner in Partner.objects.all()} if created else newcomers
        if axis.lead is None and facts["lead"] in partners:
            axis.lead = partners[facts["lead"]]
            axis.save()
        axis.contributors.add(*[partners[slug] for slug in facts["contributors"] if slug in partners])


@transaction.atomic
def ensure_groups() -> dict[str, Group]:
    """The groups of officers and coordinators, by name, with access to the admin and to what their work needs here.

    May be called again; permissions that other apps or staff added are kept.
    """
    admin_access = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    groups = {name: Group.objects.get_or_create(name=name)[0] for name in (OFFICERS, COORDINATION)}
    for group in groups.values():
        group.permissions.add(admin_access)
    groups[COORDINATION].permissions.add(
        *Permission.objects.filter(
            content_type__app_label="territory",
            content_type__model__in=["partner", "officer", "axis", "sector", "station"],
        )
    )
    return groups


@transaction.atomic
def align_groups(*, officer: Officer) -> None:
    """Give the account the groups of its role, and take back those of a role it no longer has."""
    groups = ensure_groups()
    officer.user.groups.add(groups[OFFICERS])
    if officer.role == OfficerRole.COORDINATOR:
        officer.user.groups.add(groups[COORDINATION])
    else:
        officer.user.groups.remove(groups[COORDINATION])


@transaction.atomic
def open_account(*, first_name: str, last_name: str, email: str) -> User:
    """An account for a person who has none: its name is the e-mail, to which the way to choose a password is sent."""
    # Nobody knows this password; a usable one is what lets the person choose another.
    user = User.objects.create_user(email, email, secrets.token_urlsafe(32), first_name=first_name, last_name=last_name)
    accounts.invite(user=user)
    return user


@transaction.atomic
def dismiss(*, officer: Officer) -> None:
    """The account no longer acts for its partner: it keeps existing, without the groups of officers.

    Raises `LastOfficer` when its partner is awaited and nobody else is left to answer.
    """
    refuse_last(user_id=officer.user_id, asked=True)
    release_account(user=officer.user)
    officer.delete()


def release_account(*, user: AbstractUser) -> None:
    """Take back from an account what it had as an officer: its open session loses it with the next request."""
    user.groups.remove(*ensure_groups().values())
