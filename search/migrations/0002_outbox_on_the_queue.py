from django.db import migrations, models
from django.db.models.functions import Left


def fit_the_queue(apps, schema_editor):
    """Errors have the width of the queue's; what was set aside is given all its tries once it is tried again."""
    owed = apps.get_model("search", "Owed").objects.using(schema_editor.connection.alias)
    owed.update(last_error=Left("last_error", 200))
    owed.filter(due_at=None).update(refusals=0)


class Migration(migrations.Migration):
    """What is owed stays owed; what a worker of the former release had is due when its lease ends."""

    dependencies = [("search", "0001_release_1")]

    operations = [
        migrations.RunPython(fit_the_queue, migrations.RunPython.noop),
        migrations.RemoveField("owed", "claim"),
        migrations.AddField("owed", "lease", models.UUIDField(editable=False, null=True)),
        migrations.RenameField("owed", "last_error", "error"),
        migrations.AlterField("owed", "error", models.CharField(blank=True, max_length=200)),
        migrations.AlterField("owed", "attempts", models.PositiveSmallIntegerField(default=0)),
        migrations.AlterField("owed", "due_at", models.DateTimeField(db_index=True, null=True)),
        migrations.AlterField("owed", "since", models.DateTimeField(db_index=True)),
    ]
