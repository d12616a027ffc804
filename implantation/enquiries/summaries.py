"""Answers of a request as text, for the review page and the investor's pages."""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django_countries import countries

from foundation.by_language import TextByLanguage, language_name
from foundation.wording import euros, number, surface
from implantation.enquiries.choices import Deadline
from implantation.enquiries.models import Enquiry
from implantation.enquiries.submission import Answers
from implantation.routing.facts import (
    ACTIVITY,
    FACTS,
    HEADCOUNT,
    PLACE,
    PREMISES,
    Activity,
    FactRows,
    FormStep,
    Headcount,
    Premises,
    WiderPlace,
    asked,
    completed,
)
from implantation.routing.models import Decision
from implantation.routing.wording import label_of
from territory.choices import Department
from territory.models import Commune, Partner


@dataclass(frozen=True)
class Said:
    """Answer as text, with its step, field and label; with `long`, line breaks are kept."""

    step: str
    field: str
    label: str
    words: str
    long: bool = False


@dataclass(frozen=True)
class RuleRead:
    """Rule of a decision as shown to the investor: its reason, and the first mismatch unless the rule decided."""

    reason: TextByLanguage
    answer: str
    decided: bool


def project_said(source: Answers | Enquiry) -> list[Said]:
    """Return the answers of the step "project"."""
    return [
        Said("project", "message", _("In your words"), source.message, long=True),
        *_facts_said("project", source),
    ]


def place_said(source: Answers | Enquiry) -> list[Said]:
    """Return the answers of the step "place"."""
    lines = [
        *_facts_said("place", source),
        Said("place", "area_min", _("Surface"), surface_words(source.area_min, source.area_max)),
        Said("place", "deadline", _("For when"), str(Deadline(source.deadline).label)),
        Said("place", "budget", _("Budget a year"), euros(source.budget) if source.budget else ""),
        Said("place", "technical_needs", _("Technical needs"), source.technical_needs, long=True),
    ]
    return [line for line in lines if line.words]


def firm_said(source: Answers | Enquiry) -> list[Said]:
    """Return the answers of the step "firm"."""
    country = source.country if isinstance(source.country, str) else source.country.code
    lines = [
        *_facts_said("firm", source),
        Said("firm", "company", _("Name of the firm"), source.company),
        Said("firm", "siret", _("SIRET"), source.siret),
        Said("firm", "country", _("Country of the firm"), str(countries.name(country or ""))),
        Said("firm", "jobs", _("Jobs created"), number(source.jobs)),
    ]
    return [line for line in lines if line.words]


def _facts_said(step: FormStep, source: Answers | Enquiry) -> list[Said]:
    """Return the answers to the facts of a step."""
    facts = completed(source.facts)
    return [
        Said(step, fact.key, str(question.told_as or fact.label), fact_words(fact.key, facts[fact.key]))
        for fact, question in asked(step)
    ]


def contact_said(source: Answers, language: str) -> list[Said]:
    """Return the answers of the step "contact", for the review page only."""
    phone = getattr(source.phone, "as_international", source.phone)
    lines = [
        Said("contact", "name", _("Your name"), source.name),
        Said("contact", "email", _("Your e-mail"), source.email),
        Said("contact", "phone", _("Your telephone"), str(phone or "")),
        Said("contact", "language", _("Answer wanted"), language_words(language)),
    ]
    return [line for line in lines if line.words]


def sent(enquiry: Enquiry) -> list[Said]:
    """Return the sent answers without personal data: a page opened by a plain link shows no name and no address."""
    source = _as_sent(enquiry)
    everything = [*project_said(source), *place_said(source), *firm_said(source)]
    shown = [line for line in everything if line.field not in ("message", "company", "siret")]
    return [*shown, Said("contact", "language", _("Answer wanted"), language_words(enquiry.language))]


def _as_sent(enquiry: Enquiry) -> Enquiry:
    """Return the enquiry with the facts of its decision: present facts may have been corrected by an officer."""
    decision = Decision.objects.filter(enquiry=enquiry).first()
    if decision is None:
        return enquiry
    source = copy(enquiry)
    source.hold(completed(decision.facts))
    return source


def in_one_sentence(enquiry: Enquiry) -> str:
    """Return the main known answers: `Atelier de 600 à 900 m², Athis-Mons, artisanat, 1 à 9 personnes`."""
    facts, parts = enquiry.facts, []
    if facts[PREMISES.key] not in (Premises.UNKNOWN, Premises.NONE_NEEDED):
        parts.append(fact_words(PREMISES.key, facts[PREMISES.key]))
    parts.append(surface_words(enquiry.area_min, enquiry.area_max))
    if facts[PLACE.key] != WiderPlace.UNKNOWN:
        parts.append(fact_words(PLACE.key, facts[PLACE.key]))
    if facts[ACTIVITY.key] != Activity.UNKNOWN:
        activity = fact_words(ACTIVITY.key, facts[ACTIVITY.key])
        parts.append(activity[0].lower() + activity[1:] if any(parts) else activity)
    if facts[HEADCOUNT.key] not in (Headcount.UNKNOWN, Headcount.ALONE):
        parts.append(fact_words(HEADCOUNT.key, facts[HEADCOUNT.key]))
    joined = ", ".join(part for part in parts if part)
    return f"{joined}." if joined else ""


def rules_read(decision: Decision) -> list[RuleRead]:
    """Return the earlier rules, in order, each with its first mismatch, then the deciding rule."""
    if decision.rule is None or decision.table is None:
        return []
    rules = {rule.position: rule for rule in decision.table.rules.select_related("lead")}
    read = []
    for earlier in decision.earlier:
        rule = rules.get(earlier["position"])
        if rule is not None and earlier["misses"]:
            miss = earlier["misses"][0]
            words = {"fact": label_of(miss["fact"]), "value": fact_words(miss["fact"], miss["value"])}
            read.append(RuleRead(rule.reason, _("no; %(fact)s: %(value)s") % words, decided=False))
    yes = _("yes: %(partner)s") % {"partner": decision.rule.lead.short_name}
    return [*read, RuleRead(decision.rule.reason, yes, decided=True)]


def fact_words(fact: str, value: str) -> str:
    """Return a fact's value as text: a commune with its department; the bare code once the row is gone."""
    values, rows = FACTS[fact].values, FACTS[fact].rows
    if value in values.values:
        return str(values(value).label)
    if rows is FactRows.COMMUNES and (commune := Commune.objects.filter(insee=value).first()):
        return f"{commune.name} ({Department(commune.department).label})"
    if rows is FactRows.PARTNERS and (partner := Partner.objects.filter(slug=value).first()):
        return str(partner.short_name)
    return value


def known_words(facts: Iterable[tuple[str, str]]) -> str:
    """Join several facts as text, with commas."""
    return ", ".join(fact_words(fact, value) for fact, value in facts)


def surface_words(smallest: int | None, largest: int | None) -> str:
    """Return `600 to 900 m²`, `from 600 m²` or `up to 900 m²`; empty without bounds."""
    if smallest and largest:
        if smallest == largest:
            return surface(smallest)
        return _("%(smallest)s to %(largest)s") % {"smallest": number(smallest), "largest": surface(largest)}
    if smallest:
        return _("from %(surface)s") % {"surface": surface(smallest)}
    if largest:
        return _("up to %(surface)s") % {"surface": surface(largest)}
    return ""


def language_words(code: str) -> str:
    """Return the channel and language of the answer."""
    return _("By e-mail, in %(language)s") % {"language": language_name(code, in_sentence=True)}
