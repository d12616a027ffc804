"""Live preview of a place's public wording while typing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.generic import View
from wagtail.admin.views.generic import PermissionCheckedMixin

from properties.forms.record import PropertyForm
from properties.models import Property


class ReadingView(PermissionCheckedMixin, View):
    """Render the public wording of the form's place fields; POST, so no access log records a hidden address."""

    model = Property
    any_permission_required = ["add", "change"]
    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        form = PropertyForm(request.POST, for_user=request.user, quiet=True)
        return render(request, "properties/admin/_reading.html", {"reading": form.reading})
