"""Freshness mails that cannot leave: tried again and again, later each time, and never twice at once."""

from datetime import timedelta

import pytest

from properties.freshness import cycle
from properties.freshness.mails import QUEUE
from properties.models import Confirmation
from tests.properties.test_freshness import NOW, old, on

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("territory")]


class Down:
    """A mail server that hangs up."""

    def __init__(self, *args, **kwargs):
        pass

    def send_messages(self, messages):
        raise ConnectionRefusedError


class Slow(Down):
    """A mail server that takes so long that another run starts."""

    meanwhile: list[int] = []

    def send_messages(self, messages):
        self.meanwhile.append(QUEUE.sweep(now=NOW) if not self.meanwhile else 99)
        return len(messages)


def test_a_mail_that_could_not_leave_is_tried_again_and_time_runs_from_it(settings, monkeypatch):
    old()
    settings.EMAIL_BACKEND = "tests.properties.test_freshness_mails.Down"
    assert cycle.run(now=NOW).sent == 0
    assert cycle.run(now=on(12)).marked == 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert cycle.run(now=on(13)).sent == 1
    assert cycle.run(now=on(22)).marked == 0
    assert cycle.run(now=on(23)).marked == 1


def test_each_failure_doubles_the_wait_for_the_next_try_up_to_twelve_hours(settings):
    old()
    settings.EMAIL_BACKEND = "tests.properties.test_freshness_mails.Down"
    moment, waits = NOW, []
    cycle.ask(moment)
    for attempt in range(1, 11):
        assert QUEUE.sweep(now=moment) == 0
        question = Confirmation.objects.get()
        assert (question.attempts, question.sent_at) == (attempt, None)
        waits.append(int((question.due_at - moment).total_seconds() // 60))
        assert QUEUE.sweep(now=question.due_at - timedelta(seconds=1)) == 0
        assert Confirmation.objects.get().attempts == attempt, "not before its time"
        moment = question.due_at
    assert waits == [5, 10, 20, 40, 80, 160, 320, 640, 720, 720]


def test_while_a_mail_is_on_its_way_another_run_sends_it_no_second_time(settings):
    old()
    cycle.ask(NOW)
    settings.EMAIL_BACKEND = "tests.properties.test_freshness_mails.Slow"
    Slow.meanwhile.clear()
    assert QUEUE.sweep(now=NOW) == 1
    assert Slow.meanwhile == [0]
