"""The message catalogues."""

import shutil
from pathlib import Path

import polib
import pytest
from django.utils.translation import gettext, override, pgettext

from config.translations import AMBIGUOUS, ambiguities, compile_catalogues, placeholders_differ, problems

SHIPPED = Path(__file__).resolve().parents[2] / "site" / "locale" / "fr" / "LC_MESSAGES" / "django.po"

needs_gettext = pytest.mark.skipif(shutil.which("xgettext") is None, reason="gettext is not installed here")


def entry(msgid: str, msgstr: str = "", **more: object) -> polib.POEntry:
    return polib.POEntry(msgid=msgid, msgstr=msgstr, **more)


def test_catalogues_compile_with_python_alone(tmp_path):
    source = tmp_path / "fr" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "River"\nmsgstr "Fleuve"\n'
    )
    assert compile_catalogues(tmp_path) == [source.with_suffix(".mo")]
    assert polib.mofile(str(source.with_suffix(".mo"))).find("River").msgstr == "Fleuve"
    assert compile_catalogues(tmp_path) == [], "what is up to date is left alone"


def test_the_interface_speaks_french():
    with override("fr"):
        assert gettext("premises/") == "immobilier/"


@pytest.mark.parametrize(
    ("source", "translation", "differ"),
    [
        ("%(count)s premises", "%(count)s biens", False),
        ("%(count)s premises", "des biens", True),
        ("premises", "%(count)s biens", True),
        ("{name}: {count}", "{count} pour {name}", False),
        ("{name}", "{nom}", True),
        ("100 %", "100 %", False),
    ],
)
def test_a_translation_keeps_the_placeholders(source, translation, differ):
    assert placeholders_differ(entry(source, translation)) is differ


def test_a_plural_may_leave_the_number_out_of_the_singular():
    plural = entry("one property", msgid_plural="%(n)s properties", msgstr_plural={0: "un bien", 1: "%(n)s biens"})
    assert not placeholders_differ(plural)
    plural.msgstr_plural[1] = "des biens"
    assert placeholders_differ(plural)


@needs_gettext
def test_the_check_finds_what_is_missing_stale_empty_and_uncertain(tmp_path):
    catalogue = polib.pofile(str(SHIPPED))
    already = problems(SHIPPED)
    catalogue.remove(catalogue.find("commune"))
    catalogue.append(entry("nobody says this", "personne ne le dit"))
    catalogue.find("communes").msgstr = ""
    catalogue.find("partner").flags.append("fuzzy")
    changed = tmp_path / "django.po"
    catalogue.save(str(changed))
    assert sorted(set(problems(changed)) - set(already)) == [
        "no longer used: 'nobody says this'",
        "not in the catalogue: 'commune'",
        "uncertain (fuzzy): 'partner'",
        "untranslated: 'communes'",
    ]


def test_no_shipped_word_has_two_meanings_for_one_translation():
    assert list(ambiguities(polib.pofile(str(SHIPPED)))) == []


@pytest.mark.parametrize("word", sorted(AMBIGUOUS))
@pytest.mark.parametrize("ending", ["", ".", ":", " ?"])
def test_an_ambiguous_word_needs_a_context_however_it_is_written(word, ending):
    written = word.capitalize() + ending
    assert list(ambiguities([entry(written, "mot")])) == [f"needs a context: {written!r}"]
    assert list(ambiguities([entry(written, "mot", msgctxt="verb")])) == []


def test_words_that_differ_in_case_alone_are_translated_alike_unless_a_context_tells_them_apart():
    words = [entry("Owner", "Propriétaire"), entry("owner:", "propriétaire :"), entry("owner", "bailleur")]
    assert list(ambiguities(words[:2])) == []
    assert list(ambiguities(words)) == ["one word, two translations: 'Owner', 'owner', 'owner:'"]
    assert list(ambiguities([*words[:2], entry("owner", "bailleur", msgctxt="who lets")])) == []


@pytest.mark.parametrize(
    ("context", "word", "french"),
    [
        ("approximately", "About", "Environ"),
        ("approximately", "about", "environ"),
        ("column", "About", "Objet"),
        ("what comes next", "Next", "Ensuite"),
        ("a closed request", "Start again", "Recommencer"),
        ("an import", "Start again", "Relancer"),
        ("verb", "Search", "Rechercher"),
        ("noun", "Search", "Recherche"),
        ("partners", "All", "Tous"),
        ("enquiries", "All", "Toutes"),
    ],
)
def test_one_english_word_has_the_french_of_each_meaning(context, word, french):
    with override("fr"):
        assert pgettext(context, word) == french
