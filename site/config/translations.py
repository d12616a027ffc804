"""Message catalogues: compile, collect, check for missing or stale messages.

`python -m config.translations [compile | collect | check]`, with `site/` on the path. Compiling is pure Python: a bare
machine has no msgfmt, and a missing catalogue would even change URLs, which are translated.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import polib

SITE = Path(__file__).resolve().parents[1]
ROOT = SITE.parent
LOCALE = SITE / "locale"
# English is the language of the code; French is the only catalogue.
LANGUAGE = "fr"
SOURCES = (
    "implantation",
    "properties",
    "search",
    "templates",
    "site/config",
    "site/demo",
    "site/foundation",
    "site/pages",
    "site/territory",
)
# English words with several translations in French or the next language (verb and noun, genders, two meanings): each
# needs a message context when alone in a message.
_AMBIGUOUS = """
about / after / all / any / at / before / by / change / close / correct / done / due / earlier / from / item / later
lead / line / lines / mail / may / missing / new / next / none / note / now / of / offer / on / open / opening / order
place / position / post / present / received / record / rent / review / search / see / sent / since / start again
state / then / to / type / until / was / without
"""
AMBIGUOUS = frozenset(re.split(r" / |\n", _AMBIGUOUS.strip()))
ENDING = re.compile(r"[\s.:?!…]+$")
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|%[sd]|\{[a-z_]*\}")


def compile_catalogues(root: Path = LOCALE) -> list[Path]:
    """Write the .mo of each newer .po; return the paths written."""
    written = []
    for source in sorted(root.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(target))
            written.append(target)
    return written


def collect(catalogue: Path = LOCALE / LANGUAGE / "LC_MESSAGES" / "django.po") -> polib.POFile:
    """Return the catalogue updated from the sources: new messages are empty, unused messages removed."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"
        target.parent.mkdir(parents=True)
        if catalogue.exists():
            target.write_bytes(catalogue.read_bytes())
        for source in SOURCES:
            (Path(folder) / source).parent.mkdir(parents=True, exist_ok=True)
            (Path(folder) / source).symlink_to(ROOT / source, target_is_directory=True)
        subprocess.run(
            [
                *[sys.executable, "-m", "django", "makemessages", "-l", LANGUAGE, "--symlinks"],
                *["--no-wrap", "--add-location", "file", "--no-obsolete", "--verbosity", "0"],
            ],
            cwd=folder,
            env={key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"},
            check=True,
        )
        collected = polib.pofile(str(target), wrapwidth=0)
    for entry in collected:
        # Former msgids only explain fuzzy guesses, and fuzzy entries are rejected.
        entry.previous_msgctxt = entry.previous_msgid = entry.previous_msgid_plural = None
    for name in ("POT-Creation-Date", "PO-Revision-Date"):
        # Dates would make every run a change.
        collected.metadata.pop(name, None)
    return collected


def problems(catalogue: Path = LOCALE / LANGUAGE / "LC_MESSAGES" / "django.po") -> list[str]:
    """Return the faults of a catalogue: untranslated, fuzzy, stale, or mismatched placeholders."""
    current, wanted = polib.pofile(str(catalogue)), collect(catalogue)
    catalogue_keys = {(entry.msgctxt, entry.msgid) for entry in current if not entry.obsolete}
    source_keys = {(entry.msgctxt, entry.msgid) for entry in wanted}
    faults = [f"not in the catalogue: {text!r}" for _context, text in sorted(source_keys - catalogue_keys, key=str)]
    faults += [f"no longer used: {text!r}" for _context, text in sorted(catalogue_keys - source_keys, key=str)]
    faults += [f"untranslated: {entry.msgid!r}" for entry in current.untranslated_entries()]
    faults += [f"uncertain (fuzzy): {entry.msgid!r}" for entry in current.fuzzy_entries()]
    faults += [
        f"placeholders differ: {entry.msgid!r}" for entry in current.translated_entries() if placeholders_differ(entry)
    ]
    faults += ambiguities(wanted)
    return faults


def ambiguities(catalogue: Iterable[polib.POEntry]) -> Iterator[str]:
    """Yield ambiguous messages.

    Two kinds: an ambiguous word without a context, and a word (case and ending aside) with two translations but no
    context.
    """
    alike: dict[str, list[polib.POEntry]] = defaultdict(list)
    for entry in catalogue:
        if not entry.obsolete and not entry.msgctxt:
            alike[_bare(entry.msgid)].append(entry)
    for word, entries in alike.items():
        if word in AMBIGUOUS:
            yield from (f"needs a context: {entry.msgid!r}" for entry in entries)
        elif len({_bare(entry.msgstr or entry.msgstr_plural.get(0, "")) for entry in entries}) > 1:
            yield f"one word, two translations: {', '.join(repr(text) for text in sorted(e.msgid for e in entries))}"


def _bare(text: str) -> str:
    return ENDING.sub("", text.strip()).casefold()


def placeholders_differ(entry: polib.POEntry) -> bool:
    """Return True when a translation's placeholders differ from its source's; a singular may omit the number."""

    def names(text: str) -> set[str]:
        return set(PLACEHOLDER.findall(text))

    if not entry.msgid_plural:
        return names(entry.msgstr) != names(entry.msgid)
    singular, plural = entry.msgstr_plural[0], entry.msgstr_plural[max(entry.msgstr_plural)]
    return names(plural) != names(entry.msgid_plural) or not names(singular) <= names(entry.msgid_plural)


if __name__ == "__main__":
    verb = sys.argv[1] if len(sys.argv) > 1 else "compile"
    if verb == "check":
        if found := problems():
            sys.exit("\n".join(found))
        print("translations: complete")
    elif verb == "collect":
        collect().save(str(LOCALE / LANGUAGE / "LC_MESSAGES" / "django.po"))
    else:
        for path in compile_catalogues():
            print(f"compiled {path.relative_to(LOCALE)}")
