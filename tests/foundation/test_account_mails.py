"""Invitations and password resets are owed, not lost, and tell nobody which addresses have an account."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.tokens import default_token_generator
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.users.models import UserProfile

from foundation.accounts import attempts, mails, services
from foundation.accounts.mails import send_account_mails
from foundation.models import AccessRecord, AccountMail
from tests.territory.factories import UserFactory

pytestmark = pytest.mark.django_db
RESET = "/admin/password_reset/"


class BrokenServer:
    def __init__(self, *arguments, **options):
        pass

    def send_messages(self, messages):
        raise ConnectionRefusedError("quotes ada@example.org")


@pytest.fixture
def ada(db):
    return UserFactory(username="ada", email="ada@example.org")


def statement(query):
    """A statement without names of savepoints and values."""
    return re.sub(r"s\d+_x\d+|'[^']*'|\d+", "?", query["sql"])


def ask(client, address="ada@example.org", **more):
    return client.post(RESET, {"email": address}, **more)


def test_the_request_does_the_same_for_every_address_and_sends_nothing(client, ada, mailoutbox):
    seen = {}
    for address in ("ada@example.org", "nobody@example.org"):
        with CaptureQueriesContext(connection) as queries:
            response = ask(client, address)
        seen[address] = [statement(query) for query in queries], response.status_code, response["Location"]
        assert not [query for query in queries if "auth_user" in query["sql"]], "nobody looks for the account yet"
    assert seen["ada@example.org"] == seen["nobody@example.org"]
    assert mailoutbox == []
    assert mails.QUEUE.sweep() == 3
    assert [message.to for message in mailoutbox] == [["ada@example.org"]]
    assert not AccountMail.objects.exists(), "no address is kept"


def test_the_worker_is_woken_and_the_mail_leads_to_a_new_password(client, ada, mailoutbox):
    ask(client)
    assert DBTaskResult.objects.filter(task_path=send_account_mails.module_path).exists()
    send_account_mails.func()
    (message,) = mailoutbox
    (link,) = (word for word in message.body.split() if "/confirm/" in word)
    assert link.startswith("https://territory.example/admin/password_reset/confirm/")
    assert client.get(link.removeprefix("https://territory.example"), follow=True).context["validlink"]


def test_while_the_mail_server_is_down_nothing_is_lost_and_no_token_or_address_is_kept(client, ada, settings):
    settings.EMAIL_BACKEND = "tests.foundation.test_account_mails.BrokenServer"
    ask(client)
    services.invite(user=UserFactory(email="jo@example.org"))
    mails.QUEUE.sweep()
    assert set(AccountMail.objects.values_list("purpose", "attempts", "error", "address")) == {
        ("password-reset", 1, "ConnectionRefusedError", ""),
        ("invitation", 1, "ConnectionRefusedError", ""),
    }
    assert mails.in_trouble().count() == 2
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert mails.QUEUE.retry(mails.in_trouble(), task=send_account_mails) == 2
    mails.QUEUE.sweep()
    assert {message.to[0] for message in mail.outbox} == {"ada@example.org", "jo@example.org"}
    assert not AccountMail.objects.exists()


def test_the_link_is_made_when_the_mail_is_sent(ada, mailoutbox):
    services.invite(user=ada)
    ada.set_password("chosen meanwhile 27")
    ada.save()
    mails.QUEUE.sweep()
    token = mailoutbox[0].body.split("/confirm/")[1].split()[0].split("/")[1]
    assert default_token_generator.check_token(ada, token)


@pytest.mark.parametrize(
    ("chosen", "page", "subject"),
    [
        ("en", "fr", "Choose another password"),
        ("fr", "en", "Choisissez un autre mot de passe"),
        ("", "en", "Choose another password"),
        ("", "fr", "Choisissez un autre mot de passe"),
    ],
)
def test_the_mail_speaks_the_language_the_account_chose_or_else_the_page_s(
    client, ada, mailoutbox, chosen, page, subject
):
    UserProfile.objects.create(user=ada, preferred_language=chosen)
    ask(client, headers={"accept-language": page})
    mails.QUEUE.sweep()
    assert mailoutbox[0].subject == subject


def test_nobody_fills_an_account_s_mailbox(client, ada, mailoutbox):
    for _ in range(mails.RESETS_AN_HOUR + 3):
        ask(client)
        mails.QUEUE.sweep()
    assert len(mailoutbox) == mails.RESETS_AN_HOUR
    assert not AccountMail.objects.exists()


def test_a_network_that_asks_too_often_is_told_when_to_come_back_and_owes_nothing(client, ada):
    answers = [ask(client, f"{number}@example.org").status_code for number in range(attempts.FREE_NETWORK + 1)]
    assert answers == [302] * attempts.FREE_NETWORK + [429]
    assert AccountMail.objects.count() == attempts.FREE_NETWORK


@pytest.mark.parametrize("change", [{"is_active": False}, {"email": ""}])
def test_an_account_that_cannot_be_written_to_any_more_is_owed_nothing(ada, mailoutbox, change):
    services.invite(user=ada)
    type(ada).objects.filter(pk=ada.pk).update(**change)
    mails.QUEUE.sweep()
    assert mailoutbox == []
    assert not AccountMail.objects.exists()


def test_each_account_of_an_address_gets_its_own_link(client, ada, mailoutbox):
    UserFactory(username="ada-coordinator", email="ADA@example.org")
    ask(client)
    mails.QUEUE.sweep()
    assert len({message.body for message in mailoutbox}) == 2


def test_an_invitation_owed_twice_is_sent_once_and_logged_as_no_reset(ada, mailoutbox):
    services.invite(user=ada)
    services.invite(user=ada)
    mails.QUEUE.sweep()
    assert len(mailoutbox) == 1
    assert mailoutbox[0].extra_headers["Message-ID"].endswith(".invitation@territory.example>")
    assert not AccessRecord.objects.exists()


def test_a_mail_that_no_worker_takes_is_trouble(ada):
    services.invite(user=ada)
    assert not mails.in_trouble().exists()
    AccountMail.objects.update(due_at=timezone.now() - timedelta(hours=1))
    assert mails.in_trouble().exists()


def test_a_bad_address_is_refused_in_words(client):
    response = ask(client, "not an address")
    assert response.status_code == 200
    assert response.context["form"].errors["email"]
    assert not AccountMail.objects.exists()
    assert client.get(reverse("wagtailadmin_password_reset_done")).status_code == 200


def test_a_reset_asked_twice_before_the_worker_comes_is_one_mail(client, ada, mailoutbox):
    ask(client)
    ask(client)
    mails.QUEUE.sweep()
    assert len(mailoutbox) == 1
    assert not AccountMail.objects.exists()
