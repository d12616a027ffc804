"""A partner that leaves, or whose last officer would go: refused with what to do, or the coordinator takes over."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from implantation.enquiries.choices import EventKind, NoticeKind, TransferState
from implantation.enquiries.custody import accept_transfer, propose_transfer, return_what_departed_hold
from implantation.enquiries.handling import take_in_charge, withdraw
from implantation.enquiries.models import Notice
from implantation.routing.facts import Activity
from territory.models import Officer, Partner
from territory.staffing import LastOfficerError
from tests.implantation.factories import submitted
from tests.territory.factories import OfficerFactory, UserFactory

pytestmark = pytest.mark.django_db
YESTERDAY = timedelta(days=1)


@pytest.fixture
def craft(partnership):
    """An enquiry that `cma` holds, which has one officer left."""
    enquiry = submitted(activity=Activity.CRAFT)
    partnership.cma_deputy.officer.delete()
    return enquiry


@pytest.fixture
def boss(client, partnership):
    """A superuser that coordinates, so that every door is open to it."""
    partnership.coordinator.is_superuser = True
    partnership.coordinator.save()
    client.force_login(partnership.coordinator)
    return partnership.coordinator


def person(user, **change):
    return {
        "username": user.username,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "email": user.email,
        "is_active": "on",
    } | change


def doors(partnership):
    """Each way by which the last officer could go: an address and what is sent."""
    user = partnership.cma_officer
    inactive = person(user)
    del inactive["is_active"]
    officer = user.officer
    bulk = reverse("wagtail_bulk_action", args=["auth", "user", "set_active_state"])
    bulk_delete = reverse("wagtail_bulk_action", args=["auth", "user", "delete"])
    edit = reverse("officers:edit", args=[officer.pk])
    same = {"user": user.pk, "partner": officer.partner_id, "role": officer.role}
    return {
        "user edited": (reverse("wagtailusers_users:edit", args=[user.pk]), inactive),
        "user deleted": (reverse("wagtailusers_users:delete", args=[user.pk]), {}),
        "users deactivated": (f"{bulk}?id={user.pk}", {"mark_as_active": "False"}),
        "users deleted": (f"{bulk_delete}?id={user.pk}", {}),
        "officer deleted": (reverse("officers:delete", args=[officer.pk]), {}),
        "officer moved": (edit, same | {"partner": partnership.cci.pk}),
        "officer replaced by nobody": (edit, same | {"user": UserFactory(is_active=False).pk}),
    }


DOORS = [
    "user edited",
    "user deleted",
    "users deactivated",
    "users deleted",
    "officer deleted",
    "officer moved",
    "officer replaced by nobody",
]


def assert_answers(partnership):
    officer = Officer.objects.get(partner=partnership.cma)
    assert (officer.user, officer.user.is_active) == (partnership.cma_officer, True)


@pytest.mark.parametrize("door", DOORS)
def test_the_last_officer_of_a_partner_that_holds_enquiries_cannot_go(client, boss, partnership, craft, door):
    address, sent = doors(partnership)[door]
    page = client.post(address, sent, follow=True)
    assert page.status_code == 200
    assert "1" in page.content.decode()
    assert "Cma" in page.content.decode()
    assert_answers(partnership)


@pytest.mark.parametrize("door", DOORS)
def test_nor_when_the_rules_in_force_still_give_it_enquiries(client, boss, partnership, craft, door):
    withdraw(enquiry=craft)
    address, sent = doors(partnership)[door]
    client.post(address, sent)
    assert_answers(partnership)


@pytest.mark.parametrize("door", DOORS)
def test_with_a_colleague_left_each_door_opens(client, boss, partnership, craft, door):
    colleague = OfficerFactory(partner=partnership.cma)
    address, sent = doors(partnership)[door]
    assert client.post(address, sent).status_code == 302
    active = Officer.objects.filter(partner=partnership.cma, user__is_active=True)
    assert list(active) == [colleague]


def test_two_colleagues_cannot_go_together(client, boss, partnership, craft):
    other = OfficerFactory(partner=partnership.cma).user
    bulk = reverse("wagtail_bulk_action", args=["auth", "user", "set_active_state"])
    client.post(f"{bulk}?id={partnership.cma_officer.pk}&id={other.pk}", {"mark_as_active": "False"})
    assert Officer.objects.filter(partner=partnership.cma, user__is_active=True).count() == 2


def test_code_that_asks_nobody_is_held_too(partnership, craft):
    with pytest.raises(LastOfficerError), transaction.atomic():
        partnership.cma_officer.delete()
    with pytest.raises(LastOfficerError), transaction.atomic():
        Officer.objects.filter(partner=partnership.cma).delete()
    partnership.cma_officer.is_active = False
    with pytest.raises(LastOfficerError):
        partnership.cma_officer.save()
    assert_answers(partnership)


def test_a_partner_that_leaves_gives_what_it_holds_to_the_coordinator_with_that_reason(partnership, craft):
    take_in_charge(enquiry=craft, actor=partnership.cma_officer)
    transfer = propose_transfer(
        enquiry=craft, actor=partnership.cma_officer, to_partner=partnership.cci, reason="Not craft."
    )
    closed = submitted(activity=Activity.CRAFT)
    withdraw(enquiry=closed)
    partnership.cma.member_until = timezone.localdate() - YESTERDAY
    partnership.cma.save()
    craft.refresh_from_db()
    transfer.refresh_from_db()
    closed.refresh_from_db()
    assert (craft.holder, craft.state, craft.taken_by) == (partnership.ept, "received", None)
    assert transfer.state == TransferState.RETURNED
    assert closed.holder == partnership.cma
    why = craft.events.filter(kind=EventKind.TRANSFER_PROPOSED).last()
    assert str(partnership.cma) in why.body
    assert craft.events.last().kind == EventKind.TRANSFER_ACCEPTED
    told = Notice.objects.filter(event=craft.events.last(), kind=NoticeKind.NEW_HOLDER)
    assert [notice.recipient for notice in told] == [craft.email]
    assert return_what_departed_hold() == 0


def test_what_waits_for_a_departed_partner_returns_to_its_holder(partnership, craft):
    transfer = propose_transfer(
        enquiry=craft, actor=partnership.cma_officer, to_partner=partnership.cci, reason="Not craft."
    )
    partnership.cci.member_until = timezone.localdate() - YESTERDAY
    partnership.cci.save()
    transfer.refresh_from_db()
    craft.refresh_from_db()
    assert (transfer.state, craft.holder) == (TransferState.RETURNED, partnership.cma)


def test_a_membership_that_ends_by_itself_is_followed_by_cron(partnership, craft, capsys):
    Partner.objects.filter(pk=partnership.cma.pk).update(member_until=date(2020, 1, 1))
    call_command("send_notices")
    assert "1 enquiries of departed partners" in capsys.readouterr().out
    craft.refresh_from_db()
    assert craft.holder == partnership.ept


def test_a_membership_that_lasts_until_today_keeps_what_it_holds(partnership, craft):
    partnership.cma.member_until = timezone.localdate()
    partnership.cma.save()
    craft.refresh_from_db()
    assert craft.holder == partnership.cma


def test_once_its_membership_is_over_the_last_officer_may_go(partnership, craft):
    partnership.cma.member_until = timezone.localdate() - YESTERDAY
    partnership.cma.save()
    partnership.cma_officer.delete()
    assert not Officer.objects.filter(partner=partnership.cma).exists()


def test_an_enquiry_that_was_handed_over_no_longer_keeps_the_officer(partnership, craft):
    transfer = propose_transfer(
        enquiry=craft, actor=partnership.cma_officer, to_partner=partnership.cci, reason="Not craft."
    )
    accept_transfer(transfer=transfer, actor=partnership.cci_officer)
    partnership.cma_officer.delete()
    assert not Officer.objects.filter(partner=partnership.cma).exists()
