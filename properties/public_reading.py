"""Public wording of a property's place, and check of its texts for disclosure of a hidden address."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import CharField, Model, TextField
from django.utils.translation import gettext as _

from foundation.by_language import TextByLanguageField, spread
from properties.choices import Precision
from properties.discretion.words import Hidden, hidden, repetition
from properties.models import Lot, Media, Property
from properties.models.record.place import shown_address, shown_business_park

# Exempt texts, each with its reason: not free text, or never public. Every other text is watched.
NOT_WATCHED: dict[type[Model], dict[str, str]] = {
    Property: {
        "reference": "names the record in addresses, and an import makes it of what the source calls it",
        "source": "is for officers",
        "source_reference": "is for officers",
        "agent": "is for officers",
        "icpe_headings": "takes headings of four figures alone, of a nomenclature",
        "erp_types": "takes letters of a nomenclature alone",
        "dpe_number": "takes the 13 signs of a diagnosis alone",
        "address": "is what is hidden, and `street_of` tells the public as much as it may know",
        "business_park": "is hidden with the street, and read when that is shown",
    },
    Lot: {},
    Media: {},
}


def watched_texts(model: type[Model]) -> tuple[str, ...]:
    """Return the names of a model's free public texts; a new text field is watched by default."""
    return tuple(
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, (CharField, TextField, TextByLanguageField))
        and not field.choices
        and field.name not in NOT_WATCHED.get(model, {})
    )


TEXTS = watched_texts(Property)
OF_LOTS = watched_texts(Lot)
OF_MEDIA = watched_texts(Media)
# Only a change of one of these fields can disclose a hidden address anew.
WATCHED = frozenset({*TEXTS, "address", "precision", "business_park", "commune", "commune_id", "lots"})


def hidden_of(instance: Property) -> Hidden:
    """Return the parts of a property's place hidden from the public."""
    commune = instance.commune if instance.commune_id is not None else None
    name, postcodes = (commune.name, commune.postcodes) if commune else ("", [])
    return hidden(instance.precision, instance.address, instance.business_park, name, tuple(postcodes))


def repeated(instance: Property, lots: Iterable[Lot] = (), media: Iterable[Media] = ()) -> dict[str, str]:
    """Why its words may not be published, by field or, such as `title_fr`, by the text of one language.

    `lots` and `precision` speak for lots and media.
    """
    of = hidden_of(instance)
    if not of:
        return {}
    # With the street shown, the public reads the business park, so its name must not disclose the number.
    texts = (*TEXTS, "business_park") if instance.precision == Precision.STREET else TEXTS
    problems = repeated_in(spread(Property, texts, instance), of)
    for lot in lots:
        for why in repeated_in({name: getattr(lot, name) for name in OF_LOTS}, of).values():
            problems["lots"] = f"{lot.label}: {why}"
    for medium in media:
        for why in repeated_in(spread(Media, OF_MEDIA, medium), of).values():
            advice = _(
                "What is said of a photo, a plan or the brochure gives the address away: correct it there first."
            )
            problems["precision"] = f"{advice} {why}"
    return problems


def repeated_in(texts: Mapping[str, str], of: Hidden) -> dict[str, str]:
    """Return the reason against publishing each text, by name; harmless texts are left out."""
    return {name: why for name, text in texts.items() if (why := repetition(text, of))}


@dataclass(frozen=True, slots=True)
class Reading:
    """The place in the public's words, with notes for the editor."""

    place: str
    notes: tuple[str, ...]


def public_reading(*, precision: str, address: str, business_park: str, commune: str, has_point: bool) -> Reading:
    """Compose the place as the page, the files and the search word it.

    `has_point`: the true point is known.
    """
    street = shown_address(precision, address)
    place = ", ".join(filter(None, (street, shown_business_park(precision, business_park), commune)))
    notes = []
    if precision == Precision.STREET and address and not street:
        notes.append(_("No street is sure in this address, and none is told: write it as “12, rue des Ateliers”."))
    if precision != Precision.EXACT or not has_point:
        notes.append(_("The point on the map is drawn at random in the commune; walks to stations are not stated."))
    return Reading(place, tuple(notes))
