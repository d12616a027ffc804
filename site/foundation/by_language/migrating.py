"""The operation of a migration that gathers columns of one language each in one text by language, and back."""

from typing import Any

from django.db.migrations import RunPython
from django.db.models import Case, F, JSONField, Value, When
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, JSONObject

_FORMER = ("fr", "en")
# What a text that is required now, and that no language had, becomes.
_NOTHING = "—"


def gather_columns(app: str, model: str, *fields: str, required: tuple[str, ...] = ()) -> RunPython:
    """`title_fr` and `title_en` become `title`; both stand in the state of the migration.

    A `required` field whose French is empty takes the English for it.
    """

    def forward(apps: Any, schema_editor: Any) -> None:
        rows = apps.get_model(app, model)._base_manager.using(schema_editor.connection.alias)
        rows.update(**{field: _gathered(field, required=field in required) for field in fields})

    def backward(apps: Any, schema_editor: Any) -> None:
        rows = apps.get_model(app, model)._base_manager.using(schema_editor.connection.alias)
        former = {f"{field}_{code}": f"{field}__{code}" for field in fields for code in _FORMER}
        rows.update(**{column: Coalesce(KT(key), Value("")) for column, key in former.items()})

    return RunPython(forward, backward)


def _gathered(field: str, *, required: bool) -> Case:
    french, english = (f"{field}_{code}" for code in _FORMER)
    only_english = JSONObject(fr=F(english), en=F(english)) if required else JSONObject(en=F(english))
    nothing = {"fr": _NOTHING} if required else {}
    return Case(
        When(**{f"{french}__gt": "", f"{english}__gt": "", "then": JSONObject(fr=F(french), en=F(english))}),
        When(**{f"{french}__gt": "", "then": JSONObject(fr=F(french))}),
        When(**{f"{english}__gt": "", "then": only_english}),
        default=Value(nothing, JSONField()),
        output_field=JSONField(),
    )
