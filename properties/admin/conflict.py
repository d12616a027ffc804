"""Merge of concurrent edits after an optimistic lock failure: both editors' values are shown, none is lost."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from foundation.by_language import field_of, split_name
from properties import lots
from properties.admin import history
from properties.forms.lots import PREFIX
from properties.forms.record import PropertyForm
from properties.models import Change, Lot, Property
from properties.services import as_text


@dataclass(frozen=True, slots=True)
class Difference:
    """Field changed by another editor meanwhile, with the typed value and the other editor's logged change.

    `keeps_typed`: both editors changed the field, and the form keeps the typed value.
    """

    line: history.ChangeLine
    typed: str
    keeps_typed: bool
    change: Change


def rebase(form: PropertyForm, current: Property) -> tuple[QueryDict, list[Difference]]:
    """Rebase a valid form typed on an outdated version onto the current version.

    A field untouched by the typist takes the other editor's value; a field changed by both keeps the typed value. The
    returned data carries the current version, so saving again is a deliberate choice.
    """
    data = form.data.copy()
    data["version"] = str(current.version)
    differences = list(_differences(form, current))
    for difference in differences:
        if difference.keeps_typed:
            continue
        if difference.line.name == "lots":
            _put_lots(data, list(current.lots.all()))
        elif (field := field_of(Property, difference.line.name)) in form.fields:
            _put(data, form.fields[field], difference.line.name, current)
    return data, differences


def _differences(form: PropertyForm, current: Property) -> Iterator[Difference]:
    version = form.cleaned_data.get("version") or 0
    for name, (before, after, change) in history.since(current, version).items():
        if before == after:
            continue
        typed = _typed(form, name)
        keeps = typed is not None and typed not in (before, after)
        typed_text = history.in_words(name, after if typed is None else typed)
        yield Difference(history.line(name, before, after), typed_text, keeps, change)


def _typed(form: PropertyForm, name: str) -> str | None:
    """Return the typed value as the log would write it, or None for a field absent from the form."""
    if name == "lots":
        values = form.lot_values
        return None if values is None else lots.described(Lot(**row) for row in values)
    field, language = split_name(Property, name)
    if field not in form.cleaned_data:
        return None
    value = form.cleaned_data[field]
    return str(value.get(language, "")) if language else as_text(value)


def _put(data: "MultiValueDict[str, Any]", field: forms.Field, name: str, current: Property) -> None:
    field_name, language = split_name(Property, name)
    if language:
        data[name] = getattr(current, field_name)[language]
        return
    value = getattr(current, f"{name}_id" if isinstance(field, forms.ModelChoiceField) else name)
    if isinstance(field, forms.BooleanField):
        data.pop(name, None)
        if value:
            data[name] = "on"
        return
    data[name] = as_text(value)


def _put_lots(data: "MultiValueDict[str, Any]", known: list[Lot]) -> None:
    for name in [name for name in data if name.startswith(f"{PREFIX}-")]:
        del data[name]
    data[f"{PREFIX}-TOTAL_FORMS"] = data[f"{PREFIX}-INITIAL_FORMS"] = str(len(known))
    for position, lot in enumerate(known):
        for name in lots.FIELDS:
            data[f"{PREFIX}-{position}-{name}"] = as_text(getattr(lot, name))
