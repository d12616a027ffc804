"""Writing what a file of partners names: only what is missing, so that it may be run again."""

from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from territory.choices import OfficerRole
from territory.founding.document import OFFICER, Founding, PersonEntry
from territory.founding.staff import has_administrator, vacancies
from territory.models import Officer, Partner
from territory.services import align_groups, load_axes, open_account


@dataclass
class Added:
    """Rows that were written: partners that joined, accounts that were opened and invited."""

    partners: list[Partner] = field(default_factory=list)
    accounts: list[User] = field(default_factory=list)


@transaction.atomic
def found(founding: Founding) -> Added:
    """Write the administrator, the partners and the officers that are missing; accounts are invited by mail.

    A partner that exists keeps its data; a role is filled when nobody active has it; an administrator is made when
    there is none. `founding` comes from `reading.read`, in the same transaction.
    """
    added = Added()
    if founding.administrator is not None and not has_administrator():
        administrator = _account(founding.administrator, added)
        administrator.is_staff = administrator.is_superuser = True
        administrator.save()
    for new in founding.partners:
        partner = Partner.objects.filter(slug=new.row.slug).first()
        if partner is None:
            partner = new.row
            partner.save()
            partner.communes.set(new.communes)
            added.partners.append(partner)
        for role in vacancies(partner.slug):
            user = _account(new.person(role), added)
            coordinates = role == OFFICER and partner.is_coordinator
            officer = Officer.objects.create(
                user=user, partner=partner, role=OfficerRole.COORDINATOR if coordinates else role
            )
            align_groups(officer=officer)
    load_axes(joining=added.partners)
    return added


def _account(person: PersonEntry, added: Added) -> User:
    existing = person.accounts.first()
    if existing is not None:
        return existing
    user = open_account(first_name=person.first_name, last_name=person.last_name, email=person.email)
    added.accounts.append(user)
    return user


def never_signed_in(founding: Founding) -> list[User]:
    """The accounts of the people named that nobody has entered yet."""
    people = [founding.administrator, *(person for new in founding.partners for person in (new.officer, new.deputy))]
    accounts = (account for person in people if person is not None for account in person.accounts)
    return list({account.pk: account for account in accounts if account.is_active and not account.last_login}.values())


def invitation_link(user: User) -> str:
    """The address where an account's password is chosen; void once it was used, or after PASSWORD_RESET_TIMEOUT."""
    identifier = urlsafe_base64_encode(force_bytes(user.pk))
    token = default_token_generator.make_token(user)
    site: str = settings.SITE_URL
    return site + reverse("wagtailadmin_password_reset_confirm", args=[identifier, token])
