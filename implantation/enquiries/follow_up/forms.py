"""Forms of the tracking page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from implantation.enquiries.conversation import LONGEST_REPLY
from implantation.fields import ParagraphField


class ReplyForm(forms.Form):
    """Message to the partner.

    `seen`, the sequence of the last event shown, tells a double post from a repeated message.
    """

    message = ParagraphField(longest=LONGEST_REPLY, rows=6, label=_("Your message"))
    seen = forms.IntegerField(required=False, min_value=0, max_value=10_000_000, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.errors.pop("seen", None)  # a hidden field: an invalid value only loses the guard against double posts
        cleaned.setdefault("seen", None)
        return cleaned


class WithdrawForm(forms.Form):
    """Withdrawal of the enquiry, confirmed by a checkbox."""

    sure = forms.BooleanField(error_messages={"required": _("Tick the box to withdraw your enquiry.")})

    def __init__(self, *args: Any, reference: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sure"].label = _("Yes, withdraw the enquiry %(reference)s") % {"reference": reference}
