"""Errors of one language's text."""

from typing import Any

from django.core.exceptions import ValidationError


class LanguageError(ValidationError):
    """An error of the text of one `language`: a form shows it at the input of that language."""

    def __init__(self, message: Any, *, language: str, code: str | None = None) -> None:
        super().__init__(message, code)
        self.language = language
