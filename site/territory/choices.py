"""Closed lists of the ground floor."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Department(TextChoices):
    """The territory lies in two departments."""

    ESSONNE = "91", _("Essonne")
    VAL_DE_MARNE = "94", _("Val-de-Marne")


class Article(TextChoices):
    """What French says before a name, inside a sentence: “chez la CMA”, “à l’EPT”, “par Essonne Développement”.

    “Le” is not among them: it would merge with the word before (“du”, “au”).
    """

    NONE = "", pgettext_lazy("part", "none")
    LA = "la", "la"
    ELIDED = "l’", "l’"


class PartnerKind(TextChoices):
    TERRITORIAL_AUTHORITY = "territorial_authority", _("Territorial authority")
    CHAMBER_OF_COMMERCE = "chamber_of_commerce", _("Chamber of commerce and industry")
    CHAMBER_OF_TRADES = "chamber_of_trades", _("Chamber of trades and crafts")
    DEVELOPMENT_AGENCY = "development_agency", _("Development agency")
    OTHER = "other", _("Other body")


class Mode(TextChoices):
    """How a line carries people; form on the map follows it."""

    METRO = "metro", _("Metro")
    TRAM = "tram", _("Tram")
    RER = "rer", _("RER")
    SHUTTLE = "shuttle", _("Automatic shuttle")

    @classmethod
    def of_line(cls, code: str) -> "Mode":
        """The mode of a line of the region, from its code: `M14`, `T7`, `RER C`; any other name is a shuttle."""
        return {"M": cls.METRO, "T": cls.TRAM, "R": cls.RER}.get(code[0], cls.SHUTTLE)


class OfficerRole(TextChoices):
    """What an account does for its partner; the coordinator sees every partner's enquiries."""

    OFFICER = "officer", _("Officer")
    DEPUTY = "deputy", _("Deputy")
    COORDINATOR = "coordinator", _("Coordinator")


class SpokenLanguage(TextChoices):
    """Languages in which a partner can receive an investor."""

    FRENCH = "fr", _("French")
    ENGLISH = "en", _("English")
    GERMAN = "de", _("German")
    SPANISH = "es", _("Spanish")
    ITALIAN = "it", _("Italian")
    PORTUGUESE = "pt", _("Portuguese")
    ARABIC = "ar", _("Arabic")
    CHINESE = "zh", _("Chinese")


class DatePrecision(TextChoices):
    YEAR = "year", _("Year")
    DAY = "day", _("Day")


class ProjectState(TextChoices):
    PLANNED = "planned", _("Planned")
    UNDER_WAY = "under_way", _("Under way")
    PARTLY_OPEN = "partly_open", _("Partly open")
    RUNNING = "running", _("Running, and growing")


class PersonRole(TextChoices):
    """What somebody of a partner is called for."""

    FIRMS = "firms", pgettext_lazy("of a person", "Direct line for firms")
    CREATION = "creation", pgettext_lazy("of a person", "Starting or taking over a firm")
    PREMISES = "premises", pgettext_lazy("of a person", "Land and premises")
    ABROAD = "abroad", pgettext_lazy("of a person", "Investors from elsewhere")
    PROJECTS = "projects", pgettext_lazy("of a person", "Major projects")
    PRESS = "press", pgettext_lazy("of a person", "Press")


# Who answers a firm that has a project.
TALK_ROLES = [role for role in PersonRole if role != PersonRole.PRESS]
