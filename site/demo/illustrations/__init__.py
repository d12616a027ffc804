"""The project's own illustrations, written by `python -m demo.illustrations`: the territory in section.

Every scene stands on one ground line, in elevation, lit from the left; what runs below the ground is shown. Two scenes
may always stand side by side.
"""
