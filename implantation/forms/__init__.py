"""Forms of the public side: the steps of a request, and what is done from the tracking page."""

from implantation.forms.guide import GuideForm, Question, carried, question
from implantation.forms.steps import STEPS, ContactForm, FirmForm, PlaceForm, ProjectForm
from implantation.forms.tracking import ReplyForm, WithdrawForm

__all__ = [
    "STEPS",
    "ContactForm",
    "FirmForm",
    "GuideForm",
    "PlaceForm",
    "ProjectForm",
    "Question",
    "ReplyForm",
    "WithdrawForm",
    "carried",
    "question",
]
