"""The link of a freshness mail takes one answer, about the listing as the mail told it; then it shows the state."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings as site_settings
from django.core import mail, signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from properties import media
from properties.choices import CheckAnswer, Door, MediaKind, PropertyState
from properties.freshness import cycle, links
from properties.models import Change, Confirmation, Property
from properties.services import apply, update_property, write_many
from territory.services import load
from tests.concurrency import at_once
from tests.properties.factories import make_property, photo_bytes
from tests.territory.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("territory")]
NOW = timezone.now()
SAID = {"available": "on_market", "under_offer": "under_offer", "gone": "withdrawn"}


def asked(**values) -> tuple[Property, str]:
    """A listing that its partner was asked about, and the path of the link in the mail."""
    known = make_property(**{"verified_on": timezone.localdate(NOW - timedelta(days=61))} | values)
    cycle.run(now=NOW)
    link = next(word for word in mail.outbox[-1].body.split() if "/confirm" in word)
    return known, link.removeprefix(site_settings.SITE_URL)


def in_english(path: str) -> str:
    return path.replace("/fr/immobilier/confirmer/", "/en/premises/confirm/")


def row(known: Property) -> dict:
    """All that is stored of a listing."""
    return Property.objects.filter(pk=known.pk).values().get()


def as_draft(known: Property) -> None:
    update_property(instance=known, values={"state": PropertyState.DRAFT}, version=known.version, user=UserFactory())


def another_rent(known: Property) -> None:
    update_property(instance=known, values={"rent": 99}, version=known.version, user=UserFactory())


def by_an_import_of_a_person(known: Property) -> None:
    write_many(created=[], updated=[(known, apply(known, {"rent": 99}))], user=UserFactory())


def by_an_import_at_night(known: Property) -> None:
    write_many(created=[], updated=[(known, apply(known, {"state": PropertyState.WITHDRAWN}))])


def with_a_photo(known: Property) -> None:
    words = {"alt_fr": "La halle", "alt_en": "The hall"}
    media.add_medium(
        instance=known, kind=MediaKind.PHOTO, upload=SimpleUploadedFile("a.jpg", photo_bytes()), words=words
    )


def by_an_officers_answer(known: Property) -> None:
    links.say(instance=known, answer=CheckAnswer.GONE, version=known.version, user=UserFactory())


def by_the_passing_of_time(known: Property) -> None:
    assert cycle.run(now=NOW + timedelta(days=31)).gone == 1


def by_a_statement_that_logs_nothing(known: Property) -> None:
    Property.objects.filter(pk=known.pk).update(state=PropertyState.DRAFT)


CHANGES = [
    by_a_statement_that_logs_nothing,
    as_draft,
    another_rent,
    by_an_import_of_a_person,
    by_an_import_at_night,
    with_a_photo,
    by_an_officers_answer,
    by_the_passing_of_time,
]


@pytest.mark.parametrize("said", list(SAID))
@pytest.mark.parametrize("change", CHANGES)
def test_after_any_change_of_the_listing_its_link_writes_nothing(client, change: Callable[[Property], None], said):
    known, path = asked()
    change(known)
    before, changes = row(known), Change.objects.count()
    question = Confirmation.objects.values().get()
    for address in (path, in_english(path)):
        assert client.post(address, {"answer": said}).status_code == 409
    assert row(known) == before
    assert Change.objects.count() == changes
    assert Confirmation.objects.values().get() == question


def test_an_officers_draft_stays_a_draft_and_the_link_says_it_in_both_languages():
    known, path = asked()
    as_draft(known)
    for address, written, state, where in [
        (path, "Rien n’a été noté", "Brouillon", "Ouvrir l’annonce dans l’administration"),
        (in_english(path), "Nothing was written", "Draft", "Open the listing in the administration"),
    ]:
        read, refused = Client().get(address), Client().post(address, {"answer": "available"})
        assert (read.status_code, refused.status_code) == (200, 409)
        for page in (read.content.decode(), refused.content.decode()):
            assert state in page
            assert where in page
            assert f"/admin/premises/edit/{known.pk}/" in page
            assert 'name="answer"' not in page
        assert written in refused.content.decode()
        assert written not in read.content.decode()
    assert row(known)["state"] == "draft"


@pytest.mark.parametrize("first", list(SAID))
@pytest.mark.parametrize("second", list(SAID))
def test_a_second_answer_writes_nothing_and_shows_the_first(client, first, second):
    known, path = asked()
    assert client.post(path, {"answer": first}).status_code == 200
    before = row(known)
    again = client.post(path, {"answer": second})
    assert again.status_code == 409
    assert row(known) == before
    assert before["state"] == SAID[first]
    shown = again.content.decode()
    assert "Répondu le" in shown
    assert str(CheckAnswer(first).label) in shown
    assert Confirmation.objects.get().answer == first
    assert Change.objects.filter(property=known, door=Door.CONFIRMATION).count() == 1


def test_reading_a_live_link_offers_the_three_answers_and_writes_nothing(client):
    known, path = asked()
    before = row(known)
    for address in (path, in_english(path)):
        page = client.get(address).content.decode()
        assert page.count('name="answer"') == 3
        assert "/admin/premises/" not in page
    assert row(known) == before


def test_an_unknown_answer_on_a_spent_link_is_refused_too(client):
    known, path = asked()
    as_draft(known)
    response = client.post(path, {"answer": "perhaps"})
    assert response.status_code == 422
    page = response.content.decode()
    assert "ce lien reçoit une seule réponse" in page
    assert 'name="answer"' not in page


def test_a_change_before_the_mail_leaves_the_link_live(client):
    known = make_property(verified_on=timezone.localdate(NOW - timedelta(days=61)))
    another_rent(known)
    cycle.run(now=NOW)
    link = next(word for word in mail.outbox[-1].body.split() if "/confirm" in word)
    assert client.post(link.removeprefix(site_settings.SITE_URL), {"answer": "available"}).status_code == 200
    known.refresh_from_db()
    assert (known.rent, known.verified_on) == (99, timezone.localdate())


def test_another_listings_change_leaves_the_link_live(client):
    known, path = asked()
    another_rent(make_property())
    assert client.post(path, {"answer": "available"}).status_code == 200
    assert row(known)["verified_on"] == timezone.localdate()


def test_a_link_of_an_earlier_release_answers_while_the_listing_was_never_changed(client):
    known, _path = asked()
    token = signing.dumps(Confirmation.objects.get().pk, salt="properties.freshness", compress=True)
    path = f"/fr/immobilier/confirmer/{token}/"
    assert client.get(path).content.decode().count('name="answer"') == 3
    another_rent(known)
    assert client.post(path, {"answer": "gone"}).status_code == 409
    assert row(known)["state"] == "on_market"


def test_the_next_question_has_a_link_of_its_own_and_the_former_stays_spent(client):
    known, former = asked()
    client.post(former, {"answer": "available"})
    later = NOW + timedelta(days=61)
    assert cycle.run(now=later).sent == 1
    link = next(word for word in mail.outbox[-1].body.split() if "/confirm" in word)
    assert client.post(former, {"answer": "gone"}).status_code == 409
    assert row(known)["state"] == "on_market"
    assert client.post(link.removeprefix(site_settings.SITE_URL), {"answer": "gone"}).status_code == 200
    assert row(known)["state"] == "withdrawn"


@pytest.mark.django_db(transaction=True)
def test_of_answers_at_once_exactly_one_is_written():
    known, path = asked()
    answers = ["available", "gone", "under_offer", "gone"]
    acts = [lambda said=said: Client().post(path, {"answer": said}).status_code for said in answers]
    outcomes = at_once(*acts)
    assert sorted(outcomes) == [200, 409, 409, 409]
    change = Change.objects.get(property=known)
    said = answers[outcomes.index(200)]
    assert change.door == Door.CONFIRMATION
    assert row(known)["state"] == SAID[said]
    assert Confirmation.objects.get().answer == said


@pytest.mark.django_db(transaction=True)
def test_an_officer_and_the_link_at_once_never_end_with_the_link_over_the_officer():
    known, path = asked()
    user = UserFactory()

    def officer() -> None:
        current = Property.objects.get(pk=known.pk)
        update_property(instance=current, values={"state": PropertyState.DRAFT}, version=current.version, user=user)

    at_once(officer, lambda: Client().post(path, {"answer": "available"}))
    doors = list(Change.objects.filter(property=known).order_by("pk").values_list("door", flat=True))
    # Either the officer was first, and the link wrote nothing; or the link was, and the officer was told to read again
    # or wrote over it.
    assert doors in (["form"], ["confirmation"], ["confirmation", "form"])
    assert row(known)["state"] == ("draft" if doors[-1] == "form" else "on_market")


class LinkTest(TestCase):
    """Whatever happens in which order, a link writes once at most, and never after another's change."""

    @classmethod
    def setUpTestData(cls) -> None:
        load()

    @settings(max_examples=40)
    @given(st.lists(st.sampled_from(["available", "under_offer", "gone", "form", "import", "clock"]), max_size=5))
    def test_a_link_writes_at_most_once_and_only_before_any_other_change(self, acts):
        known, path = asked()
        for act in acts:
            known.refresh_from_db()
            changes = known.changes.count()
            if act == "form":
                update_property(instance=known, values={"rent": known.rent + 1}, version=known.version)
            elif act == "import":
                write_many(created=[], updated=[(known, apply(known, {"rent": known.rent + 1}))])
            elif act == "clock":
                cycle.run(now=NOW + timedelta(days=31))
            else:
                status = self.client.post(path, {"answer": act}).status_code
                assert status == (409 if changes else 200)
                assert known.changes.count() == changes + (0 if changes else 1)
