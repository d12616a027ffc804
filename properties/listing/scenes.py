"""Illustration of a property without a photograph."""

from zlib import crc32

from properties.choices import Kind
from properties.models import Property

SCENES = {
    Kind.OFFICE: "office",
    Kind.ACTIVITY: "workshop",
    Kind.WAREHOUSE: "warehouse",
    Kind.RETAIL: "market",
    Kind.LAND: "works",
    Kind.LABORATORY: "lab",
    Kind.COWORKING: "office",
    Kind.INCUBATOR: "lab",
}
# `NAME.svg`, `NAME-2.svg`, `NAME-3.svg`: a list of one type does not show one picture many times.
VARIATIONS = 3


def scene_of(listing: Property) -> str:
    """Return the name of the scene of the type, in the variation drawn from the reference."""
    name = SCENES[Kind(listing.kind)]
    variation = crc32(listing.reference.encode()) % VARIATIONS + 1
    return name if variation == 1 else f"{name}-{variation}"
