"""Words kept per language on one row: `title_fr` and `title_en` read as `title`."""

from typing import Any

from django.conf import settings
from django.utils.translation import get_language

from foundation.by_language import TextByLanguage


class InLanguage:
    """Read-only attribute giving the active language's column, or the first one that is filled.

    `title = InLanguage("title")` reads `title_fr` or `title_en`; what is missing in one language is shown in the
    other rather than left empty.
    """

    def __init__(self, field: str) -> None:
        self.field = field

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        if instance is None:
            return self
        return in_language(instance, self.field, get_language())


def in_language(instance: Any, field: str, language: str | None) -> str:
    """The words of `field` in `language` (`fr`, `en`), or in the first language that has some."""
    column = _filled(instance, field, language)
    return str(getattr(instance, column)) if column else ""


def language_shown(instance: Any, field: str, language: str | None) -> str:
    """The language of the words that `in_language` gives; empty when there are none."""
    value = getattr(instance, field)
    if isinstance(value, TextByLanguage):
        return value.shown_language(language)
    return _filled(instance, field, language)[len(field) + 1 :]


def _filled(instance: Any, field: str, language: str | None) -> str:
    return next((column for column in columns(field, language) if getattr(instance, column, "")), "")


def columns(field: str, language: str | None) -> list[str]:
    """The columns of `field`, in the order in which one looks for words to show in `language`."""
    codes = [code for code, _ in settings.LANGUAGES]
    wanted = (language or settings.LANGUAGE_CODE)[:2]
    return [f"{field}_{code}" for code in sorted(codes, key=lambda code: code != wanted)]
