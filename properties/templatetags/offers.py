"""Facts of an offer in the templates of several apps."""

from django import template

from properties.listing import facts

register = template.Library()
register.filter("main_amount", facts.money)
