"""A shortlist without an account: kept, shared, compared; what cannot be kept is said and changes nothing."""

import pytest
from django.core.signing import get_cookie_signer

from properties.listing.shortlist import LIMIT
from properties.services import update_property
from tests.properties.factories import make_property

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("territory")]

FR, EN = "/fr/immobilier/selection/", "/en/premises/shortlist/"


def kept(client) -> list[str]:
    return [listing.reference for listing in client.get(FR).context["listings"]]


def add(client, *references):
    return [client.post(FR, {"add": reference}) for reference in references][-1]


@pytest.mark.parametrize(("address", "words"), [(FR, "Rien n’est encore gardé"), (EN, "Nothing is kept yet")])
def test_an_empty_list_says_how_to_fill_it(client, address, words):
    response = client.get(address)
    assert response.status_code == 200
    assert words in response.content.decode()
    assert "no-store" in response["Cache-Control"]


def test_premises_are_kept_in_order_once_and_side_by_side(client):
    first, second = make_property(clear_height=7), make_property(rent=95)
    add(client, second.reference, first.reference, second.reference.lower())
    assert kept(client) == [second.reference, first.reference]
    page = client.get(EN)
    lines = {line.label: line for part in page.context["parts"] for line in part.lines}
    assert [fact.text for fact in lines["Rent"].facts] == ["€95", "€118"]
    assert lines["Rent"].differs
    assert not lines["Surface"].differs
    assert [fact.answer for fact in lines["Clear height"].facts] == ["unknown", "value"]


def test_one_removed_can_be_put_back(client):
    first, second = make_property(), make_property()
    add(client, first.reference, second.reference)
    response = client.post(FR, {"remove": first.reference}, follow=True)
    assert kept(client) == [second.reference]
    assert "Annuler" in response.content.decode()
    client.post(FR, {"take": "1", "ref": [first.reference]})
    assert kept(client) == [second.reference, first.reference]


def test_all_removed_can_be_put_back(client):
    references = [make_property().reference for _ in range(3)]
    add(client, *references)
    response = client.post(FR, {"clear": "1"}, follow=True)
    assert kept(client) == []
    assert response.context["removed"] == references


def test_a_shared_address_shows_the_same_list_and_touches_ones_own_when_asked(client):
    own, shared = make_property(), make_property()
    add(client, own.reference)
    page = client.get(FR, {"ref": [shared.reference]})
    assert page.context["shared"]
    assert [listing.reference for listing in page.context["listings"]] == [shared.reference]
    assert kept(client) == [own.reference]
    client.post(FR, {"take": "1", "ref": [shared.reference]})
    assert kept(client) == [own.reference, shared.reference]
    assert not client.get(FR, {"ref": [shared.reference, own.reference]}).context["shared"]


def test_what_left_the_market_is_named_and_a_draft_is_not_shown(client):
    known, draft = make_property(), make_property(state="draft")
    add(client, known.reference)
    update_property(instance=known, values={"state": "withdrawn"}, version=1)
    page = client.get(FR, {"ref": [known.reference, draft.reference]})
    assert page.context["listings"] == []
    assert f"{known.reference} n’est plus sur le marché" in page.content.decode()
    assert draft.title["fr"] not in page.content.decode()


@pytest.mark.parametrize("reference", ["NOPE", "", "  ", "é", "\0", "A" * 5_000, "'; DROP TABLE"])
def test_what_cannot_be_added_is_said_and_nothing_changes(client, reference):
    known = make_property()
    add(client, known.reference)
    response = client.post(FR, {"add": reference})
    assert response.status_code == 422
    assert response.context["problem"]
    assert kept(client) == [known.reference]


def test_a_full_list_takes_no_more_and_says_so(client):
    references = [make_property().reference for _ in range(LIMIT + 1)]
    add(client, *references[:LIMIT])
    for posted in ({"add": references[LIMIT]}, {"take": "1", "ref": [references[LIMIT]]}):
        response = client.post(FR, posted)
        assert response.status_code == 422
        assert str(LIMIT) in response.context["problem"]
    assert kept(client) == references[:LIMIT]
    page = client.get(FR, {"ref": references})
    assert len(page.context["listings"]) == LIMIT
    assert page.context["too_many"]


@pytest.mark.parametrize("value", ["GOSB-1", "x:y:z", "", "é", "." * 5_000])
def test_a_forged_cookie_is_an_empty_list(client, value):
    make_property(reference="GOSB-1")
    client.cookies["shortlist"] = value
    assert client.get(FR).status_code == 200
    assert kept(client) == []


def test_a_cookie_signed_for_something_else_is_an_empty_list(client):
    make_property(reference="GOSB-1")
    client.cookies["shortlist"] = get_cookie_signer(salt="sessionid").sign("GOSB-1")
    assert kept(client) == []


def test_the_button_comes_back_to_its_row_and_to_no_other_site(client):
    known = make_property()
    there = client.post(FR, {"add": known.reference, "next": "/fr/immobilier/?type=activity"})
    assert there.url == f"/fr/immobilier/?type=activity#keep-{known.reference}"
    for elsewhere in ("https://example.org/", "//example.org/", "javascript:alert(1)", "\\\\example.org"):
        assert client.post(FR, {"add": known.reference, "next": elsewhere}).url == FR


def test_a_property_and_the_results_say_what_is_kept(client):
    known, other = make_property(), make_property()
    add(client, known.reference)
    for address in (known.get_absolute_url(), "/fr/immobilier/"):
        html = client.get(address).content.decode()
        assert 'name="remove"' in html
        assert "Ma sélection" in html
    assert 'name="add"' in client.get(other.get_absolute_url()).content.decode()
