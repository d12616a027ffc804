"""Wrong passwords make a visitor wait, longer each time; known and unknown names are answered alike."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from foundation.accounts import attempts, mails, records
from foundation.choices import AccessKind, LimitedEntry
from foundation.models import AccessRecord, AttemptCount
from tests.concurrency import at_once
from tests.territory.factories import PASSWORD, OfficerFactory

pytestmark = pytest.mark.django_db
LOGIN = "/admin/login/"
HOME, ELSEWHERE = "203.0.113.7", "198.51.100.9"


@pytest.fixture
def clock(monkeypatch):
    """The time, moved by hand."""

    class Clock:
        now = timezone.now()

        def advance(self, **by):
            self.now += timedelta(**by)

    clock = Clock()
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    return clock


@pytest.fixture
def officer(db):
    return OfficerFactory(user__username="ada").user


def enter(name="ada", password="wrong", address=HOME, **more):
    return Client(REMOTE_ADDR=address, **more).post(LOGIN, {"username": name, "password": password, "next": "/admin/"})


def fail(times, **more):
    return [enter(**more).status_code for _ in range(times)]


def test_after_25_wrong_passwords_the_right_one_waits_then_enters_and_all_is_forgotten(officer, clock):
    assert fail(25) == [200] * 4 + [429] * 21
    assert enter(password=PASSWORD).status_code == 429
    clock.advance(seconds=61)
    assert enter(password=PASSWORD).status_code == 302
    assert fail(4) == [200] * 4, "the count starts anew"


def test_waits_grow_up_to_an_hour_and_a_try_during_one_does_not_lengthen_it(officer, clock):
    fail(4)
    waits = []
    for _ in range(6):
        response = enter()
        assert response.status_code == 429
        waits.append(int(response["Retry-After"]) // 60)
        clock.advance(seconds=5)
        assert enter().status_code == enter(password=PASSWORD).status_code == 429
        clock.advance(minutes=waits[-1])
    assert waits == [1, 5, 15, 60, 60, 60]


def test_the_count_starts_anew_a_day_after_its_first_failure(officer, clock):
    fail(4)
    clock.advance(hours=25)
    assert fail(4) == [200] * 4


def shape(response):
    """The page without what differs at each request."""
    page = BeautifulSoup(response.content, "html.parser")
    for tag in page.select("input[name=csrfmiddlewaretoken], input[name=username]"):
        tag.decompose()
    return response.status_code, page.get_text(" ", strip=True)


def test_a_known_and_an_unknown_name_are_answered_alike_with_the_same_statements(officer, clock):
    answers, statements = {}, {}
    for name in ("ada", "nobody-of-this-name"):
        answers[name], statements[name] = [], []
        for _ in range(8):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                answers[name].append(shape(enter(name=name, address=HOME)))
            statements[name].append([query["sql"].split(" ")[0] for query in queries])
        AttemptCount.objects.filter(name="").delete()  # what the network brought is not the name's
    assert answers["ada"] == answers["nobody-of-this-name"]
    assert statements["ada"] == statements["nobody-of-this-name"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", ("Trop d’essais", "Réessayez dans 1 minute, à", "Mot de passe oublié")),
        ("en", ("Too many attempts", "Try again in 1 minute, at", "Forgotten password")),
    ],
)
def test_the_page_says_when_to_try_again_and_leads_to_another_password(officer, clock, language, words):
    fail(4)
    response = enter(headers={"accept-language": language})
    page = BeautifulSoup(response.content, "html.parser")
    assert page.html["lang"] == language
    assert all(word in page.get_text(" ", strip=True) for word in words)
    assert page.select(f"a[href='{reverse('wagtailadmin_password_reset')}']")


def test_spellings_of_a_name_are_one_name(officer):
    for name in ("ada", "ADA", " ada ", "Ａｄａ", "aDa"):
        enter(name=name)
    assert enter(password=PASSWORD).status_code == 429


def test_one_network_tries_many_names_only_so_often(officer, clock):
    answers = [enter(name=f"name-{number}").status_code for number in range(attempts.FREE_NETWORK + 1)]
    assert answers == [200] * (attempts.FREE_NETWORK - 1) + [429] * 2
    assert enter(address=ELSEWHERE).status_code == 200


def test_one_name_is_tried_from_many_networks_only_so_often(officer, clock):
    answers = [enter(address=f"198.51.100.{number}").status_code for number in range(attempts.FREE_NAME + 1)]
    assert answers == [200] * (attempts.FREE_NAME - 1) + [429] * 2
    assert enter(name="somebody", address="198.51.100.99").status_code == 200


def test_strangers_do_not_keep_an_officer_out_of_the_network_they_work_in(officer, clock):
    assert enter(password=PASSWORD).status_code == 302
    for number in range(attempts.FREE_NAME):
        enter(address=f"198.51.100.{number}")
    for number in range(attempts.FREE_NETWORK):
        enter(name=f"name-{number}")
    assert enter(password=PASSWORD, address=ELSEWHERE).status_code == 429
    assert enter(password=PASSWORD).status_code == 302


def test_an_account_of_their_own_gives_nobody_more_tries_at_others(officer, clock):
    OfficerFactory(user__username="mallory")
    answers = []
    for number in range(attempts.FREE_NETWORK + 5):
        answers.append(enter(name=f"name-{number}").status_code)
        enter(name="mallory", password=PASSWORD)
    assert 429 in answers
    assert answers.index(429) <= attempts.FREE_NETWORK


def test_a_new_password_chosen_by_mail_lets_the_officer_in_whatever_others_tried(officer, clock):
    fail(9)
    for number in range(attempts.FREE_NAME):
        enter(address=f"198.51.100.{number}")
    assert enter(password=PASSWORD).status_code == 429
    visitor = Client(REMOTE_ADDR=HOME)
    assert visitor.post(reverse("wagtailadmin_password_reset"), {"email": officer.email}).status_code == 302
    mails.QUEUE.sweep()
    (link,) = (word for word in mail.outbox[0].body.split() if "/confirm/" in word)
    page = visitor.get(link.removeprefix("https://territory.example"), follow=True)
    chosen = {"new_password1": "other long words 27", "new_password2": "other long words 27"}
    assert visitor.post(page.request["PATH_INFO"], chosen).status_code == 302
    for number in range(attempts.FREE_NAME):  # they go on
        enter(address=f"198.51.100.{number}")
    assert enter(password=PASSWORD).status_code == 200, "the former one is wrong now"
    assert enter(password="other long words 27").status_code == 302


@pytest.mark.django_db(transaction=True)
def test_a_crowd_of_attempts_at_one_instant_looks_at_no_more_passwords_than_are_free():
    OfficerFactory(user__username="ada")
    answers = at_once(*[lambda: enter().status_code for _ in range(12)])
    assert sorted(answers) == [200] * 4 + [429] * 8
    assert AccessRecord.objects.count() == attempts.FREE_PAIR


def test_every_attempt_that_was_looked_at_is_logged_without_what_was_typed(officer, clock, caplog):
    enter(name="my-password-by-mistake")
    fail(7)
    clock.advance(minutes=2)
    enter(password=PASSWORD)
    lines = list(AccessRecord.objects.order_by("pk").values_list("kind", "user__username"))
    assert lines == [
        (AccessKind.FAILED, None),
        *[(AccessKind.FAILED, "ada")] * 4,
        (AccessKind.LOCKED, "ada"),
        (AccessKind.SIGNED_IN, "ada"),
    ]
    kept = f"{list(AccessRecord.objects.values())}{list(AttemptCount.objects.values())}{caplog.text}"
    assert not [word for word in ("my-password-by-mistake", HOME) if word in kept]
    assert "wrong password" in caplog.text


def test_counts_and_lines_are_forgotten_when_they_are_old(officer, clock):
    fail(6)
    clock.advance(days=364)
    assert records.purge(at=clock.now) == 0
    clock.advance(days=2)
    attempts.purge(at=clock.now)
    assert records.purge(at=clock.now) == 5
    assert not AttemptCount.objects.exists()


def test_a_count_without_a_name_is_its_network_s(clock):
    for _ in range(attempts.FREE_NETWORK):
        assert attempts.begin(LimitedEntry.PASSWORD_RESET, name="", network="n").allowed
    assert not attempts.begin(LimitedEntry.PASSWORD_RESET, name="", network="n").allowed
    assert attempts.begin(LimitedEntry.PASSWORD_RESET, name="", network="other").allowed
    assert attempts.begin(LimitedEntry.SIGN_IN, name="ada", network="n").allowed


def test_a_success_takes_back_no_more_than_its_own_attempt_from_its_network(clock):
    def begin(name):
        return attempts.begin(LimitedEntry.SIGN_IN, name=name, network="n").allowed

    assert all(begin(f"name-{number}") for number in range(attempts.FREE_NETWORK - 2))
    for _ in range(3):
        assert begin("mallory")
        attempts.succeed(LimitedEntry.SIGN_IN, name="mallory", network="n")
    assert begin("one")
    assert begin("two")
    assert not begin("three")


def test_an_account_is_at_home_for_90_days_where_it_entered(officer, clock):
    enter(password=PASSWORD)
    network = AccessRecord.objects.get().network
    clock.advance(days=89)
    assert records.is_at_home("ada", network)
    assert not records.is_at_home("ada", "another")
    assert not records.is_at_home("somebody", network)
    clock.advance(days=2)
    assert not records.is_at_home("ada", network)
