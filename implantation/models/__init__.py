"""Enquiries, who holds them and why, what happened to them, and the mails owed."""

from implantation.models.custody import Transfer
from implantation.models.enquiries import Enquiry, ReferenceCounter
from implantation.models.tables import Decision, RoutingTable, Rule
from implantation.models.timeline import Event, EventText, Notice

__all__ = [
    "Decision",
    "Enquiry",
    "Event",
    "EventText",
    "Notice",
    "ReferenceCounter",
    "RoutingTable",
    "Rule",
    "Transfer",
]
