"""Tasks wake a sweep; what must not be lost is a row."""

from django_tasks import task

from foundation.accounts import mails


@task()
def send_account_mails() -> None:
    """Send the account mails owed now, and come back when the next try falls due."""
    mails.QUEUE.run(send_account_mails)
