"""The hours of enquiries, mails and reminders."""

from foundation.periodic import command, daily, every, register
from implantation.enquiries.digests import owe_digests

# What nobody answered in time goes back, what departed partners hold goes to the coordinator, mails leave.
register("implantation.custody", command("send_notices"), every(minutes=5))
register("implantation.digests", owe_digests, daily(7, 30))
register("implantation.privacy", command("purge_personal_data"), daily(3))
