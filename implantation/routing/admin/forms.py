"""Forms of a rule and of an import; conditions and contributors are checkboxes."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from foundation.by_language import TextByLanguageFormField, language_codes
from implantation.routing.choices import ContributionPart
from implantation.routing.deciding import domain
from implantation.routing.drafts import RuleText
from implantation.routing.facts import FACTS, Fact, FactRows
from implantation.routing.models import Rule
from implantation.routing.serialization import LONGEST_FILE
from implantation.routing.wording import RuleWording
from territory.choices import Department
from territory.models import Axis, Partner

_PLAIN = ("position", "lead", "axis", "reason")


@dataclass(frozen=True)
class CheckboxGroup:
    """Group of checkboxes of a fact; a named group may be ticked as a whole."""

    name: str
    boxes: list[Any]


class RuleForm(forms.Form):
    """Form of a rule. No value ticked for a fact means any value.

    `edition` is the draft's edition as read, the optimistic lock: refused when the draft has a later edition.
    """

    edition = forms.IntegerField(widget=forms.HiddenInput)
    position = forms.IntegerField(label=pgettext_lazy("in an order", "Position"), min_value=1, max_value=999)
    lead = forms.ModelChoiceField(label=gettext_lazy("Given to"), queryset=Partner.objects.none())
    axis = forms.ModelChoiceField(label=gettext_lazy("Axis served"), queryset=Axis.objects.all(), required=False)
    reason = TextByLanguageFormField(
        label=gettext_lazy("Why"),
        max_length=240,
        multiline=True,
        required_languages=language_codes,
        help_text=gettext_lazy("The investor reads it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lead: Any = self.fields["lead"]
        # Present and future members: a table may take over later.
        lead.queryset = partners = Partner.objects.exclude(member_until__lt=timezone.localdate())
        for part in ContributionPart:
            self.fields[f"part_{part.value}"] = forms.ModelMultipleChoiceField(
                label=part.label, queryset=partners, required=False, widget=forms.CheckboxSelectMultiple
            )
        self.words = RuleWording()
        for fact, values in domain().items():
            choices = [(value, self.words.value(fact, value)) for value in self.words.ordered(fact, values)]
            self.fields[fact] = forms.MultipleChoiceField(
                label=FACTS[fact].label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple
            )
        for name, field in self.fields.items():
            if name in _PLAIN and name != "reason" and self.is_bound and name in self.errors:
                field.widget.attrs |= {"aria-invalid": "true", "aria-describedby": f"id_{name}_error"}

    def plain(self) -> list[Any]:
        """Return the fields outside conditions and contributors."""
        return [self[name] for name in _PLAIN]

    def parts(self) -> list[Any]:
        """Return the contributor fields, by part."""
        return [self[f"part_{part.value}"] for part in ContributionPart]

    def facts(self) -> list[tuple[Any, list[CheckboxGroup]]]:
        """Return each fact with its groups of checkboxes; places by department."""
        return [(self[key], self._groups(fact)) for key, fact in FACTS.items()]

    def _groups(self, fact: Fact) -> list[CheckboxGroup]:
        boxes = list(self[fact.key])
        if fact.rows is not FactRows.COMMUNES:
            return [CheckboxGroup("", boxes)]
        by_department: dict[str, list[Any]] = {code: [] for code in Department.values}
        wider: list[Any] = []
        for box in boxes:
            code = str(box.data["value"])
            commune = self.words.communes.get(code)
            department = commune.department if commune else code.removeprefix("several_")
            by_department.get(department, wider).append(box)
        groups = [
            CheckboxGroup(_("All of %(department)s") % {"department": label}, by_department[code])
            for code, label in Department.choices
        ]
        return [*groups, CheckboxGroup("", wider)]

    def text(self) -> RuleText:
        typed = self.cleaned_data
        return RuleText(
            conditions={key: typed[key] for key in FACTS if typed[key]},
            lead=typed["lead"],
            axis=typed["axis"],
            reason=typed["reason"],
            contributors=[
                (partner, part.value) for part in ContributionPart for partner in typed[f"part_{part.value}"]
            ],
        )


def initial_of(rule: Rule) -> dict[str, Any]:
    """Return the form's initial values for a rule."""
    initial: dict[str, Any] = {name: getattr(rule, name) for name in _PLAIN} | rule.conditions
    for part in ContributionPart:
        initial[f"part_{part.value}"] = [
            contribution.partner_id for contribution in rule.contributions.all() if contribution.part == part.value
        ]
    return initial


class ImportForm(forms.Form):
    """Import of a table, uploaded or pasted."""

    edition = forms.IntegerField(widget=forms.HiddenInput)
    file = forms.FileField(label=gettext_lazy("A JSON file"), required=False)
    pasted = forms.CharField(
        label=gettext_lazy("or its text"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 12})
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        file = typed.get("file")
        if file is not None:
            # UTF-8 takes at most four bytes a character.
            if file.size > 4 * LONGEST_FILE:
                raise forms.ValidationError(_("This file is too long to be a table of rules."))
            try:
                typed["pasted"] = file.read().decode("utf-8-sig")
            except UnicodeDecodeError:
                raise forms.ValidationError(_("This file is not text in UTF-8.")) from None
        if not typed.get("pasted"):
            raise forms.ValidationError(_("Choose a file or paste its text."))
        return typed
