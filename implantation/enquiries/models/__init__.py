"""Enquiries, custody, timeline, openings and owed mails."""

from implantation.enquiries.models.custody import Transfer
from implantation.enquiries.models.enquiries import Enquiry, ReferenceCounter
from implantation.enquiries.models.openings import Opening
from implantation.enquiries.models.timeline import Event, EventText, Notice

__all__ = ["Enquiry", "Event", "EventText", "Notice", "Opening", "ReferenceCounter", "Transfer"]
