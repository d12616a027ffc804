"""What a file of partners may hold: its keys, the shape of each, and the objects that come out of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet

from foundation.by_language import language_codes, text_name
from territory.models import Partner

ADMINISTRATOR, PARTNERS = "administrator", "partners"
OFFICER, DEPUTY = "officer", "deputy"
PERSON_KEYS: Mapping[str, type] = {"email": str, "first_name": str, "last_name": str}
PARTNER_KEYS: Mapping[str, type] = {
    "slug": str,
    "short_name": str,
    "acronym": str,
    "name": str,
    "article": str,
    "kind": str,
    "coordinator": bool,
    **{text_name("role", code): str for code in language_codes()},
    "communes": list,
    "member_since": date,
    "member_until": date,
    "email": str,
    "phone": str,
    "website": str,
    "languages": list,
    "first_answer_days": int,
    "tailored_answer_days": int,
    OFFICER: dict,
    DEPUTY: dict,
}
REQUIRED = ("short_name", "acronym", "kind", "communes", "email", OFFICER, DEPUTY)


@dataclass(frozen=True)
class PersonEntry:
    """Somebody who is to have an account; a file may leave the names out."""

    email: str
    first_name: str = ""
    last_name: str = ""

    @property
    def accounts(self) -> QuerySet[User]:
        """The accounts with this e-mail, whatever its capitals."""
        return User.objects.filter(Q(email__iexact=self.email) | Q(username__iexact=self.email))


@dataclass(frozen=True)
class NewPartner:
    """A partner, not saved; the INSEE codes of its communes, and its two people."""

    row: Partner
    communes: frozenset[str]
    officer: PersonEntry
    deputy: PersonEntry

    def person(self, role: str) -> PersonEntry:
        """Its officer or its deputy."""
        return self.officer if role == OFFICER else self.deputy


@dataclass(frozen=True)
class Founding:
    """All that a file names; `administrator` is None when it leaves that out."""

    administrator: PersonEntry | None
    partners: tuple[NewPartner, ...]


class BadFileError(Exception):
    """A file that cannot be taken; `problems` names each fault with its key."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


# A document as `tomllib` reads it.
Document = Mapping[str, Any]
