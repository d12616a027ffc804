"""Publication of the demonstration's pages in French, with English translations through wagtail-localize."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from demo.content.assets import ASSETS
from demo.content.figures import FIGURES
from demo.content.frame import ASSETS_INDEX, HOME, HOME_FIGURES, NOTICES, PROJECTS_INDEX
from demo.content.people import PEOPLE
from demo.content.projects import PROJECTS, SOURCE
from demo.content.words import Phase
from foundation.by_language import gathered
from pages.first_pages.tree import add, add_content, add_home, body, locales, stream, translate
from pages.models import AssetIndexPage, AssetPage, HomePage, ProjectIndexPage, ProjectPage
from territory.models import Figure, FigureValue, MajorProject, Partner, Person

REVIEW_ON = date(2027, 1, 15)


def publish() -> None:
    """Publish missing pages and figures; existing ones keep the editors' changes."""
    french, english = locales()
    with transaction.atomic():
        partners = {partner.slug: partner for partner in Partner.objects.all()}
        _facts(partners)
        home = HomePage.objects.filter(locale=french).first()
        _children(home or add_home(HOME, locale=french, figures=HOME_FIGURES), partners)
    content = [HOME, ASSETS_INDEX, PROJECTS_INDEX, ASSETS, PROJECTS, NOTICES]
    translate(content, source=french, target=english)


def _facts(partners: Mapping[str, Partner]) -> None:
    """Figures, projects and people. A figure is kept with the values that editors gave it, a project as it is."""
    for figure, value in FIGURES:
        row, created = Figure.objects.get_or_create(key=figure["key"], defaults=gathered(Figure, figure))
        if created:
            FigureValue.objects.create(figure=row, **gathered(FigureValue, value))
    for project in PROJECTS:
        MajorProject.objects.get_or_create(key=project["slug"].fr, defaults=_project(project, partners["ept"]))
    if not Person.objects.exists():
        Person.objects.bulk_create(
            Person(**gathered(Person, person) | {"partner": partners[person["partner"]]}) for person in PEOPLE
        )


def _project(content: Mapping[str, Any], partner: Partner) -> dict[str, Any]:
    return {
        "name": {"fr": content["title"].fr, "en": content["title"].en},
        "state": content["state"],
        "commune_id": content["commune"],
        "latitude": content["point"][0],
        "longitude": content["point"][1],
        "area_ha": content["area_ha"],
        "floor_m2": content["floor_m2"],
        "partner": partner,
        "source": {"fr": SOURCE.fr, "en": SOURCE.en},
        "review_on": REVIEW_ON,
    }


def _children(home: HomePage, partners: Mapping[str, Partner]) -> None:
    assets = add(
        home, AssetIndexPage, ASSETS_INDEX["slug"], title=ASSETS_INDEX["title"].fr, summary=ASSETS_INDEX["summary"].fr
    )
    for asset in ASSETS:
        left, middle, right = asset["scenes"]
        add(
            assets,
            AssetPage,
            asset["slug"],
            figures=asset["figures"],
            title=asset["title"].fr,
            summary=asset["summary"].fr,
            lede=asset["lede"].fr,
            key=asset["key"],
            scene_left=left,
            scene=middle,
            scene_right=right,
            map_window=asset["window"],
            premises_kind=asset["kind"],
            partner=partners[asset["partner"]],
            body=body(asset["sections"]),
        )
    projects = add(
        home,
        ProjectIndexPage,
        PROJECTS_INDEX["slug"],
        title=PROJECTS_INDEX["title"].fr,
        summary=PROJECTS_INDEX["summary"].fr,
    )
    for project in PROJECTS:
        add(
            projects,
            ProjectPage,
            project["slug"],
            figures=project["figures"],
            title=project["title"].fr,
            summary=project["summary"].fr,
            lede=project["lede"].fr,
            place=project["place"].fr,
            scene=project["scene"],
            project=MajorProject.objects.get(key=project["slug"].fr),
            body=body(project["sections"]),
            phases=_phases(project["phases"]),
        )
    for notice in NOTICES:
        add_content(home, notice)


def _phases(phases: Iterable[Phase]) -> str:
    return stream(("phase", {"when": phase.when.fr, "what": phase.what.fr, "done": phase.done}) for phase in phases)
