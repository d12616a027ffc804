"""Publication of the demonstration's pages in French, with English translations through wagtail-localize."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from demo.content.assets import ASSETS
from demo.content.figures import FIGURES
from demo.content.frame import ASSETS_INDEX, HOME, HOME_FIGURES, NOTICES, PROJECTS_INDEX
from demo.content.projects import PROJECTS, SOURCE
from demo.content.words import Phase
from pages.first_pages.tree import add, add_content, add_home, body, locales, stream, translate
from pages.models import AssetIndexPage, AssetPage, Figure, HomePage, ProjectIndexPage, ProjectPage
from territory.models import Partner

REVIEW_ON = date(2027, 1, 15)


def publish() -> None:
    """Publish missing pages and figures; existing ones keep the editors' changes."""
    french, english = locales()
    with transaction.atomic():
        _figures()
        home = HomePage.objects.filter(locale=french).first()
        _children(home or add_home(HOME, locale=french, figures=HOME_FIGURES))
    content = [HOME, ASSETS_INDEX, PROJECTS_INDEX, ASSETS, PROJECTS, NOTICES, SOURCE]
    translate(content, source=french, target=english)


def _figures() -> None:
    for row in FIGURES:
        Figure.objects.get_or_create(key=row["key"], defaults=row)


def _children(home: HomePage) -> None:
    partners = {partner.slug: partner for partner in Partner.objects.all()}
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
            state=project["state"],
            scene=project["scene"],
            commune_id=project["commune"],
            latitude=project["point"][0],
            longitude=project["point"][1],
            area_ha=project["area_ha"],
            floor_m2=project["floor_m2"],
            source=SOURCE.fr,
            review_on=REVIEW_ON,
            partner=partners["ept"],
            body=body(project["sections"]),
            phases=_phases(project["phases"]),
        )
    for notice in NOTICES:
        add_content(home, notice)


def _phases(phases: Iterable[Phase]) -> str:
    return stream(("phase", {"when": phase.when.fr, "what": phase.what.fr, "done": phase.done}) for phase in phases)
