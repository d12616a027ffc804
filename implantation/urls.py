"""Public pages of the app: form, confirmation, tracking, "who does what". Path segments are translated."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from implantation.enquiries.follow_up.views import track, withdrawal
from implantation.enquiries.form import sending, writing
from implantation.routing.guide.views import guide

app_name = "implantation"
urlpatterns = [
    path("", writing.step, {"name": "project"}, name="request"),
    path(_("place/"), writing.step, {"name": "place"}, name="place"),
    path(_("firm/"), writing.step, {"name": "firm"}, name="firm"),
    path(_("contact/"), writing.step, {"name": "contact"}, name="contact"),
    path(_("review/"), sending.review, name="review"),
    path(_("who-does-what/"), guide, name="guide"),
    path(_("sent/<str:token>/"), sending.confirmation, name="confirmation"),
    path(_("track/<str:token>/"), track, name="track"),
    path(_("track/<str:token>/withdraw/"), withdrawal, name="withdraw"),
]
