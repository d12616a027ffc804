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


class Phase(NamedTuple):
    when: Words
    what: Words
    done: bool = False
