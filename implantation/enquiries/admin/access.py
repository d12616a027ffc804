"""Row-level access to enquiries in the admin, the base of every view class of the desk."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from implantation.enquiries.models import Enquiry
from implantation.enquiries.models.querysets import EnquiryQuerySet


class VisibleEnquiries:
    """Restrict lists and objects to `visible_to(user)`; any other enquiry is a 404."""

    request: HttpRequest

    def get_base_queryset(self) -> EnquiryQuerySet:
        return Enquiry.objects.visible_to(self.request.user)

    def get_base_object_queryset(self) -> EnquiryQuerySet:
        return Enquiry.objects.visible_to(self.request.user)

    def get_object(self, queryset: Any = None) -> Enquiry:
        enquiries = self.get_base_object_queryset().select_related("holder", "taken_by", "attached_property__commune")
        return get_object_or_404(enquiries, pk=self.kwargs["pk"])  # type: ignore[attr-defined]
