"""Content shapes of the demonstration, beside those of the first pages."""

from typing import NamedTuple

from pages.first_pages.words import Words


class Phase(NamedTuple):
    when: Words
    what: Words
    done: bool = False
