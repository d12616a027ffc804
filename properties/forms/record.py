"""Admin form of the record: validation only, the services write."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import DateField, Field
from django.forms.utils import ErrorDict
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from foundation.by_language import language_name, refusal
from properties.applicability import applies
from properties.choices import Stated
from properties.forms.lots import LotForms
from properties.forms.tabs import FIELDS, HELP, TAB_OF, TABS, FieldGroup, Tab
from properties.importing.constraints import broken
from properties.models import FIELD_OF, Property
from properties.models.record.building import MEASURED
from properties.public_reading import Reading, hidden_of, public_reading, repeated
from territory.choices import OfficerRole
from territory.geography import commune_at
from territory.models import Commune, Officer, Partner

NOTHING = ("", None, False, "False", Stated.UNKNOWN.value)
_THREE_VALUED = frozenset(
    name for name in FIELDS if getattr(Property._meta.get_field(name), "default", None) == Stated.UNKNOWN
)


@dataclass(frozen=True, slots=True)
class FormCell:
    """Bound field in its place: `applies` to the type and deal, `carries` a value, applicable or not."""

    field: forms.BoundField
    applies: bool
    carries: bool

    @property
    def shown(self) -> bool:
        return self.applies or self.carries or bool(self.field.errors)

    @property
    def stray(self) -> bool:
        return self.carries and not self.applies


@dataclass(frozen=True, slots=True)
class Block:
    """Group of the form with its cells, row after row."""

    group: FieldGroup
    rows: tuple[tuple[FormCell, ...], ...]

    @property
    def shown(self) -> bool:
        return bool(self.group.part) or any(cell.shown for row in self.rows for cell in row)


@dataclass(frozen=True, slots=True)
class Page:
    """Tab of the form, with its blocks and its number of errors."""

    tab: Tab
    blocks: tuple[Block, ...]
    errors: int

    @property
    def shown(self) -> bool:
        return any(block.shown for block in self.blocks)


@dataclass(frozen=True, slots=True)
class FormProblem:
    """Error with its tab, its field's label, and the id of the control as link target."""

    tab: Promise | str
    label: str
    message: str
    target: str


def _carries(value: Any) -> bool:
    return any(value.values()) if isinstance(value, Mapping) else value not in NOTHING


class PropertyForm(WagtailAdminModelForm):
    """Record in tabs, with its lots; the hidden `version` is the optimistic lock.

    Only a coordinator chooses the partner in charge; an officer's additions go to the officer's own partner. `quiet`:
    redraw the typed values for another type, without errors.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    class Meta:
        model = Property
        fields = FIELDS
        widgets = {
            name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            for name in FIELDS
            if isinstance(Property._meta.get_field(name), DateField)
        } | {
            "latitude": forms.NumberInput(attrs={"step": "any"}),
            "longitude": forms.NumberInput(attrs={"step": "any"}),
        }
        help_texts = HELP

    def __init__(self, *args: Any, quiet: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.quiet = quiet
        self.fields["version"].initial = self.instance.version
        officer = Officer.objects.select_related("partner").filter(user_id=self.for_user.pk).first()
        self.own_partner: Partner | None = officer.partner if officer else None
        if officer is None or officer.role != OfficerRole.COORDINATOR:
            del self.fields["partner"]
        for name, field in self.fields.items():
            field.label = capfirst(str(field.label))
            if name in _THREE_VALUED:
                field.required = False  # nothing sent is nothing stated
            elif isinstance(field, forms.TypedChoiceField) and not field.required:
                column = Property._meta.get_field(name)
                assert isinstance(column, Field)
                field.choices = column.get_choices(blank_choice=[("", _("Not stated"))])
            if name in self.initial and isinstance(self.initial[name], Decimal):
                self.initial[name] = f"{self.initial[name].normalize():f}"
        stored_lots = self.instance.lots.all() if self.instance.pk else ()
        # A request without lots leaves the stored lots unchanged.
        speaks = not self.is_bound or "lots-TOTAL_FORMS" in self.data
        self.lots = LotForms.of(stored_lots, self.data if self.is_bound else None, quiet=quiet) if speaks else None

    @property
    def errors(self) -> ErrorDict:
        return ErrorDict() if self.quiet else super().errors

    def is_valid(self) -> bool:
        valid = super().is_valid()
        return (self.lots is None or self.lots.is_valid()) and valid

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        cleaned |= {name: Stated.UNKNOWN.value for name in _THREE_VALUED if cleaned.get(name) == ""}
        # Features implied by a number are set before the constraints compare the two.
        settled = Property(**{name: cleaned[name] for name in (*MEASURED, *_THREE_VALUED) if name in cleaned})
        return cleaned | {name: getattr(settled, name) for name in settled.imply() if name in cleaned}

    def full_clean(self) -> None:
        """Validate, and move each rule's message to the field the rule concerns."""
        super().full_clean()
        general = [str(message) for message in self.errors.pop(NON_FIELD_ERRORS, [])]
        for constraint in broken(self.instance) if general else ():
            message, name = str(constraint.get_violation_error_message()), FIELD_OF[constraint.name]
            if message in general and name in self.fields:
                self.add_error(name, message)
                general = [other for other in general if other != message]
        for message in general:
            self.add_error(None, message)
        media = self.instance.media.all() if self.instance.pk else ()
        for name, errors in refusal(Property, repeated(self.instance, media=media)).error_dict.items():
            self.add_error(name, errors)
        if self.lots is not None:
            self.lots.hidden = hidden_of(self.instance)

    def add_error(self, field: str | None, error: Any) -> None:
        """Add an error; for a point outside its commune, name the commune around the point."""
        super().add_error(field, error)
        fields = error.error_dict if hasattr(error, "error_dict") else ()
        if "latitude" in fields and (commune := self.commune_of_point()):
            super().add_error("latitude", _("It is in %(commune)s.") % {"commune": commune})

    def commune_of_point(self) -> Commune | None:
        """Return the commune around the typed point, or None outside every commune or without a point."""
        latitude, longitude = self.instance.latitude, self.instance.longitude
        if latitude is None or longitude is None:
            return None
        communes = {commune.insee: commune for commune in Commune.objects.all()}
        code = commune_at({insee: commune.boundary for insee, commune in communes.items()}, latitude, longitude)
        return communes[code] if code else None

    @property
    def reading(self) -> Reading:
        """Public wording of the place as typed, valid or not."""
        typed = {name: self[name].value() for name in ("address", "precision", "business_park", "commune", "latitude")}
        commune = Commune.objects.filter(pk=str(typed["commune"] or "")).first()
        return public_reading(
            precision=str(typed["precision"] or ""),
            address=str(typed["address"] or ""),
            business_park=str(typed["business_park"] or ""),
            commune=commune.name if commune else "",
            has_point=typed["latitude"] not in NOTHING,
        )

    @property
    def values(self) -> dict[str, Any]:
        """Field values for the services."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        if self.instance.pk is None and "partner" not in values:
            values["partner"] = self.own_partner
        return values

    @property
    def lot_values(self) -> list[dict[str, Any]] | None:
        """Lot values for the services; None leaves the stored lots."""
        return None if self.lots is None else self.lots.values

    def pages(self) -> Iterator[Page]:
        """Yield the tabs laid out for the chosen type and deal."""
        kind, deal = str(self["kind"].value() or ""), str(self["deal"].value() or "")
        for tab in TABS:
            blocks = tuple(
                Block(group, tuple(row for row in (self._row(names, kind, deal) for names in group.rows) if row))
                for group in tab.groups
            )
            errors = sum(problem.tab == tab.title for problem in self.problems())
            yield Page(tab, blocks, errors)

    def _row(self, names: tuple[str, ...], kind: str, deal: str) -> tuple[FormCell, ...]:
        return tuple(
            FormCell(self[name], not kind or applies(name, kind, deal), _carries(self[name].value()))
            for name in names
            if name in self.fields
        )

    def _problem(self, name: str, error: ValidationError) -> FormProblem:
        label, target = str(self.fields[name].label), self[name].id_for_label
        if language := getattr(error, "language", ""):
            label, target = f"{label}, {language_name(language)}", f"{self[name].auto_id}_{language}"
        return FormProblem(TAB_OF[name].title, label, " ".join(error.messages), target)

    def problems(self) -> Iterator[FormProblem]:
        """Yield each error with its tab, in the order of the form."""
        order = {name: position for position, name in enumerate(FIELDS)}
        for name in sorted(self.errors, key=lambda name: order.get(name, -1)):
            if name == NON_FIELD_ERRORS or name not in TAB_OF:
                continue
            for error in self.errors[name].as_data():
                yield self._problem(name, error)
        if self.lots is not None:
            title = TAB_OF["lots"].title
            for label, message, target in self.lots.problems():
                yield FormProblem(title, label, message, target)
