"""The model field of a text by language: one JSON column, whatever the languages of the site."""

import json
from collections.abc import Mapping
from functools import partial
from typing import Any

from django import forms
from django.conf import settings
from django.core import checks
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext_lazy as _

from foundation.by_language.errors import LanguageError
from foundation.by_language.forms import TextByLanguageFormField
from foundation.by_language.lookups import InAnyLanguage, TextIn, WrittenIn
from foundation.by_language.value import TextByLanguage, language_codes


class TextByLanguageAttribute(DeferredAttribute):
    """The attribute of an instance: a mapping that is assigned becomes a `TextByLanguage`; a plain text is refused."""

    field: "TextByLanguageField"

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = self.field.as_value(value)


class TextByLanguageField(models.JSONField):
    """Texts keyed by language; read as `TextByLanguage`, never null.

    `blank=False` requires the default language, `every_language=True` each language of the site. `max_length` is that
    of each language's text. `multiline` gives text areas.
    """

    descriptor_class = TextByLanguageAttribute
    default_error_messages = {
        "invalid": _("This is not a text by language."),
        "unknown_language": _("The site has no language “%(code)s”."),
    }

    def __init__(self, *args: Any, multiline: bool = False, every_language: bool = False, **options: Any) -> None:
        options.setdefault("default", TextByLanguage)
        self.multiline, self.every_language = multiline, every_language
        # As the constraint has it: the language that is required is not that of a request or of a test.
        self.default_language = settings.LANGUAGE_CODE
        super().__init__(*args, **options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        path = path.replace("foundation.by_language.fields.", "foundation.by_language.")
        if options.get("default") is TextByLanguage:
            del options["default"]
        if self.multiline:
            options["multiline"] = True
        if self.every_language:
            options["every_language"] = True
        return name, path, args, options

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        return [*super().check(**kwargs), *self._check_null(), *self._check_names()]

    def _check_null(self) -> list[checks.CheckMessage]:
        if not self.null:
            return []
        return [checks.Error("A text by language is empty, never null.", obj=self, id="by_language.E001")]

    def _check_names(self) -> list[checks.CheckMessage]:
        """Inputs, columns of files and logs call one language's text `title_fr`: no other field may be called so."""
        names = {field.name for field in self.model._meta.get_fields()}
        taken = sorted(names & {f"{self.name}_{code}" for code in language_codes()})
        return [
            checks.Error(
                f"The field “{name}” is called like a language's text of this one.", obj=self, id="by_language.E002"
            )
            for name in taken
        ]

    def as_value(self, value: Any) -> Any:
        """What an instance holds for a value; expressions stay."""
        if value is None or isinstance(value, TextByLanguage) or hasattr(value, "resolve_expression"):
            return value
        if isinstance(value, Mapping):
            return TextByLanguage(value)
        raise TypeError(f"{self.name} takes texts by language code, not {value!r}")

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        value = super().from_db_value(value, expression, connection)
        return TextByLanguage(value) if isinstance(value, dict) else value

    def to_python(self, value: Any) -> Any:
        try:
            return self.as_value(json.loads(value) if isinstance(value, str) else value)
        except (TypeError, ValueError):
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None

    def get_prep_value(self, value: Any) -> Any:
        value = self.as_value(value)
        return value.stored() if isinstance(value, TextByLanguage) else value

    def get_transform(self, name: str) -> Any:
        """`title__fr` is a text, to be compared as one."""
        return models.Field.get_transform(self, name) or partial(TextIn, name)

    def value_to_string(self, obj: Any) -> Any:
        value = self.value_from_object(obj)
        return value.stored() if isinstance(value, TextByLanguage) else value

    def validate(self, value: Any, model_instance: Any) -> None:
        if not isinstance(value, TextByLanguage):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if errors := list(self._errors(value, model_instance)):
            raise ValidationError(errors)

    def _errors(self, value: TextByLanguage, instance: Any) -> Any:
        for code in self.required_languages():
            if not value[code]:
                yield LanguageError(forms.Field.default_error_messages["required"], language=code, code="required")
        stored = instance is not None and not instance._state.adding
        for code, text in value.items():
            # One that was switched off keeps what is stored.
            if code not in language_codes() and not stored:
                message = self.error_messages["unknown_language"] % {"code": code}
                yield LanguageError(message, language=code, code="unknown_language")
            if self.max_length is not None:
                try:
                    MaxLengthValidator(self.max_length)(text)
                except ValidationError as error:
                    yield LanguageError(error.messages[0], language=code, code="max_length")

    def required_languages(self) -> list[str]:
        """The languages in which a text is required."""
        if self.every_language:
            return language_codes()
        return [] if self.blank else [self.default_language]

    def save_form_data(self, instance: Any, data: Any) -> None:
        """Take what a form gives; a language that it does not show keeps its text."""
        setattr(instance, self.name, getattr(instance, self.name) | data)

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        options = {
            "form_class": TextByLanguageFormField,
            "max_length": self.max_length,
            "multiline": self.multiline,
            "required_languages": self.required_languages,
            # The default is empty: nothing of it is shown or compared.
            "initial": None,
            "show_hidden_initial": False,
        }
        return models.Field.formfield(self, **options | kwargs)


TextByLanguageField.register_lookup(InAnyLanguage)
TextByLanguageField.register_lookup(WrittenIn)
