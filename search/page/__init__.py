"""The search page: filters, chips, map, and relaxations of an empty result."""
