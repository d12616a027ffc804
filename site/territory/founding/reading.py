"""Reading a file of partners: every fault is said at once, with its key, and nothing is written."""

import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from foundation.by_language import language_codes, named, text_name
from territory.choices import Article, Department, PartnerKind, SpokenLanguage
from territory.founding.document import (
    ADMINISTRATOR,
    DEPUTY,
    OFFICER,
    PARTNER_KEYS,
    PARTNERS,
    PERSON_KEYS,
    REQUIRED,
    BadFileError,
    Document,
    Founding,
    NewPartner,
    PersonEntry,
)
from territory.founding.staff import has_administrator, vacancies
from territory.models import Commune, Officer, Partner

ALL = "all"
_LONGEST = 150  # of a name; of an e-mail, which is the name of the account
# Domains that belong to nobody (RFC 2606): an address of a copied example would lose mails.
_NOBODYS = ("example.org", "example.com", "example.net")
_SHAPES = {
    str: lambda: _("a text"),
    bool: lambda: _("true or false"),
    int: lambda: _("a whole number"),
    list: lambda: _("a list"),
    date: lambda: _("a date, such as 2018-06-25"),
    dict: lambda: _("a table"),
}


def parse(content: bytes) -> Document:
    """The document of a TOML file. Raises `BadFileError`."""
    try:
        return tomllib.loads(content.decode())
    except UnicodeDecodeError:
        raise BadFileError([_("The file is not UTF-8 text.")]) from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise BadFileError([_("The file is not TOML: %(error)s.") % {"error": error}]) from None


def read(document: Document) -> Founding:
    """The partners and people of a document, held against its rules. Raises `BadFileError` with every fault.

    Communes, partners and accounts are looked up in the database.
    """
    reader = _DocumentReader()
    founding = reader.founding(document)
    if reader.problems:
        raise BadFileError(reader.problems)
    return founding


def problem_of_email(value: str) -> str:
    """The fault of an e-mail address, empty when it has none."""
    try:
        EmailValidator()(value)
    except ValidationError as error:
        return error.messages[0]
    domain = value.rpartition("@")[2].lower()
    if domain in _NOBODYS or domain.endswith(tuple(f".{name}" for name in _NOBODYS)):
        return _("“%(email)s” is an example: write an address that is read.") % {"email": value}
    return ""


class _DocumentReader:
    """Reads one document and keeps every fault, so that all are said at once."""

    def __init__(self) -> None:
        self.problems: list[str] = []
        self.communes = {commune.insee: commune.department for commune in Commune.objects.only("insee", "department")}
        self.known = set(Partner.objects.values_list("slug", flat=True))
        self.coordinator = Partner.objects.filter(is_coordinator=True).first()

    def wrong(self, key: str, what: Any) -> None:
        self.problems.append(f"{key}: {what}")

    def founding(self, document: Document) -> Founding:
        self._unknown("", document, (ADMINISTRATOR, PARTNERS))
        administrator = None
        if ADMINISTRATOR in document:
            administrator = self.person(ADMINISTRATOR, document[ADMINISTRATOR])
        tables = document.get(PARTNERS, [])
        if not isinstance(tables, list):
            self.wrong(PARTNERS, _("it must be a list of tables: write [[partners]] before each."))
            tables = []
        partners = [self.partner(f"{PARTNERS}[{place}]", table) for place, table in enumerate(tables, start=1)]
        self._once(partners)
        self._one_coordinator(partners)
        self._accounts(administrator, ADMINISTRATOR in document, partners)
        return Founding(administrator, tuple(partner for _key, partner in partners))

    def partner(self, key: str, table: Any) -> tuple[str, NewPartner]:
        """A partner with the key that names it in what is said of it."""
        values = self._table(key, table, PARTNER_KEYS, REQUIRED)
        row = Partner(
            short_name=values.get("short_name", ""),
            acronym=values.get("acronym", ""),
            name=values.get("name") or values.get("short_name", ""),
            article=values.get("article", "").replace("'", "’"),
            kind=values.get("kind", ""),
            role={code: values.get(text_name("role", code), "") for code in language_codes()},
            member_since=values.get("member_since", timezone.localdate()),
            member_until=values.get("member_until"),
            email=self._email(f"{key}.email", values["email"]) if "email" in values else "",
            phone=values.get("phone", ""),
            website=values.get("website", ""),
            languages=self._languages(f"{key}.languages", values.get("languages") or ["fr"]),
            is_coordinator=values.get("coordinator", False),
            slug=values.get("slug") or slugify(values.get("acronym", "")),
            **{name: values[name] for name in ("first_answer_days", "tailored_answer_days") if name in values},
        )
        self._closed(f"{key}.article", row.article, Article.values)
        if "kind" in values:
            self._closed(f"{key}.kind", row.kind, PartnerKind.values)
        # Told apart above, with what to write instead.
        excluded_fields = {"article", "kind", "languages", "is_coordinator"} | (set(REQUIRED) - set(values))
        excluded_fields |= {"email"} if not row.email else set()
        # Made of others, which are told.
        excluded_fields |= {"slug"} if not {"slug", "acronym"} & set(values) else set()
        excluded_fields |= {"name"} if not row.name else set()
        try:
            row.full_clean(exclude=excluded_fields, validate_unique=False)
        except ValidationError as error:
            for name, messages in named(error).items():
                for message in messages:
                    self.wrong(key if name == "__all__" else f"{key}.{name}", message)
        people = [
            self.person(f"{key}.{role}", values[role]) if role in values else PersonEntry("")
            for role in (OFFICER, DEPUTY)
        ]
        communes = self._communes(f"{key}.communes", values["communes"]) if "communes" in values else frozenset[str]()
        return key, NewPartner(row, communes, *people)

    def person(self, key: str, table: Any) -> PersonEntry:
        values = self._table(key, table, PERSON_KEYS, ("email",))
        email = self._email(f"{key}.email", values["email"]) if "email" in values else ""
        for name, value in values.items():
            if len(value) > _LONGEST:
                self.wrong(f"{key}.{name}", _("it is longer than %(most)s characters.") % {"most": _LONGEST})
        return PersonEntry(email, values.get("first_name", ""), values.get("last_name", ""))

    def _table(self, key: str, table: Any, shapes: Mapping[str, type], required: Iterable[str]) -> dict[str, Any]:
        """The values of a table that have their shape; what is missing, unknown or of another shape is told."""
        if not isinstance(table, dict):
            self.wrong(key, _("it must be a table."))
            return {}
        self._unknown(f"{key}.", table, shapes)
        values = {}
        for name, shape in shapes.items():
            if name not in table:
                if name in required:
                    self.wrong(f"{key}.{name}", _("it is missing."))
                continue
            value = table[name].strip() if isinstance(table[name], str) else table[name]
            if value == ALL and name == "communes":
                value = [ALL]
            if type(value) is not shape:
                self.wrong(f"{key}.{name}", _("it must be %(shape)s.") % {"shape": _SHAPES[shape]()})
            elif name in required and not value:
                self.wrong(f"{key}.{name}", _("it is empty."))
            elif isinstance(value, str) and any(unicodedata.category(character) == "Cc" for character in value):
                self.wrong(f"{key}.{name}", _("it must be one line, without control characters."))
            else:
                values[name] = value
        return values

    def _unknown(self, prefix: str, table: Mapping[str, Any], known: Iterable[str]) -> None:
        for name in table:
            if name not in known:
                keys = {"keys": ", ".join(known)}
                self.wrong(f"{prefix}{name}", _("there is no such key here; they are: %(keys)s.") % keys)

    def _email(self, key: str, value: str) -> str:
        problem = problem_of_email(value)
        if problem:
            self.wrong(key, problem)
        return "" if problem else value

    def _closed(self, key: str, value: Any, values: Iterable[str]) -> None:
        if value not in values:
            listed = ", ".join(choice for choice in values if choice)
            self.wrong(key, _("“%(value)s” is none of: %(values)s.") % {"value": value, "values": listed})

    def _languages(self, key: str, values: list[Any]) -> list[Any]:
        for value in values:
            self._closed(key, value, SpokenLanguage.values)
        return list(dict.fromkeys(map(str, values)))

    def _communes(self, key: str, values: list[Any]) -> frozenset[str]:
        """Communes from `all`, departments and INSEE codes."""
        insee_codes: set[str] = set()
        for value in values:
            if value == ALL:
                insee_codes |= set(self.communes)
            elif value in Department.values:
                insee_codes |= {insee for insee, department in self.communes.items() if department == value}
            elif isinstance(value, str) and value in self.communes:
                insee_codes.add(value)
            else:
                message = _(
                    "“%(value)s” is neither “all”, nor a department (“91”, “94”), nor the INSEE code of a commune of "
                    "the territory, each between quotation marks."
                )
                self.wrong(key, message % {"value": value})
        return frozenset(insee_codes)

    def _once(self, partners: list[tuple[str, NewPartner]]) -> None:
        """No identifier and no person twice: an account acts for one partner, in one role."""
        slugs: dict[str, str] = {}
        people: dict[str, str] = {}
        for key, partner in partners:
            slug = partner.row.slug
            if slug and slug in slugs:
                self.wrong(f"{key}.slug", _("“%(slug)s” is that of %(key)s too.") % {"slug": slug, "key": slugs[slug]})
            slugs.setdefault(slug, key)
            for role, person in ((OFFICER, partner.officer), (DEPUTY, partner.deputy)):
                email = person.email.casefold()
                if email and email in people:
                    self.wrong(
                        f"{key}.{role}.email",
                        _("“%(email)s” is that of %(key)s too: an account acts for one partner, in one role.")
                        % {"email": person.email, "key": people[email]},
                    )
                people.setdefault(email, f"{key}.{role}")

    def _one_coordinator(self, partners: list[tuple[str, NewPartner]]) -> None:
        new = [(key, partner.row) for key, partner in partners if partner.row.slug not in self.known]
        chosen = [(key, row) for key, row in new if row.is_coordinator]
        if self.coordinator is not None:
            for key, _row in chosen:
                self.wrong(
                    f"{key}.coordinator",
                    _("%(partner)s coordinates already: change that in the admin.") % {"partner": self.coordinator},
                )
            return
        if len(chosen) != 1:
            self.wrong(PARTNERS, _("one new partner, and one only, must have “coordinator = true”."))
            return
        key, row = chosen[0]
        if row.member_until is not None or row.member_since > timezone.localdate():
            self.wrong(key, _("the partner that coordinates must be a member today, without an end."))

    def _accounts(
        self, administrator: PersonEntry | None, is_named: bool, partners: list[tuple[str, NewPartner]]
    ) -> None:
        """Whoever is to act has an account that may, or none yet."""
        if not has_administrator():
            if administrator is not None:
                self._account(f"{ADMINISTRATOR}.email", administrator)
            elif not is_named:
                self.wrong(ADMINISTRATOR, _("it is missing."))
        for key, partner in partners:
            for role in vacancies(partner.row.slug):
                officer = self._account(f"{key}.{role}.email", partner.person(role))
                if officer is not None:
                    self.wrong(
                        f"{key}.{role}.email",
                        _("this account acts for %(partner)s already: name another person.")
                        % {"partner": officer.partner},
                    )

    def _account(self, key: str, person: PersonEntry) -> Officer | None:
        """What the account of a person is already, as an officer."""
        accounts = list(person.accounts.select_related("officer__partner")) if person.email else []
        if len(accounts) > 1:
            self.wrong(key, _("several accounts have this e-mail: mend that in the admin."))
        elif accounts and not accounts[0].is_active:
            self.wrong(key, _("this account is closed: name another person, or open it again in the admin."))
        return getattr(accounts[0], "officer", None) if len(accounts) == 1 else None
