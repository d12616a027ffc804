"""The message catalogues."""

import shutil
from pathlib import Path

import polib
import pytest
from django.utils.translation import gettext, override

from config.translations import compile_catalogues, placeholders_differ, problems

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
    shipped = Path(__file__).resolve().parents[2] / "site" / "locale" / "fr" / "LC_MESSAGES" / "django.po"
    catalogue = polib.pofile(str(shipped))
    already = problems(shipped)
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
