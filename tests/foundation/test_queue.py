"""What is owed is worked on at least once, by one worker at a time, later and later after each failure."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from foundation.accounts.mails import send_account_mails
from foundation.models import AccountMail
from foundation.queue import Failure, Queue
from tests.concurrency import at_once

pytestmark = pytest.mark.django_db
NOW = timezone.now()


class Letters(Queue[AccountMail]):
    """A queue whose work notes the addresses, and fails as it is told."""

    model = AccountMail

    def __init__(self, fails=None):
        self.seen, self.fails = [], fails or {}

    def work(self, rows):
        self.seen += [row.address for row in rows]
        fails = {row.pk: self.fails[row.address] for row in rows if row.address in self.fails}
        for failure in fails.values():
            if isinstance(failure, Exception):
                raise failure
        return fails


class Batches(Letters):
    batch = 3


def owed(address="a@example.org", due=NOW, **more):
    return AccountMail.objects.create(purpose="password-reset", address=address, language="fr", due_at=due, **more)


def test_what_is_due_is_done_once_the_longest_due_first_and_forgotten():
    owed("late@example.org", NOW - timedelta(seconds=1))
    owed("early@example.org", NOW - timedelta(hours=1))
    later = owed("later@example.org", NOW + timedelta(seconds=1))
    letters = Letters()
    assert letters.sweep(now=NOW) == 2
    assert letters.seen == ["early@example.org", "late@example.org"]
    assert list(AccountMail.objects.all()) == [later]
    assert letters.next_due() == later.due_at


@pytest.mark.parametrize("failure", [Failure("no server"), ConnectionError("quotes a@example.org")])
def test_a_failure_is_put_off_and_the_wait_doubles_up_to_the_longest(failure):
    row = owed()
    letters, now, waits = Letters({row.address: failure}), NOW, []
    for attempt in range(1, 13):
        assert letters.sweep(now=now) == 0
        row.refresh_from_db()
        assert (row.attempts, row.lease) == (attempt, None)
        waits.append(row.due_at - now)
        now = row.due_at
    assert waits[:3] == [letters.first_wait * factor for factor in (1, 2, 4)]
    assert waits[-1] == letters.longest_wait
    assert len(letters.seen) == 12
    assert row.error in ("no server", "ConnectionError"), "the text of an error may name a person"


def test_one_failure_of_a_batch_spares_the_others():
    for number in range(5):
        owed(f"{number}@example.org")
    batches = Batches({"1@example.org": Failure("refused")})
    assert batches.sweep(now=NOW) == 4
    assert list(AccountMail.objects.values_list("address", "error")) == [("1@example.org", "refused")]


def test_a_final_failure_is_set_aside_until_somebody_tries_again():
    row = owed()
    letters = Letters({row.address: Failure("gone", final=True)})
    letters.sweep(now=NOW)
    assert letters.next_due() is None
    assert letters.retry(letters.owed(), task=send_account_mails) == 1
    assert Letters().sweep() == 1


def test_an_outage_ends_the_sweep_and_the_rest_waits_for_the_next(caplog):
    for number in range(6):
        owed(f"{number}@example.org")
    batches = Batches({f"{number}@example.org": Failure("no node", outage=True) for number in range(6)})
    assert batches.sweep(now=NOW) == 0
    assert len(batches.seen) == 3
    assert AccountMail.objects.filter(attempts=0, due_at=NOW).count() == 3
    assert len(caplog.messages) == 1, "a batch that fails for one reason is one line"


def test_after_an_outage_what_is_still_due_is_not_tried_at_once():
    for number in range(4):
        owed(f"{number}@example.org", due=timezone.now())
    before = timezone.now()
    Batches({f"{number}@example.org": Failure("no node", outage=True) for number in range(4)}).run(send_account_mails)
    assert to_come()[0] >= before + Queue.first_wait


def test_a_worker_that_was_killed_is_relieved_when_its_lease_ends():
    owed()
    assert Letters().claim(NOW) is not None  # and nothing more was heard of it
    letters = Letters()
    assert letters.sweep(now=NOW + letters.lease - timedelta(seconds=1)) == 0
    assert letters.sweep(now=NOW + letters.lease) == 1
    assert letters.seen == ["a@example.org"]


def test_a_slow_worker_settles_nothing_that_another_has_taken_up():
    row = owed()
    letters = Letters()
    slow = letters.claim(NOW)
    quick = letters.claim(NOW + letters.lease)
    assert slow is not None
    assert quick is not None
    letters.settle(slow, {}, NOW)
    row.refresh_from_db()
    assert row.lease == quick.lease
    letters.settle(quick, {}, NOW)
    assert not AccountMail.objects.exists()


def test_what_changed_while_a_worker_had_it_stays_owed():
    row = owed()
    letters = Letters()
    claim = letters.claim(NOW)
    assert claim is not None
    AccountMail.objects.filter(pk=row.pk).update(lease=None, due_at=NOW)
    letters.settle(claim, {}, NOW)
    assert letters.sweep(now=NOW) == 1


def test_what_a_worker_has_is_not_tried_again_by_hand():
    owed()
    letters = Letters()
    assert letters.claim(timezone.now()) is not None
    assert letters.retry(letters.owed(), task=send_account_mails) == 0
    assert letters.sweep() == 0


def test_trouble_is_a_failure_or_a_row_no_worker_took():
    failed, neglected = owed("failed@example.org", attempts=1), owed("old@example.org", NOW - timedelta(hours=1))
    owed("fresh@example.org")
    assert set(Letters().owed().troubled(NOW)) == {failed, neglected}


def to_come():
    """When the sweep is woken again."""
    waiting = DBTaskResult.objects.filter(task_path=send_account_mails.module_path)
    return sorted(waiting.values_list("run_after", flat=True))


def test_before_the_work_somebody_is_bound_to_come_back_when_the_lease_ends():
    owed(due=timezone.now())
    seen = []

    class Watched(Letters):
        def work(self, rows):
            seen.extend(to_come())
            return {}

    before = timezone.now()
    Watched().run(send_account_mails)
    (relief,) = seen
    assert before + Queue.lease <= relief <= timezone.now() + Queue.lease


def test_the_sweep_comes_back_for_the_next_try_and_never_for_nothing():
    Letters().run(send_account_mails)
    assert to_come() == []
    row = owed(due=timezone.now())
    Letters({row.address: Failure("no server")}).run(send_account_mails)
    row.refresh_from_db()
    assert to_come()[0] == row.due_at
    DBTaskResult.objects.all().delete()
    Letters().run(send_account_mails)
    assert to_come() == [row.due_at]


class Skipping(Letters):
    waits_for_locks = False


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("kind", "settled"), [(Letters, {"a", "b"}), (Skipping, {"a"})])
def test_settling_waits_for_a_locked_row_or_leaves_it_to_its_lease(kind, settled):
    first, second = owed("a"), owed("b")
    queue = kind()
    queue.batch = 2
    claim = queue.claim(NOW)
    locked, done = threading.Event(), threading.Event()

    def write():
        with transaction.atomic():
            AccountMail.objects.select_for_update().get(pk=second.pk)
            locked.set()
            # Who waits is done after this transaction only.
            done.wait(timeout=0.5)

    def settle():
        locked.wait(timeout=10)
        queue.settle(claim, {}, NOW)
        done.set()

    at_once(write, settle)
    if not connection.features.has_select_for_update_skip_locked:
        settled = {"a", "b"}
    assert {row.address for row in (first, second)} - set(
        AccountMail.objects.values_list("address", flat=True)
    ) == settled


@pytest.mark.django_db(transaction=True)
def test_sweeps_at_once_share_the_rows_and_none_is_done_twice():
    for number in range(20):
        owed(f"{number}@example.org")
    workers = [Letters() for _ in range(4)]
    done = at_once(*[lambda worker=worker: worker.sweep(now=NOW) for worker in workers])
    assert sum(done) == 20
    assert sorted(address for worker in workers for address in worker.seen) == sorted(
        f"{number}@example.org" for number in range(20)
    )
    assert not AccountMail.objects.exists()
