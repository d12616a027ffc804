"""What is owed to the Elasticsearch index, and what is known of that index. Written by `search.elastic` alone."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Owed(models.Model):
    """A property whose document must be written anew, or removed; one row, however often it changed meanwhile.

    - `key`: the property's primary key, no foreign key: what is owed of a deleted property is its removal.
      `SYNONYMS` stands for the set of synonyms.
    - `since`: the first change that the index lacks. `due_at`: when it is tried (again); in the future while a worker
      has it, until its lease is over; None once it was set aside, refused too often to be tried again by itself.
    - `claim`: the sequence that the worker drew when it took the row; 0 when it changed since, or nobody took it.
    - `attempts`: how often it failed; `refusals`: how often the index would not have it.
    """

    SYNONYMS = 0

    key = models.BigIntegerField(primary_key=True)
    since = models.DateTimeField(_("waiting since"), db_index=True)
    due_at = models.DateTimeField(_("next try"), null=True, db_index=True)
    claim = models.BigIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    refusals = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)

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
