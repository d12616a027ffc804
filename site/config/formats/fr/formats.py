"""French numeric date formats for Django and Wagtail.

Django's format letters cannot produce `1er décembre` (its own French formats say `1 décembre`): dates in words come
from `foundation.wording` alone.
"""

DATE_FORMAT = SHORT_DATE_FORMAT = "d/m/Y"
DATETIME_FORMAT = SHORT_DATETIME_FORMAT = "d/m/Y H:i"
MONTH_DAY_FORMAT = "d/m"
