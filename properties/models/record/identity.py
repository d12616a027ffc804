"""Identity of an offer: reference, state, and the partner in charge."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.by_language import TextByLanguageField
from properties.choices import PUBLIC_STATES, Deal, Kind, Mandate, PropertyState
from properties.models.rules import spoken
from territory.models import Partner


class Identity(models.Model):
    """Identity of an offer.

    - `reference`: ours, unique, part of URLs. `source`: slug of the import source; `source_reference`: reference there.
    - `state`, with `state_since` (day of the last change of state), `published_at` (first publication), `verified_on`
      (day of the last confirmation by an informed person), `expires_on` (day of withdrawal unless confirmed).
    - `partner` is in charge; `agent` holds the `mandate` (loi n° 70-9 of 2 January 1970, article 6).
    """

    reference = models.CharField(
        _("reference"), max_length=20, unique=True, validators=[RegexValidator(r"^[A-Z0-9][A-Z0-9-]*$")]
    )
    source = models.CharField(_("source"), max_length=40, blank=True, db_index=True)
    source_reference = models.CharField(_("reference at the source"), max_length=60, blank=True)
    state = models.CharField(
        pgettext_lazy("of progress", "state"), max_length=12, choices=PropertyState.choices, default=PropertyState.DRAFT
    )
    state_since = models.DateField(_("in this state since"), null=True, blank=True, editable=False)
    kind = models.CharField(pgettext_lazy("of premises", "type"), max_length=12, choices=Kind.choices)
    deal = models.CharField(_("deal"), max_length=14, choices=Deal.choices)

    partner = models.ForeignKey(
        Partner, on_delete=models.PROTECT, related_name="properties", verbose_name=_("partner in charge")
    )
    agent = models.CharField(_("agent"), max_length=120, blank=True)
    mandate = models.CharField(_("mandate"), max_length=10, choices=Mandate.choices, blank=True)
    verified_on = models.DateField(_("last checked on"), null=True, blank=True)
    expires_on = models.DateField(_("expires on"), null=True, blank=True)
    # Question not answered in time (`properties.freshness`); shown to the public.
    to_confirm = models.BooleanField(_("to confirm"), default=False, editable=False)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    is_demo = models.BooleanField(_("demonstration data"), default=False)

    class Meta:
        abstract = True

    @property
    def is_public(self) -> bool:
        return self.state in PUBLIC_STATES


class PropertyTexts(models.Model):
    """Title and description by language; the title is required in the default one."""

    title = TextByLanguageField(_("title"), max_length=120)
    description = TextByLanguageField(_("description"), blank=True, multiline=True)

    class Meta:
        abstract = True


CONSTRAINTS = [
    spoken("property_has_a_title", "title"),
    models.UniqueConstraint(
        fields=["source", "source_reference"],
        condition=~models.Q(source_reference=""),
        name="property_unique_at_source",
    ),
]
