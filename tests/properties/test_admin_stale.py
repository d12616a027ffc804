"""What nobody checked lately is listed to who may edit it, and one answer is written for all that is ticked."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from properties.choices import CheckAnswer
from properties.freshness import cycle
from properties.models import Change, Confirmation, Property
from properties.services import update_property
from territory.models import Partner
from tests.properties.factories import make_property
from tests.territory.factories import CoordinatorFactory, OfficerFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("territory")]
LIST, STALE = "premises:index", "premises:stale"


@pytest.fixture
def officer(client):
    made = OfficerFactory(partner=Partner.objects.get(slug="cci-94"))
    client.force_login(made.user)
    return made


def old(**values):
    return make_property(
        **{"partner_slug": "cci-94", "verified_on": timezone.localdate() - timedelta(days=61)} | values
    )


def text(response) -> str:
    return response.content.decode()


def tick(*listings):
    return [f"{listing.pk}.{listing.version}" for listing in listings]


def test_stale_listings_are_listed_oldest_first_and_no_others(client, officer):
    newer, oldest, other = old(), old(verified_on=timezone.localdate() - timedelta(days=90)), old(partner_slug="ept")
    fresh, withdrawn = old(verified_on=timezone.localdate()), old(state="withdrawn")
    rows = client.get(reverse(STALE)).context["rows"]
    assert [listing for listing, _leaves in rows] == [oldest, newer]
    assert "2 " in text(client.get(reverse(LIST))).split(reverse(STALE))[0].rsplit("prem-notice", 1)[1]
    client.force_login(CoordinatorFactory(partner=Partner.objects.coordinator()).user)
    page = text(client.get(reverse(STALE)))
    assert other.reference in page
    assert fresh.reference not in page
    assert withdrawn.reference not in page


def test_what_was_never_checked_comes_first(client, officer):
    checked, never = old(), old(verified_on=None)
    Property.objects.filter(pk=never.pk).update(published_at=timezone.now() - timedelta(days=61))
    rows = client.get(reverse(STALE)).context["rows"]
    assert [listing for listing, _leaves in rows] == [never, checked]


def test_the_list_says_when_a_listing_was_asked_about_and_when_it_leaves(client, officer):
    old()
    assert client.get(reverse(STALE)).context["rows"][0][1] is None
    now = timezone.now()
    cycle.run(now=now)
    listing, leaves = client.get(reverse(STALE)).context["rows"][0]
    assert (listing.mailed_at, leaves) == (now, now + timedelta(days=30))


def test_without_any_it_says_so_and_the_list_of_premises_says_nothing(client, officer):
    old(verified_on=timezone.localdate())
    assert "<form method" not in text(client.get(reverse(STALE))).split("<main")[1]
    assert reverse(STALE) not in text(client.get(reverse(LIST)))


def test_one_answer_is_written_for_all_that_is_ticked(client, officer):
    first, second, third = old(), old(), old()
    cycle.run(now=timezone.now())
    response = client.post(reverse(STALE), {"listing": tick(first, second), "answer": "available"}, follow=True)
    assert [listing for listing, _leaves in response.context["rows"]] == [third]
    for known in (first, second):
        known.refresh_from_db()
        assert (known.state, known.verified_on, known.version) == ("on_market", timezone.localdate(), 2)
        change = Change.objects.get(property=known)
        assert (change.door, change.user) == ("form", officer.user)
    assert Confirmation.objects.filter(answer=CheckAnswer.AVAILABLE).count() == 2
    client.post(reverse(STALE), {"listing": tick(third), "answer": "gone"})
    third.refresh_from_db()
    assert third.state == "withdrawn"


def test_what_somebody_changed_meanwhile_is_named_and_left(client, officer):
    seen, other = old(), old()
    ticked = tick(seen, other)
    update_property(instance=seen, values={"rent": 99}, version=1)
    page = text(client.post(reverse(STALE), {"listing": ticked, "answer": "gone"}, follow=True))
    assert seen.reference in page
    seen.refresh_from_db()
    other.refresh_from_db()
    assert (seen.state, other.state) == ("on_market", "withdrawn")


@pytest.mark.parametrize("answer", ["", "perhaps", "\0"])
@pytest.mark.parametrize("ticked", [[], ["x"], ["1.x"], ["9" * 30 + ".1"], ["-1.1"], ["²."]])
def test_a_forged_answer_writes_nothing(client, officer, answer, ticked):
    known = old()
    client.post(reverse(STALE), {"listing": [*tick(known), *ticked], "answer": answer})
    client.post(reverse(STALE), {"listing": ticked, "answer": "gone"})
    known.refresh_from_db()
    assert (known.version, known.state) == (1, "on_market")


def test_another_partners_listing_is_not_answered_for(client, officer):
    other = old(partner_slug="ept")
    client.post(reverse(STALE), {"listing": tick(other), "answer": "gone"})
    other.refresh_from_db()
    assert other.state == "on_market"


def test_who_is_no_officer_has_no_such_list(client):
    client.force_login(UserFactory(is_superuser=True))
    assert client.get(reverse(STALE)).status_code == 302
    assert client.post(reverse(STALE), {"answer": "gone"}).status_code == 302
