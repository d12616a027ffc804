from django.db import migrations, models

from foundation.by_language import TextByLanguageField
from foundation.by_language.migrating import gather_columns


class Migration(migrations.Migration):
    """Texts in a column a language become one text by language each."""

    dependencies = [("properties", "0001_release_1")]

    operations = [
        migrations.RemoveConstraint(model_name="media", name="media_photo_is_described"),
        migrations.AddField(
            model_name="media",
            name="alt",
            field=TextByLanguageField(blank=True, max_length=200, verbose_name="what it shows"),
        ),
        migrations.AddField(
            model_name="property",
            name="description",
            field=TextByLanguageField(blank=True, multiline=True, verbose_name="description"),
        ),
        migrations.AddField(
            model_name="property",
            name="incentives",
            field=TextByLanguageField(blank=True, max_length=200, verbose_name="incentives"),
        ),
        migrations.AddField(
            model_name="property",
            name="title",
            field=TextByLanguageField(max_length=120, verbose_name="title"),
        ),
        gather_columns("properties", "media", "alt"),
        gather_columns("properties", "property", "title", "description", "incentives", required=("title",)),
        # For the way back: the column that returns takes no null.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField("property", "title_fr", models.CharField(default="", max_length=120)),
            ],
        ),
        *(
            migrations.RemoveField(model, f"{field}_{code}")
            for model, fields in {"media": ("alt",), "property": ("title", "description", "incentives")}.items()
            for field in fields
            for code in ("fr", "en")
        ),
        migrations.AddConstraint(
            model_name="media",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "photo"), _negated=True), ("alt__written_in", "fr"), _connector="OR"
                ),
                name="media_photo_is_described",
                violation_error_message="Say in every language what the photo shows.",
            ),
        ),
        migrations.AddConstraint(
            model_name="property",
            constraint=models.CheckConstraint(
                condition=models.Q(("title__written_in", "fr")),
                name="property_has_a_title",
                violation_error_message="This is required in the main language of the site.",
            ),
        ),
    ]
