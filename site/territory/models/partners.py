"""Who acts: partners, what each leads, and the people who answer for them."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from phonenumber_field.modelfields import PhoneNumberField

from foundation.by_language import TextByLanguageField, required_text
from territory.choices import Article, OfficerRole, PartnerKind
from territory.models.places import Commune


class PartnerQuerySet(models.QuerySet["Partner"]):
    def members_on(self, day: date) -> "PartnerQuerySet":
        """Partners whose membership covers `day`."""
        return self.filter(member_since__lte=day).exclude(member_until__lt=day)

    def coordinator(self) -> "Partner":
        """The one partner that coordinates; what no rule takes is its own."""
        return self.get(is_coordinator=True)


class Partner(ClusterableModel):
    """A body of the partnership. Its name in force is kept here, former ones in `former_names`."""

    slug = models.SlugField(_("identifier"), unique=True, max_length=40)
    short_name = models.CharField(_("short name"), max_length=40, help_text=_("As in “CCI Essonne”."))
    article = models.CharField(
        _("article in French"),
        max_length=2,
        choices=Article.choices,
        default=Article.NONE,
        blank=True,
        help_text=_("Before the short name, inside a sentence: as in “chez la CCI Essonne”."),
    )
    acronym = models.CharField(_("acronym"), max_length=20, help_text=_("As in “CCI 91”."))
    name = models.CharField(_("full name"), max_length=160)
    kind = models.CharField(_("kind"), max_length=30, choices=PartnerKind.choices)
    role = TextByLanguageField(_("what it leads"), max_length=240, blank=True)
    communes = models.ManyToManyField(Commune, related_name="partners", verbose_name=_("area"))
    member_since = models.DateField(_("member since"))
    member_until = models.DateField(_("member until"), null=True, blank=True)
    email = models.EmailField(_("monitored address"), help_text=_("Replies of investors arrive here."))
    phone = PhoneNumberField(_("telephone"), blank=True)
    website = models.URLField(_("website"), blank=True)
    languages = models.JSONField(_("languages spoken"), default=list, help_text=_("List of codes, such as fr, en."))
    first_answer_days = models.PositiveSmallIntegerField(
        _("first answer within"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(30)],
        help_text=_("Working days promised to the investor, for the first answer of a person."),
    )
    tailored_answer_days = models.PositiveSmallIntegerField(
        _("tailored answer within"),
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text=_("Working days from the same moment, for premises, contacts or a plan that fit what was asked."),
    )
    is_coordinator = models.BooleanField(_("coordinates the partnership"), default=False)

    objects = PartnerQuerySet.as_manager()

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["-is_coordinator", "kind", "short_name"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_coordinator"],
                condition=models.Q(is_coordinator=True),
                name="one_coordinator",
                violation_error_message=_("Another partner coordinates the partnership already."),
            ),
            models.CheckConstraint(
                condition=models.Q(member_until__isnull=True) | models.Q(member_until__gte=models.F("member_since")),
                name="membership_ends_after_it_starts",
                violation_error_message=_("The membership cannot end before it starts."),
            ),
            models.CheckConstraint(
                condition=models.Q(tailored_answer_days__gte=models.F("first_answer_days")),
                name="tailored_answer_not_before_the_first",
                violation_error_message=_("The tailored answer cannot be due before the first one."),
            ),
        ]

    def __str__(self) -> str:
        return self.short_name

    @property
    def named(self) -> str:
        """Its short name as a sentence of the active language says it: in French after its article, if it has one."""
        if not self.article or (get_language() or "")[:2] != "fr":
            return self.short_name
        return (
            f"{self.article}{self.short_name}"
            if self.article == Article.ELIDED
            else f"{self.article} {self.short_name}"
        )

    @cached_property
    def area(self) -> Mapping[str, int]:
        """How many communes it answers for in each department; uses the prefetched communes."""
        return Counter(commune.department for commune in self.communes.all())

    @property
    def commune_count(self) -> int:
        """How many communes it answers for."""
        return sum(self.area.values())

    def is_member(self, day: date | None = None) -> bool:
        """Whether the membership covers `day` (today by default)."""
        day = day or timezone.localdate()
        return self.member_since <= day and (self.member_until is None or day <= self.member_until)


class PartnerName(models.Model):
    """A name a partner bore before the one in force."""

    partner = ParentalKey(Partner, on_delete=models.CASCADE, related_name="former_names")
    name = models.CharField(_("name"), max_length=160)
    until = models.DateField(pgettext_lazy("a day", "until"))

    class Meta:
        verbose_name = _("former name")
        verbose_name_plural = _("former names")
        ordering = ["-until"]

    def __str__(self) -> str:
        return self.name


class AxisQuerySet(models.QuerySet["Axis"]):
    def shared_on(self, day: date) -> "AxisQuerySet":
        """With their lead, and as `present` those of their contributors whose membership covers `day`."""
        present = models.Prefetch("contributors", Partner.objects.members_on(day), to_attr="present")
        return self.select_related("lead").prefetch_related(present)


class Axis(models.Model):
    """One of the nine axes of the convention, with the partner that leads it and those that contribute."""

    number = models.PositiveSmallIntegerField(_("number"), primary_key=True)
    title = TextByLanguageField(_("title"), max_length=200, every_language=True)
    lead = models.ForeignKey(
        Partner,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="axes_led",
        verbose_name=pgettext_lazy("of an axis", "lead"),
    )
    contributors = models.ManyToManyField(
        Partner, blank=True, related_name="axes_contributed", verbose_name=_("contributors")
    )

    objects = AxisQuerySet.as_manager()

    class Meta:
        verbose_name = _("axis")
        verbose_name_plural = _("axes")
        ordering = ["number"]
        constraints = [required_text("title", "axis_has_a_title")]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class Officer(models.Model):
    """An account that acts for one partner."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="officer", verbose_name=_("account")
    )
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="officers", verbose_name=_("partner"))
    role = models.CharField(_("role"), max_length=12, choices=OfficerRole.choices)

    class Meta:
        verbose_name = _("officer")
        verbose_name_plural = _("officers")
        ordering = ["partner", "role", "user"]

    def __str__(self) -> str:
        return f"{self.user} ({self.partner})"
