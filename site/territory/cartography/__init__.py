"""The map: `drawing` computes (pure), `sheet` holds the territory's own map, `lettering` what is written on it."""

from territory.cartography.drawing import project, radius
from territory.cartography.lettering import Lettering, lettering
from territory.cartography.sheet import Sheet, sheet, tones

__all__ = ["Lettering", "Sheet", "lettering", "project", "radius", "sheet", "tones"]
