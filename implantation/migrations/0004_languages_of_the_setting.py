from django.db import migrations, models

from foundation.by_language import language_choices


class Migration(migrations.Migration):
    """The languages are those of the setting: no migration lists them."""

    dependencies = [("implantation", "0003_reason_by_language")]

    operations = [
        migrations.AlterField(
            model_name="enquiry",
            name="language",
            field=models.CharField(choices=language_choices, max_length=10, verbose_name="language"),
        ),
        *(
            migrations.AlterField(
                model_name=name,
                name="language",
                field=models.CharField(choices=language_choices, max_length=10),
            )
            for name in ("notice", "tablemail")
        ),
    ]
