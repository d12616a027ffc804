"""What the offering tells whoever listens, without knowing who does."""

from django.dispatch import Signal

# Sent inside the transaction of the change, with `ids`: the primary keys of the properties added, changed or deleted.
offering_changed = Signal()
