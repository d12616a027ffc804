"""A listing nobody checked: its partner is asked once, then it is marked, then it leaves; one click answers."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from properties.freshness import cycle
from properties.freshness.mails import QUEUE
from properties.models import Change, Confirmation, Property
from properties.services import apply, update_property, write_many
from tests.properties.factories import make_property

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("territory")]

NOW = timezone.now()


def on(days: int):
    return NOW + timedelta(days=days)


def old(**values) -> Property:
    return make_property(**{"verified_on": timezone.localdate(on(-61))} | values)


def links() -> list[str]:
    return [word for word in mail.outbox[-1].body.split() if "/confirm" in word]


def path(link: str) -> str:
    return "/" + link.split("/", 3)[3]


def test_the_partner_is_asked_once_in_one_mail_with_a_link_for_each():
    first, second, fresh = old(), old(), make_property(verified_on=timezone.localdate(on(-50)))
    day = cycle.run(now=NOW)
    assert (day.asked, day.marked, day.gone, day.sent) == (2, 0, 0, 2)
    message = mail.outbox[0]
    assert message.to == [first.partner.email]
    for asked in (first, second):
        assert asked.reference in message.body
    assert fresh.reference not in message.body
    assert len(links()) == 2
    again = cycle.run(now=on(1))
    assert (again.asked, again.sent) == (0, 0)


def test_each_partner_is_asked_about_its_own():
    own, other = old(partner_slug="cci-94"), old(partner_slug="ept")
    assert cycle.run(now=NOW).sent == 2
    by_address = {message.to[0]: message.body for message in mail.outbox}
    assert own.reference in by_address[own.partner.email]
    assert other.reference not in by_address[own.partner.email]


def test_a_source_may_hold_its_checks_for_longer_or_shorter(settings):
    settings.FRESHNESS_DAYS_BY_SOURCE = {"slow": 90, "fast": 30}
    old(source="slow")
    fast = make_property(source="fast", verified_on=timezone.localdate(on(-30)))
    assert cycle.run(now=NOW).asked == 1
    assert Confirmation.objects.get().property == fast


def test_what_was_never_checked_is_asked_about_after_as_long_on_the_site():
    known = make_property(verified_on=None)
    assert cycle.run(now=on(59)).asked == 0
    assert cycle.run(now=on(61)).asked == 1
    assert Confirmation.objects.get().property == known


def test_what_was_never_checked_is_asked_about_when_its_source_says(settings):
    settings.FRESHNESS_DAYS_BY_SOURCE = {"slow": 90, "fast": 30}
    make_property(source="slow", verified_on=None)
    fast = make_property(source="fast", verified_on=None)
    assert cycle.run(now=on(29)).asked == 0
    assert cycle.run(now=on(61)).asked == 1
    assert Confirmation.objects.get().property == fast


def test_what_was_checked_lately_is_not_asked_about_however_long_on_the_site():
    known = make_property(verified_on=timezone.localdate(on(-10)))
    Property.objects.filter(pk=known.pk).update(published_at=on(-300))
    assert cycle.run(now=NOW).asked == 0


def checked_in_the_form(known: Property, day) -> None:
    update_property(instance=known, values={"verified_on": day}, version=known.version)


def checked_by_an_import(known: Property, day) -> None:
    write_many(created=[], updated=[(known, apply(known, {"verified_on": day}))])


@pytest.mark.parametrize("check", [checked_in_the_form, checked_by_an_import])
def test_a_check_by_another_door_answers_the_question(client, check):
    known = old()
    cycle.run(now=NOW)
    assert cycle.run(now=on(10)).marked == 1
    known.refresh_from_db()
    check(known, timezone.localdate(on(10)))
    known.refresh_from_db()
    assert not known.to_confirm
    assert "À confirmer" not in client.get(known.get_absolute_url()).content.decode()
    day = cycle.run(now=on(31))
    assert (day.asked, day.marked, day.gone) == (0, 0, 0)
    assert not Confirmation.objects.filter(closed_at__isnull=True).exists()


def test_a_check_before_the_question_answers_nothing():
    known = old()
    cycle.run(now=NOW)
    checked_in_the_form(known, timezone.localdate(on(-1)))
    assert cycle.run(now=on(31)).gone == 1


def test_a_question_does_not_outlive_the_offer_it_is_about():
    known = old()
    cycle.run(now=NOW)
    update_property(instance=known, values={"state": "withdrawn"}, version=1)
    cycle.run(now=on(1))
    assert not Confirmation.objects.filter(closed_at__isnull=True).exists()
    known.refresh_from_db()
    update_property(instance=known, values={"state": "on_market"}, version=known.version)
    day = cycle.run(now=on(40))
    assert (day.asked, day.gone) == (1, 0)


@pytest.mark.parametrize("state", ["draft", "closed", "withdrawn"])
def test_what_is_not_on_the_site_is_not_asked_about(state):
    old(state=state)
    assert cycle.run(now=NOW).asked == 0


def test_without_an_answer_it_is_marked_then_leaves_the_site(client):
    known = old()
    cycle.run(now=NOW)
    cycle.run(now=on(9))
    known.refresh_from_db()
    assert not known.to_confirm
    assert cycle.run(now=on(10)).marked == 1
    page = client.get(known.get_absolute_url()).content.decode()
    assert "confirmer" in page
    assert cycle.run(now=on(30)).gone == 1
    known.refresh_from_db()
    assert known.state == "withdrawn"
    assert Change.objects.get(property=known).door == "clock"
    assert client.get(known.get_absolute_url()).status_code == 410
    assert not Confirmation.objects.filter(closed_at__isnull=True).exists()


def test_what_expired_leaves_the_site():
    known = make_property(verified_on=timezone.localdate(NOW), expires_on=timezone.localdate(NOW))
    assert cycle.run(now=NOW).gone == 0
    assert cycle.run(now=on(1)).gone == 1
    known.refresh_from_db()
    assert known.state == "withdrawn"


@pytest.mark.parametrize(
    ("said", "state"), [("available", "on_market"), ("under_offer", "under_offer"), ("gone", "withdrawn")]
)
def test_one_click_answers_and_is_logged(client, said, state):
    known = old()
    cycle.run(now=NOW)
    cycle.run(now=on(10))
    address = path(links()[0])
    assert client.get(address).status_code == 200
    known.refresh_from_db()
    assert (known.state, known.to_confirm) == ("on_market", True)
    response = client.post(address, {"answer": said})
    assert response.status_code == 200
    known.refresh_from_db()
    assert (known.state, known.to_confirm, known.verified_on) == (state, False, timezone.localdate())
    assert Change.objects.filter(property=known).latest("pk").door == "confirmation"
    assert Confirmation.objects.get().answer == said
    assert cycle.run(now=NOW).asked == 0


@pytest.mark.parametrize("said", ["available", "under_offer"])
def test_what_expired_and_is_still_there_stays(client, said):
    known = old(expires_on=timezone.localdate(on(-1)))
    cycle.ask(NOW)
    QUEUE.sweep(now=NOW)
    client.post(path(links()[0]), {"answer": said})
    assert cycle.run(now=NOW).gone == 0
    known.refresh_from_db()
    assert (known.state in ("on_market", "under_offer"), known.expires_on) == (True, None)


@pytest.mark.parametrize("answer", ["", "perhaps", "GONE", "\0"])
def test_another_answer_writes_nothing_and_says_so(client, answer):
    known = old()
    cycle.run(now=NOW)
    response = client.post(path(links()[0]), {"answer": answer})
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()
    known.refresh_from_db()
    assert (known.version, known.state) == (1, "on_market")


@pytest.mark.parametrize("token", ["x", "a:b:c", "é", "A" * 3_000, "%00"])
@pytest.mark.parametrize(
    ("prefix", "words"),
    [("/fr/immobilier/confirmer/", "n’ouvre aucune"), ("/en/premises/confirm/", "opens no listing")],
)
def test_an_unknown_link_says_what_to_do(client, token, prefix, words):
    known = old()
    for response in (client.get(f"{prefix}{token}/"), client.post(f"{prefix}{token}/", {"answer": "gone"})):
        assert response.status_code == 404
        assert words in response.content.decode() or token == "%00"
    known.refresh_from_db()
    assert known.state == "on_market"


def test_what_the_form_checked_on_the_day_of_the_question_is_not_taken_off():
    known = old()
    cycle.run(now=NOW)
    checked_in_the_form(known, timezone.localdate(NOW))
    assert cycle.run(now=on(31)).gone == 0


def test_what_expires_today_is_kept_when_its_partner_says_it_is_there(client):
    known = old(expires_on=timezone.localdate())
    cycle.ask(NOW)
    QUEUE.sweep(now=NOW)
    client.post(path(links()[0]), {"answer": "available"})
    known.refresh_from_db()
    assert known.expires_on == timezone.localdate()


def test_what_is_gone_keeps_the_day_it_expired(client):
    known = old(expires_on=timezone.localdate(on(-1)))
    cycle.ask(NOW)
    QUEUE.sweep(now=NOW)
    client.post(path(links()[0]), {"answer": "gone"})
    known.refresh_from_db()
    assert (known.state, known.expires_on) == ("withdrawn", timezone.localdate(on(-1)))


def test_a_listing_is_marked_once():
    old()
    cycle.run(now=NOW)
    assert [cycle.run(now=on(days)).marked for days in (10, 11)] == [1, 0]


def test_a_link_made_with_a_former_key_is_answered_while_the_key_is_listed(client, settings):
    old()
    cycle.run(now=NOW)
    (link,) = links()
    former, settings.SECRET_KEY = settings.SECRET_KEY, "the key of today"
    assert client.get(path(link)).status_code == 404
    settings.SECRET_KEY_FALLBACKS = [former]
    assert client.get(path(link)).status_code == 200
