"""The shapes content is written in."""

from typing import NamedTuple


class Bilingual(NamedTuple):
    """The same words in the two languages."""

    fr: str
    en: str


class TextSection(NamedTuple):
    """A title and paragraphs (HTML allowed by the editor: p, ul, li, b, i)."""

    heading: Bilingual
    body: Bilingual


# Begins what the publisher of a site has to write itself; the admin lists the pages that still hold it.
BLANK = Bilingual("[à compléter", "[to be filled in")
