"""The project's own illustrations, written by `python -m demo.illustrations`: the territory in section.

Every scene stands on the same ground line, in elevation, lit from the left, with a section of the ground below. Any two
scenes may stand side by side.
"""
