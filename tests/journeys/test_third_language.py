"""A third language is a line of settings and a catalogue: no migration, no word passed over, nothing too wide."""

import re
import subprocess
import sys
from collections.abc import Iterable, Iterator

import pytest
from django.utils import dates
from django.utils.translation import override
from environ import Env
from playwright.sync_api import Browser, Page

from tests.databases import ROOT, copied
from tests.journeys.conftest import PASSWORD, Site, serve
from tests.journeys.third_language import catalogue

SETTINGS = "tests.journeys.third_language.settings"
# A property with a German title, an account that reads the admin in German, and one title in French alone.
PREPARE = """
from django.contrib.auth import get_user_model
from wagtail.users.models import UserProfile
from properties.models import Property
for reference, texts in (("GOSB-0001", {"de": "Werkstatt mit Hof"}), ("GOSB-0002", {"en": ""})):
    known = Property.objects.get(reference=reference)
    known.title |= texts
    known.save()
user = get_user_model().objects.get(username="coordination")
profile = UserProfile.get_for_user(user)
profile.preferred_language = "de"
profile.save()
"""
TEXTS = """() => {
  const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode, parent = node.parentElement, text = node.data.trim().replace(/\\s+/g, ' ');
    if (!text || parent.closest('script, style, noscript, template, svg')) continue;
    const language = parent.closest('[lang]');
    found.push([text, language ? language.lang : '']);
  }
  return found;
}"""
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
PAGES = ("/{}/premises/", "/{}/premises/GOSB-0001/", "/{}/premises/GOSB-0002/", "/{}/premises/shortlist/?ref=GOSB-0001",
         "/{}/business-location/", "/{}/business-location/who-does-what/")  # fmt: skip
FRENCH = {"premises/shortlist": "immobilier/selection", "premises": "immobilier", "who-does-what": "qui-fait-quoi",
          "business-location": "implantation"}  # fmt: skip


@pytest.fixture(scope="module")
def third(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("third")
    catalogue.write(folder / "locale")
    with copied(Env.db_url_config("sqlite:///")) as database:
        for site in serve(folder, f"sqlite:///{database}", settings=SETTINGS, THIRD_LOCALE=str(folder / "locale")):
            manage(site, "shell", "-c", PREPARE)
            yield site


def manage(site: Site, *arguments: str, settings: str = SETTINGS) -> str:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT, env={**site.environment, "DJANGO_SETTINGS_MODULE": settings},
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip


# Dates and measures are of their language without a catalogue of ours.
with override("de"):
    NAMES = [*dates.MONTHS.values(), *dates.MONTHS_3.values(), *dates.MONTHS_ALT.values(), *dates.MONTHS_AP.values()]
    MONTHS = sorted({str(name) for name in NAMES}, key=len, reverse=True)
LOCAL = re.compile(r"\b(?:" + "|".join(map(re.escape, MONTHS)) + r"|km|ha|kVA|min)(?!\w)")
WORD = re.compile(r"[^\W\d_]{2,}")


def words(found: Iterable[str]) -> set[str]:
    return {word for text in found for word in WORD.findall(text)}


def outside_brackets(found: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The texts that are no part of a message; a message may have mark-up inside."""
    depth = 0
    for text, language in found:
        outside = ""
        for sign in text:
            depth += (sign == "⟦") - (sign == "⟧")
            outside += sign if depth == 0 and sign != "⟧" else ""
        if outside.strip():
            yield outside.strip(), language


@pytest.fixture
def page(third: Site, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(base_url=third.url, viewport={"width": 320, "height": 800}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def in_french(path: str) -> str:
    for word, french in FRENCH.items():
        path = path.replace(word, french)
    return path


def texts(page: Page, path: str) -> list[tuple[str, str]]:
    response = page.goto(path)
    assert response is not None
    assert response.status == 200, path
    return [(text, language) for text, language in page.evaluate(TEXTS)]


def test_a_third_language_asks_for_no_migration(third):
    assert "No changes detected" in manage(third, "makemigrations", "--check", "--dry-run")


@pytest.mark.parametrize("path", PAGES)
def test_every_word_of_a_page_is_of_its_language_and_fits_a_phone(third, page, path):
    german = texts(page, path.format("de"))
    assert page.evaluate(WIDER) <= 0, f"{page.evaluate(WIDER)} px wider than 320"
    assert page.locator("html").get_attribute("lang") == "de"
    english = words(text for text, _language in texts(page, path.format("en")))
    french = words(text for text, _language in texts(page, in_french(path.format("fr"))))
    # What both other languages say alike is a name; words of another language say which it is.
    own = (LOCAL.sub("", text) for text, language in outside_brackets(german) if language == "de")
    assert words(own) - (english & french) <= {"Werkstatt", "mit", "Hof"}
    assert any("⟦" in text for text, _language in german)


def test_a_text_in_no_such_language_falls_back_and_says_its_own(page):
    told = texts(page, "/de/premises/GOSB-0002/")
    title = page.locator("h1").inner_text()
    assert (title, "fr") in told
    assert page.locator("h1").get_attribute("lang") == "fr"


def test_the_admin_has_an_input_for_the_third_language(page, third):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto("/admin/login/")
    page.fill("input[name=username]", "coordination")
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/admin/")
    page.goto("/admin/premises/")
    page.goto(page.locator("a[href*='/admin/premises/edit/']").first.get_attribute("href") or "")
    page.set_viewport_size({"width": 320, "height": 900})
    page.locator("[data-prem-tab=words]").click()
    labels = page.locator(".multilingual label").all_inner_texts()
    assert any("Deutsch" in label for label in labels)
    assert page.locator("#id_title_de").is_visible()
    assert page.locator("#id_title_de").get_attribute("lang") == "de"
    ours = page.locator(".prem .w-field__label, .prem h3").all_inner_texts()
    assert ours
    assert not [text for text in ours if text.strip() and "⟦" not in text]
    assert (
        page.evaluate("document.querySelector('.prem').scrollWidth - document.querySelector('.prem').clientWidth") <= 0
    )


def test_a_language_switched_off_keeps_its_texts_and_shows_none(third):
    asked = """
from django.test import Client
from properties.models import Property
print(Property.objects.get(reference="GOSB-0001").title["de"])
print("Werkstatt" in Client().get("/en/premises/GOSB-0001/").content.decode())
print(Client().get("/de/premises/").status_code == 200)
"""
    said = manage(third, "shell", "-c", asked, settings="config.settings.development").splitlines()
    assert said[-3:] == ["Werkstatt mit Hof", "False", "False"]
