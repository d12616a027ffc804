"""Deadline clock of an enquiry: the partner's next duty and its due date. Called on a locked row, saved by the caller.

One step at a time is owed: the check of a suspect request; a person's first answer; the tailored answer, whose delay
runs from the same instant; then nothing until the investor writes again. An investor's message starts its own delay
(several messages: the delay of the first). Delays are the partner's, in working time. While the investor is awaited the
clock is stopped and keeps the time remaining; the investor's answer resumes the clock. After a change of partner the
clock restarts. A closed enquiry owes nothing, unless the investor writes after the end.
"""

from datetime import datetime

from django.utils import timezone

from implantation.deadlines import add_working_time, working_days, working_time
from implantation.enquiries.choices import EnquiryState, Step
from implantation.enquiries.models import Enquiry
from territory.models import Partner


def start(enquiry: Enquiry, step: Step, *, partner: Partner, at: datetime) -> None:
    """Start the clock of `step` at `at`, with the partner's delay of a first answer; discards a stopped clock."""
    enquiry.step, enquiry.time_left = step, None
    enquiry.due_at = add_working_time(at, working_days(partner.first_answer_days))
    if step in (Step.CHECK, Step.FIRST_ANSWER):
        enquiry.first_answer_due, enquiry.tailored_at = timezone.localdate(enquiry.due_at), None


def answered(enquiry: Enquiry, *, at: datetime, tailored: bool) -> None:
    """Advance the clock after the partner's message: first answer, tailored answer or reply."""
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
    """Advance the clock after the investor's message: resume, and owe a reply if nothing was owed."""
    go_on(enquiry, at=at)
    if not enquiry.step and enquiry.state != EnquiryState.WITHDRAWN:
        start(enquiry, Step.REPLY, partner=enquiry.holder, at=at)


def reopened(enquiry: Enquiry, *, at: datetime) -> None:
    """Owe an answer after a reopening: the first answer if none was given, else a reply."""
    if not enquiry.step:
        step = Step.REPLY if enquiry.first_answered_at else Step.FIRST_ANSWER
        start(enquiry, step, partner=enquiry.holder, at=at)


def stop(enquiry: Enquiry, *, at: datetime) -> None:
    """Stop the clock while the investor is awaited, keeping the time remaining (negative when late)."""
    if enquiry.due_at is not None:
        enquiry.time_left, enquiry.due_at = working_time(at, enquiry.due_at), None


def go_on(enquiry: Enquiry, *, at: datetime) -> None:
    """Resume the clock with the working time that remained."""
    if enquiry.time_left is not None:
        enquiry.due_at, enquiry.time_left = add_working_time(at, enquiry.time_left), None


def owe_nothing(enquiry: Enquiry) -> None:
    """Clear the step and its clock."""
    enquiry.step, enquiry.due_at, enquiry.time_left = "", None, None
