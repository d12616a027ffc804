"""Schedule of periodic tasks: custody, digests, retention."""

from foundation.periodic import command, daily, every, register
from implantation.enquiries.digests import owe_digests

# Returns expired transfers, moves enquiries of departed partners to the coordinator, and sends mails.
register("implantation.custody", command("send_notices"), every(minutes=5))
register("implantation.digests", owe_digests, daily(7, 30))
register("implantation.privacy", command("purge_personal_data"), daily(3))
