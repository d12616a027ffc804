import hashlib

from django.db import migrations, models


def digest(apps, schema_editor):
    """As `implantation.services.submission.submission_digest` makes it of a key."""
    enquiry = apps.get_model("implantation", "Enquiry")
    for pk, key in enquiry.objects.values_list("pk", "idempotency_key").iterator():
        kept = hashlib.sha256(f"implantation.submission {key}".encode()).hexdigest()
        enquiry.objects.filter(pk=pk).update(submission_digest=kept)


class Migration(migrations.Migration):
    """A form's idempotency key is kept as a digest: in clear, it opened the enquiry to whoever read it."""

    # PostgreSQL alters no table in the transaction that updated its rows.
    atomic = False

    dependencies = [("implantation", "0010_fallback_to_the_last_rule")]

    operations = [
        migrations.AddField("enquiry", "submission_digest", models.CharField(editable=False, max_length=64, null=True)),
        migrations.RunPython(digest, migrations.RunPython.noop, atomic=True),
        migrations.AlterField(
            "enquiry", "submission_digest", models.CharField(editable=False, max_length=64, unique=True)
        ),
        migrations.RemoveField("enquiry", "idempotency_key"),
        migrations.AlterField(
            model_name='event',
            name='kind',
            field=models.CharField(choices=[('submitted', 'Enquiry received'), ('quarantined', 'Kept to be checked'), ('released', 'Checked and released'), ('routed', 'Given to a partner'), ('taken', 'Taken in charge'), ('message_out', 'The partner wrote'), ('message_in', 'The investor wrote'), ('no_answer', 'No answer needed'), ('note', 'Internal note'), ('state', 'State changed'), ('facts_corrected', 'Facts corrected'), ('transfer_proposed', 'Transfer proposed'), ('transfer_accepted', 'Transfer accepted'), ('transfer_declined', 'Transfer declined'), ('transfer_returned', 'Transfer returned, no answer in time'), ('transfer_lapsed', 'Transfer lapsed, the enquiry was closed'), ('withdrawn', 'Withdrawn by the investor'), ('link_replaced', 'Tracking link replaced'), ('anonymised', 'Personal data erased')], max_length=20),
        ),
        migrations.AlterField(
            model_name='notice',
            name='kind',
            field=models.CharField(choices=[('acknowledgement', 'Acknowledgement'), ('new_enquiry', 'New enquiry'), ('to_check', 'Enquiry to check'), ('message', 'Message of the partner'), ('reply', 'Reply of the investor'), ('withdrawal', 'Withdrawal'), ('new_holder', 'New partner in charge'), ('new_link', 'New tracking link'), ('transfer_proposed', 'Transfer proposed'), ('transfer_answered', 'Transfer answered'), ('table_to_approve', 'Rules to approve'), ('table_answered', 'Rules answered by a partner'), ('table_dated', 'New rules'), ('digest', 'What is late or due today')], max_length=20),
        ),
    
    ]
