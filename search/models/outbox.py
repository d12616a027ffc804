"""What is owed to the Elasticsearch index, and what is known of that index. Written by `search.elastic` alone."""

from django.db import models

from foundation.models import OwedRow


class Owed(OwedRow):
    """A property whose document must be written anew, or removed; one row, however often it changed meanwhile.

    - `key`: the property's primary key, no foreign key: what is owed of a deleted property is its removal.
      `SYNONYMS` stands for the set of synonyms.
    - `since`: the first change that the index lacks.
    - `refusals`: how often the index would not have it since it last changed or was set aside. `attempts` counts
      outages too.
    """

    SYNONYMS = 0

    key = models.BigIntegerField(primary_key=True)
    since = models.DateTimeField(db_index=True)
    refusals = models.PositiveSmallIntegerField(default=0)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"property {self.key}" if self.key else "synonyms"


class IndexState(models.Model):
    """The one row about the index.

    - `sequence`: the last number drawn; it is the external version of the documents written under it.
    - `served`: the alias of the index in force, which names its definition; empty before the first one.
    - `building`: the index that is being made; changes go there too.
    - `missed_since`: changes were made since then while the site had no Elasticsearch, and nobody told the index.
    """

    sequence = models.BigIntegerField(default=0)
    served = models.CharField(max_length=120, blank=True)
    building = models.CharField(max_length=120, blank=True)
    missed_since = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="index_state_is_one")]

    def __str__(self) -> str:
        return f"{self.served or 'no index'} at {self.sequence}"
