from datetime import datetime, time

from django.db import migrations, models
from django.utils import timezone

from implantation.deadlines import PARIS, add_working_time, working_days

OPEN = ("quarantined", "received", "in_progress", "awaiting_investor")


def start_clocks(apps, schema_editor):
    """What was promised keeps its day, until offices close. What nobody had promised yet counts from now, so that
    nothing is late by surprise: a tailored answer, where the partner wrote at most once; an answer, where the investor
    wrote last. Where the partner wrote twice or more, its answer counts as tailored and nothing is owed."""
    now = timezone.now()
    for enquiry in apps.get_model("implantation", "Enquiry").objects.filter(state__in=OPEN).select_related("holder"):
        partner = enquiry.holder
        last = {
            kind: enquiry.events.filter(kind=kind).aggregate(at=models.Max("at"))["at"]
            for kind in ("message_out", "message_in")
        }
        step, delay = "", None
        if enquiry.state in ("quarantined", "received") or enquiry.first_answered_at is None:
            step = "check" if enquiry.state == "quarantined" else "first_answer"
            enquiry.due_at = datetime.combine(enquiry.first_answer_due, time(18), PARIS)
            delay = working_days(partner.first_answer_days)
        elif enquiry.events.filter(kind="message_out").count() < 2:
            step, delay = "tailored_answer", working_days(partner.tailored_answer_days)
        else:
            enquiry.tailored_at = last["message_out"]
            if last["message_in"] and last["message_in"] > last["message_out"]:
                step, delay = "reply", working_days(partner.first_answer_days)
        enquiry.step = step
        if step and enquiry.state == "awaiting_investor":
            enquiry.due_at, enquiry.time_left = None, delay
        elif step and enquiry.due_at is None:
            enquiry.due_at = add_working_time(now, delay)
        enquiry.save(update_fields=["step", "due_at", "time_left", "tailored_at"])


class Migration(migrations.Migration):
    dependencies = [("implantation", "0006_clock")]
    operations = [migrations.RunPython(start_clocks, migrations.RunPython.noop)]
