"""Template tags of the atlas: numbers, dates and the map, the same in every app."""

from django import template

register = template.Library()
