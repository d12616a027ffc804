"""Forms of the request's steps. Required: name, e-mail and the project in the firm's words."""

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar, cast

from django import forms
from django.conf import settings
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _
from django_countries import countries
from phonenumber_field.formfields import PhoneNumberField

from implantation.enquiries.choices import Deadline
from implantation.fields import LineField, ParagraphField, RadioField, Siret, WholeNumber
from implantation.routing.facts import PLACE, FormStep, asked
from implantation.routing.wording import alphabetical_communes, place_choices
from territory.cartography import sheet
from territory.choices import Department

LARGEST_SURFACE = 1_000_000  # m²: 100 ha, more than any offer of the territory
LARGEST_BUDGET = 1_000_000_000  # €
MOST_JOBS = 50_000


class FactsForm(forms.Form):
    """Step with facts among its fields."""

    step: ClassVar[FormStep]

    def closed_questions(self) -> list[forms.BoundField]:
        """Return the facts with a closed list of values."""
        return [self[fact.key] for fact, _question in asked(self.step) if not fact.rows]

    @property
    def facts(self) -> dict[str, str]:
        """Valid facts of the step; only after `is_valid()`."""
        keys = [fact.key for fact, _question in asked(self.step)]
        return {key: self.cleaned_data[key] for key in keys if key in self.cleaned_data}


AFactsForm = TypeVar("AFactsForm", bound=FactsForm)


def asking(step: FormStep) -> Callable[[type[AFactsForm]], type[AFactsForm]]:
    """Add fields for the registry's facts of a step to a form, before the form's own fields."""
    fields: dict[str, forms.Field] = {
        fact.key: RadioField(
            choices=fact.values.choices, label=question.label, help_text=question.help, hints=question.hints
        )
        for fact, question in asked(step)
    }

    def decorate(form: type[AFactsForm]) -> type[AFactsForm]:
        form.step = step
        form.base_fields = fields | form.base_fields
        return form

    return decorate


@asking("project")
class ProjectForm(FactsForm):
    """Step of the project."""

    field_order = ("message",)
    message = ParagraphField(longest=5_000, rows=7, label=_("Your project, in your words"))


@asking("place")
class PlaceForm(FactsForm):
    """Step of place, premises and time."""

    area_min = WholeNumber(smallest=1, largest=LARGEST_SURFACE, label=_("Smallest surface"))
    area_max = WholeNumber(smallest=1, largest=LARGEST_SURFACE, label=_("Largest surface"))
    deadline = RadioField(choices=Deadline.choices, label=_("For when?"))
    budget = WholeNumber(
        smallest=1, largest=LARGEST_BUDGET, label=_("Budget a year"), help_text=_("Excluding tax and charges.")
    )
    technical_needs = ParagraphField(
        longest=2_000,
        rows=4,
        required=False,
        label=_("Technical needs"),
        help_text=_("Height, docks, power, classified installations…"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        communes = alphabetical_communes()
        self._department_of = {commune.insee: commune.department for commune in communes}
        cast(RadioField, self.fields[PLACE.key]).choices = place_choices(communes)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        smallest, largest = cleaned.get("area_min"), cleaned.get("area_max")
        if smallest and largest and largest < smallest:
            self.add_error(
                "area_max",
                _("%(largest)s m² is less than your smallest surface. Write %(smallest)s or more, or nothing.")
                % {"largest": largest, "smallest": smallest},
            )
        return cleaned

    def departments(self) -> list[dict[str, Any]]:
        """Return the departments with their communes: radio, and shape on the map with its tone."""
        shapes = {commune.insee: commune for commune in sheet().communes}
        groups: dict[str, list[dict[str, Any]]] = {code: [] for code in Department.values}
        for radio in self[PLACE.key]:
            insee = radio.data["value"]
            if insee in self._department_of:
                groups[self._department_of[insee]].append({"radio": radio, "shape": shapes.get(insee)})
        return [
            {"code": code, "label": Department(code).label, "communes": rows} for code, rows in groups.items() if rows
        ]

    def wider_places(self) -> list[Any]:
        """Return the radios of places wider than a commune."""
        return [radio for radio in self[PLACE.key] if radio.data["value"] not in self._department_of]


@asking("firm")
class FirmForm(FactsForm):
    """Step of the firm."""

    company = LineField(longest=160, required=False, label=_("Name of the firm"))
    siret = Siret(
        required=False,
        max_length=40,
        label=_("SIRET"),
        help_text=_("14 digits. A founder or a foreign firm has none: leave it empty."),
    )
    country = forms.ChoiceField(required=False, label=_("Country of the firm"))
    jobs = WholeNumber(
        smallest=0, largest=MOST_JOBS, label=_("Jobs created"), help_text=_("If you can say; many cannot yet.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        country = cast(forms.ChoiceField, self.fields["country"])
        country.choices = [("", _("Not stated")), *countries]
        country.error_messages["invalid_choice"] = _("Choose a country of the list.")
        country.widget.attrs["autocomplete"] = "country"
        self.fields["siret"].widget.attrs.update(inputmode="numeric", autocomplete="off")
        self.fields["company"].widget.attrs["autocomplete"] = "organization"


class ContactForm(forms.Form):
    """Step of the contact. `subject` is a honeypot: invisible to people, filled by machines."""

    name = LineField(longest=120, label=_("Your name"))
    email = forms.EmailField(
        max_length=254,
        label=_("Your e-mail"),
        help_text=_("The answer and your tracking link go there."),
        error_messages={
            "required": _("This answer is needed."),
            "invalid": _("Write a whole address, such as name@example.org."),
        },
    )
    phone = PhoneNumberField(
        required=False,
        region="FR",
        label=_("Your telephone"),
        help_text=_("A number outside France starts with + and the country’s code."),
        error_messages={"invalid": _("This number cannot be called. Check it, or leave it empty.")},
    )
    language = forms.ChoiceField(
        required=False,
        widget=forms.RadioSelect,
        choices=[(code, get_language_info(code)["name_local"].capitalize()) for code, _name in settings.LANGUAGES],
        label=_("In which language shall we answer?"),
        error_messages={"invalid_choice": _("Choose one answer of the list.")},
    )
    subject = forms.CharField(required=False, label=_("Leave this empty"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["email"].widget.attrs["autocomplete"] = "email"
        self.fields["email"].widget.attrs.pop("maxlength", None)
        self.fields["phone"].widget.attrs["autocomplete"] = "tel"
        self.fields["subject"].widget.attrs.update(tabindex="-1", autocomplete="off")

    def clean_language(self) -> str:
        return self.cleaned_data["language"] or get_language() or settings.LANGUAGE_CODE


STEPS: dict[str, type[forms.Form]] = {
    "project": ProjectForm,
    "place": PlaceForm,
    "firm": FirmForm,
    "contact": ContactForm,
}
