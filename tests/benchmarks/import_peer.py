"""The benchmark's file as django-import-export reads it: bulk writes, foreign keys read once, no report of the rows.

It writes the columns of the file and what the table requires. It refuses no row with its column, draws no public point
(the commune's own stands for it), walks to no station and keeps no history; the first reading does not even look
whether a property is known. To import once Django is set up; raises `ImportError` where the package is not installed.
"""

from decimal import Decimal
from pathlib import Path
from typing import Any

import tablib
from import_export.fields import Field
from import_export.instance_loaders import CachedInstanceLoader
from import_export.resources import ModelResource
from import_export.widgets import CachedForeignKeyWidget, CharWidget, DateWidget, DecimalWidget, FloatWidget

from foundation.text import fold
from properties.choices import PropertyState
from properties.importing.columns import KINDS
from properties.models import Property
from territory.models import Commune, Partner

SOURCE = "bench"
FIELDS = (
    *("reference", "source_reference", "kind", "deal", "surface", "rent", "commune", "title_fr", "description_fr"),
    *("available_from", "fibre", "latitude", "longitude"),
)


class _CommaDecimal(DecimalWidget):
    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Decimal | None:
        return super().clean(value.replace(",", "."), row, **kwargs)


class _CommaFloat(FloatWidget):
    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> float | None:
        return super().clean(value.replace(",", "."), row, **kwargs)


class _Words(CharWidget):
    """Codes by the words of the file."""

    def __init__(self, codes: dict[str, str]) -> None:
        super().__init__()
        self.codes = codes

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        return self.codes.get(fold(value), value)


class _OfTheSource(CachedInstanceLoader):
    """The library's loader asks for every reference in one IN, more than SQLite takes: this asks for the source."""

    def __init__(self, resource: Any, dataset: Any = None) -> None:
        self.resource, self.dataset = resource, dataset
        self.pk_field = resource.fields["source_reference"]
        known = resource.get_queryset().filter(source=SOURCE)
        self.all_instances = {instance.source_reference: instance for instance in known}


class _Known(ModelResource):
    """Reads a file once more: a row that changes nothing is left alone. No difference is put in HTML."""

    reference = Field("reference", "reference", CharWidget())
    source_reference = Field("source_reference", "reference", CharWidget())
    kind = Field("kind", "type", _Words(KINDS))
    deal = Field("deal", "deal", CharWidget())
    surface = Field("surface", "surface", _CommaDecimal())
    rent = Field("rent", "rent", _CommaDecimal())
    commune = Field("commune", "insee", CachedForeignKeyWidget(Commune, "insee"))
    title_fr = Field("title_fr", "title_fr", CharWidget())
    description_fr = Field("description_fr", "description_fr", CharWidget())
    available_from = Field("available_from", "available_from", DateWidget("%d/%m/%Y"))
    fibre = Field("fibre", "fibre", _Words({"oui": "yes", "non": "no"}))
    latitude = Field("latitude", "latitude", _CommaFloat())
    longitude = Field("longitude", "longitude", _CommaFloat())

    class Meta:
        model = Property
        fields = FIELDS
        import_id_fields = ("source_reference",)
        instance_loader_class = _OfTheSource
        use_bulk = True
        use_transactions = True
        skip_unchanged = True
        report_skipped = False
        skip_html_diff = True

    def __init__(self) -> None:
        super().__init__()
        self.partner = Partner.objects.get(slug="ept")

    def init_instance(self, row: Any = None) -> Property:
        return Property(source=SOURCE, partner=self.partner, state=PropertyState.ON_MARKET)

    def before_save_instance(self, instance: Property, row: Any, **kwargs: Any) -> None:
        instance.public_latitude, instance.public_longitude = instance.commune.latitude, instance.commune.longitude


class _New(_Known):
    """Reads a file into an empty table: nothing is looked up, nothing is compared."""

    class Meta(_Known.Meta):
        force_init_instance = True
        skip_diff = True


def import_file(path: Path, *, again: bool) -> None:
    """Read the file; raises whatever a row raised."""
    data = tablib.Dataset().load(path.read_text(encoding="utf-8"), format="csv", delimiter=";")
    result = (_Known if again else _New)().import_data(data, raise_errors=True)
    print(f"django-import-export: {dict(result.totals)}")
