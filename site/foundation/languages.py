"""Per-language columns of one row: `title_fr` and `title_en` read as `title`."""

from typing import Any

from django.conf import settings
from django.utils.translation import get_language


class InLanguage:
    """Read-only descriptor of a text in the active language, with fallback to the first filled language.

    `title = InLanguage("title")` reads `title_fr` or `title_en`: a missing translation shows the other language rather
    than nothing.
    """

    def __init__(self, field: str) -> None:
        self.field = field

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        if instance is None:
            return self
        return in_language(instance, self.field, get_language())


def in_language(instance: Any, field: str, language: str | None) -> str:
    """Return `field` in `language` (`fr`, `en`), with fallback to the first filled language."""
    column = _filled(instance, field, language)
    return str(getattr(instance, column)) if column else ""


def language_shown(instance: Any, field: str, language: str | None) -> str:
    """Return the language used by `in_language`; empty when no language is filled."""
    return _filled(instance, field, language)[len(field) + 1 :]


def _filled(instance: Any, field: str, language: str | None) -> str:
    return next((column for column in columns(field, language) if getattr(instance, column)), "")


def columns(field: str, language: str | None) -> list[str]:
    """Return the columns of `field` in fallback order for `language`."""
    codes = [code for code, _ in settings.LANGUAGES]
    wanted = (language or settings.LANGUAGE_CODE)[:2]
    return [f"{field}_{code}" for code in sorted(codes, key=lambda code: code != wanted)]
