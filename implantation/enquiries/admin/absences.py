"""Absences of officers; the recipients of notices meanwhile follow from them."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import PermissionCheckedMixin
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from implantation.enquiries.models import Enquiry
from implantation.errors import RefusedError
from implantation.officers.absences import may_say, say_away, take_back
from implantation.officers.models import Absence
from implantation.officers.permissions import coordinates, officer_of
from territory.models import Officer


class OfficerChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's is not subscriptable
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.user.get_full_name() or obj.user.get_username()} ({obj.partner})"


class AbsenceForm(forms.Form):
    officer = OfficerChoice(label=gettext_lazy("Who is away"), queryset=Officer.objects.none())
    first = forms.DateField(
        label=gettext_lazy("First day away"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last = forms.DateField(
        label=gettext_lazy("Last day away"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people: Any = self.fields["officer"]
        people.queryset = may_say(actor)
        people.initial = people.queryset.filter(user=actor).first()


class AbsencesView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Absences, current and coming, of the partner's officers (of all partners, for a coordinator).

    POST adds an absence, or removes the absence whose key is `take_back`.
    """

    model = Enquiry
    any_permission_required = ["view"]
    template_name = "implantation/admin/absences.html"
    page_title = gettext_lazy("Absences")
    header_icon = "calendar-alt"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        enquiries = {"url": reverse("enquiry:index"), "label": _("Enquiries")}
        return [*self.breadcrumbs_items, enquiries, {"url": "", "label": self.page_title}]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        assert isinstance(request.user, User)
        if "take_back" in request.POST:
            return self._take_back(request, request.user)
        form = AbsenceForm(request.POST, actor=request.user)
        if form.is_valid():
            try:
                say_away(actor=request.user, **form.cleaned_data)
            except RefusedError as refusal:
                form.add_error("last", str(refusal))
            else:
                messages.success(request, _("Noted. Your colleagues are written to meanwhile."))
                return redirect("enquiry:absences")
        return self.render_to_response(self.get_context_data(form=form, **kwargs), status=422)

    def _take_back(self, request: HttpRequest, actor: User) -> HttpResponse:
        key = request.POST["take_back"]
        absence = self._visible().filter(pk=int(key)).first() if key.isdecimal() and len(key) < 19 else None
        if absence is None:
            messages.warning(request, _("These days were taken back already."))
            return redirect("enquiry:absences")
        try:
            take_back(absence=absence, actor=actor)
        except RefusedError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Taken back: mails arrive as before."))
        return redirect("enquiry:absences")

    def _visible(self) -> QuerySet[Absence]:
        absences = Absence.objects.filter(last__gte=timezone.localdate()).select_related("officer__user")
        absences = absences.select_related("officer__partner")
        if coordinates(self.request.user):
            return absences
        officer = officer_of(self.request.user)
        return absences.filter(officer__partner=officer.partner) if officer else absences.none()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        assert isinstance(self.request.user, User)
        own = set(may_say(self.request.user).values_list("pk", flat=True))
        return super().get_context_data(**kwargs) | {
            "form": kwargs.get("form") or AbsenceForm(actor=self.request.user),
            "absences": [(absence, absence.officer_id in own) for absence in self._visible()],
        }
