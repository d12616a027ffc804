"""Mails asking partners about their listings."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Max, QuerySet
from django.template.loader import render_to_string
from django.utils import translation

from foundation.queue import Failure, Queue, kind_of
from properties.freshness.links import CheckLink, address
from properties.models import Confirmation
from territory.models import Partner


class ConfirmationQueue(Queue[Confirmation]):
    """Outbox of open questions: one mail per partner, with a link for each listing."""

    model = Confirmation
    lease: ClassVar[timedelta] = timedelta(minutes=10)
    first_wait: ClassVar[timedelta] = timedelta(minutes=5)
    longest_wait: ClassVar[timedelta] = timedelta(hours=12)
    # Above a day's questions, so each partner receives a single mail.
    batch: ClassVar[int] = 5_000

    def work(self, rows: Sequence[Confirmation]) -> Mapping[int, Failure]:
        # A single query, so listing and last change belong to the same snapshot.
        described = Confirmation.objects.filter(pk__in=[row.pk for row in rows]).annotate(
            last_change=Max("property__changes")
        )
        links: defaultdict[Partner, list[CheckLink]] = defaultdict(list)
        for question in described.select_related("property__commune", "property__partner").order_by(
            "property__reference"
        ):
            links[question.property.partner].append(CheckLink(question, question.last_change or 0))
        failures: dict[int, Failure] = {}
        for partner, partner_links in links.items():
            try:
                compose(partner, partner_links).send()
            except Exception as error:  # on any failure of the mail server the questions stay due
                failures |= dict.fromkeys([link.question.pk for link in partner_links], Failure(kind_of(error)))
        return failures

    def finish(self, rows: QuerySet[Confirmation], at: datetime) -> None:
        rows.update(due_at=None, lease=None, error="", sent_at=at)


QUEUE = ConfirmationQueue()


def compose(partner: Partner, links: list[CheckLink]) -> EmailMessage:
    """The mail to a partner's monitored address, in the default language of the site: first line the subject."""
    with translation.override(settings.LANGUAGE_CODE):
        listings = [{"property": link.question.property, "url": address(link)} for link in links]
        text = render_to_string("properties/mail/confirm.txt", {"partner": partner, "listings": listings}).strip()
    subject, body = (part.strip() for part in text.split("\n", 1))
    return EmailMessage(
        subject, body + "\n", settings.DEFAULT_FROM_EMAIL, [partner.email], headers={"Auto-Submitted": "auto-generated"}
    )
