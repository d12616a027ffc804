"""No door of the ORM, and no statement, changes or removes a line of the timeline."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from implantation.enquiries.choices import EventKind
from implantation.enquiries.models import Enquiry, Event
from tests.implantation.factories import submitted
from tests.territory.factories import UserFactory

pytestmark = pytest.mark.django_db

DOORS = {
    "save": lambda event: event.save(),
    "save of one field": lambda event: event.save(update_fields=["data"]),
    "delete": lambda event: event.delete(),
    "update": lambda event: Event.objects.update(kind=EventKind.NOTE),
    "filtered update": lambda event: Event.objects.filter(pk=event.pk).update(kind=EventKind.NOTE),
    "update through the enquiry": lambda event: event.enquiry.events.update(kind=EventKind.NOTE),
    "query delete": lambda event: Event.objects.filter(pk=event.pk).delete(),
    "raw delete": lambda event: Event.objects.filter(pk=event.pk)._raw_delete("default"),
    "delete through the enquiry": lambda event: event.enquiry.events.all().delete(),
    "bulk_update": lambda event: Event.objects.bulk_update([event], ["kind"]),
    "update_or_create": lambda event: Event.objects.update_or_create(pk=event.pk, defaults={"kind": "note"}),
    "upsert": lambda event: Event.objects.bulk_create(
        [event], update_conflicts=True, unique_fields=["pk"], update_fields=["kind"]
    ),
}


@pytest.mark.parametrize("door", DOORS)
def test_the_timeline_is_only_added_to(partnership, door):
    enquiry = submitted()
    before = list(Event.objects.values())
    event = enquiry.events.first()
    event.kind = EventKind.NOTE
    with pytest.raises(TypeError, match="append-only"), transaction.atomic():
        DOORS[door](event)
    assert list(Event.objects.values()) == before


STATEMENTS = {
    "change": "UPDATE implantation_event SET kind = 'note' WHERE id = %s",
    "number anew": "UPDATE implantation_event SET sequence = 99 WHERE id = %s",
    "say another did it": "UPDATE implantation_event SET actor_id = (SELECT MIN(id) FROM auth_user) WHERE id = %s",
    "forget who did it and what": "UPDATE implantation_event SET actor_id = NULL, data = '[]' WHERE id = %s",
    "remove": "DELETE FROM implantation_event WHERE id = %s",
}


@pytest.mark.parametrize("what", STATEMENTS)
def test_the_database_refuses_what_does_not_pass_by_the_orm(partnership, what):
    event = submitted().events.first()
    before = list(Event.objects.values())
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(STATEMENTS[what], [event.pk])
    assert list(Event.objects.values()) == before


def test_a_line_outlives_the_account_of_who_acted(partnership):
    actor = UserFactory()
    said = {"sequence": 99, "kind": EventKind.NOTE, "at": timezone.now()}
    event = Event.objects.create(enquiry=submitted(), actor=actor, **said)
    actor.delete()
    assert Event.objects.values(*said, "actor").get(pk=event.pk) == {**said, "actor": None}


@pytest.mark.parametrize("who", ["enquiry", "partner"])
def test_nothing_a_line_is_about_can_be_deleted_with_it(partnership, who):
    enquiry = submitted()
    before = Event.objects.count()
    with pytest.raises(ProtectedError):
        (Enquiry.objects.filter(pk=enquiry.pk) if who == "enquiry" else partnership.ept).delete()
    assert Event.objects.count() == before > 0


def test_a_line_has_no_form_in_the_admin():
    for name in ("event:index", "event:edit", "event:delete", "wagtailsnippets_implantation_event:edit"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
