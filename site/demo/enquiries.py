"""Fictional past enquiries, replayed through the real services at past dates."""

import random
import uuid
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from demo import needs
from implantation.deadlines import is_working_day
from implantation.enquiries.choices import EnquiryState, Suspicion
from implantation.enquiries.conversation import add_note, record_reply, write_to_investor
from implantation.enquiries.custody import accept_transfer, decline_transfer, propose_transfer
from implantation.enquiries.handling import change_state, take_in_charge, withdraw
from implantation.enquiries.models import Enquiry, Notice
from implantation.enquiries.privacy import anonymise
from implantation.enquiries.submission import Answers, submission_digest, submit
from properties.models import Property
from territory.choices import OfficerRole
from territory.models import Officer, Partner

_NAMESPACE = uuid.UUID("5b0a3f0e-6c6f-4c0e-9a53-0d6f2a2f4f10")
# Outcomes of the older enquiries, in turn: names of `_Story` methods.
_OVER = (
    "settled",
    "unsuccessful",
    "handed_over",
    "withdrawn",
    "settled",
    "declined_settled",
    "unsuccessful",
    "settled",
)
# Stories of the last two months, then of the last days, oldest first.
_RUNNING = ("answered", "settled", "handed_over_open", "awaiting", "declined")
# Proposed transfers come near the end: the worker returns older ones left unanswered.
_THIS_WEEK = ("in_progress", "late", "awaiting", "suspect", "late", "in_progress", "proposed", "new", "new")
_OLDEST, _RUNNING_FROM, _THIS_WEEK_FROM = 360.0, 60.0, 11.0  # days


def _plan(number: int) -> list[tuple[float, str]]:
    """Return (age in days, story) of each enquiry, oldest first; the oldest exceeds the retention of personal data."""
    recent = _THIS_WEEK[-max(0, number - 1) :]
    rest = max(0, number - 1 - len(recent))
    plan = [(3 * 366 + 20.0, "erased")] if number else []
    for place in range(rest):
        age = _OLDEST - (_OLDEST - _THIS_WEEK_FROM - 2) * place / rest
        stories = _OVER if age > _RUNNING_FROM else _RUNNING
        plan.append((age, stories[place % len(stories)]))
    step = _THIS_WEEK_FROM / len(_THIS_WEEK)
    plan += [(step * (len(recent) - place) - step * 0.9, story) for place, story in enumerate(recent)]
    return plan[:number]


def seed_enquiries(number: int = 40, *, seed: int = 94) -> int:
    """Seed `number` past enquiries, each in its own transaction; return the number added.

    The first exceeds the retention of personal data, and is anonymised; the last are a few days old. Seeding again with
    the same seed only adds the missing ones.
    """
    now = timezone.now()
    added = 0
    for index, (age, story) in enumerate(_plan(number)):
        key = uuid.uuid5(_NAMESPACE, f"{seed}-{index}")
        if not Enquiry.objects.filter(submission_digest=submission_digest(key)).exists():
            _Story(key, index, now - timedelta(days=age), now, random.Random(f"{seed}-{index}")).tell(story)
            added += 1
    return added


class _Story:
    """One enquiry and its clock, never later than now."""

    def __init__(self, key: uuid.UUID, index: int, start: datetime, now: datetime, chance: random.Random) -> None:
        self.key, self.now, self.chance = key, now, chance
        self.at = start
        turn, place = divmod(index, len(needs.NEEDS))
        self.need = needs.NEEDS[place]
        self.company = self.need.companies[turn % 2] + (f" {turn}" if turn > 1 else "")
        self.words = needs.WORDS[self.need.language]

    @transaction.atomic
    def tell(self, story: str) -> None:
        self.enquiry = submit(
            answers=self._answers(needs.SPAM if story == "suspect" else self.need.message),
            language=self.need.language,
            idempotency_key=self.key,
            suspicion=Suspicion.TRAP if story == "suspect" else "",
            at=self.at,
        )
        Enquiry.objects.filter(pk=self.enquiry.pk).update(is_demo=True)
        getattr(self, story)()
        self._send_mails_of_the_past()

    def _send_mails_of_the_past(self) -> None:
        """Mark mails of past days as sent on their day, so that none leaves now."""
        for event in self.enquiry.events.filter(at__lt=self.now - timedelta(minutes=5)):
            Notice.objects.filter(event=event, sent_at=None).update(sent_at=event.at, due_at=None)

    def _answers(self, message: str) -> Answers:
        facts = self.need.facts
        offers = Property.objects.public().filter(commune_id=facts["place"], kind=facts["premises"])
        return Answers(
            name=self.need.contact,
            email=f"contact.{slugify(self.company)}@example.com",
            company=self.company,
            message=message,
            attached_property=offers.order_by("reference").first() if self.chance.random() < 0.4 else None,
            facts=facts,
            **self.need.details,
        )

    def later(self, days: float) -> datetime:
        """Advance the clock to office hours of a working day; never beyond now."""
        moment = timezone.localtime(self.at + timedelta(days=days))
        while not is_working_day(moment.date()):
            moment += timedelta(days=1)
        moment = moment.replace(hour=self.chance.randint(9, 17), minute=self.chance.randint(0, 59))
        self.at = min(max(moment, self.at + timedelta(minutes=20)), max(self.at, self.now - timedelta(minutes=10)))
        return self.at

    def officer(self, partner: Partner | None = None) -> User:
        people = Officer.objects.filter(partner=partner or self.holder).select_related("user")
        role = OfficerRole.OFFICER if self.chance.random() < 0.7 else OfficerRole.DEPUTY
        officer = people.filter(role=role).first() or people.earliest("pk")
        return officer.user

    @property
    def holder(self) -> Partner:
        holder: Partner = Enquiry.objects.select_related("holder").get(pk=self.enquiry.pk).holder
        return holder

    def other(self) -> Partner:
        """Return a plausible transfer target: the other chamber of the department, else the coordinator."""
        twins = {"cma-94": "cci-94", "cci-94": "cma-94", "cma-91": "cci-91", "cci-91": "cma-91"}
        slug = twins.get(self.holder.slug, "ept" if self.holder.slug != "ept" else "cci-94")
        partner: Partner = Partner.objects.get(slug=slug)
        return partner

    # Stories.

    def new(self) -> None:
        """Leave the enquiry new: nobody has taken it in charge."""

    late = new

    def suspect(self) -> None:
        """Leave the enquiry in quarantine, for the coordinator."""

    def in_progress(self) -> None:
        actor = self.officer()
        take_in_charge(enquiry=self.enquiry, actor=actor, at=self.later(0.5))
        write_to_investor(enquiry=self.enquiry, actor=actor, body=self.words["first"], at=self.later(0.2))
        add_note(enquiry=self.enquiry, actor=actor, body=self.chance.choice(needs.NOTES), at=self.later(1))

    def _write(self, body: str, *, at: datetime, awaiting: bool = False) -> None:
        """Send the tailored answer."""
        write_to_investor(
            enquiry=self.enquiry, actor=self.officer(), body=body, tailored=True, awaiting=awaiting, at=at
        )

    def answered(self) -> None:
        """Propose premises; the investor may write again."""
        self.in_progress()
        self._write(self.words["proposal"], at=self.later(2))

    def awaiting(self) -> None:
        self.in_progress()
        body = self.words["proposal"]
        self._write(body, awaiting=True, at=self.later(2))

    def _answered(self) -> None:
        self.awaiting()
        record_reply(enquiry=self.enquiry, body=self.words["reply"], at=self.later(1.5))

    def settled(self) -> None:
        self._answered()
        self._close(EnquiryState.SETTLED, needs.SETTLED, days=30)

    def unsuccessful(self) -> None:
        self.awaiting()
        write_to_investor(enquiry=self.enquiry, actor=self.officer(), body=self.words["remind"], at=self.later(15))
        self._close(EnquiryState.UNSUCCESSFUL, self.chance.choice(needs.UNSUCCESSFUL), days=20)

    def _close(self, state: EnquiryState, reason: str, days: float) -> None:
        change_state(enquiry=self.enquiry, actor=self.officer(), state=state, reason=reason, at=self.later(days))

    def withdrawn(self) -> None:
        self._answered()
        withdraw(enquiry=self.enquiry, at=self.later(10))

    def proposed(self) -> None:
        """Propose a transfer; the other partner has not answered yet."""
        self.in_progress()
        propose_transfer(
            enquiry=self.enquiry,
            actor=self.officer(),
            to_partner=self.other(),
            reason=needs.HAND_OVER,
            at=self.later(1),
        )

    def declined(self) -> None:
        self.in_progress()
        other = self.other()
        transfer = propose_transfer(
            enquiry=self.enquiry, actor=self.officer(), to_partner=other, reason=needs.HAND_OVER, at=self.later(2)
        )
        decline_transfer(transfer=transfer, actor=self.officer(other), reason=needs.DECLINED, at=self.later(1))
        self._write(self.words["proposal"], at=self.later(1))

    def declined_settled(self) -> None:
        self.declined()
        self._close(EnquiryState.SETTLED, needs.SETTLED, days=25)

    def handed_over_open(self) -> None:
        other = self.other()
        actor = self.officer()
        take_in_charge(enquiry=self.enquiry, actor=actor, at=self.later(0.5))
        transfer = propose_transfer(
            enquiry=self.enquiry, actor=actor, to_partner=other, reason=needs.HAND_OVER, at=self.later(1)
        )
        accept_transfer(transfer=transfer, actor=self.officer(other), at=self.later(1))
        self.answered()

    def handed_over(self) -> None:
        self.handed_over_open()
        self._close(EnquiryState.SETTLED, needs.SETTLED, days=25)

    def erased(self) -> None:
        """Settle, then anonymise past the retention period: only statistics remain."""
        self.settled()
        anonymise(enquiry=self.enquiry, at=self.now)
