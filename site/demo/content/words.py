"""Content shapes of the demonstration, beside those of the first pages."""

from typing import NamedTuple

from pages.first_pages.words import Bilingual


class Phase(NamedTuple):
    when: Bilingual
    what: Bilingual
    done: bool = False
