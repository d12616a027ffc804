"""The shortlist of premises goes along with a request, or not; it decides nothing."""

import pytest
from django.urls import reverse
from django.utils import translation

from implantation.enquiries.models import Enquiry
from implantation.enquiries.tracking import tracking_path
from properties.choices import PropertyState as PropertyState
from properties.models import Property
from territory.models import Commune
from tests.implantation.test_request import ANSWERS, PATHS, fill, send

pytestmark = pytest.mark.django_db
PROJECT = PATHS["fr"]["project"]


@pytest.fixture(autouse=True)
def patient(settings):
    settings.ENQUIRY_FASTEST_SECONDS = 0


@pytest.fixture
def two(partnership):
    return [
        Property.objects.create(
            reference=reference,
            state=PropertyState.ON_MARKET,
            kind="activity",
            deal="rent",
            surface=620,
            commune=Commune.objects.get(insee="94081"),
            public_latitude=48.78,
            public_longitude=2.4,
            title={"fr": "Atelier traversant"},
            partner=partnership.cci,
        )
        for reference in ("GO-2", "GO-1")
    ]


def test_it_is_joined_read_again_sent_and_shown(client, two, partnership):
    with translation.override("fr"):
        address = reverse("properties:shortlist")
    for known in two:
        client.post(address, {"add": known.reference})
    assert client.get(PROJECT).context["joined"] == []
    page = client.get(PROJECT + "?shortlist=1")
    assert page.context["joined"] == two
    client.post(PROJECT, ANSWERS["project"] | {"shortlist": ["GO-2", "GO-1"]})
    fill(client, but=("project",))
    assert client.get(PATHS["fr"]["review"]).context["joined"] == two
    send(client)
    enquiry = Enquiry.objects.get()
    assert enquiry.shortlist == ["GO-2", "GO-1"]
    assert enquiry.decision.facts["property_partner"] == "none"
    assert "/fr/immobilier/GO-1/" in client.get(tracking_path(enquiry, "fr")).content.decode()


def test_it_can_be_left_out(client, two):
    client.post(PROJECT, ANSWERS["project"] | {"shortlist": ["GO-1"]})
    assert client.get(PROJECT).context["joined"] == [two[1]]
    client.post(PROJECT, ANSWERS["project"] | {"shortlist": ["GO-1"], "leave": "1"})
    assert client.get(PROJECT).context["joined"] == []
    fill(client, but=("project",))
    send(client)
    assert Enquiry.objects.get().shortlist == []


@pytest.mark.parametrize("reference", ["NOPE", "\0", "é", "x" * 5_000, ""])
def test_what_is_no_reference_joins_nothing(client, two, reference):
    response = client.post(PROJECT, ANSWERS["project"] | {"shortlist": [reference] * 50})
    assert response.status_code == 302
    assert client.get(PROJECT).context["joined"] == []
