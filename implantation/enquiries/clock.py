"""The clock of an enquiry: what its partner owes next, and by when. Called on a locked row, which the caller saves.

What is owed, one thing at a time: to check a suspect one; the first answer of a person; the tailored answer, whose
delay runs from the same instant; then nothing until the investor writes again, whose message starts a delay of its own
(several messages, the first one's). Delays are the partner's, in working time. While the investor is awaited the clock
is stopped, with the time that was left; it goes on when they answer. A partner that takes over starts anew. A closed
enquiry owes nothing, unless the investor writes after the end.
"""

from datetime import datetime

from django.utils import timezone

from implantation.deadlines import add_working_time, working_days, working_time
from implantation.enquiries.choices import State, Step
from implantation.enquiries.models import Enquiry
from territory.models import Partner


def start(enquiry: Enquiry, step: Step, *, partner: Partner, at: datetime) -> None:
    """`partner` owes this from `at`, within its delay of a first answer; a stopped clock goes on."""
    enquiry.step, enquiry.time_left = step, None
    enquiry.due_at = add_working_time(at, working_days(partner.first_answer_days))
    if step in (Step.CHECK, Step.FIRST_ANSWER):
        enquiry.first_answer_due, enquiry.tailored_at = timezone.localdate(enquiry.due_at), None


def answered(enquiry: Enquiry, *, at: datetime, tailored: bool) -> None:
    """The partner wrote: its first answer, the tailored one, or an answer to a message."""
    enquiry.first_answered_at = enquiry.first_answered_at or at
    if tailored:
        enquiry.tailored_at = enquiry.tailored_at or at
    if tailored or enquiry.step == Step.REPLY:
        owe_nothing(enquiry)
    elif enquiry.step == Step.FIRST_ANSWER:
        more = working_days(enquiry.holder.tailored_answer_days - enquiry.holder.first_answer_days)
        enquiry.step = Step.TAILORED_ANSWER
        if enquiry.due_at is not None:
            enquiry.due_at = add_working_time(enquiry.due_at, more)
        elif enquiry.time_left is not None:
            enquiry.time_left += more


def asked(enquiry: Enquiry, *, at: datetime) -> None:
    """The investor wrote: the clock goes on; when nothing was owed, an answer is."""
    go_on(enquiry, at=at)
    if not enquiry.step and enquiry.state != State.WITHDRAWN:
        start(enquiry, Step.REPLY, partner=enquiry.holder, at=at)


def reopened(enquiry: Enquiry, *, at: datetime) -> None:
    """Somebody opened it again: an answer is owed, the first one if there was none."""
    if not enquiry.step:
        step = Step.REPLY if enquiry.first_answered_at else Step.FIRST_ANSWER
        start(enquiry, step, partner=enquiry.holder, at=at)


def stop(enquiry: Enquiry, *, at: datetime) -> None:
    """The investor is awaited: what is left is kept (less than nothing when it was late)."""
    if enquiry.due_at is not None:
        enquiry.time_left, enquiry.due_at = working_time(at, enquiry.due_at), None


def go_on(enquiry: Enquiry, *, at: datetime) -> None:
    """The investor is no longer awaited: what was left is left."""
    if enquiry.time_left is not None:
        enquiry.due_at, enquiry.time_left = add_working_time(at, enquiry.time_left), None


def owe_nothing(enquiry: Enquiry) -> None:
    """Nothing is owed, and no clock runs."""
    enquiry.step, enquiry.due_at, enquiry.time_left = "", None, None
