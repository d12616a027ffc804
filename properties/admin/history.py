"""Log of changes in readable words, and undo of one change."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import BooleanField, DateField, Field, ForeignKey, JSONField
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from foundation.by_language import field_of, language_name, split_name
from foundation.wording import day, number
from properties import lots
from properties.choices import MediaKind
from properties.forms.tabs import TAB_OF
from properties.models import Change, Lot, Property
from properties.services import as_text, update_property

# Not undoable: deleted files are gone, and the import owns the source's values.
NOT_TAKEN_BACK = frozenset({"media", "source_values"})
_NUMERIC = ("DecimalField", "PositiveIntegerField")


class NoLongerFitsError(Exception):
    """Change impossible to undo; the message gives the reason. Nothing was written."""


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One field of a change, in the active language; an empty value reads "not stated"."""

    name: str
    label: str
    tab: str
    before: str
    after: str


def lines(change: Change) -> list[ChangeLine]:
    return [line(name, before, after) for name, (before, after) in change.fields.items()]


def line(name: str, before: str, after: str) -> ChangeLine:
    field = field_of(Property, name)
    tab = str(TAB_OF[field].title) if field in TAB_OF else ""
    return ChangeLine(name, label(name), tab, in_words(name, before), in_words(name, after))


def label(name: str) -> str:
    """Return the form's label of a field, with its unit."""
    if name in ("lots", "media"):
        return _("Lots") if name == "lots" else _("Photos, plans, brochure")
    field, language = split_name(Property, name)
    try:
        words = capfirst(str(_field(field).verbose_name))
        return f"{words}, {language_name(language)}" if language else words
    except FieldDoesNotExist:
        return name  # a field removed from the record since


def in_words(name: str, text: str) -> str:
    """Format a logged value: the label of a choice, a date, or a number in local notation."""
    if text == "":
        return _("not stated") if name not in ("lots", "media") else pgettext("items", "none")
    if name == "lots":
        return "\n".join(_lot_in_words(values) for values in lots.read(text))
    if split_name(Property, name)[1]:
        return text
    if name == "media":
        kinds = {kind.value: str(kind.label) for kind in MediaKind}
        rows = [row.split(" | ") for row in text.splitlines()]
        return "\n".join(", ".join([kinds.get(row[0], row[0]), *row[1:]]) for row in rows)
    try:
        field = _field(name)
    except FieldDoesNotExist:
        return text
    if isinstance(field, BooleanField):
        return _("yes") if text == "True" else _("no")
    if field.choices:
        return str(dict(field.flatchoices).get(text, text))
    return _plain(field, text)


def _plain(field: "Field[Any, Any]", text: str) -> str:
    try:
        if isinstance(field, DateField):
            return day(date.fromisoformat(text[:10]))
        # Years and latitudes have other field types: they take no thousands separator.
        if field.get_internal_type() in _NUMERIC:
            return number(field.to_python(text))
    except (ValueError, ValidationError):
        return text
    return text


def _lot_in_words(values: dict[str, str]) -> str:
    parts = [values["label"], values.get("floor", "")]
    for name, unit in (("surface", "m²"), ("rent", "€/m²")):
        if values.get(name):
            parts.append(f"{_plain(_lot_field(name), values[name])} {unit}")
    if values.get("available_from"):
        parts.append(_plain(_lot_field("available_from"), values["available_from"]))
    return ", ".join(filter(None, parts))


def _field(name: str) -> "Field[Any, Any]":
    field = Property._meta.get_field(name)
    assert isinstance(field, Field)
    return field


def _lot_field(name: str) -> "Field[Any, Any]":
    field = Lot._meta.get_field(name)
    assert isinstance(field, Field)
    return field


def since(instance: Property, version: int) -> dict[str, tuple[str, str, Change]]:
    """Merge the changes after a version into {field: (value then, value now, last change)}, as logged."""
    merged: dict[str, tuple[str, str, Change]] = {}
    for change in Change.objects.filter(property=instance, version__gt=version).select_related("user").order_by("pk"):
        for name, (before, after) in change.fields.items():
            merged[name] = (merged[name][0] if name in merged else before, after, change)
    return merged


def may_be_taken_back(change: Change) -> bool:
    return not NOT_TAKEN_BACK & change.fields.keys()


def take_back(*, change: Change, version: int, user: User) -> Property:
    """Restore the values before a change by writing a new change.

    Raises `NoLongerFitsError` when one of its fields was changed again or the record refuses the old values,
    `services.StaleVersionError` when somebody else writes meanwhile. Nothing is written then.
    """
    instance = Property.objects.get(pk=change.property_id)
    if not may_be_taken_back(change):
        raise NoLongerFitsError(_("A change of photos, plans or brochure cannot be taken back."))
    for name, (_before, after) in change.fields.items():
        if _current(instance, name) != after:
            raise NoLongerFitsError(_("“%(field)s” was changed again since.") % {"field": label(name)})
    try:
        values = dict(_values(change))
        restored = values.pop("lots", None)
        return update_property(instance=instance, values=values, version=version, lots=restored, user=user)
    except ValidationError as error:
        raise NoLongerFitsError(" ".join(error.messages)) from None


def _current(instance: Property, name: str) -> str:
    if name == "lots":
        return lots.described(instance.lots.all())
    field, language = split_name(Property, name)
    value = getattr(instance, field, None)
    return value[language] if language and value is not None else as_text(value)


def _values(change: Change) -> Iterator[tuple[str, Any]]:
    for name, (before, _after) in change.fields.items():
        if name == "lots":
            yield name, [_lot_values(values) for values in lots.read(before)]
        elif split_name(Property, name)[1]:
            yield name, before
        else:
            yield name, _parsed(_field(name), before)


def _lot_values(values: dict[str, str]) -> dict[str, Any]:
    return {name: _parsed(_lot_field(name), text) for name, text in values.items()}


def _parsed(field: "Field[Any, Any]", text: str) -> Any:
    """Parse text of `services.as_text` into a field value. Raises `NoLongerFitsError` for a deleted related row."""
    if isinstance(field, ForeignKey):
        related_row = next((row for row in field.related_model._default_manager.all() if str(row) == text), None)
        if related_row is None:
            raise NoLongerFitsError(_("“%(value)s” no longer exists.") % {"value": text})
        return related_row
    if text == "" and field.null:
        return None
    return json.loads(text) if isinstance(field, JSONField) else field.to_python(text)
