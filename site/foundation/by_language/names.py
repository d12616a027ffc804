"""Names of one language's text of a field, such as `title_fr`: of an input, a column of a file, a key of a log."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model

from foundation.by_language.errors import LanguageError
from foundation.by_language.fields import TextByLanguageField


def text_name(field: str, code: str) -> str:
    return f"{field}_{code}"


@cache
def fields_by_language(model: type[Model]) -> frozenset[str]:
    """The names of a model's fields that hold texts by language."""
    return frozenset(field.name for field in model._meta.fields if isinstance(field, TextByLanguageField))


def split_name(model: type[Model], name: str) -> tuple[str, str]:
    """The field and the language of a name such as `title_fr`; the name and "" when it is not one language's text.

    The language need not be one of the site: a log speaks of those that it had.
    """
    field, _underscore, code = name.rpartition("_")
    return (field, code) if code and field in fields_by_language(model) else (name, "")


def field_of(model: type[Model], name: str) -> str:
    """The field that holds what a name speaks of."""
    return split_name(model, name)[0]


def gathered(model: type[Model], values: Mapping[str, Any]) -> dict[str, Any]:
    """Values with the texts of one field together: `{"title_fr": "A"}` becomes `{"title": {"fr": "A"}}`."""
    together: dict[str, Any] = {}
    for name, value in values.items():
        field, code = split_name(model, name)
        if code:
            together[field] = {**together.get(field, {}), code: value}
        else:
            together[name] = value
    return together


def spread(model: type[Model], names: Iterable[str], instance: Model) -> dict[str, Any]:
    """The values of fields of an instance, each text by language as one value a language that it has."""
    values: dict[str, Any] = {}
    for name in names:
        value = getattr(instance, name)
        if name in fields_by_language(model):
            values |= {text_name(name, code): text for code, text in value.items()}
        else:
            values[name] = value
    return values


def refusal(model: type[Model], messages: Mapping[str, str]) -> ValidationError:
    """The error of messages by name, those of one language's text at their field and their language."""
    errors: dict[str, list[ValidationError]] = {}
    for name, message in messages.items():
        field, code = split_name(model, name)
        error = LanguageError(message, language=code) if code else ValidationError(message)
        errors.setdefault(field, []).append(error)
    return ValidationError(errors)


def named(error: ValidationError) -> dict[str, list[str]]:
    """The messages of an error by name, a language's text by its own."""
    messages: dict[str, list[str]] = {}
    for field, errors in error.error_dict.items():
        for field_error in errors:
            language = getattr(field_error, "language", "")
            messages.setdefault(text_name(field, language) if language else field, []).extend(field_error.messages)
    return messages
