"""Form of one photo, plan or brochure."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from foundation.by_language import TextByLanguageFormField
from properties.choices import MediaKind


class WordsForm(forms.Form):
    """What is said of a medium."""

    alt = TextByLanguageFormField(label=gettext_lazy("What it shows"), max_length=200, required=False)
    credit = forms.CharField(label=gettext_lazy("Credit"), max_length=120, required=False)


class MediumForm(WordsForm):
    """A file to add, with its words."""

    field_order = ("kind", "file", "alt", "credit")

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=MediaKind.choices)
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("Photo: JPEG, PNG or WebP. Plan: the same, or PDF. Brochure: PDF. At most 20 MB."),
        allow_empty_file=True,  # the service says so in its own words
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"}),
    )

    def take(self, refused: ValidationError) -> None:
        """Show what the service refused beside its field."""
        for name, errors in refused.error_dict.items():
            self.add_error(name if name in self.fields else None, errors)
