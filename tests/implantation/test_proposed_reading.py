"""The partner to which an enquiry is proposed reads the facts and the message; the rest once it accepts."""

import pytest
from django.urls import reverse

from implantation.enquiries.conversation import add_note, write_to_investor
from implantation.enquiries.custody import accept_transfer, propose_transfer
from implantation.enquiries.handling import take_in_charge
from implantation.enquiries.models import Enquiry, Notice
from implantation.enquiries.tracking import token_for
from implantation.routing.facts import Activity
from tests.implantation.factories import submitted

pytestmark = pytest.mark.django_db
MESSAGE, NEEDS = "Nous cherchons un atelier traversant.", "Portes de quatre mètres."
SECRETS = {
    "name": "Adèle Secret",
    "email": "adele@secret.example",
    "phone": "+33142345678",
    "company": "Secret et Filles",
    "siret": "73282932000074",
}
EXCHANGES = ("Une note interne.", "Notre première réponse.")


@pytest.fixture
def proposed(partnership):
    """An enquiry held by `cma`, answered and annotated there, then proposed to `cci`."""
    enquiry = submitted(activity=Activity.CRAFT, message=MESSAGE, technical_needs=NEEDS, **SECRETS)
    officer = partnership.cma_officer
    take_in_charge(enquiry=enquiry, actor=officer)
    add_note(enquiry=enquiry, actor=officer, body=EXCHANGES[0])
    write_to_investor(enquiry=enquiry, actor=officer, body=EXCHANGES[1], tailored=False, awaiting=False)
    Notice.objects.filter(event__enquiry=enquiry, recipient=SECRETS["email"]).update(attempts=1, sent_at=None)
    propose_transfer(enquiry=enquiry, actor=officer, to_partner=partnership.cci, reason="Votre secteur.")
    return Enquiry.objects.get()


def read(client, user, address, **query):
    client.force_login(user)
    response = client.get(address, query)
    assert response.status_code == 200
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode(errors="replace")


def private(text):
    """The private words that a text holds."""
    spellings = (*SECRETS.values(), *EXCHANGES, "1 42 34 56 78")
    return {word for word in spellings if word in text}


def test_the_partner_asked_reads_the_facts_and_the_message_alone(client, partnership, proposed):
    page = read(client, partnership.cci_officer, reverse("enquiry:detail", args=[proposed.pk]))
    assert MESSAGE in page
    assert NEEDS in page
    assert "Votre secteur." in page
    assert private(page) == set()


@pytest.mark.parametrize("query", [{}, {"export": "csv"}, {"todo": "answer"}])
def test_lists_and_exports_give_the_partner_asked_no_private_word(client, partnership, proposed, query):
    text = read(client, partnership.cci_officer, reverse("enquiry:index"), **query)
    assert private(text) == set()
    assert (proposed.reference in text) == ("export" not in query)


@pytest.mark.parametrize("word", [SECRETS["name"], SECRETS["email"], SECRETS["company"]])
def test_the_partner_asked_finds_it_by_reference_and_by_no_private_word(client, partnership, proposed, word):
    index = reverse("enquiry:index_results")
    address = reverse("enquiry:detail", args=[proposed.pk])
    assert address not in read(client, partnership.cci_officer, index, q=word)
    assert address in read(client, partnership.cci_officer, index, q=proposed.reference)
    assert address in read(client, partnership.cma_officer, index, q=word)


def test_mails_not_sent_show_the_partner_asked_no_address(client, partnership, proposed):
    assert private(read(client, partnership.cci_officer, reverse("enquiry:unsent"))) == set()
    assert SECRETS["email"] in read(client, partnership.cma_officer, reverse("enquiry:unsent"))


def test_once_it_accepts_it_reads_everything(client, partnership, proposed):
    accept_transfer(transfer=proposed.transfers.get(), actor=partnership.cci_officer)
    page = read(client, partnership.cci_officer, reverse("enquiry:detail", args=[proposed.pk]))
    assert {SECRETS["name"], SECRETS["email"], *EXCHANGES} <= private(page)


def test_the_holder_and_the_coordinator_still_read_everything(client, partnership, proposed):
    for user in (partnership.cma_officer, partnership.coordinator):
        page = read(client, user, reverse("enquiry:detail", args=[proposed.pk]))
        assert {SECRETS["name"], SECRETS["email"], *EXCHANGES} <= private(page)


@pytest.mark.parametrize(
    ("address", "words"),
    [("/fr/implantation/suivi/", "a été sollicitée"), ("/en/business-location/track/", "was asked on")],
)
def test_the_tracking_page_says_who_is_asked_and_what_it_reads(client, partnership, proposed, address, words):
    page = client.get(f"{address}{token_for(proposed)}/").content.decode()
    assert words in page
    assert partnership.cci.named.lower() in page.lower()
    accept_transfer(transfer=proposed.transfers.get(), actor=partnership.cci_officer)
    assert words not in client.get(f"{address}{token_for(proposed)}/").content.decode()


def test_a_coordinator_that_holds_the_request_is_named_once_as_its_reader(client, partnership):
    ours, theirs = submitted(activity=Activity.LIBERAL), submitted(activity=Activity.CRAFT)
    page = client.get(f"/en/business-location/track/{token_for(ours)}/").content.decode()
    assert f"read by {partnership.ept.named}, which holds the request and coordinates the partnership." in page
    page = client.get(f"/en/business-location/track/{token_for(theirs)}/").content.decode()
    assert f"read by {partnership.cma.named}, which holds the request, and by {partnership.ept.named}, which" in page
