"""What the public will read of the place that is being typed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.generic import View
from wagtail.admin.views.generic import PermissionCheckedMixin

from properties.forms.record import PropertyForm
from properties.models import Property


class ReadingView(PermissionCheckedMixin, View):
    """POST of the form's fields of a place: the line under them. A POST, so that no log keeps a hidden address."""

    model = Property
    any_permission_required = ["add", "change"]
    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        form = PropertyForm(request.POST, for_user=request.user, quiet=True)
        return render(request, "properties/admin/_reading.html", {"reading": form.reading})
