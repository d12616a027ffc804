from django.db import migrations, models

from foundation.by_language import language_choices


class Migration(migrations.Migration):
    """The languages are those of the setting: no migration lists them."""

    dependencies = [("foundation", "0001_release_1")]

    operations = [
        migrations.AlterField(
            model_name="accountmail",
            name="language",
            field=models.CharField(choices=language_choices, max_length=10),
        ),
    ]
