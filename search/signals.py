"""Signals sent by the search to its engines."""

from django.dispatch import Signal

# Sent inside the transaction in which a set of synonyms is added, changed or deleted.
synonyms_changed = Signal()
