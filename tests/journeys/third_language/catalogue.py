"""The pseudo-language: each message in brackets, two fifths longer, with its placeholders; addresses stay."""

from pathlib import Path

import polib

from config.translations import LANGUAGE, LOCALE

LONGER = 0.4


def lengthened(message: str) -> str:
    """A message in brackets, longer by letters that break nowhere but between words of eight."""
    if not message.strip() or message.endswith("/"):
        return message
    more = max(1, round(len(message) * LONGER) - 2)
    padding = " ".join("ö" * min(8, more - start) for start in range(0, more, 9))
    start, end = (message[: len(message) - len(message.lstrip())], message[len(message.rstrip()) :])
    return f"{start}⟦{message.strip()} {padding}⟧{end}"


def write(folder: Path) -> None:
    """Write the catalogue of `de` into a folder that `LOCALE_PATHS` names."""
    source = polib.pofile(str(LOCALE / LANGUAGE / "LC_MESSAGES" / "django.po"), wrapwidth=0)
    made = polib.POFile()
    made.metadata = {"Content-Type": "text/plain; charset=utf-8", "Plural-Forms": "nplurals=2; plural=(n != 1);"}
    for entry in source:
        one, many = lengthened(entry.msgid), lengthened(entry.msgid_plural)
        plural = {"msgid_plural": entry.msgid_plural, "msgstr_plural": {0: one, 1: many}} if entry.msgid_plural else {}
        made.append(polib.POEntry(msgctxt=entry.msgctxt, msgid=entry.msgid, msgstr="" if plural else one, **plural))
    target = folder / "de" / "LC_MESSAGES"
    target.mkdir(parents=True)
    made.save_as_mofile(str(target / "django.mo"))
