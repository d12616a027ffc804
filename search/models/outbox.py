"""Elasticsearch outbox and index state; written only by `search.elastic`."""

from django.db import models

from foundation.models import OwedRow


class Owed(OwedRow):
    """Outbox row of a property whose document must be rewritten or removed; changes to one property share a row.

    - `key`: primary key of the property, without a foreign key: a deleted property still owes the removal of its
      document. `SYNONYMS` stands for the synonym set.
    - `since`: time of the first change missing from the index.
    - `refusals`: rejections by the index since the last change or parking of the row. `attempts` counts outages too.
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
    """Singleton state of the Elasticsearch index.

    - `sequence`: last number drawn, the external version of the documents written under it.
    - `served`: alias of the index in force, which names its definition; empty before the first.
    - `building`: index under construction, which receives changes too.
    - `missed_since`: start of changes lost while the site had no Elasticsearch.
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
