"""Admin form of a synonym set: one expression a line."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from search.models import SynonymSet
from search.models.database import MOST_EXPRESSIONS, MOST_WORDS

# Apostrophes and hyphens belong to an expression; `=` separates, as in `entrepôt = logistique`.
_BETWEEN = re.compile(r"[\n\r,;=]+")


class SynonymSetForm(WagtailAdminModelForm):
    """Text area split into expressions; the model validates them."""

    expressions = forms.CharField(
        label=_("Expressions of one meaning"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "One a line, or separated by commas: from 2 to %(expressions)d, of %(words)d words at most each. Accents, "
            "capitals, plurals and small words such as “of” change nothing. Whoever searches for one of them finds the "
            "others too, in French and in English."
        )
        % {"expressions": MOST_EXPRESSIONS, "words": MOST_WORDS},
        max_length=2_000,
    )

    class Meta:
        model = SynonymSet
        fields = ["expressions"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["expressions"] = "\n".join(self.instance.expressions or [])

    def clean_expressions(self) -> list[str]:
        pieces = (" ".join(piece.split()) for piece in _BETWEEN.split(self.cleaned_data["expressions"]))
        expressions = [piece for piece in pieces if piece]
        if not expressions:
            raise forms.ValidationError(self.fields["expressions"].error_messages["required"])
        return expressions
