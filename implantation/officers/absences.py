"""Absences of officers and their declaration."""

from datetime import date, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from implantation.errors import RefusedError
from implantation.officers.models import Absence
from territory.choices import OfficerRole
from territory.models import Officer

LONGEST = timedelta(days=366)


@transaction.atomic
def say_away(*, officer: Officer, first: date, last: date, actor: User) -> Absence:
    """Declare an officer absent from `first` to `last`, both included; overlapping or adjacent absences are merged.

    Refused to other accounts than the officer and a coordinator, and for past, reversed or too long periods.
    """
    _may_say(officer, actor)
    if last < first:
        raise RefusedError(_("The last day away comes before the first one: correct one of them."))
    if last < timezone.localdate():
        raise RefusedError(_("These days are over: give days to come."))
    if last - first > LONGEST:
        raise RefusedError(_("More than a year away: ask the coordinator to name another officer."))
    Officer.objects.select_for_update().get(pk=officer.pk)
    met = officer.absences.filter(first__lte=last + timedelta(days=1), last__gte=first - timedelta(days=1))
    days = [(first, last), *met.values_list("first", "last")]
    met.delete()
    return Absence.objects.create(
        officer=officer, first=min(first for first, _last in days), last=max(last for _first, last in days)
    )


@transaction.atomic
def take_back(*, absence: Absence, actor: User) -> None:
    """Cancel an absence. Refused to other accounts than the officer and a coordinator."""
    _may_say(absence.officer, actor)
    absence.delete()


def may_say(actor: User) -> QuerySet[Officer]:
    """Return the officers whose absences an account may declare: its own; for a coordinator, all."""
    people = Officer.objects.filter(user__is_active=True).select_related("user", "partner")
    own = people.filter(user_id=actor.pk)
    return people if own.filter(role=OfficerRole.COORDINATOR).exists() else own


def _may_say(officer: Officer, actor: User) -> None:
    if not may_say(actor).filter(pk=officer.pk).exists():
        raise RefusedError(_("Only this officer and the coordinator may say when they are away."))
