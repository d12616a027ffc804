"""What the search keeps: the table that the database engine counts in, and the synonyms of its staff."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from search.analysis.text import query_words
from search.signals import synonyms_changed

# Enough for any meaning; each one is looked for whenever another is typed.
MOST_EXPRESSIONS = 20
MOST_WORDS = 5


class IndexedProperty(models.Model):
    """A public property as the database engine reads it; its words are in the text index beside it.

    Hundredths of m² and of €, days as ordinals (`date.toordinal`), degrees; `nearest` in minutes on foot. `packed` has
    one character a facet (`search.engines.database.layout`), `cell` is the square of the map that its point is in. No
    foreign key: a property that goes is forgotten by the message of its deletion, in the same transaction.
    """

    # Never given by the database: "auto" because SQLite then keeps the rows by it, and finds one in half the time.
    property_id = models.BigAutoField(primary_key=True)
    reference = models.CharField(max_length=20)
    packed = models.TextField()
    surface = models.BigIntegerField()
    smallest = models.BigIntegerField()
    rent = models.BigIntegerField(null=True)
    price = models.BigIntegerField(null=True)
    available_on = models.IntegerField(null=True)
    verified_on = models.IntegerField(null=True)
    nearest = models.PositiveSmallIntegerField(null=True)
    latitude = models.FloatField()
    longitude = models.FloatField()
    cell = models.IntegerField()

    class Meta:
        db_table = "search_entry"
        default_permissions = ()

    def __str__(self) -> str:
        return self.reference


class Slot(models.Model):
    """The place of a station or a line in a packed text, or a commune's character: given once, never moved.

    Two more tell of all the rows (`search.engines.database.table`): as what they are packed, and are to be.
    """

    facet = models.CharField(max_length=10)
    value = models.CharField(max_length=100)
    position = models.PositiveSmallIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["facet", "value"], name="slot_of_a_value"),
            models.UniqueConstraint(fields=["facet", "position"], name="slot_is_one_place"),
        ]

    def __str__(self) -> str:
        return f"{self.value} at {self.position}"


class SynonymSet(models.Model):
    """Expressions of one meaning, as staff keep them: `expressions` is a list, each of one word or several."""

    expressions = models.JSONField(_("expressions of one meaning"))
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)

    class Meta:
        verbose_name = _("set of synonyms")
        verbose_name_plural = _("sets of synonyms")
        ordering = ["pk"]

    def __str__(self) -> str:
        return " = ".join(self.expressions)

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        synonyms_changed.send(sender=type(self))

    @transaction.atomic
    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        outcome = super().delete(*args, **kwargs)
        synonyms_changed.send(sender=type(self))
        return outcome

    def clean(self) -> None:
        """At least two expressions that a search tells apart, none of them empty for it."""
        if self.expressions is None:
            # Said of the field already.
            return
        read: dict[tuple[str, ...], str] = {}
        for text in self.expressions:
            words = query_words(text)
            if not words:
                raise ValidationError({"expressions": _("“%(text)s” holds no word that is searched.") % {"text": text}})
            if len(words) > MOST_WORDS:
                long = _("“%(text)s” is too long: %(most)d words at most.")
                raise ValidationError({"expressions": long % {"text": text, "most": MOST_WORDS}})
            if words in read:
                same = _("“%(one)s” and “%(other)s” are already the same to a search: keep one of them.")
                raise ValidationError({"expressions": same % {"one": read[words], "other": text}})
            read[words] = text
        if not 2 <= len(read) <= MOST_EXPRESSIONS:
            number = _("Give from 2 to %(most)d expressions that mean the same.")
            raise ValidationError({"expressions": number % {"most": MOST_EXPRESSIONS}})
