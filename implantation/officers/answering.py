"""Officers present on a day; an absent officer is never the only one responsible."""

from datetime import date

from django.db.models import QuerySet

from implantation.officers.models import Absence
from territory.choices import OfficerRole
from territory.models import Officer, Partner


def there(people: QuerySet[Officer], day: date) -> QuerySet[Officer]:
    """Filter officers to those present on `day`."""
    return people.exclude(pk__in=Absence.objects.on(day).values("officer"))


def answering(partner: Partner, day: date) -> QuerySet[Officer]:
    """Return the officers answering for a partner on `day`.

    These are the active officers and deputies present; when all are absent, all of them and the coordinators. Empty for
    a partner without active officers.
    """
    staff = Officer.objects.filter(partner=partner, user__is_active=True)
    present = there(staff, day)
    if present.exists() or not staff.exists():
        return present
    return staff | Officer.objects.filter(role=OfficerRole.COORDINATOR, user__is_active=True)
