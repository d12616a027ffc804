"""The page of one property and its files, under the same address as the search; the visitor's shortlist beside them."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from properties import views

app_name = "properties"
urlpatterns = [
    # No property may bear this word as its reference: `properties.importing.service` keeps it.
    path(_("shortlist/"), views.shortlist, name="shortlist"),
    path(_("confirm/<str:token>/"), views.confirm, name="confirm"),
    path("<str:reference>/", views.detail, name="detail"),
    path(_("<str:reference>/sheet.pdf"), views.sheet_file, name="sheet"),
    path("<str:reference>/card.png", views.card_file, name="card"),
]
