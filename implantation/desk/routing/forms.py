"""The form of one rule."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from implantation import services
from implantation.choices import Fact
from implantation.desk.wording import Words
from implantation.services.tables import domain
from territory.models import Axis, Partner


class RuleForm(forms.Form):
    """Conditions are boxes to tick; none ticked for a fact means any value."""

    position = forms.IntegerField(label=gettext_lazy("Position"), min_value=1, max_value=999)
    lead = forms.ModelChoiceField(label=gettext_lazy("Given to"), queryset=Partner.objects.none())
    axis = forms.ModelChoiceField(label=gettext_lazy("Axis served"), queryset=Axis.objects.all(), required=False)
    reason_fr = forms.CharField(
        label=gettext_lazy("Why, in French"), max_length=240, help_text=gettext_lazy("The investor reads it.")
    )
    reason_en = forms.CharField(label=gettext_lazy("Why, in English"), max_length=240)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lead: Any = self.fields["lead"]
        lead.queryset = Partner.objects.members_on(timezone.localdate())
        words = Words()
        for fact, values in domain().items():
            choices = [(value, words.value(fact, value)) for value in words.ordered(fact, values)]
            self.fields[fact] = forms.MultipleChoiceField(
                label=Fact(fact).label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple
            )

    def facts(self) -> list[Any]:
        """The fields of the conditions."""
        return [self[fact.value] for fact in Fact]

    def plain(self) -> list[Any]:
        """The other fields."""
        return [self[name] for name in ("position", "lead", "axis", "reason_fr", "reason_en")]

    def text(self) -> services.RuleText:
        typed = self.cleaned_data
        return services.RuleText(
            conditions={fact.value: typed[fact.value] for fact in Fact if typed[fact.value]},
            lead=typed["lead"],
            axis=typed["axis"],
            reason_fr=typed["reason_fr"],
            reason_en=typed["reason_en"],
        )
