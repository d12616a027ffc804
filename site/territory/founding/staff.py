"""The people that a site and its partners cannot do without, and who is missing."""

from django.contrib.auth.models import User

from territory.choices import OfficerRole
from territory.founding.document import DEPUTY, OFFICER
from territory.models import Officer


def has_administrator() -> bool:
    """Whether somebody may do everything in the admin."""
    return User.objects.filter(is_superuser=True, is_active=True).exists()


def vacancies(slug: str) -> list[str]:
    """The roles that nobody active has for a partner, which may be new: officer (a coordinator is one), deputy."""
    held = set(Officer.objects.filter(partner__slug=slug, user__is_active=True).values_list("role", flat=True))
    vacant = [] if held & {OfficerRole.OFFICER, OfficerRole.COORDINATOR} else [OFFICER]
    return vacant if OfficerRole.DEPUTY in held else [*vacant, DEPUTY]
