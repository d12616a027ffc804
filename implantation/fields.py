"""Fields of the public form: lenient parsing, bounded values."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from stdnum.exceptions import ValidationError as BadNumber
from stdnum.fr import siret

_UNITS = re.compile(r"\s*(m²|m2|€|eur|euros?)\s*$", re.IGNORECASE)
# A space of any width, a full stop or a comma, before exactly three digits: common thousands separators.
_THOUSANDS = re.compile(r"(?<=\d)[\s.,'’](?=\d{3}(\D|$))")


class LineField(forms.CharField):
    """Text of one line, at most `longest` characters."""

    def __init__(self, *, longest: int, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {}).setdefault("required", _("This answer is needed."))
        super().__init__(max_length=longest, **kwargs)
        self.widget.attrs.pop("maxlength", None)  # too long a text gets an error, and is never cut while being pasted

    def clean(self, value: Any) -> str:
        return " ".join(super().clean(value).split())


class ParagraphField(forms.CharField):
    """Free text of several lines, at most `longest` characters, with CRLF and CR normalised to LF."""

    def __init__(self, *, longest: int, rows: int, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows})
        messages = {
            "required": _("This answer is needed."),
            "max_length": ngettext_lazy(
                "This text has %(show_value)d characters: %(limit_value)d at most.",
                "This text has %(show_value)d characters: %(limit_value)d at most.",
                "limit_value",
            ),
        }
        super().__init__(max_length=longest, widget=widget, error_messages=messages, **kwargs)
        self.widget.attrs.pop("maxlength", None)

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")


class WholeNumber(forms.IntegerField):
    """Optional whole number from `smallest` to `largest`. Parses `1 200`, `1.200`, `1,200` and `1 200 m²`."""

    def __init__(self, *, smallest: int, largest: int, **kwargs: Any) -> None:
        messages = {
            "invalid": _("Write a whole number, such as 250."),
            "min_value": _("Write %(limit_value)s or more."),
            "max_value": _("Write %(limit_value)s or less."),
        }
        super().__init__(
            min_value=smallest,
            max_value=largest,
            required=False,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            error_messages=messages,
            **kwargs,
        )

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str):
            value = _THOUSANDS.sub("", _UNITS.sub("", value.strip()))
            if len(value) > 20:  # beyond every bound, and parsing very long digits is slow
                raise ValidationError(self.error_messages["invalid"], code="invalid")
        number: int | None = super().to_python(value)
        return number


class Siret(forms.CharField):
    """Optional French SIRET of 14 digits, validated by its check digit. Spaces are removed."""

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        try:
            return str(siret.validate(text))
        except BadNumber:
            raise ValidationError(
                _("This is not a SIRET: 14 digits, as on your registration. You may leave it empty.")
            ) from None


class RadioField(forms.ChoiceField):
    """Choice from a closed list, as radios; unanswered is `unknown`, a value outside the list is an error.

    `hints` explain some values.
    """

    widget = forms.RadioSelect

    def __init__(self, *, hints: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        self.hints = hints or {}
        messages = {"invalid_choice": _("Choose one answer of the list.")}
        super().__init__(required=False, error_messages=messages, **kwargs)

    def clean(self, value: Any) -> str:
        return super().clean(value) or "unknown"
