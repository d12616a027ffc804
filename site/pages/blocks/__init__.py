"""Blocks editors compose pages with; a file per family, a template per block."""

from pages.blocks.registers import AllFiguresBlock, PartnersBlock
from pages.blocks.text import PhaseBlock, SectionBlock

__all__ = ["AllFiguresBlock", "PartnersBlock", "PhaseBlock", "SectionBlock"]
