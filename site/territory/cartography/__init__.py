"""The map: `drawing` computes (pure), `sheet` holds the territory's own map, drawn once."""

from territory.cartography.drawing import project, radius
from territory.cartography.sheet import Sheet, sheet, tones

__all__ = ["Sheet", "project", "radius", "sheet", "tones"]
