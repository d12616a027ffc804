"""The public form, its confirmation, the tracking page, who does what. Segments are words of the page's language."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from implantation import views

app_name = "implantation"
urlpatterns = [
    path("", views.step, {"name": "project"}, name="request"),
    path(_("place/"), views.step, {"name": "place"}, name="place"),
    path(_("firm/"), views.step, {"name": "firm"}, name="firm"),
    path(_("contact/"), views.step, {"name": "contact"}, name="contact"),
    path(_("review/"), views.review, name="review"),
    path(_("who-does-what/"), views.guide, name="guide"),
    path(_("sent/<str:token>/"), views.confirmation, name="confirmation"),
    path(_("track/<str:token>/"), views.track, name="track"),
    path(_("track/<str:token>/withdraw/"), views.withdrawal, name="withdraw"),
]
