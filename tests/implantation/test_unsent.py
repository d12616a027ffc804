"""Invitations and password resets in trouble are the coordinator's to see and to try again."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from foundation.accounts import mails, services
from foundation.models import AccountMail
from tests.territory.factories import UserFactory

pytestmark = pytest.mark.django_db
UNSENT = "/admin/enquiries/unsent/"


@pytest.fixture
def troubled(partnership):
    """An invitation and a reset that failed."""
    services.invite(user=UserFactory(first_name="Jo", last_name="Newcomer", username="jo@example.org"))
    services.ask_for_reset(address="typed@example.org")
    AccountMail.objects.update(attempts=2, error="SMTPServerDisconnected 421")


def signed_in(user):
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def test_the_coordinator_sees_them_on_the_home_and_in_the_list_without_addresses(partnership, troubled):
    client = signed_in(partnership.coordinator)
    assert "2 mails could not be sent." in client.get(reverse("wagtailadmin_home")).content.decode()
    page = client.get(UNSENT).content.decode()
    for words in ("Jo Newcomer", "Invitation", "SMTPServerDisconnected 421", "The address typed into the form"):
        assert words in page
    assert "jo@example.org" not in page
    assert "typed@example.org" not in page


def test_officers_see_none_and_try_none_again(partnership, troubled):
    client = signed_in(partnership.cma_officer)
    assert "Newcomer" not in client.get(UNSENT).content.decode()
    assert "could not be sent" not in client.get(reverse("wagtailadmin_home")).content.decode()
    before = list(AccountMail.objects.values_list())
    for data in ({}, {"mail": f"account_mail-{AccountMail.objects.first().pk}"}):
        client.post(UNSENT, data)
    assert list(AccountMail.objects.values_list()) == before


def test_the_coordinator_tries_one_again_or_all(partnership, troubled):
    AccountMail.objects.update(due_at="2100-01-01T00:00Z")
    client = signed_in(partnership.coordinator)
    invitation = AccountMail.objects.get(purpose="invitation")
    client.post(UNSENT, {"mail": f"account_mail-{invitation.pk}"})
    assert mails.QUEUE.sweep() == 1
    assert mail.outbox[0].to == [invitation.user.email]
    client.post(UNSENT)
    assert mails.QUEUE.sweep() == 1
    assert not AccountMail.objects.exists()


@pytest.mark.parametrize("key", ["", "x", "0", "9" * 30, "²"])
def test_a_key_that_is_none_tries_nothing(partnership, troubled, key):
    before = list(AccountMail.objects.values_list())
    assert signed_in(partnership.coordinator).post(UNSENT, {"mail": f"account_mail-{key}"}).status_code == 302
    assert list(AccountMail.objects.values_list()) == before


def test_the_coordinator_is_told_when_all_visitors_look_like_one(partnership):
    words = "To the site, all visitors look like one"
    client = signed_in(partnership.coordinator)
    assert words not in client.get(reverse("wagtailadmin_home")).content.decode()
    client.get("/healthz", HTTP_X_FORWARDED_FOR="8.8.8.8")
    assert words in client.get(reverse("wagtailadmin_home")).content.decode()
    assert words not in signed_in(partnership.cma_officer).get(reverse("wagtailadmin_home")).content.decode()
