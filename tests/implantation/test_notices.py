"""Mails: who is owed what, in which language, what they may carry, and that none is lost when sending fails."""

import re
import uuid
from datetime import timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import call_command
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from wagtail.users.models import UserProfile

from implantation.enquiries.choices import NoticeKind, Suspicion
from implantation.enquiries.conversation import record_reply, write_to_investor
from implantation.enquiries.custody import accept_transfer, propose_transfer
from implantation.enquiries.handling import take_in_charge, withdraw
from implantation.enquiries.models import Enquiry, Notice
from implantation.enquiries.notices import QUEUE, compose, send_notices
from implantation.enquiries.privacy import purge_personal_data
from implantation.enquiries.tracking import enquiry_for_token, tracking_url
from implantation.routing.facts import Activity
from implantation.routing.models import TableEvent
from tests.implantation.factories import submitted, sweep_notices

pytestmark = pytest.mark.django_db

# Everything that a visitor types freely, each with a mark that no mail to the typed address may carry.
TYPED = {
    "name": "Zedekiah Pwned",
    "message": "BUY PILLS at https://evil.example",
    "company": "Zedekiah Company",
    "technical_needs": "Zedekiah needs",
    "phone": "+33612345678",
}


class NoServer(BaseEmailBackend):
    """A mail server that is down."""

    def send_messages(self, email_messages):
        raise SMTPServerDisconnected("Connection refused for somebody@example.com")


def mails_to(address):
    return [message for message in mail.outbox if message.to == [address]]


def test_the_investor_and_the_officers_are_told_at_once(partnership):
    enquiry = submitted(activity=Activity.CRAFT, language="en")
    assert sweep_notices() == 3
    (acknowledgement,) = mails_to(enquiry.email)
    assert enquiry.reference in acknowledgement.subject
    assert "Cma is responsible for it" in acknowledgement.body
    assert acknowledgement.reply_to == [partnership.cma.email]
    assert "/admin/" not in acknowledgement.body
    (token,) = re.findall(r"https://territory\.example/en/\S+/([\w-]{43})/", acknowledgement.body)
    assert enquiry_for_token(token) == enquiry
    for officer in (partnership.cma_officer, partnership.cma_deputy):
        (told,) = mails_to(officer.email)
        assert "https://territory.example/admin/" in told.body
        # The tracking link is the investor's key: nobody else is given it.
        assert token not in told.body
        # A reply to it would reach the officer's own partner as if it were the investor's.
        assert told.reply_to == []


def test_mails_speak_the_language_of_who_reads_them(partnership):
    UserProfile.objects.create(user=partnership.cma_officer, preferred_language="en")
    submitted(activity=Activity.CRAFT, language="en")
    languages = dict(Notice.objects.values_list("recipient", "language"))
    assert languages == {
        "investor@example.com": "en",
        partnership.cma_officer.email: "en",
        partnership.cma_deputy.email: "fr",
    }


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_mail_to_the_typed_address_carries_what_was_typed(partnership, language):
    enquiry = submitted(activity=Activity.CRAFT, language=language, **TYPED)
    record_reply(enquiry=enquiry, body="BUY PILLS again at https://evil.example")
    take_in_charge(enquiry=enquiry, actor=partnership.cma_officer)
    transfer = propose_transfer(
        enquiry=enquiry, actor=partnership.cma_officer, to_partner=partnership.cci, reason="Trade."
    )
    accept_transfer(transfer=transfer, actor=partnership.cci_officer)
    withdraw(enquiry=enquiry)
    sweep_notices()
    received = mails_to(enquiry.email)
    assert [message.subject[: len(enquiry.reference)] for message in received] == [enquiry.reference] * 2
    for message in received:
        parts = [part.get_payload(decode=True) or b"" for part in message.message().walk()]
        everything = message.subject + message.message().as_string() + b" ".join(parts).decode()
        for typed in ("Zedekiah", "Pwned", "PILLS", "evil", "12345678"):
            assert typed not in everything
    for message in mail.outbox:
        assert "PILLS" not in message.body


def test_what_an_officer_writes_is_carried_and_answered_to_the_partner(partnership):
    enquiry = take_in_charge(enquiry=submitted(activity=Activity.CRAFT), actor=partnership.cma_officer)
    sweep_notices()
    mail.outbox.clear()
    write_to_investor(enquiry=enquiry, actor=partnership.cma_officer, body="L’atelier de Vitry est libre & visitable.")
    assert sweep_notices() == 1
    (message,) = mail.outbox
    assert "L’atelier de Vitry est libre & visitable." in message.body
    ((html, kind),) = message.alternatives
    assert kind == "text/html"
    assert "L’atelier de Vitry est libre &amp; visitable." in html
    assert f'href="{tracking_url(enquiry)}"' in html
    assert (message.to, message.reply_to) == ([enquiry.email], [partnership.cma.email])


def test_links_never_come_from_the_host_header(partnership, settings):
    settings.SITE_URL = "https://elsewhere.example"
    submitted()
    sweep_notices()
    for message in mail.outbox:
        assert set(re.findall(r"https://([^/\s]+)", message.body)) == {"elsewhere.example"}


def test_a_mail_server_that_is_down_loses_nothing(partnership, settings):
    settings.EMAIL_BACKEND = f"{__name__}.NoServer"
    enquiry = submitted()
    now = timezone.now()
    assert sweep_notices(now=now) == 0
    assert Enquiry.objects.filter(pk=enquiry.pk).exists()
    owed = list(Notice.objects.all())
    assert owed
    assert {notice.attempts for notice in owed} == {1}
    # The error's own words may quote an address, and stay out of what is kept.
    assert {notice.error for notice in owed} == {"SMTPServerDisconnected"}
    assert sweep_notices(now=now) == 0
    assert {notice.attempts for notice in Notice.objects.all()} == {1}, "not tried again before its time"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert sweep_notices(now=now + timedelta(minutes=1)) == len(owed) == len(mail.outbox)
    assert QUEUE.next_due() is None


def test_each_failure_waits_longer_up_to_a_limit(partnership, settings):
    settings.EMAIL_BACKEND = f"{__name__}.NoServer"
    submitted()
    notice = Notice.objects.first()
    waits = []
    now = timezone.now()
    for _ in range(14):
        sweep_notices(now=now)
        notice.refresh_from_db()
        waits.append(notice.due_at - now)
        now = notice.due_at
    assert waits == sorted(waits)
    assert waits[1] == 2 * waits[0]
    assert waits[-1] == QUEUE.longest_wait


def test_the_message_id_is_the_same_at_each_attempt(partnership, settings):
    submitted()
    sweep_notices()
    first = sorted(message.extra_headers["Message-ID"] for message in mail.outbox)
    Notice.objects.update(sent_at=None, due_at=timezone.now())
    sweep_notices()
    assert sorted(message.extra_headers["Message-ID"] for message in mail.outbox[len(first) :]) == first
    assert len(set(first)) == len(first)


def test_a_notice_that_another_sweep_holds_is_left_alone_until_its_lease_is_over(partnership):
    submitted()
    now = timezone.now()
    count = Notice.objects.update(due_at=now + QUEUE.lease, lease=uuid.uuid4())
    assert sweep_notices(now=now) == 0
    assert mail.outbox == []
    assert sweep_notices(now=now + QUEUE.lease + timedelta(seconds=1)) == count


def test_the_next_try_of_a_leased_notice_is_the_end_of_its_lease(partnership):
    submitted()
    now = timezone.now()
    assert QUEUE.next_due() <= now
    Notice.objects.update(due_at=now + QUEUE.lease, lease=uuid.uuid4())
    assert QUEUE.next_due() == now + QUEUE.lease
    free = Notice.objects.first()
    Notice.objects.filter(pk=free.pk).update(lease=None, due_at=now + 2 * QUEUE.lease)
    assert QUEUE.next_due() == now + QUEUE.lease


def test_a_notice_purged_while_it_is_sent_does_not_come_back(partnership, monkeypatch):
    submitted()
    monkeypatch.setattr(
        "implantation.enquiries.notices.compose",
        lambda notice: purge_personal_data(at=timezone.now() + timedelta(days=1200)),
    )
    assert sweep_notices() == 0
    assert not Notice.objects.exists()


def waiting_tasks():
    return DBTaskResult.objects.filter(task_path=send_notices.module_path, status=TaskResultStatus.READY)


def test_the_worker_alone_retries_a_failed_mail(partnership, settings):
    settings.EMAIL_BACKEND = f"{__name__}.NoServer"
    submitted()
    assert waiting_tasks().exists()
    DBTaskResult.objects.all().delete()
    send_notices.call()
    first = waiting_tasks().order_by("run_after").first()
    assert first.run_after <= QUEUE.next_due() + timedelta(seconds=1)
    send_notices.call()
    assert waiting_tasks().count() <= 2, "waking does not multiply"


def test_a_worker_killed_while_it_sends_is_replaced(partnership, monkeypatch):
    """Its task stays running for ever and its notice leased: somebody is bound to come back when the lease is over."""
    submitted()
    DBTaskResult.objects.all().delete()

    def killed(*args):
        raise SystemExit

    monkeypatch.setattr("implantation.enquiries.notices.compose", killed)
    with pytest.raises(SystemExit):
        send_notices.call()
    leased = Notice.objects.get(lease__isnull=False)
    assert waiting_tasks().filter(run_after__lte=leased.due_at + timedelta(seconds=5)).exists()
    assert QUEUE.next_due() <= leased.due_at


def test_waking_with_nothing_owed_schedules_nothing(partnership):
    send_notices.call()
    assert not waiting_tasks().exists()


def test_cron_sends_what_is_owed(partnership, capsys):
    submitted()
    call_command("send_notices")
    assert capsys.readouterr().out.strip() == "0 transfers returned, 3 mails sent"
    assert mail.outbox


def test_every_kind_of_notice_has_its_template_in_both_languages(partnership):
    enquiry = submitted(activity=Activity.CRAFT)
    event = enquiry.events.filter(partner__isnull=False).first()
    table_event = TableEvent.objects.create(
        table=partnership.table, kind="proved", at=timezone.now(), partner=partnership.cma, edition=1
    )
    for kind in NoticeKind.values:
        about, named = {"event": event}, enquiry.reference
        if kind.startswith("table_"):
            about, named = {"table_event": table_event}, str(partnership.table)
        elif kind == NoticeKind.DIGEST:
            about, named = {"day": timezone.localdate()}, "0"
        elif kind == NoticeKind.TO_CHECK:
            named = "0"
        for language in ("fr", "en"):
            notice = Notice(**about, kind=kind, recipient="x@example.com", language=language, pk=1)
            message = compose(notice)
            assert named in message.subject
            assert message.body.strip()
            assert "\n\n\n" not in message.body


def test_requests_held_for_checking_are_told_in_one_mail_an_hour(partnership):
    start = timezone.now()
    first = submitted(suspicion=Suspicion.TRAP, name="Zedekiah Pwned", at=start)
    second = submitted(suspicion=Suspicion.TRAP, at=start)
    assert sweep_notices(now=start) == 1
    (told,) = mails_to(partnership.coordinator.email)
    for enquiry in (first, second):
        assert enquiry.reference in told.body
        assert f"/admin/enquiries/{enquiry.pk}/" in told.body
    assert "Zedekiah" not in told.body
    third = submitted(suspicion=Suspicion.TRAP)
    submitted(suspicion=Suspicion.TRAP)
    assert sweep_notices(now=start + timedelta(minutes=59)) == 0
    assert sweep_notices(now=start + timedelta(hours=1, minutes=2)) == 1
    assert third.reference in mails_to(partnership.coordinator.email)[1].body
    assert QUEUE.next_due() is None


def test_a_request_held_while_the_mail_is_being_sent_is_told_by_the_next(partnership):
    submitted(suspicion=Suspicion.TRAP)
    now = timezone.now()
    Notice.objects.update(due_at=now + QUEUE.lease, lease=uuid.uuid4())
    submitted(suspicion=Suspicion.TRAP)
    leased, later = Notice.objects.order_by("due_at")
    assert later.due_at >= now + timedelta(hours=1)
    # The first try failed: its next one lists both, and nothing is left to tell in an hour.
    Notice.objects.filter(pk=leased.pk).update(lease=None, due_at=now)
    assert sweep_notices() == 1
    assert QUEUE.next_due() is None
    assert Notice.objects.count() == 1
