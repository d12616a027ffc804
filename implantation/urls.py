"""The public form, its confirmation and the tracking page. Segments are words of the page's language."""

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
    path(_("sent/<str:token>/"), views.confirmation, name="confirmation"),
    path(_("track/<str:token>/"), views.track, name="track"),
    path(_("track/<str:token>/withdraw/"), views.withdrawal, name="withdraw"),
]
