"""The shapes content is written in."""

from typing import NamedTuple


class Words(NamedTuple):
    """The same words in the two languages."""

    fr: str
    en: str


class Section(NamedTuple):
    """A title and paragraphs (HTML allowed by the editor: p, ul, li, b, i)."""

    heading: Words
    body: Words


# Begins what the publisher of a site has to write itself; the admin lists the pages that still hold it.
BLANK = Words("[à compléter", "[to be filled in")
