"""The mails about a routing table: to be approved, answered, put in force."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django_tasks import task

from implantation.mails import Mails, message, spoken_to
from implantation.routing.models import TableMail


class TableMails(Mails[TableMail]):
    """The queue of these mails."""

    model = TableMail

    def compose(self, mail: TableMail) -> EmailMultiAlternatives:
        return compose(mail)


QUEUE = TableMails()


@task()
def send_table_mails() -> None:
    """Send the mails owed now, and come back when the next try falls due."""
    QUEUE.run(send_table_mails)


def compose(mail: TableMail) -> EmailMultiAlternatives:
    """What happened to a table, and the page where it is read and answered; in the recipient's language."""
    table = mail.event.table
    with spoken_to(mail):
        url = f"{settings.SITE_URL}{reverse('rules:version', args=[table.version])}"
        context = {"table": table, "event": mail.event, "desk_url": url, "site_url": settings.SITE_URL}
        return message(mail, mail.kind, context, about=f"table-{mail.event_id}")
