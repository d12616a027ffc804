"""What officers do from the admin, through the pages they use."""

import csv
import io
from datetime import timedelta

import openpyxl
import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from implantation.enquiries import conversation, handling
from implantation.enquiries.choices import EnquiryState, EventKind, TransferState
from implantation.enquiries.models import Enquiry, Event, Notice, Transfer
from implantation.enquiries.tracking import token_for
from tests.implantation.factories import EnquiryFactory, submitted, sweep_notices

pytestmark = pytest.mark.django_db


@pytest.fixture
def enquiry(partnership):
    """Held by the chamber of trades, still to be taken in charge."""
    return submitted(
        activity="craft", place="94081", company="Menuiserie du Lac", email="lac@example.com", area_min=80, area_max=200
    )


@pytest.fixture
def officer(client, partnership):
    client.force_login(partnership.cma_officer)
    return partnership.cma_officer


def page(client, enquiry):
    return client.get(reverse("enquiry:detail", args=[enquiry.pk])).content.decode()


def act(client, enquiry, action, **typed):
    return client.post(reverse("enquiry:act", args=[enquiry.pk, action]), typed)


def text(response):
    return response.content.decode()


def test_the_page_says_what_is_asked_who_holds_it_and_why(client, officer, enquiry):
    found = page(client, enquiry)
    for words in ("Menuiserie du Lac", "We look for a workshop.", "lac@example.com", "Vitry-sur-Seine", "règle 1"):
        assert words in found


def test_the_page_explains_why_earlier_rules_did_not_match(client, partnership):
    other = submitted(activity="trade_or_services", place="94081")
    client.force_login(partnership.coordinator)
    response = client.get(reverse("enquiry:detail", args=[other.pk]))
    (step,) = response.context["decision"]["earlier"]
    assert step["position"] == 1
    assert step["lead"] == partnership.cma
    (miss,) = step["misses"]
    values = [str(choice) for choice in response.context["view"].words.communes]
    assert values == ["94081"]
    assert response.context["view"].words.value("activity", "trade_or_services") in miss
    assert response.context["view"].words.value("activity", "craft") in miss


def test_the_decision_is_told_in_three_voices(client, partnership):
    """A sentence to the investor; the facts and the rule to the officer; what was unknown and why earlier rules failed
    to who writes the rules."""
    enquiry = submitted(activity="liberal", language="en")
    tracking = client.get(f"/en/business-location/track/{token_for(enquiry)}/").content.decode()
    told = {}
    for who in (partnership.ept_officer, partnership.coordinator):
        client.force_login(who)
        told[who] = client.get(reverse("enquiry:detail", args=[enquiry.pk])).context["decision"]
    officer, coordinator = told.values()
    assert enquiry.decision.rule.reason["en"] in tracking
    assert officer["it"] == coordinator["it"] == enquiry.decision
    assert officer["facts"] == coordinator["facts"] != []
    assert (officer["earlier"], officer["unknown"]) == ([], [])
    assert [step["position"] for step in coordinator["earlier"]] == [1]
    assert "Lieu" in coordinator["unknown"]
    for words in coordinator["earlier"][0]["misses"] + officer["facts"]:
        assert words not in tracking


def test_the_tracking_link_is_never_shown(client, officer, enquiry):
    assert token_for(enquiry) not in page(client, enquiry)


def test_taking_in_charge(client, officer, enquiry):
    assert act(client, enquiry, "take").status_code == 302
    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.taken_by) == (EnquiryState.IN_PROGRESS, officer)


def test_the_second_to_take_is_told_who_was_first(client, partnership, enquiry):
    handling.take_in_charge(enquiry=enquiry, actor=partnership.cma_deputy)
    client.force_login(partnership.cma_officer)
    response = act(client, enquiry, "take")
    assert response.status_code == 422
    assert partnership.cma_deputy.get_full_name() in text(response)
    enquiry.refresh_from_db()
    assert enquiry.taken_by == partnership.cma_deputy


def test_writing_to_the_investor_sends_a_mail_whose_replies_reach_the_partner(client, officer, enquiry):
    handling.take_in_charge(enquiry=enquiry, actor=officer)
    response = act(client, enquiry, "write", body="Bonjour, voici trois ateliers.", awaiting="on")
    assert response.status_code == 302
    enquiry.refresh_from_db()
    assert enquiry.state == EnquiryState.AWAITING_INVESTOR
    assert "voici trois ateliers" in page(client, enquiry)
    sweep_notices()
    letters = [letter for letter in mail.outbox if letter.to == ["lac@example.com"]]
    assert letters[-1].reply_to == [enquiry.holder.email]


def test_an_empty_message_is_refused_and_nothing_is_sent(client, officer, enquiry):
    handling.take_in_charge(enquiry=enquiry, actor=officer)
    before = Notice.objects.count()
    assert act(client, enquiry, "write", body="   ").status_code == 422
    assert Notice.objects.count() == before


def test_what_was_typed_survives_a_refusal(client, officer, enquiry):
    """Not taken in charge yet: the message is refused, and comes back."""
    response = act(client, enquiry, "write", body="Une longue lettre déjà écrite")
    assert response.status_code == 422
    assert "Une longue lettre déjà écrite" in text(response)
    assert not Event.objects.filter(kind=EventKind.MESSAGE_OUT).exists()


def test_who_writes_second_reads_the_first_letter_before_sending(client, partnership, officer, enquiry):
    handling.take_in_charge(enquiry=enquiry, actor=officer)
    seen = enquiry.events.count()
    conversation.write_to_investor(enquiry=enquiry, actor=partnership.cma_deputy, body="First letter")
    response = act(client, enquiry, "write", body="Second letter", seen=seen)
    assert response.status_code == 422
    assert partnership.cma_deputy.get_full_name() in text(response)
    assert "First letter" in text(response)
    assert "Second letter" in text(response)
    assert Event.objects.filter(kind=EventKind.MESSAGE_OUT).count() == 1
    again = response.context["view"].bound["seen"].value()
    assert act(client, enquiry, "write", body="Second letter", seen=again).status_code == 302


def test_ones_own_letter_does_not_stand_in_the_way(client, officer, enquiry):
    handling.take_in_charge(enquiry=enquiry, actor=officer)
    seen = enquiry.events.count()
    conversation.write_to_investor(enquiry=enquiry, actor=officer, body="First letter")
    assert act(client, enquiry, "write", body="Second letter", seen=seen).status_code == 302


@pytest.mark.parametrize("seen", ["x", "-1", "99999999999999999999", ""])
def test_a_forged_mark_of_what_was_seen_is_no_error(client, officer, enquiry, seen):
    handling.take_in_charge(enquiry=enquiry, actor=officer)
    assert act(client, enquiry, "write", body="Bonjour", seen=seen).status_code in (302, 422)


def test_a_note_stays_between_colleagues(client, officer, enquiry):
    before = Notice.objects.count()
    assert act(client, enquiry, "note", body="À rappeler lundi").status_code == 302
    assert "À rappeler lundi" in page(client, enquiry)
    assert Notice.objects.count() == before


def test_closing_wants_a_reason_and_keeps_the_choice(client, officer, enquiry):
    handling.take_in_charge(enquiry=enquiry, actor=officer)
    response = act(client, enquiry, "state", state=EnquiryState.SETTLED, reason="")
    assert response.status_code == 422
    assert '<option value="settled" selected>' in text(response)
    enquiry.refresh_from_db()
    assert enquiry.state == EnquiryState.IN_PROGRESS
    assert act(client, enquiry, "state", state=EnquiryState.SETTLED, reason="Bail signé").status_code == 302
    enquiry.refresh_from_db()
    assert enquiry.state == EnquiryState.SETTLED


@pytest.mark.parametrize("state", ["", "received", "quarantined", "withdrawn", "nonsense"])
def test_a_state_that_is_not_offered_is_refused(client, officer, enquiry, state):
    handling.take_in_charge(enquiry=enquiry, actor=officer)
    assert act(client, enquiry, "state", state=state, reason="x").status_code == 422
    enquiry.refresh_from_db()
    assert enquiry.state == EnquiryState.IN_PROGRESS


def test_a_transfer_is_proposed_accepted_and_leaves_the_first_partners_desk(client, partnership, officer, enquiry):
    response = act(client, enquiry, "propose", to_partner=partnership.cci.pk, reason="C’est un commerce")
    assert response.status_code == 302
    client.force_login(partnership.cci_officer)
    assert "C’est un commerce" in page(client, enquiry)
    assert act(client, enquiry, "accept").status_code == 302
    enquiry.refresh_from_db()
    assert enquiry.holder == partnership.cci
    client.force_login(partnership.cma_officer)
    assert client.get(reverse("enquiry:detail", args=[enquiry.pk])).status_code == 404


def test_declining_wants_a_reason_and_leads_back_to_the_list(client, partnership, officer, enquiry):
    act(client, enquiry, "propose", to_partner=partnership.cci.pk, reason="C’est un commerce")
    client.force_login(partnership.cci_officer)
    assert act(client, enquiry, "decline", reason=" ").status_code == 422
    assert Transfer.objects.get().state == TransferState.PROPOSED
    response = act(client, enquiry, "decline", reason="Non, de l’artisanat")
    assert response.url == reverse("enquiry:index")
    enquiry.refresh_from_db()
    assert enquiry.holder == partnership.cma


def test_answering_a_transfer_twice_says_it_was_answered(client, partnership, officer, enquiry):
    act(client, enquiry, "propose", to_partner=partnership.cci.pk, reason="C’est un commerce")
    client.force_login(partnership.cci_officer)
    act(client, enquiry, "accept")
    assert act(client, enquiry, "accept").status_code == 422
    enquiry.refresh_from_db()
    assert enquiry.moves == 1


@pytest.mark.parametrize("partner", ["", "0", "x", "holder"])
def test_a_transfer_to_nobody_is_refused(client, officer, enquiry, partner):
    to = enquiry.holder_id if partner == "holder" else partner
    assert act(client, enquiry, "propose", to_partner=to, reason="Why").status_code == 422
    assert not Transfer.objects.exists()


def test_the_coordinator_releases_what_was_kept_to_be_checked(client, partnership):
    suspect = submitted(activity="craft", place="94081", suspicion="sent too fast")
    client.force_login(partnership.coordinator)
    assert "sent too fast" in page(client, suspect)
    assert act(client, suspect, "release").status_code == 302
    suspect.refresh_from_db()
    assert (suspect.state, suspect.holder) == (EnquiryState.RECEIVED, partnership.cma)


def test_a_mail_that_failed_is_shown_with_its_next_try(client, officer, enquiry):
    Notice.objects.filter(recipient="lac@example.com").update(attempts=2, error="SMTPConnectError")
    response = client.get(reverse("enquiry:detail", args=[enquiry.pk]))
    assert [notice.recipient for notice in response.context["failed_notices"]] == ["lac@example.com"]


def test_an_erased_enquiry_can_be_read_and_no_longer_acted_on(client, officer, enquiry):
    Enquiry.objects.filter(pk=enquiry.pk).update(
        name="",
        email="",
        message="",
        company="",
        anonymised_at=timezone.now(),
        state="withdrawn",
        closed_at=timezone.now(),
        step="",
        due_at=None,
    )
    response = client.get(reverse("enquiry:detail", args=[enquiry.pk]))
    assert response.status_code == 200
    assert response.context["actions"] == []
    assert act(client, enquiry, "note", body="x").status_code == 422


def rows(client, query=""):
    response = client.get(reverse("enquiry:index") + query)
    return [enquiry.reference for enquiry in response.context["object_list"]]


@pytest.fixture
def several(partnership):
    """Late, awaiting the investor, settled: all held by the chamber of trades."""
    return {
        "late": EnquiryFactory(
            holder=partnership.cma,
            company="Zinc et fils",
            due_at=timezone.now() - timedelta(hours=1),
            place="94081",
        ),
        "waiting": EnquiryFactory(
            holder=partnership.cma,
            state=EnquiryState.AWAITING_INVESTOR,
            project="create",
            first_answered_at=timezone.now(),
        ),
        "settled": EnquiryFactory(holder=partnership.cma, state=EnquiryState.SETTLED, name="Dupont", place="outside"),
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?todo=late", ["late"]),
        ("?todo=take", ["late"]),
        ("?todo=waiting", ["waiting"]),
        ("?state=settled&state=received", ["settled", "late"]),
        ("?project=create", ["waiting"]),
        ("?place=94081", ["late"]),
        ("?place=outside", ["settled"]),
        ("?q=zinc", ["late"]),
        ("?q=dupont", ["settled"]),
        ("?created_at_from=2999-01-01", []),
    ],
)
def test_filters_and_search(client, officer, several, query, found):
    assert rows(client, query) == [several[name].reference for name in found]


def test_a_reference_is_found_and_an_order_kept(client, officer, several):
    assert rows(client, f"?q={several['late'].reference}") == [several["late"].reference]
    assert rows(client, "?ordering=urgency")[0] == several["late"].reference


@pytest.mark.parametrize(
    "query", ["?todo=x", "?state=x", "?place=x", "?project=x", "?created_at_from=x", "?p=x", "?ordering=x", "?export=x"]
)
def test_bad_parameters_are_no_error(client, officer, several, query):
    assert client.get(reverse("enquiry:index") + query).status_code == 200


def test_an_empty_desk_says_what_will_come(client, officer):
    assert "desk-empty" in text(client.get(reverse("enquiry:index")))
    assert "desk-empty" in text(client.get(reverse("enquiry:index") + "?q=nothing"))


def test_the_menu_and_the_home_count_what_is_to_be_taken(client, officer, several):
    home = text(client.get(reverse("wagtailadmin_home")))
    assert "desk-panel" in home
    assert "(1)" in home
    assert several["late"].reference in home


def test_the_coordinators_home_counts_each_partner(client, partnership, several):
    client.force_login(partnership.coordinator)
    response = client.get(reverse("wagtailadmin_home"))
    for partner in (partnership.ept, partnership.cma, partnership.cci):
        assert str(partner) in text(response)


FORMULAS = ("=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\t=1")


def test_a_csv_opens_in_a_french_spreadsheet_and_runs_nothing(client, officer, partnership):
    for formula in FORMULAS:
        EnquiryFactory(holder=partnership.cma, company=formula, name="Élodie")
    response = client.get(reverse("enquiry:index") + "?export=csv")
    content = b"".join(response.streaming_content)
    assert content.startswith("\ufeff".encode())
    table = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert len(table) == len(FORMULAS) + 1
    assert {row[9] for row in table[1:]} == {f"'{formula}" for formula in FORMULAS}
    assert {row[10] for row in table[1:]} == {"Élodie"}


def test_a_workbook_holds_no_formula_and_the_hour_of_the_territory(client, officer, partnership):
    made = EnquiryFactory(holder=partnership.cma, company="=1+1")
    response = client.get(reverse("enquiry:index") + "?export=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    cells = {cell.value: cell for row in sheet.iter_rows() for cell in row}
    assert cells["=1+1"].data_type == "s"
    local = timezone.localtime(made.created_at)
    assert any(getattr(value, "hour", None) == local.hour for value in cells)


def test_the_list_asks_the_database_the_same_number_of_questions_however_long(client, officer, partnership):
    counts = []
    for number in (2, 20):
        EnquiryFactory.create_batch(number, holder=partnership.cma, place="94081")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(reverse("enquiry:index"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_page_asks_the_same_number_of_questions_however_long_the_timeline(client, officer, enquiry):
    handling.take_in_charge(enquiry=enquiry, actor=officer)
    counts = []
    for number in (1, 15):
        for _ in range(number):
            conversation.write_to_investor(enquiry=enquiry, actor=officer, body="Bonjour")
        with CaptureQueriesContext(connection) as queries:
            page(client, enquiry)
        counts.append(len(queries))
    assert counts[0] == counts[1]
