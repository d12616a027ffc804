"""Forms of the admin: lists of codes are boxes to tick, identifiers are made once and never typed."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Max, Q
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from foundation.by_language import TextByLanguage
from territory import services
from territory.choices import SpokenLanguage
from territory.models import Officer, Partner, Sector
from territory.staffing import LastOfficerError, goes, refuse_last

# The language of identifiers, as of the code.
IDENTIFIERS = "en"


class SluggedForm(WagtailAdminModelForm):
    """Gives a new row an identifier made from one of its fields; an existing row keeps its own."""

    slug_from: str

    def save(self, commit: bool = True) -> Any:
        if not self.instance.slug:
            self.instance.slug = self._free_slug(slugify(self._source()) or "x")
        return super().save(commit)

    def _source(self) -> str:
        value = getattr(self.instance, self.slug_from)
        return value[IDENTIFIERS] or str(value) if isinstance(value, TextByLanguage) else str(value)

    def _free_slug(self, wanted: str) -> str:
        field = self._meta.model._meta.get_field("slug")
        wanted = wanted[: field.max_length - 4]
        taken = set(self._meta.model.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
        return next(slug for slug in (wanted, *(f"{wanted}-{n}" for n in range(2, 1000))) if slug not in taken)


class PartnerForm(SluggedForm):
    slug_from = "acronym"

    languages = forms.MultipleChoiceField(
        label=_("languages spoken"), choices=SpokenLanguage.choices, widget=forms.CheckboxSelectMultiple
    )
    website = forms.URLField(label=_("website"), required=False, assume_scheme="https")

    class Meta:
        model = Partner
        fields: list[str] = []  # the panels name them
        widgets = {"communes": forms.CheckboxSelectMultiple}

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if typed.get("is_coordinator") and typed.get("member_until"):
            self.add_error(
                "member_until",
                _("Let another partner coordinate first: enquiries that nobody else answers go to the coordinator."),
            )
        return typed


class SectorForm(SluggedForm):
    slug_from = "name"

    def save(self, commit: bool = True) -> Any:
        if not self.instance.slug:
            last = Sector.objects.aggregate(last=Max("position"))["last"]
            self.instance.position = 0 if last is None else last + 1
        return super().save(commit)


class OfficerForm(WagtailAdminModelForm):
    """The account's groups follow its role. A person without an account is given one, from a name and an e-mail."""

    new_first_name = forms.CharField(label=_("First name"), max_length=150, required=False)
    new_last_name = forms.CharField(label=_("Last name"), max_length=150, required=False)
    new_email = forms.EmailField(
        label=_("E-mail"), max_length=150, required=False, help_text=_("The way to choose a password is sent there.")
    )

    class Meta:
        model = Officer
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].required = False

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        email = typed.get("new_email")
        if typed.get("user"):
            if email:
                self.add_error("new_email", _("Choose an account, or open one: not both."))
        elif not email:
            if not {"user", "new_email"} & set(self.errors):
                self.add_error("user", _("Choose an account, or open one with a name and an e-mail."))
        elif get_user_model().objects.filter(Q(email__iexact=email) | Q(username__iexact=email)).exists():
            self.add_error("new_email", _("An account has this e-mail already: choose it instead."))
        elif not typed.get("new_last_name"):
            self.add_error("new_last_name", _("Say who this account is for."))
        self._keep_the_last(typed)
        return typed

    def _keep_the_last(self, typed: dict[str, Any]) -> None:
        """Another partner, or an account that is not active, takes this officer from its partner."""
        before = Officer.objects.filter(pk=self.instance.pk).first()
        partner, user = typed.get("partner"), typed.get("user")
        if before is None or partner is None or user is None or not goes(before, partner.pk, user):
            return
        try:
            refuse_last(user_id=before.user_id, asked=True)
        except LastOfficerError as refusal:
            self.add_error("partner" if before.partner_id != partner.pk else "user", refusal)

    def save(self, commit: bool = True) -> Any:
        if self.cleaned_data.get("new_email"):
            self.instance.user = services.open_account(
                first_name=self.cleaned_data["new_first_name"],
                last_name=self.cleaned_data["new_last_name"],
                email=self.cleaned_data["new_email"],
            )
        before = Officer.objects.filter(pk=self.instance.pk).select_related("user").first()
        if before is not None and before.user_id != self.instance.user_id:
            services.release_account(user=before.user)
        officer = super().save(commit)
        services.align_groups(officer=officer)
        return officer
