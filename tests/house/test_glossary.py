"""`docs/glossary.md` says what the code and the two interfaces say."""

import re
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parents[2]
ROWS = re.findall(r"^\| `(\w+)` \| (.+?) \| (.+?) \| (.+?) \|$", (ROOT / "docs" / "glossary.md").read_text(), re.M)
ROOMS = ("implantation", "properties", "search", "site")


@pytest.fixture(scope="module")
def names() -> set[str]:
    """Every identifier of the code, modules included."""
    modules = [path for room in ROOMS for path in (ROOT / room).rglob("*.py") if "migrations" not in path.parts]
    found = {part for path in modules for part in path.relative_to(ROOT).with_suffix("").parts}
    return found.union(*(re.findall(r"\b[A-Za-z_]\w+\b", path.read_text()) for path in modules))


@pytest.fixture(scope="module")
def catalogue() -> polib.POFile:
    return polib.pofile(str(ROOT / "site" / "locale" / "fr" / "LC_MESSAGES" / "django.po"))


def contains(texts: list[str], term: str) -> bool:
    return any(re.search(rf"\b{re.escape(term)}s?\b", text, re.IGNORECASE) for text in texts)


def test_the_glossary_has_some_forty_words_each_once():
    assert 40 <= len(ROWS) <= 50
    assert len({code for code, *_ in ROWS}) == len(ROWS)


def test_the_first_column_names_things_of_the_code(names):
    assert not [code for code, *_ in ROWS if code not in names]


def test_the_french_and_english_columns_are_words_of_the_interface(catalogue):
    french = [text for entry in catalogue for text in [entry.msgstr, *entry.msgstr_plural.values()]]
    english = [text for entry in catalogue for text in [entry.msgid, entry.msgid_plural]]
    assert not [term for _, term, _, _ in ROWS if not contains(french, term)]
    assert not [term for _, _, term, _ in ROWS if not contains(english, term)]
