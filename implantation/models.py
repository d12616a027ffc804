"""Models of the app, imported where Django looks for them."""

from implantation.enquiries.models import Enquiry, Event, EventText, Notice, Opening, ReferenceCounter, Transfer
from implantation.officers.models import Absence
from implantation.routing.models import (
    Approval,
    Contribution,
    Decision,
    Proof,
    RoutingTable,
    Rule,
    TableEvent,
    TableMail,
)

__all__ = [
    "Absence",
    "Approval",
    "Contribution",
    "Decision",
    "Enquiry",
    "Event",
    "EventText",
    "Notice",
    "Opening",
    "Proof",
    "ReferenceCounter",
    "RoutingTable",
    "Rule",
    "TableEvent",
    "TableMail",
    "Transfer",
]
