"""Daily schedule of the freshness cycle."""

from foundation.periodic import daily, register
from properties.freshness.cycle import run

register("properties.freshness", run, daily(6))
