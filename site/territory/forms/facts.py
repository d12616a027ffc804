"""Forms of figures, major projects and people."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from territory.choices import SpokenLanguage
from territory.models import Figure, Person


class FigureForm(WagtailAdminModelForm):
    """A figure with its values, one a date."""

    class Meta:
        model = Figure
        fields: list[str] = []  # the panels name them

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        dates: set[date] = set()
        for form in self.formsets["values"].forms if "values" in self.formsets else []:
            # Checked here for its own field: the formset would say it above all the values.
            dated_on = None if form.errors or form.cleaned_data.get("DELETE") else form.cleaned_data.get("dated_on")
            if dated_on in dates:
                form.add_error("dated_on", _("This figure has another value of this date: correct that one."))
            elif dated_on:
                dates.add(dated_on)
        return typed


class PersonForm(WagtailAdminModelForm):
    languages = forms.MultipleChoiceField(
        label=_("languages spoken"), choices=SpokenLanguage.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Person
        fields: list[str] = []
