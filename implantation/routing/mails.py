"""Composition and queue of mails about routing tables: approval asked, answers, activation."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django_tasks import task

from implantation.mails import Mails, message, spoken_to
from implantation.routing.models import TableMail


class TableMails(Mails[TableMail]):
    """Queue of routing mails."""

    model = TableMail

    def compose(self, mail: TableMail) -> EmailMultiAlternatives:
        return compose(mail)


QUEUE = TableMails()


@task()
def send_table_mails() -> None:
    """Send the mails due now, and reschedule for the next retry."""
    QUEUE.run(send_table_mails)


def compose(mail: TableMail) -> EmailMultiAlternatives:
    """Compose the mail of a table's event with the link to its version, in the recipient's language."""
    table = mail.event.table
    with spoken_to(mail):
        url = f"{settings.SITE_URL}{reverse('rules:version', args=[table.version])}"
        context = {"table": table, "event": mail.event, "desk_url": url, "site_url": settings.SITE_URL}
        return message(mail, mail.kind, context, about=f"table-{mail.event_id}")
