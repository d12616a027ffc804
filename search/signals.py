"""What search tells its engines."""

from django.dispatch import Signal

# Sent inside the transaction in which a set of synonyms is added, changed or deleted.
synonyms_changed = Signal()
