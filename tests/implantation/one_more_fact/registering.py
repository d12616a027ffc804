"""A pytest plugin: registers one more fact before any model is loaded, as a line of `facts.py` would."""

from django.db.models import TextChoices

from implantation.routing.facts import FACTS, Fact, Question


class Seasonal(TextChoices):
    YES = "yes", "Open for a season only"
    NO = "no", "Open all year"
    UNKNOWN = "unknown", "I do not know yet"


SEASONAL = Fact(
    key="seasonal",
    label="Seasonal firm",
    values=Seasonal,
    question=Question(
        step="firm",
        label="Will your firm close for a part of the year?",
        help="Some premises are let for a season.",
        hints={Seasonal.NO.value: "holidays aside"},
        told_as="Your season",
    ),
    exported=True,
    longest=8,
)

FACTS[SEASONAL.key] = SEASONAL
