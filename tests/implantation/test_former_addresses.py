"""Former addresses lead to the present ones for good, with what they carried."""

import pytest
from django.test import Client

from implantation.enquiries.models import Enquiry
from implantation.enquiries.tracking import token_for
from tests.implantation.factories import submitted

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "rest", ["", "place/", "who-does-what/", "who-does-what/?activity=craft&place=94054", "?property=A-1"]
)
def test_a_former_english_address_redirects_for_good_with_its_query(client, partnership, rest):
    response = client.get(f"/en/implantation/{rest}")
    assert (response.status_code, response["Location"]) == (301, f"/en/business-location/{rest}")
    assert client.get(response["Location"]).status_code in (200, 302)


def test_a_tracking_link_of_a_former_mail_opens_the_enquiry(client, partnership):
    token = token_for(submitted(language="en"))
    response = client.get(f"/en/implantation/track/{token}/", follow=True)
    assert response.redirect_chain == [(f"/en/business-location/track/{token}/", 301)]
    assert response.status_code == 200


def test_a_post_to_a_former_address_keeps_its_method_and_writes_nothing_itself(partnership):
    enquiry = submitted(language="en")
    client = Client(enforce_csrf_checks=False)
    response = client.post(f"/en/implantation/track/{token_for(enquiry)}/withdraw/", {"sure": "on"})
    assert (response.status_code, response["Location"]) == (
        308,
        f"/en/business-location/track/{token_for(enquiry)}/withdraw/",
    )
    assert Enquiry.objects.get().state == enquiry.state


@pytest.mark.parametrize(
    "address", ["/en/implantation//evil.example/", "/en/implantation/%0d%0aX-A:%20b", "/en/implantation/%00"]
)
def test_no_former_address_leads_off_the_site(client, partnership, address):
    response = client.get(address)
    assert response.status_code in (301, 404)
    assert response.get("Location", "/en/business-location/").startswith("/en/business-location/")
    assert "X-A" not in response


def test_the_french_address_stays(client, partnership):
    assert client.get("/fr/implantation/").status_code == 200
    assert client.get("/fr/implantation/inconnu/").status_code == 404
