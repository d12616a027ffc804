"""What an investor does from the tracking page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from implantation.enquiries.conversation import LONGEST_REPLY
from implantation.fields import Words


class ReplyForm(forms.Form):
    """A message to the partner. `seen` is the last line of the journal that the writer saw: it tells a message sent
    twice by accident from one that is written again."""

    message = Words(longest=LONGEST_REPLY, rows=6, label=_("Your message"))
    seen = forms.IntegerField(required=False, min_value=0, max_value=10_000_000, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.errors.pop("seen", None)  # nobody typed it: a broken one only loses the guard
        cleaned.setdefault("seen", None)
        return cleaned


class WithdrawForm(forms.Form):
    """Giving up, confirmed by a box."""

    sure = forms.BooleanField(error_messages={"required": _("Tick the box to withdraw your enquiry.")})

    def __init__(self, *args: Any, reference: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sure"].label = _("Yes, withdraw the enquiry %(reference)s") % {"reference": reference}
