"""Formset of lots within the property's form."""

from collections.abc import Iterable, Iterator
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict, ErrorList
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from properties.discretion.words import Hidden
from properties.lots import FIELDS
from properties.models import Lot
from properties.public_reading import OF_LOTS, repeated_in

PREFIX = "lots"
# Above this number, lots come by an import file.
MOST = 200


class LotForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Lot
        fields = FIELDS
        widgets = {
            "available_from": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "surface": forms.NumberInput(attrs={"min": "0", "step": "0.01"}),
        }

    def __init__(self, *args: Any, quiet: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.quiet = quiet

    @property
    def errors(self) -> ErrorDict:
        return ErrorDict() if self.quiet else super().errors


class LotForms(forms.BaseFormSet):  # type: ignore[type-arg]
    """Formset of lots: stored lots by label, then two empty rows. A ticked row is deleted, an empty row ignored.

    `hidden`: parts of the property's address the lots' words may not disclose.
    """

    hidden = Hidden()

    @classmethod
    def of(cls, lots: Iterable[Lot], data: Any = None, *, quiet: bool = False) -> "LotForms":
        """Build the formset from stored lots or posted data; `quiet` skips validation errors."""
        initial = [_initial(lot) for lot in lots]
        return cast("LotForms", _LotForms(data, prefix=PREFIX, initial=initial, form_kwargs={"quiet": quiet}))

    @property
    def quiet(self) -> bool:
        return bool(self.form_kwargs.get("quiet"))

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Remove")

    def non_form_errors(self) -> ErrorList:
        return ErrorList() if self.quiet else super().non_form_errors()

    def clean(self) -> None:
        labels = [form.cleaned_data["label"] for form in self._kept() if "label" in form.cleaned_data]
        if len(set(labels)) < len(labels):
            raise ValidationError(_("Two lots bear the same label."))
        for form in self._kept():
            texts = {name: form.cleaned_data.get(name, "") for name in OF_LOTS}
            for name, why in repeated_in(texts, self.hidden).items():
                form.add_error(name, why)

    @property
    def values(self) -> list[dict[str, Any]]:
        """Values of the remaining lots, once the formset is valid."""
        return [{name: form.cleaned_data[name] for name in FIELDS} for form in self._kept()]

    def _kept(self) -> list[forms.BaseForm]:
        """Return the filled rows not ticked for deletion."""
        return [form for form in self.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]

    def problems(self) -> Iterator[tuple[str, str, str]]:
        """Yield (label, message, id of the control) of each error."""
        if self.quiet or not self.is_bound:
            return
        for message in self.non_form_errors():
            yield _("Lots"), str(message), "lots"
        for position, form in enumerate(self.forms, 1):
            for name, messages in form.errors.items():
                label = capfirst(str(form.fields[name].label)) if name in form.fields else ""
                target = form[name].id_for_label if name in form.fields else "lots"
                row = _("row %(number)s") % {"number": position}
                yield f"{row}, {label}".rstrip(", "), " ".join(messages), target


def _initial(lot: Lot) -> dict[str, Any]:
    values = {name: getattr(lot, name) for name in FIELDS}
    return {name: f"{value.normalize():f}" if hasattr(value, "normalize") else value for name, value in values.items()}


_LotForms = forms.formset_factory(
    LotForm, formset=LotForms, extra=2, can_delete=True, max_num=MOST, absolute_max=MOST, validate_max=True
)
