"""What is late is told once a day: to the officer, then the deputy, then the coordinator, and never to nobody."""

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from implantation.deadlines import PARIS
from implantation.enquiries.choices import EnquiryState, NoticeKind
from implantation.enquiries.digests import owe_digests
from implantation.enquiries.handling import take_in_charge
from implantation.enquiries.models import Enquiry, Notice
from implantation.officers.models import Absence
from implantation.routing.facts import Activity
from territory.choices import OfficerRole
from tests.implantation.factories import submitted, sweep_notices
from tests.territory.factories import OfficerFactory

pytestmark = pytest.mark.django_db


def paris(day, hour=8):
    """In November 2026, whose second day is a Monday and whose eleventh is a holiday."""
    return datetime(2026, 11, day, hour, tzinfo=PARIS)


@pytest.fixture
def enquiry(partnership):
    """Received by the chamber of trades on Monday 2 November at 14:00: a first answer is due on Tuesday at 14:00."""
    made = submitted(activity=Activity.CRAFT, at=paris(2, 14))
    Notice.objects.all().delete()
    return made


def told(at):
    """Who is told on that day."""
    owe_digests(at=at)
    return set(Notice.objects.filter(day=at.date()).values_list("recipient", flat=True))


def addresses(*users):
    return {user.email for user in users}


def test_the_officer_then_the_deputy_then_the_coordinator(partnership, enquiry):
    officer = partnership.cma.officers.get(role=OfficerRole.OFFICER).user
    assert told(paris(2)) == set()
    assert told(paris(3)) == addresses(officer)
    assert told(paris(4)) == addresses(officer)
    assert told(paris(5)) == addresses(officer, partnership.cma_deputy)
    assert told(paris(6)) == addresses(officer, partnership.cma_deputy, partnership.coordinator)


def test_a_digest_is_one_mail_with_each_enquiry_and_nothing_that_was_typed(partnership, enquiry):
    other = submitted(activity=Activity.CRAFT, at=paris(3, 10), message="ZEDEKIAH", name="Zedekiah")
    Notice.objects.all().delete()
    assert owe_digests(at=paris(4)) == 1
    mail.outbox.clear()
    assert sweep_notices() == 1
    (message,) = mail.outbox
    assert message.to == [partnership.cma.officers.get(role=OfficerRole.OFFICER).user.email]
    assert enquiry.reference in message.body
    assert other.reference in message.body
    assert f"/admin/enquiries/{enquiry.pk}/" in message.body
    assert "zedekiah" not in (message.subject + message.body).lower()


def test_once_a_day_however_often_it_runs(partnership, enquiry):
    assert [owe_digests(at=paris(3, hour)) for hour in (8, 9, 12)] == [1, 0, 0]
    assert owe_digests(at=paris(4)) == 1
    assert Notice.objects.filter(kind=NoticeKind.DIGEST).count() == 2


@pytest.mark.parametrize("day", [7, 8, 11])
def test_nobody_is_told_when_offices_are_closed(partnership, enquiry, day):
    assert told(paris(day)) == set()


def test_who_took_it_in_charge_is_told_and_not_the_others(partnership, enquiry):
    colleague = OfficerFactory(partner=partnership.cma).user
    take_in_charge(enquiry=enquiry, actor=colleague, at=paris(2, 15))
    assert told(paris(3)) == addresses(colleague)


def test_what_is_to_be_checked_is_told_to_the_coordinator(partnership):
    submitted(suspicion="too_fast", at=paris(2, 14))
    assert told(paris(3)) == addresses(partnership.coordinator)


def test_who_is_away_is_passed_over_and_somebody_is_always_told(partnership, enquiry):
    officer, deputy = partnership.cma.officers.get(role=OfficerRole.OFFICER), partnership.cma_deputy.officer
    Absence.objects.create(officer=officer, first=paris(3).date(), last=paris(6).date())
    assert told(paris(3)) == addresses(deputy.user)
    Absence.objects.create(officer=deputy, first=paris(4).date(), last=paris(6).date())
    assert told(paris(4)) == addresses(partnership.coordinator)
    Absence.objects.create(officer=partnership.coordinator.officer, first=paris(5).date(), last=paris(6).date())
    assert told(paris(5)) == addresses(partnership.coordinator)


def test_nothing_is_said_of_what_owes_nothing(partnership, enquiry):
    Enquiry.objects.update(state=EnquiryState.AWAITING_INVESTOR, due_at=None, time_left=timedelta(hours=1))
    assert told(paris(6)) == set()


def test_the_command_sends_and_says_how_many(partnership, capsys):
    Notice.objects.all().delete()
    call_command("remind")
    assert "0 digests owed, 0 mails sent" in capsys.readouterr().out
    submitted(activity=Activity.CRAFT, at=timezone.now() - timedelta(days=30))
    Notice.objects.all().delete()
    mail.outbox.clear()
    call_command("remind")
    assert len(mail.outbox) == Notice.objects.filter(kind=NoticeKind.DIGEST, sent_at__isnull=False).count()
