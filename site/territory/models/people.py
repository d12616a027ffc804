"""People one may reach: by their function, with or without a name."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from phonenumber_field.modelfields import PhoneNumberField

from foundation.by_language import TextByLanguageField
from territory.choices import TALK_ROLES, PersonRole, SpokenLanguage
from territory.models.partners import Partner


class PersonQuerySet(models.QuerySet["Person"]):
    def to_talk_to(self) -> "PersonQuerySet":
        """Those whom a firm with a project may call: not the press officers."""
        return self.filter(role__in=TALK_ROLES)


class Person(models.Model):
    """Somebody of a partner: a function, a name if it is public, and a line."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="people", verbose_name=_("partner"))
    role = models.CharField(pgettext_lazy("of a person", "called for"), max_length=12, choices=PersonRole.choices)
    name = models.CharField(
        pgettext_lazy("of a person", "name"),
        max_length=120,
        blank=True,
        help_text=_("Leave it empty to publish the function alone."),
    )
    function = TextByLanguageField(pgettext_lazy("of a person", "function"), max_length=120, blank=True)
    phone = PhoneNumberField(_("telephone"), blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    languages = models.JSONField(_("languages spoken"), default=list, help_text=_("List of codes, such as fr, en."))

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["partner", "role", "pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(name="", function={}), name="a_person_has_a_name_or_a_function"),
            models.CheckConstraint(condition=~models.Q(phone="", email=""), name="a_person_can_be_reached"),
        ]

    def __str__(self) -> str:
        return self.name or str(self.function)

    def clean(self) -> None:
        super().clean()
        missing = {}
        if not (self.name or self.function):
            missing["name"] = _("Give a name, or a function: pages show one of the two.")
        if not (self.phone or self.email):
            missing["phone"] = _("Give a telephone number or an e-mail.")
        if missing:
            raise ValidationError(missing)

    @property
    def speaks(self) -> list[str]:
        """The names of the languages spoken, in the active language."""
        return [str(SpokenLanguage(code).label) for code in self.languages if code in SpokenLanguage.values]
