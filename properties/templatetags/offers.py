"""Facts of an offer in the templates of several apps."""

from django import template

from properties.listing import facts
from properties.listing.scenes import scene_of

register = template.Library()
register.filter("main_amount", facts.money)
register.filter(scene_of)
