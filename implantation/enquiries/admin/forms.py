"""Forms of the desk's actions. Permission and state rules are left to the services, so that typed values are kept."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from implantation.enquiries.choices import NEXT_STATES, EnquiryState
from implantation.enquiries.models import Enquiry
from implantation.routing.deciding import domain
from implantation.routing.facts import held
from implantation.routing.wording import RuleWording
from territory.models import Partner


class ActionForm(forms.Form):
    """Base form of an action. `seen` is the sequence of the last timeline event shown to the officer."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, enquiry: Enquiry, **kwargs: Any) -> None:
        self.enquiry = enquiry
        kwargs.setdefault("auto_id", f"{self.__class__.__name__.lower()}-%s")
        super().__init__(*args, **kwargs)

    def base(self, name: str) -> Any:
        """Return a field of this form, untyped, to set its choices."""
        return self.fields[name]


def _text(label: Any, help_text: Any = "", *, rows: int = 4, required: bool = True, limit: int = 10_000) -> Any:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=limit,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class WriteForm(ActionForm):
    body = _text(
        _("Your message"),
        _("Sent by e-mail in your partner’s name and shown on the tracking page. Replies come to this page."),
        rows=8,
    )
    tailored = forms.BooleanField(
        label=_("This is the tailored answer"),
        help_text=_("Premises, contacts or a plan that fit what was asked. Its deadline is then met."),
        required=False,
    )
    awaiting = forms.BooleanField(
        label=_("The next step is the investor’s"),
        help_text=_("The clock stops until they answer."),
        required=False,
    )


class NoteForm(ActionForm):
    body = _text(pgettext_lazy("noun", "Note"), _("For your colleagues. The investor never sees it."))


class LinkForm(ActionForm):
    send = forms.BooleanField(
        label=_("Send the new link to the investor now"),
        help_text=_("In their language. Unticked, the next mail carries it."),
        required=False,
        initial=True,
    )


class StateForm(ActionForm):
    state = forms.ChoiceField(label=_("New state"), choices=())
    reason = _text(_("Reason"), _("Needed to close or to reopen. For your colleagues only."), rows=3, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A bound form accepts every state ever offered: the service then says how the state changed meanwhile.
        offered = NEXT_STATES.get(self.enquiry.state, ())
        allowed_states = (
            offered if not self.is_bound else sorted({state for states in NEXT_STATES.values() for state in states})
        )
        self.base("state").choices = [("", "—"), *((state, EnquiryState(state).label) for state in allowed_states)]


class ProposeForm(ActionForm):
    to_partner = forms.ModelChoiceField(label=_("To which partner"), queryset=Partner.objects.none())
    reason = _text(_("Why it should take it"), _("Shown to that partner."), rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = Partner.objects.members_on(timezone.localdate())
        self.base("to_partner").queryset = members.exclude(pk=self.enquiry.holder_id)


class CorrectForm(ActionForm):
    """Facts read by routing, with the enquiry's present values."""

    reason = _text(_("How you know it"), _("For your colleagues only."), rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words, lists = RuleWording(), domain()
        for fact in held():
            closed, now = lists[fact.key], self.enquiry.facts[fact.key]
            values = [(code, words.value(fact.key, code)) for code in words.ordered(fact.key, closed)]
            if now not in closed:  # a commune since removed
                values.insert(0, ("", "—"))
            self.fields[fact.key] = forms.ChoiceField(label=fact.label, choices=values, initial=now)
        self.order_fields([*(fact.key for fact in held()), "reason"])


class DeclineForm(ActionForm):
    reason = _text(_("Why your partner declines"), _("Shown to the partner that keeps the enquiry."), rows=3)


class PlainForm(ActionForm):
    """Form of an action without fields."""
