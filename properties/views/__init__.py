"""Public pages of the offering: one property with its files, and the visitor's shortlist."""

from properties.views.confirmation import confirm
from properties.views.detail import card_file, detail, page, sheet_file
from properties.views.shortlist import shortlist

__all__ = ["card_file", "confirm", "detail", "page", "sheet_file", "shortlist"]
