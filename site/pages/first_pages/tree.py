"""Publish pages written in code: in French first, then each translated through wagtail-localize."""

import json
import uuid
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Locale, Page, Site
from wagtail.signal_handlers import disable_reference_index_auto_update

from pages.first_pages.words import Bilingual, TextSection
from pages.models import ContentPage, HomePage, PageFigure
from pages.services import translate_page
from territory.models import Figure

HOME_FIELDS = ("title", "summary", "lede", "call_title", "call_text")


def locales() -> tuple[Locale, Locale]:
    """The French and the English locale, made if need be."""
    french, _created = Locale.objects.get_or_create(language_code="fr")
    english, _created = Locale.objects.get_or_create(language_code="en")
    return french, english


def add_home(words: Mapping[str, Bilingual], *, locale: Locale, figures: Iterable[str] = ()) -> HomePage:
    """Publish the home page in the place of Wagtail's welcome, as the root of the site at SITE_URL."""
    root = Page.get_first_root_node()
    Page.objects.filter(depth=2, content_type__app_label="wagtailcore").delete()
    root.refresh_from_db()
    texts = {name: words[name].fr for name in HOME_FIELDS}
    home: HomePage = root.add_child(instance=HomePage(slug=words["slug"].fr, locale=locale, **texts))
    _show(home, figures)
    home.save_revision().publish()
    address = urlsplit(settings.SITE_URL)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={
            "hostname": address.hostname,
            "port": address.port or (443 if address.scheme == "https" else 80),
            "root_page": home,
            "site_name": settings.WAGTAIL_SITE_NAME,
        },
    )
    return home


def add_content(parent: Page, content: Mapping[str, Any]) -> Page:
    """Publish a page of words, unless its address is taken; the foot of every page links to it."""
    texts = {name: content[name].fr for name in ("title", "summary")}
    return add(parent, ContentPage, content["slug"], body=body(content["body"]), show_in_menus=True, **texts)


def add(parent: Page, kind: type[Page], slug: Bilingual, *, figures: Iterable[str] = (), **values: Any) -> Page:
    """Publish a page below another, unless one of its kind has its address already."""
    existing = kind.objects.child_of(parent).filter(slug=slug.fr).first()
    if existing is not None:
        return existing
    page = parent.add_child(instance=kind(slug=slug.fr, locale=parent.locale, **{"show_in_menus": False} | values))
    _show(page, figures)
    page.save_revision().publish()
    return page


def _show(page: Page, keys: Iterable[str]) -> None:
    for position, key in enumerate(keys):
        page.page_figures.add(PageFigure(figure=Figure.objects.get(key=key), sort_order=position))
    page.save()


def body(blocks: Iterable[TextSection | str]) -> str:
    """Sections and lists as the JSON of a page's text."""
    return stream(
        (block, None) if isinstance(block, str) else ("section", {"heading": block.heading.fr, "body": block.body.fr})
        for block in blocks
    )


def stream(blocks: Iterable[tuple[str, Any]]) -> str:
    """(type, value) of each block as the JSON of a StreamField, with the ids that wagtail-localize wants."""
    return json.dumps([{"type": kind, "value": value, "id": str(uuid.uuid4())} for kind, value in blocks])


def translate(content: Any, *, source: Locale, target: Locale) -> int:
    """Translate and publish what has no twin yet, with the words of a content; returns how many pages were.

    Parents first, one transaction each: a subtree in one transaction breaks the tree (DESIGN §6). A page with a text
    that the content does not hold is left: what an editor wrote is the editor's to translate.
    """
    words = dict(_pairs(content))
    translated = Page.objects.filter(locale=target).values("translation_key")
    untranslated = Page.objects.live().filter(locale=source, depth__gte=2).exclude(translation_key__in=translated)
    number = 0
    for page in untranslated.order_by("depth", "path").specific():
        if not page.is_site_root() and not page.get_parent().has_translation(target):
            continue
        try:
            # Its figures are copied, then made anew: tasks about the copies would fail. Publishing indexes the page.
            with disable_reference_index_auto_update():
                twin = translate_page(page=page, locale=target, translate=words.__getitem__)
        except KeyError:
            continue
        twin.get_latest_revision().publish()
        number += 1
    if number:
        Page.fix_tree()
    return number


def _pairs(content: Any) -> Iterator[tuple[str, str]]:
    """Every French string with its English, as wagtail-localize cuts them."""
    for words in _all_words(content):
        yield words.fr, words.en
        yield _inner(words.fr), _inner(words.en)


def _inner(html: str) -> str:
    """A paragraph as wagtail-localize keeps it: without its tag, apostrophes and quotes as they are."""
    return html.removeprefix("<p>").removesuffix("</p>")


def _all_words(content: Any) -> Iterator[Bilingual]:
    if isinstance(content, Bilingual):
        yield content
    elif isinstance(content, dict):
        for value in content.values():
            yield from _all_words(value)
    elif isinstance(content, (list, tuple)):
        for value in content:
            yield from _all_words(value)
