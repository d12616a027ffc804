"""Escalation of late and due enquiries: officer, then deputy, then coordinator."""

from collections import defaultdict
from datetime import datetime, time, timedelta

from implantation.deadlines import PARIS, working_days, working_time
from implantation.enquiries.choices import Step
from implantation.enquiries.models import Enquiry
from implantation.officers.answering import there
from territory.choices import OfficerRole
from territory.models import Officer

# Working days late before the deputy gets the digest too, then the coordinator.
DEPUTY_AFTER, COORDINATOR_AFTER = 1, 2


def to_tell(*, at: datetime) -> dict[Officer, list[Enquiry]]:
    """Group the enquiries late or due by the end of the day by officer to remind, longest late first."""
    day = at.astimezone(PARIS).date()
    end = datetime.combine(day + timedelta(days=1), time(), PARIS)
    owed = Enquiry.objects.filter(due_at__lt=end).select_related("holder").order_by("due_at", "pk")
    enquiries_by_officer: defaultdict[Officer, list[Enquiry]] = defaultdict(list)
    for enquiry in owed:
        for officer in _people(enquiry, at):
            enquiries_by_officer[officer].append(enquiry)
    return dict(enquiries_by_officer)


def _people(enquiry: Enquiry, at: datetime) -> list[Officer]:
    """Return the officers to remind of an enquiry.

    First the colleague in charge, or else the partner's officers; by lateness also the deputies, then the coordinators.
    An absent officer is skipped, and the next level is reminded instead.
    """
    day = at.astimezone(PARIS).date()
    active = Officer.objects.filter(user__is_active=True).exclude(user__email="").select_related("user")
    staff = active.filter(partner=enquiry.holder_id)
    coordinators = active.filter(role=OfficerRole.COORDINATOR)
    own = staff.filter(user=enquiry.taken_by_id) if enquiry.taken_by_id else staff.none()
    officers = own if own.exists() else staff.filter(role=OfficerRole.OFFICER)
    steps = [officers, staff.filter(role=OfficerRole.DEPUTY), coordinators]
    if enquiry.step == Step.CHECK:
        steps = [coordinators]
    assert enquiry.due_at is not None  # the filter of `to_tell`
    late = working_time(enquiry.due_at, at)
    reached = 1 + sum(late >= working_days(days) for days in (DEPUTY_AFTER, COORDINATOR_AFTER))
    people: dict[int, Officer] = {}
    for position, step in enumerate(steps):
        if position >= reached and people:
            break
        people |= {officer.pk: officer for officer in there(step, day)}
    return list(people.values()) or list(coordinators)


def told_to(address: str, *, at: datetime) -> list[Enquiry]:
    """Return the enquiries to remind an address of, each once."""
    enquiries_by_pk = {
        enquiry.pk: enquiry
        for officer, enquiries in to_tell(at=at).items()
        for enquiry in enquiries
        if officer.user.email == address
    }
    return list(enquiries_by_pk.values())
