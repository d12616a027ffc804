"""French days in figures, wherever Django or Wagtail writes one.

Django's letters cannot write `1er décembre` (its own French formats say `1 décembre`): days in words come from
`foundation.wording` alone.
"""

DATE_FORMAT = SHORT_DATE_FORMAT = "d/m/Y"
DATETIME_FORMAT = SHORT_DATETIME_FORMAT = "d/m/Y H:i"
MONTH_DAY_FORMAT = "d/m"
