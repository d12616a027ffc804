"""The operation of a migration that gathers columns of one language each in one text by language, and back."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db.migrations import RunPython
from django.db.models import Value
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce

from foundation.by_language.value import TextByLanguage

_FORMER = ("fr", "en")
# What a text that is required now, and that no language had, becomes.
_NOTHING = "—"
_BATCH = 500


def gather_columns(app: str, model: str, *fields: str, required: tuple[str, ...] = ()) -> RunPython:
    """`title_fr` and `title_en` become `title`; all of them stand in the state of the migration.

    A `required` field whose French is empty takes the English for it. Written row by row, not by a function of the
    database: SQLite compares the text of JSON, and Django is to find again what it wrote.
    """

    def forward(apps: Any, schema_editor: Any) -> None:
        rows = apps.get_model(app, model)._base_manager.using(schema_editor.connection.alias)
        for batch in _batches(rows.order_by("pk").iterator(chunk_size=_BATCH)):
            for row in batch:
                for field in fields:
                    setattr(row, field, _gathered(row, field, required=field in required))
            rows.bulk_update(batch, fields)

    def backward(apps: Any, schema_editor: Any) -> None:
        rows = apps.get_model(app, model)._base_manager.using(schema_editor.connection.alias)
        former = {f"{field}_{code}": f"{field}__{code}" for field in fields for code in _FORMER}
        rows.update(**{column: Coalesce(KT(key), Value("")) for column, key in former.items()})

    return RunPython(forward, backward)


def _batches(rows: Iterator[Any]) -> Iterator[list[Any]]:
    while batch := list(islice(rows, _BATCH)):
        yield batch


def _gathered(row: Any, field: str, *, required: bool) -> TextByLanguage:
    french, english = (getattr(row, f"{field}_{code}") for code in _FORMER)
    return TextByLanguage({"fr": french or (english or _NOTHING if required else ""), "en": english})
