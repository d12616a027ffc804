"""Terminal questionnaire of a first start: one partner, its two officers, the administrator."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from territory.choices import PartnerKind
from territory.founding.reading import ALL, problem_of_email
from territory.founding.staff import has_administrator
from territory.models import Partner

_LONGEST_NAME = 40
_LONGEST_ACRONYM = 20


class Questionnaire:
    """Questionnaire on a terminal: `ask` prompts and returns a line, as `input` does; `say` prints a line."""

    def __init__(self, *, ask: Callable[[str], str], say: Callable[[str], None]) -> None:
        self.ask, self.say = ask, say
        self.emails: set[str] = set()

    def document(self) -> Mapping[str, Any]:
        """Return the answers in the shape of a setup file; parts already on the site are skipped."""
        answers: dict[str, Any] = {}
        if not Partner.objects.filter(is_coordinator=True).exists():
            self.say(_("The partner that coordinates, and answers every request until there are others:"))
            answers["partners"] = [self._partner()]
        if not has_administrator():
            self.say(_("The first administrator of the site, who may be one of them:"))
            answers["administrator"] = {"email": self._email(_("E-mail of the administrator"), other=False)}
        return answers

    def _partner(self) -> dict[str, Any]:
        name = self._until_right(_("Name of the partner"), self._problem_of_name)
        officer = self._email(_("E-mail of its officer"))
        deputy = self._email(_("E-mail of the officer’s deputy"))
        return {
            "short_name": name,
            "acronym": _acronym(name),
            "kind": PartnerKind.OTHER.value,
            "coordinator": True,
            "communes": ALL,
            "email": officer,
            "officer": {"email": officer},
            "deputy": {"email": deputy},
        }

    def _email(self, question: str, *, other: bool = True) -> str:
        """Ask for an e-mail address; `other` rejects an address given before."""

        def problem(typed: str) -> str:
            if other and typed.casefold() in self.emails:
                return _("The officer and the deputy are two people.")
            return problem_of_email(typed)

        email = self._until_right(question, problem)
        self.emails.add(email.casefold())
        return email

    def _problem_of_name(self, typed: str) -> str:
        if not typed:
            return _("A name is needed.")
        if len(typed) > _LONGEST_NAME:
            return _("It is longer than %(most)s characters.") % {"most": _LONGEST_NAME}
        return "" if any(character.isalnum() for character in typed) else _("A name has letters.")

    def _until_right(self, question: str, problem_of: Callable[[str], str]) -> str:
        while True:
            typed = self.ask(f"{question} ").strip()
            problem = problem_of(typed)
            if not problem:
                return typed
            self.say(problem)


def _acronym(name: str) -> str:
    """Return a short name unchanged, else its initials."""
    if len(name) <= _LONGEST_ACRONYM:
        return name
    return "".join(word[0] for word in name.split() if word[0].isalnum()).upper()[:_LONGEST_ACRONYM]
