"""Three years after the last contact nothing personal is left, and statistics are unchanged."""

from datetime import datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection, models
from django.utils import timezone

from implantation.enquiries.choices import EnquiryState, EventKind
from implantation.enquiries.conversation import add_note, record_reply, write_to_investor
from implantation.enquiries.handling import change_state, take_in_charge
from implantation.enquiries.models import Enquiry, EventText, Notice
from implantation.enquiries.privacy import purge_personal_data
from implantation.enquiries.tracking import enquiry_for_token, token_for
from implantation.errors import RefusedError
from implantation.routing.facts import Activity
from tests.implantation.factories import submitted

pytestmark = pytest.mark.django_db

PERSONAL = {
    "name": "Dominique Ultraviolet",
    "email": "ultraviolet@example.com",
    "phone": "+33612345678",
    "company": "Ultraviolet SARL",
    "siret": "73282932000074",
    "message": "Ultraviolet wants a workshop",
    "technical_needs": "Ultraviolet lamps",
}


def years_ago(years, **more):
    now = timezone.now()
    return now.replace(year=now.year - years, day=min(now.day, 28)) - timedelta(**more)


@pytest.fixture
def old(partnership):
    """Last contact a little more than three years ago, with words in every place that takes some."""
    at = years_ago(3, days=2)
    enquiry = submitted(activity=Activity.CRAFT, place="94081", at=at, jobs=3, **PERSONAL)
    actor = partnership.cma_officer
    take_in_charge(enquiry=enquiry, actor=actor, at=at)
    write_to_investor(enquiry=enquiry, actor=actor, body="Dear Ultraviolet", at=at)
    record_reply(enquiry=enquiry, body="Ultraviolet answers", at=at)
    add_note(enquiry=enquiry, actor=actor, body="Ultraviolet called", at=at)
    change_state(enquiry=enquiry, actor=actor, state=EnquiryState.SETTLED, reason="Ultraviolet signed", at=at)
    return Enquiry.objects.get(pk=enquiry.pk)


def everything_stored():
    """The text of every row of every table."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                yield table, str(row)


def test_nothing_personal_is_left_anywhere_and_statistics_stay(old):
    token = token_for(old)
    assert any("ltraviolet" in row for _, row in everything_stored())
    assert purge_personal_data() == [old.reference]
    for table, row in everything_stored():
        for trace in ("ltraviolet", "612345678", "73282932000074"):
            assert trace not in row, table
    kept = Enquiry.objects.get(pk=old.pk)
    for name in (
        "reference",
        "state",
        "holder_id",
        "activity",
        "place",
        "jobs",
        "created_at",
        "first_answered_at",
        "closed_at",
    ):
        assert getattr(kept, name) == getattr(old, name), name
    assert kept.decision.rule.position == 1
    assert enquiry_for_token(token) is None
    kinds = [event.kind for event in kept.events.all()]
    assert kinds[-1] == EventKind.ANONYMISED
    assert EventKind.MESSAGE_OUT in kinds
    # The salted hash of an erased text stays on its line.
    assert kept.events.get(kind=EventKind.NOTE).text_hash


# Codes, references and digests of nobody; whatever else is text must be erased.
STAY = {"reference", "place", "property_reference", "submission_digest"}


def test_every_text_of_a_person_or_of_their_network_is_erased(old):
    texts = {
        field.name
        for field in Enquiry._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField) and not field.choices and field.name not in STAY
    }
    assert {"origin_digest", "suspicion", *PERSONAL} <= texts
    Enquiry.objects.update(origin_digest="d" * 64, suspicion="somebody said so")
    purge_personal_data()
    kept = Enquiry.objects.get(pk=old.pk)
    assert {name: getattr(kept, name) for name in texts if getattr(kept, name)} == {}


def test_it_may_run_twice_and_late(old):
    assert purge_personal_data(at=timezone.now() + timedelta(days=4000)) == [old.reference]
    before = list(Enquiry.objects.values())
    assert purge_personal_data() == []
    assert list(Enquiry.objects.values()) == before
    assert old.events.filter(kind=EventKind.ANONYMISED).count() == 1


def test_what_is_not_due_stays_whole(partnership):
    recent = submitted(at=years_ago(3, days=-5), **PERSONAL)
    reopened = submitted(at=years_ago(4), **PERSONAL)
    record_reply(enquiry=reopened, body="Still interested")
    assert purge_personal_data() == []
    for enquiry in (recent, reopened):
        enquiry.refresh_from_db()
        assert enquiry.email == PERSONAL["email"]


def test_an_open_one_is_closed_and_its_unsent_mails_are_forgotten(partnership):
    enquiry = submitted(at=years_ago(3, days=2))
    suspect = submitted(at=years_ago(3, days=2), suspicion="honeypot")
    assert Notice.objects.exists()
    assert purge_personal_data() == [enquiry.reference, suspect.reference]
    for one in (enquiry, suspect):
        one.refresh_from_db()
        assert one.state == EnquiryState.UNSUCCESSFUL
        assert one.closed_at is not None
    assert not Notice.objects.exists()
    assert not EventText.objects.exists()


def test_nobody_can_act_on_it_any_more(old, partnership):
    purge_personal_data()
    before = list(old.events.values())
    with pytest.raises(RefusedError):
        record_reply(enquiry=old, body="Hello")
    with pytest.raises(RefusedError):
        add_note(enquiry=old, actor=partnership.cma_officer, body="Who was it?")
    assert list(old.events.values()) == before


def test_a_dry_run_names_and_writes_nothing(old, capsys):
    before = list(Enquiry.objects.values())
    call_command("purge_personal_data", "--dry-run")
    out = capsys.readouterr().out
    assert old.reference in out
    assert "1 to anonymise" in out
    assert list(Enquiry.objects.values()) == before
    call_command("purge_personal_data")
    assert "1 anonymised" in capsys.readouterr().out


def test_the_delay_is_a_setting_and_leap_days_are_counted(partnership, settings):
    settings.ENQUIRY_RETENTION_YEARS = 1
    leap_day = datetime(2028, 2, 29, 12, tzinfo=timezone.get_current_timezone())
    enquiry = submitted(at=datetime(2027, 2, 28, 11, tzinfo=timezone.get_current_timezone()))
    later = submitted(at=datetime(2027, 3, 1, 11, tzinfo=timezone.get_current_timezone()))
    assert purge_personal_data(at=leap_day) == [enquiry.reference]
    later.refresh_from_db()
    assert later.anonymised_at is None
