"""Who is there: nobody who is away is ever the only one responsible."""

from datetime import date

from django.db.models import QuerySet

from implantation.officers.models import Absence
from territory.choices import OfficerRole
from territory.models import Officer, Partner


def there(people: QuerySet[Officer], day: date) -> QuerySet[Officer]:
    """Those of `people` who are not away that day."""
    return people.exclude(pk__in=Absence.objects.on(day).values("officer"))


def answering(partner: Partner, day: date) -> QuerySet[Officer]:
    """Who answers for a partner that day: its active officers and deputies who are there; when all are away, all of
    them and the coordinators. Empty when it has none."""
    staff = Officer.objects.filter(partner=partner, user__is_active=True)
    present = there(staff, day)
    if present.exists() or not staff.exists():
        return present
    return staff | Officer.objects.filter(role=OfficerRole.COORDINATOR, user__is_active=True)
