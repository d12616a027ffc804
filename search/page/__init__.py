"""The search page: its filters, chips, map and words for nothing found."""
