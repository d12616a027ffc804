"""The tracking link opens one enquiry, until it is revoked; nothing else opens anything."""

import uuid

import pytest
from django.test.utils import override_settings
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from implantation.enquiries.models import Enquiry
from implantation.enquiries.tracking import enquiry_for_token, token_for, tracking_path, tracking_url
from tests.implantation.factories import EnquiryFactory

pytestmark = pytest.mark.django_db


def test_a_token_opens_its_enquiry_and_no_other():
    first, second = EnquiryFactory(), EnquiryFactory()
    assert enquiry_for_token(token_for(first)) == first
    assert enquiry_for_token(token_for(second)) == second
    assert token_for(first) != token_for(second)


def test_raising_the_version_revokes_every_link_sent_before():
    enquiry = EnquiryFactory()
    old = token_for(enquiry)
    enquiry.token_version += 1
    enquiry.save()
    assert enquiry_for_token(old) is None
    assert enquiry_for_token(token_for(enquiry)) == enquiry


def test_an_anonymised_enquiry_opens_no_more():
    enquiry = EnquiryFactory()
    Enquiry.objects.filter(pk=enquiry.pk).update(name="", email="", message="", anonymised_at=timezone.now())
    assert enquiry_for_token(token_for(enquiry)) is None


def test_a_token_made_with_another_key_opens_nothing():
    enquiry = EnquiryFactory()
    with override_settings(SECRET_KEY="somebody else's"):
        forged = token_for(enquiry)
    assert enquiry_for_token(forged) is None


def test_a_link_sent_by_an_earlier_release_opens_its_enquiry(settings):
    settings.SECRET_KEY = "the key of then"
    enquiry = EnquiryFactory(uuid=uuid.UUID("12345678-1234-4234-8234-123456789abc"), token_version=1)
    # As commit 5750c88 made it.
    assert enquiry_for_token("EjRWeBI0QjSCNBI0VniavOvd8AjA570Y5nfq4Nr10ug") == enquiry


def test_a_token_made_with_a_former_key_opens_its_enquiry_while_the_key_is_listed(settings):
    enquiry, other = EnquiryFactory(), EnquiryFactory()
    sent = token_for(enquiry)
    former, settings.SECRET_KEY = settings.SECRET_KEY, "the key of today"
    assert enquiry_for_token(sent) is None
    settings.SECRET_KEY_FALLBACKS = ["an older one", former]
    assert enquiry_for_token(sent) == enquiry
    assert token_for(enquiry) != sent, "new links are made with the key of today"
    assert enquiry_for_token(token_for(other)) == other
    enquiry.token_version += 1
    enquiry.save()
    assert enquiry_for_token(sent) is None


@pytest.mark.parametrize("place", range(43))
def test_a_token_with_one_letter_changed_opens_nothing(place):
    token = token_for(EnquiryFactory())
    for letter in "AB-_x9":
        if letter != token[place]:
            assert enquiry_for_token(token[:place] + letter + token[place + 1 :]) is None


@given(st.text(max_size=60) | st.text(alphabet="ABCabc019-_!=é\n", min_size=43, max_size=43))
def test_garbled_tokens_open_nothing_and_break_nothing(token):
    assert enquiry_for_token(token) is None


def test_the_token_of_an_enquiry_that_never_was_opens_nothing():
    assert enquiry_for_token(token_for(Enquiry(uuid=uuid.uuid4(), token_version=1))) is None


def test_the_address_is_absolute_and_in_the_language_of_the_enquiry():
    enquiry = EnquiryFactory(language="en")
    assert tracking_url(enquiry).startswith("https://territory.example/en/business-location/")
    assert tracking_path(enquiry, "fr").startswith("/fr/implantation/")
    with translation.override("fr"):
        assert tracking_url(enquiry).startswith("https://territory.example/en/")
