"""Blocks editors compose pages with; a file per family, a template per block."""

from pages.blocks.registers import AllFiguresBlock, AxesBlock, MembersBlock, PartnersBlock
from pages.blocks.text import PhaseBlock, SectionBlock

__all__ = ["AllFiguresBlock", "AxesBlock", "MembersBlock", "PartnersBlock", "PhaseBlock", "SectionBlock"]
