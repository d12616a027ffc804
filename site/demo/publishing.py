"""Publishes the demonstration's pages in French, then translates each into English through wagtail-localize."""

import json
import uuid
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db import transaction
from wagtail.models import Locale, Page, Site
from wagtail.signal_handlers import disable_reference_index_auto_update

from demo.content.assets import ASSETS
from demo.content.figures import FIGURES
from demo.content.frame import ASSETS_INDEX, HOME, HOME_FIGURES, NOTICES, PROJECTS_INDEX
from demo.content.projects import PROJECTS, SOURCE
from demo.content.words import Phase, Section, Words
from pages.models import (
    AssetIndexPage,
    AssetPage,
    ContentPage,
    Figure,
    HomePage,
    PageFigure,
    ProjectIndexPage,
    ProjectPage,
)
from pages.services import translate_page
from territory.models import Partner

REVIEW_ON = date(2027, 1, 15)


def publish() -> None:
    """Publish what is missing. A page or a figure that exists is left as editors made it."""
    french, _created = Locale.objects.get_or_create(language_code="fr")
    english, _created = Locale.objects.get_or_create(language_code="en")
    with transaction.atomic():
        _figures()
        home = _home(french)
        _children(home)
    if _translate(french, english):
        Page.fix_tree()


def _translate(french: Locale, english: Locale) -> int:
    """Translate and publish what has no English twin; returns how many pages were.

    Parents first, one transaction each: a subtree in one transaction breaks the tree (DESIGN §6).
    """
    words = dict(_pairs())
    translated = Page.objects.filter(locale=english).values("translation_key")
    untranslated = Page.objects.live().filter(locale=french, depth__gte=2).exclude(translation_key__in=translated)
    number = 0
    for page in untranslated.order_by("depth", "path").specific():
        if not page.is_site_root() and not page.get_parent().has_translation(english):
            continue
        try:
            # Its figures are copied, then made anew: tasks about the copies would fail. Publishing indexes the page.
            with disable_reference_index_auto_update():
                twin = translate_page(page=page, locale=english, translate=words.__getitem__)
        except KeyError:
            # What an editor wrote is the editor's to translate.
            continue
        twin.get_latest_revision().publish()
        number += 1
    return number


def _figures() -> None:
    for row in FIGURES:
        Figure.objects.get_or_create(key=row["key"], defaults=row)


def _home(locale: Locale) -> HomePage:
    existing = HomePage.objects.filter(locale=locale).first()
    if existing is not None:
        return existing
    root = Page.get_first_root_node()
    # Wagtail's own welcome page stands where the home page goes.
    Page.objects.filter(depth=2).exclude(content_type__app_label="pages").delete()
    root.refresh_from_db()
    home = root.add_child(
        instance=HomePage(slug="accueil", locale=locale, **{name: words.fr for name, words in HOME.items()})
    )
    _show(home, HOME_FIGURES)
    home.save_revision().publish()
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "localhost", "root_page": home, "site_name": "Grand-Orly Seine Bièvre"},
    )
    return home


def _children(home: HomePage) -> None:
    partners = {partner.slug: partner for partner in Partner.objects.all()}
    assets = _add(
        home, AssetIndexPage, ASSETS_INDEX["slug"], title=ASSETS_INDEX["title"].fr, summary=ASSETS_INDEX["summary"].fr
    )
    for asset in ASSETS:
        left, middle, right = asset["scenes"]
        _add(
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
            body=_body(asset["sections"]),
        )
    projects = _add(
        home,
        ProjectIndexPage,
        PROJECTS_INDEX["slug"],
        title=PROJECTS_INDEX["title"].fr,
        summary=PROJECTS_INDEX["summary"].fr,
    )
    for project in PROJECTS:
        _add(
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
            body=_body(project["sections"]),
            phases=_phases(project["phases"]),
        )
    for notice in NOTICES:
        _add(
            home,
            ContentPage,
            notice["slug"],
            title=notice["title"].fr,
            summary=notice["summary"].fr,
            body=_body(notice["body"]),
        )


def _add(parent: Page, kind: type[Page], slug: Words, *, figures: Iterable[str] = (), **values: Any) -> Page:
    existing = kind.objects.child_of(parent).filter(slug=slug.fr).first()
    if existing is not None:
        return existing
    page = parent.add_child(
        instance=kind(slug=slug.fr, locale=parent.locale, show_in_menus=kind is ContentPage, **values)
    )
    _show(page, figures)
    page.save_revision().publish()
    return page


def _show(page: Page, keys: Iterable[str]) -> None:
    for position, key in enumerate(keys):
        page.page_figures.add(PageFigure(figure=Figure.objects.get(key=key), sort_order=position))
    page.save()


def _body(blocks: Iterable[Section | str]) -> str:
    return _stream(
        (block, None) if isinstance(block, str) else ("section", {"heading": block.heading.fr, "body": block.body.fr})
        for block in blocks
    )


def _phases(phases: Iterable[Phase]) -> str:
    return _stream(("phase", {"when": phase.when.fr, "what": phase.what.fr, "done": phase.done}) for phase in phases)


def _stream(blocks: Iterable[tuple[str, Any]]) -> str:
    return json.dumps([{"type": kind, "value": value, "id": str(uuid.uuid4())} for kind, value in blocks])


def _pairs() -> Iterator[tuple[str, str]]:
    """Every French string of the content with its English, as wagtail-localize cuts them."""
    for words in _all_words([HOME, ASSETS_INDEX, PROJECTS_INDEX, ASSETS, PROJECTS, NOTICES, SOURCE]):
        yield words.fr, words.en
        yield _inner(words.fr), _inner(words.en)
    # The root's slug is translated like any other text.
    yield "accueil", "home"


def _inner(html: str) -> str:
    """A paragraph as wagtail-localize keeps it: without its tag, apostrophes and quotes as they are."""
    return html.removeprefix("<p>").removesuffix("</p>")


def _all_words(content: Any) -> Iterator[Words]:
    if isinstance(content, Words):
        yield content
    elif isinstance(content, dict):
        for value in content.values():
            yield from _all_words(value)
    elif isinstance(content, (list, tuple)):
        for value in content:
            yield from _all_words(value)
