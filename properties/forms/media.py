"""Form of one photo, plan or brochure."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from properties.choices import MediaKind


class MediumForm(forms.Form):
    """A file to add, with its words."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=MediaKind.choices)
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("Photo: JPEG, PNG or WebP. Plan: the same, or PDF. Brochure: PDF. At most 20 MB."),
        allow_empty_file=True,  # the service says so in its own words
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"}),
    )
    alt_fr = forms.CharField(label=gettext_lazy("What it shows, in French"), max_length=200, required=False)
    alt_en = forms.CharField(label=gettext_lazy("What it shows, in English"), max_length=200, required=False)
    credit = forms.CharField(label=gettext_lazy("Credit"), max_length=120, required=False)

    def take(self, errors: Mapping[str, Any]) -> None:
        """Show what the service refused beside its field."""
        for name, messages in errors.items():
            self.add_error(name if name in self.fields else None, messages)
