from django.db import migrations, models

from foundation.by_language import TextByLanguageField
from foundation.by_language.migrating import gather_columns


class Migration(migrations.Migration):
    """The reason of a rule, in a column a language, becomes one text by language."""

    dependencies = [("implantation", "0002_facts_of_the_registry")]

    operations = [
        migrations.RemoveConstraint(model_name="rule", name="rule_says_why"),
        migrations.AddField(
            model_name="rule",
            name="reason",
            field=TextByLanguageField(every_language=True, max_length=240, verbose_name="why"),
        ),
        gather_columns("implantation", "rule", "reason", required=("reason",)),
        # For the way back: the columns that return take no null.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField("rule", "reason_fr", models.CharField(default="", max_length=240)),
                migrations.AlterField("rule", "reason_en", models.CharField(default="", max_length=240)),
            ],
        ),
        migrations.RemoveField("rule", "reason_fr"),
        migrations.RemoveField("rule", "reason_en"),
        migrations.AddConstraint(
            model_name="rule",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason__written_in", "fr")),
                name="rule_says_why",
                violation_error_message="This is required in the main language of the site.",
            ),
        ),
    ]
