"""The form of a property in the admin: it checks, the services write."""

from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm

from properties.models import Property
from territory.choices import OfficerRole
from territory.models import Officer, Partner


class PropertyForm(WagtailAdminModelForm):
    """The version is the one that was read: two people cannot overwrite each other.

    Only a coordinator says which partner is in charge; what an officer adds is its own partner's.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    class Meta:
        model = Property
        fields: list[str] = []  # the panels name them

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
        officer = Officer.objects.select_related("partner").filter(user_id=self.for_user.pk).first()
        self.own_partner: Partner | None = officer.partner if officer else None
        if officer is None or officer.role != OfficerRole.COORDINATOR:
            del self.fields["partner"]

    @property
    def values(self) -> dict[str, Any]:
        """What the services write."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        if self.instance.pk is None and "partner" not in values:
            values["partner"] = self.own_partner
        return values
