"""Which words a property is found under."""

from collections.abc import Iterable
from functools import cache

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import override

from properties.choices import Condition, Deal, Feature, Kind, Lease, Precision, Stated
from properties.models import Property
from search.engines.textindex import Row
from search.text import index_words


def rows(properties: Iterable[Property]) -> Iterable[Row]:
    """Rows of the text index; `commune` should be selected with the properties."""
    return (row(item) for item in properties)


def row(item: Property) -> Row:
    """Head: what it is called and where it is. Body: what the public may read of it, in both languages.

    An address that is not public to the letter is left out: a search must not be a way to guess it.
    """
    head = index_words(
        item.reference,
        item.title_fr,
        item.title_en,
        *_words(Kind, item.kind),
        item.commune.name,
        item.commune.get_department_display(),
        *item.commune.postcodes,
    )
    stated = [feature for feature in Feature.values if getattr(item, feature) == Stated.YES]
    body = index_words(
        item.address if item.precision == Precision.EXACT else "",
        item.description_fr,
        item.description_en,
        *_words(Deal, item.deal),
        *_words(Lease, item.lease),
        *_words(Condition, item.condition),
        *(word for feature in stated for word in _words(Feature, feature)),
    )
    return item.pk, head, body


@cache
def _words(choices: type[TextChoices], value: str) -> tuple[str, ...]:
    """A label in every language of the site; nothing for a blank value."""
    if not value:
        return ()
    labels = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            labels.append(str(choices(value).label))
    return tuple(labels)
