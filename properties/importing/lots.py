"""Lots of a file: parsed from one cell, compared with the stored lots, and replaced as a whole."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from properties.importing.parsing import parse_number
from properties.importing.rows import RowRefusedError
from properties.models import Lot, Property
from properties.signals import offering_changed


def parse_lots(text: str) -> list[Lot]:
    """Parse lots as `label:surface:rent:floor` separated by `|`; rent and floor may be empty.

    Raises `RowRefusedError`.
    """
    lots = []
    for chunk in filter(None, (part.strip() for part in text.split("|"))):
        label, surface, rent, floor = ([part.strip() for part in chunk.split(":")] + ["", "", ""])[:4]
        try:
            area, money = parse_number(surface), parse_number(rent)
        except ValueError as error:
            raise RowRefusedError("lots", chunk, str(error)) from None
        if not label or area is None or area <= 0 or (money is not None and money < 0):
            raise RowRefusedError("lots", chunk, _("a lot is written label:surface:rent:floor, with a surface above 0"))
        lots.append(Lot(label=label[:40], surface=area, rent=money, floor=floor[:20]))
    if len({lot.label for lot in lots}) < len(lots):
        raise RowRefusedError("lots", text, _("two lots bear the same label"))
    return lots


def description(lots: Iterable[Lot]) -> list[tuple[str, Decimal, Decimal | None, str]]:
    """Return the comparable content of lots: label, surface, rent and floor of each, sorted."""
    return sorted((lot.label, lot.surface, lot.rent, lot.floor) for lot in lots)


def write_lots(instances: Sequence[Property], lots: Mapping[str, list[Lot]]) -> None:
    """Replace the lots of properties by the given lots, keyed by the property's reference."""
    concerned = [instance for instance in instances if instance.reference in lots]
    Lot.objects.filter(property__in=list(concerned)).delete()
    rows = []
    for instance in concerned:
        for lot in lots[instance.reference]:
            lot.property = instance
            rows.append(lot)
    Lot.objects.bulk_create(rows, batch_size=1_000)
    if rows:
        offering_changed.send(sender=Lot, ids=[instance.pk for instance in concerned])
