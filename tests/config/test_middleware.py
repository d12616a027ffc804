"""Addresses that no view can read."""

import pytest
from bs4 import BeautifulSoup
from django.conf import settings

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("territory")]
TOO_MANY = "&".join(["type=office"] * (settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1))
AS_MANY_AS_MAY_BE = TOO_MANY.partition("&")[2]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/fr/immobilier/", "Cette adresse est trop longue"),
        ("/en/premises/", "This address is too long"),
        ("/fr/implantation/", "Cette adresse est trop longue"),
        ("/en/premises/GOSB-0001/", "This address is too long"),
        ("/fr/nulle-part/", "Cette adresse est trop longue"),
    ],
)
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
@pytest.mark.parametrize("shown_to_developers", [False, True])
def test_too_many_parameters_are_answered_in_words_and_led_elsewhere(
    client, settings, path, said, headers, shown_to_developers
):
    settings.DEBUG = shown_to_developers
    response = client.get(f"{path}?{TOO_MANY}", headers=headers)
    assert response.status_code == 400
    page = BeautifulSoup(response.content, "html.parser")
    assert page.h1.get_text(strip=True) == said
    assert page.select(f"main a[href='/{path[1:3]}/{'immobilier' if path[1:3] == 'fr' else 'premises'}/']")


@pytest.mark.parametrize("suffix", ["", ".csv", ".geojson", "/GOSB-0001"])
@pytest.mark.parametrize(("language", "said"), [("fr", "plus de 1000 paramètres"), ("en", "more than 1000 parameters")])
def test_too_many_parameters_are_refused_by_the_api_in_its_own_shape(client, suffix, language, said):
    response = client.get(f"/api/v1/properties{suffix}?{TOO_MANY}", headers={"accept-language": language})
    assert response.status_code == 422
    (error,) = response.json()["errors"]
    assert error["parameter"] == "address"
    assert said in error["message"]


def test_as_many_parameters_as_may_be_are_one_search(client):
    page = BeautifulSoup(client.get(f"/en/premises/?{AS_MANY_AS_MAY_BE}").content, "html.parser")
    assert page.select_one("#type-office").has_attr("checked")
    assert not page.select(".notice.notice--bad")
