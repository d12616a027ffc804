"""Routes of a property's page and files, under the search's prefix, and of the visitor's shortlist."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from properties.freshness.views import confirm
from properties.listing.detail import card_file, detail, sheet_file
from properties.listing.shortlist_page import shortlist

app_name = "properties"
urlpatterns = [
    # No property may bear this word as its reference: `properties.importing.service` keeps it.
    path(_("shortlist/"), shortlist, name="shortlist"),
    path(_("confirm/<str:token>/"), confirm, name="confirm"),
    path("<str:reference>/", detail, name="detail"),
    path(_("<str:reference>/sheet.pdf"), sheet_file, name="sheet"),
    path("<str:reference>/card.png", card_file, name="card"),
]
