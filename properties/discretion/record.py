"""What the words of a record repeat of its hidden address, each at its field."""

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.utils.translation import gettext as _

from properties.choices import Precision
from properties.discretion.words import Hidden, hidden, repetition
from properties.models import Lot, Media, Property

TEXTS = tuple(
    f"{name}_{language}" for name in ("title", "description", "incentives") for language, _name in settings.LANGUAGES
)
OF_LOTS = ("label", "floor")
OF_MEDIA = ("alt_fr", "alt_en", "credit")
# A change of none of these repeats anything that was not repeated before.
WATCHED = frozenset({*TEXTS, "address", "precision", "business_park", "commune", "commune_id", "lots"})


def hidden_of(instance: Property) -> Hidden:
    """What the public must not read of a property."""
    commune = instance.commune if instance.commune_id is not None else None
    name, postcodes = (commune.name, commune.postcodes) if commune else ("", [])
    return hidden(instance.precision, instance.address, instance.business_park, name, tuple(postcodes))


def repeated(instance: Property, lots: Iterable[Lot] = (), media: Iterable[Media] = ()) -> dict[str, str]:
    """Why its words may not be published, by field; `lots` and `precision` speak for lots and media."""
    of = hidden_of(instance)
    if not of:
        return {}
    # A park is told with the street, and hidden with it.
    texts = (*TEXTS, "business_park") if instance.precision == Precision.STREET else TEXTS
    found = repeated_in({name: getattr(instance, name) for name in texts}, of)
    for lot in lots:
        for why in repeated_in({name: getattr(lot, name) for name in OF_LOTS}, of).values():
            found["lots"] = f"{lot.label}: {why}"
    for medium in media:
        for why in repeated_in({name: getattr(medium, name) for name in OF_MEDIA}, of).values():
            said = _("What is said of a photo, a plan or the brochure gives the address away: correct it there first.")
            found["precision"] = f"{said} {why}"
    return found


def repeated_in(texts: Mapping[str, str], of: Hidden) -> dict[str, str]:
    """Of texts by name, why they may not be published."""
    return {name: why for name, text in texts.items() if (why := repetition(text, of))}
