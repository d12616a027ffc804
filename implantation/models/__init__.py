"""Enquiries, who holds them and why, what happened to them, and the mails owed."""

from implantation.models.absences import Absence
from implantation.models.approvals import Approval, TableEvent
from implantation.models.custody import Transfer
from implantation.models.enquiries import Enquiry, ReferenceCounter
from implantation.models.openings import Opening
from implantation.models.proofs import Proof
from implantation.models.tables import Contribution, Decision, RoutingTable, Rule
from implantation.models.timeline import Event, EventText, Notice

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
    "Transfer",
]
