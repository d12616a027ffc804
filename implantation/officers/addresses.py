"""Mail addresses of a partner's officers."""

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils import timezone

from implantation.officers.answering import answering
from territory.choices import OfficerRole
from territory.models import Officer, Partner


def officers(partner: Partner) -> list[tuple[str, str]]:
    """Return (address, language) of the officers answering for a partner today (`answering.answering`).

    Fallback: the partner's monitored address and the coordinators, who must name an officer.
    """
    return _of(answering(partner, timezone.localdate())) or [
        (partner.email, settings.LANGUAGE_CODE),
        *coordinators(),
    ]


def coordinators() -> list[tuple[str, str]]:
    """Return (address, language) of the coordinators; fallback: the coordinating partner's address."""
    return _of(Officer.objects.filter(role=OfficerRole.COORDINATOR)) or [
        (Partner.objects.coordinator().email, settings.LANGUAGE_CODE)
    ]


def _of(people: QuerySet[Officer]) -> list[tuple[str, str]]:
    return addresses(User.objects.filter(officer__in=people))


def addresses(accounts: QuerySet[User]) -> list[tuple[str, str]]:
    """Return (address, language) of active accounts with an address, in the language chosen for the admin."""
    accounts = accounts.filter(is_active=True).exclude(email="")
    languages = {code for code, _name in settings.LANGUAGES}
    rows = accounts.order_by("pk").values_list("email", "wagtail_userprofile__preferred_language")
    return [(email, language if language in languages else settings.LANGUAGE_CODE) for email, language in rows]
