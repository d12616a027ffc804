"""Enquiries of investors and their holder."""

import uuid

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_countries.fields import CountryField
from phonenumber_field.modelfields import PhoneNumberField

from foundation.by_language import language_choices
from implantation.enquiries.choices import CLOSED_STATES, OPEN_STATES, Deadline, EnquiryState, Step, suspicion_label
from implantation.enquiries.models.facts import HeldFacts, closed_list, known_values
from implantation.enquiries.models.querysets import EnquiryQuerySet
from properties.models import Property
from territory.models import Partner


class Enquiry(HeldFacts):
    """Implantation request. Exactly one partner holds an enquiry at every instant.

    Database constraints: a holder (not null), at most one open transfer and never from a partner to itself, unique
    sequences of the timeline, a closing date exactly for closed states, closed lists. Rules across two rows are kept by
    the services, under a lock of the enquiry: an open transfer starts from the holder, and a closed enquiry has no open
    transfer. The timeline is append-only: `Event` and its queryset refuse every other ORM write, and database triggers
    refuse the rest (`models.append_only`).

    `__str__` is the reference alone, since logs and titles have more readers than the enquiry. Surfaces are in m², the
    budget in € a year excluding tax.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(_("reference"), max_length=16, unique=True)
    token_version = models.PositiveSmallIntegerField(_("version of the tracking link"), default=1)
    # SHA-256 of the form's idempotency key: finds a form sent twice, and gives no access if the row leaks.
    submission_digest = models.CharField(max_length=64, unique=True, editable=False)
    language = models.CharField(_("language"), max_length=10, choices=language_choices)
    state = models.CharField(pgettext_lazy("of progress", "state"), max_length=20, choices=EnquiryState.choices)
    holder = models.ForeignKey(
        Partner, on_delete=models.PROTECT, related_name="enquiries", verbose_name=_("partner in charge")
    )
    held_since = models.DateTimeField(_("held since"))
    moves = models.PositiveSmallIntegerField(_("changes of partner"), default=0)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("taken in charge by"),
    )
    taken_at = models.DateTimeField(_("taken in charge at"), null=True, blank=True)
    first_answer_due = models.DateField(_("first answer due"))  # the promised day, kept after the answer
    first_answered_at = models.DateTimeField(_("first answered at"), null=True, blank=True)
    tailored_at = models.DateTimeField(_("tailored answer given at"), null=True, blank=True)
    # Clock (enquiries.clock): the step owed with its due date, or with the working time left while stopped.
    step = models.CharField(_("what is owed"), max_length=16, choices=Step.choices, blank=True)
    due_at = models.DateTimeField(pgettext_lazy("column", "due"), null=True, blank=True, db_index=True)
    time_left = models.DurationField(_("working time left"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    attached_property = models.ForeignKey(
        Property,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("premises asked for"),
    )
    property_reference = models.CharField(_("reference of the premises asked for"), max_length=20, blank=True)
    # References of premises shortlisted by the investor; not read by routing.
    shortlist = models.JSONField(_("shortlist"), default=list, blank=True)

    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"))
    phone = PhoneNumberField(_("telephone"), blank=True)
    company = models.CharField(_("firm"), max_length=160, blank=True)
    siret = models.CharField(_("SIRET"), max_length=14, blank=True)
    country = CountryField(_("country"), blank=True)
    message = models.TextField(_("what the firm wants"), max_length=5_000)
    area_min = models.PositiveIntegerField(_("surface from (m²)"), null=True, blank=True)
    area_max = models.PositiveIntegerField(_("surface to (m²)"), null=True, blank=True)
    budget = models.PositiveIntegerField(
        _("budget (€ a year, excl. tax)"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    deadline = models.CharField(_("wanted by"), max_length=12, choices=Deadline.choices, default=Deadline.UNKNOWN)
    technical_needs = models.TextField(_("technical needs"), max_length=2_000, blank=True)
    jobs = models.PositiveIntegerField(_("jobs planned"), null=True, blank=True)

    suspicion = models.CharField(_("why it is to be checked"), max_length=60, blank=True)
    origin_digest = models.CharField(_("digest of the sender's address"), max_length=64, blank=True, db_index=True)
    created_at = models.DateTimeField(_("received at"), default=timezone.now, db_index=True)
    last_contact_at = models.DateTimeField(_("last contact"), db_index=True)
    anonymised_at = models.DateTimeField(_("personal data erased at"), null=True, blank=True)
    is_demo = models.BooleanField(_("demonstration data"), default=False)

    # Wagtail's usage pages must not disclose which enquiries name a partner or a property.
    wagtail_reference_index_ignore = True

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("enquiry")
        verbose_name_plural = _("enquiries")
        ordering = ["-created_at", "-pk"]
        constraints = [
            closed_list("state", EnquiryState.values),
            *known_values(),
            models.CheckConstraint(
                name="enquiry_closed_has_its_date",
                condition=models.Q(state__in=list(CLOSED_STATES), closed_at__isnull=False)
                | (~models.Q(state__in=list(CLOSED_STATES)) & models.Q(closed_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="enquiry_clock",
                condition=models.Q(step="", due_at__isnull=True, time_left__isnull=True)
                | (models.Q(step__in=Step.values) & models.Q(due_at__isnull=False, time_left__isnull=True))
                | (models.Q(step__in=Step.values) & models.Q(due_at__isnull=True, time_left__isnull=False)),
            ),
            models.CheckConstraint(
                name="enquiry_closed_owes_no_more_than_a_reply",
                condition=~models.Q(state__in=list(CLOSED_STATES)) | models.Q(step__in=["", Step.REPLY]),
            ),
            models.CheckConstraint(
                name="enquiry_anonymised_has_no_address",
                condition=models.Q(anonymised_at__isnull=True) | models.Q(name="", email="", message=""),
            ),
            models.CheckConstraint(
                name="enquiry_surface_range",
                condition=models.Q(area_min__isnull=True)
                | models.Q(area_max__isnull=True)
                | models.Q(area_max__gte=models.F("area_min")),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def is_late(self) -> bool:
        """True when the due date is past, like `EnquiryQuerySet.late`."""
        return self.due_at is not None and self.due_at < timezone.now()

    @property
    def suspicion_label(self) -> str:
        """Label of the suspicion."""
        return suspicion_label(self.suspicion)


class ReferenceCounter(models.Model):
    """Last reference number of a year, locked while the next is taken: no number is repeated or skipped."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"
