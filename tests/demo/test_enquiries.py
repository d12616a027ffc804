"""The demonstration's past is plausible: every state, a whole year, nothing in the future, no mail."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from demo.accounts import create_accounts
from demo.enquiries import seed_enquiries
from demo.routing import publish_routing_table
from implantation.enquiries import notices
from implantation.enquiries.choices import EnquiryState, TransferState
from implantation.enquiries.conversation import record_reply
from implantation.enquiries.custody import return_expired_transfers
from implantation.enquiries.models import Enquiry, Event, Notice, Transfer
from implantation.routing import mails
from implantation.routing.deciding import pure
from implantation.routing.models import Decision, TableMail

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(territory):
    create_accounts()
    publish_routing_table()


def test_every_state_over_a_year_and_nothing_in_the_future(demo):
    assert seed_enquiries(40) == 40
    enquiries = Enquiry.objects.all()
    assert {enquiry.state for enquiry in enquiries} == set(EnquiryState.values) - {
        EnquiryState.UNWANTED
    }  # nobody ended one as unwanted
    ages = [(timezone.now() - enquiry.created_at).days for enquiry in enquiries if not enquiry.anonymised_at]
    assert 300 < max(ages) <= 365
    assert min(ages) == 0
    assert not Event.objects.filter(at__gt=timezone.now()).exists()
    assert enquiries.filter(anonymised_at__isnull=False).count() == 1
    assert {transfer.state for transfer in Transfer.objects.all()} == {
        TransferState.PROPOSED, TransferState.ACCEPTED, TransferState.DECLINED
    }  # fmt: skip
    assert len(set(enquiries.values_list("holder", flat=True))) == 6
    assert Enquiry.objects.late().exists()
    for enquiry in enquiries:
        events = list(enquiry.events.all())
        assert [event.sequence for event in events] == list(range(1, len(events) + 1))
        assert [event.at for event in events] == sorted(event.at for event in events)


def test_it_says_that_it_is_fictional_and_mails_nobody(demo):
    seed_enquiries(40)
    assert not Enquiry.objects.filter(is_demo=False).exists()
    for address in Enquiry.objects.exclude(email="").values_list("email", flat=True):
        assert address.endswith("@example.com")
    for model, queue in ((Notice, notices.QUEUE), (TableMail, mails.QUEUE)):
        assert model.objects.exists()
        assert queue.next_due() is None
        assert queue.sweep() == 0
    assert mail.outbox == []


def test_the_transfer_that_waits_is_not_given_back_before_anybody_sees_it(demo):
    seed_enquiries(40)
    assert return_expired_transfers() == 0
    assert Transfer.objects.filter(state=TransferState.PROPOSED).exists()


def test_each_decision_is_the_one_that_the_table_takes(demo):
    seed_enquiries(40)
    for decision in Decision.objects.select_related("rule"):
        assert pure(decision.table).decide(decision.facts).rule.position == decision.rule.position


def test_seeding_again_adds_only_what_is_missing(demo):
    assert seed_enquiries(12) == 12
    before = list(Enquiry.objects.order_by("pk").values())
    assert seed_enquiries(12) == 0
    assert list(Enquiry.objects.order_by("pk").values()) == before
    assert seed_enquiries(15) == 3


def test_the_same_seed_tells_the_same_stories(demo):
    seed_enquiries(10, seed=1)
    first = list(Enquiry.objects.order_by("pk").values_list("company", "state", "project", "holder"))
    digests = set(Enquiry.objects.values_list("submission_digest", flat=True))
    assert len(first) == 10
    seed_enquiries(10, seed=2)
    assert Enquiry.objects.count() == 20
    assert digests.isdisjoint(Enquiry.objects.order_by("-pk").values_list("submission_digest", flat=True)[:10])


@pytest.mark.parametrize("number", [0, 1, 2, 5, 61])
def test_any_number_is_told(demo, number):
    assert seed_enquiries(number) == number


def test_a_letter_to_a_past_enquiry_written_today_is_sent(demo):
    seed_enquiries(40)
    enquiry = Enquiry.objects.filter(state=EnquiryState.IN_PROGRESS).latest("created_at")
    record_reply(enquiry=enquiry, body="Still interested", at=timezone.now() - timedelta(seconds=1))
    assert Notice.objects.filter(sent_at__isnull=True).exists()
