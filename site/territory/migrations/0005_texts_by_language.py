from django.db import migrations, models

from foundation.by_language import TextByLanguageField
from foundation.by_language.migrating import gather_columns

# Each text with its length, its words, and whether every language has to have it.
TEXTS = {
    "partner": {"role": (240, "what it leads", False)},
    "axis": {"title": (200, "title", True)},
    "sector": {"name": (120, "name", True)},
    "figure": {"label": (120, "label", True), "unit": (20, "unit", False)},
    "figurevalue": {"source": (160, "source", True)},
    "majorproject": {"name": (255, "name", True), "source": (240, "sources", True)},
    "person": {"function": (120, "function", False)},
}
REQUIRED = {
    "axis": ("title", "axis_has_a_title"),
    "sector": ("name", "sector_has_a_name"),
    "figure": ("label", "figure_has_a_label"),
    "figurevalue": ("source", "value_of_a_figure_has_a_source"),
}


def field(length, words, everywhere):
    options = {"every_language": True} if everywhere else {"blank": True}
    return TextByLanguageField(max_length=length, verbose_name=words, **options)


def required(text, name):
    return models.CheckConstraint(
        condition=models.Q((f"{text}__written_in", "fr")),
        name=name,
        violation_error_message="This is required in the main language of the site.",
    )


class Migration(migrations.Migration):
    """Texts in a column a language become one text by language each."""

    # Pages hand their projects over in columns named after a language, which end here.
    dependencies = [("territory", "0004_figures_without_values"), ("pages", "0005_projects_apart")]

    operations = [
        migrations.AlterModelOptions(
            "majorproject",
            {"ordering": [], "verbose_name": "major project", "verbose_name_plural": "major projects"},
        ),
        migrations.RemoveConstraint("person", "a_person_has_a_name_or_a_function"),
        *(
            migrations.AddField(model, name, field(*options))
            for model, texts in TEXTS.items()
            for name, options in texts.items()
        ),
        *(
            gather_columns(
                "territory", model, *texts, required=tuple(name for name, options in texts.items() if options[2])
            )
            for model, texts in TEXTS.items()
        ),
        # For the way back: the columns that return take no null.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(model, f"{name}_{code}", models.CharField(default="", max_length=options[0]))
                for model, texts in TEXTS.items()
                for name, options in texts.items()
                for code in ("fr", "en")
            ],
        ),
        *(
            migrations.RemoveField(model, f"{name}_{code}")
            for model, texts in TEXTS.items()
            for name in texts
            for code in ("fr", "en")
        ),
        migrations.AlterModelOptions(
            "majorproject",
            {"ordering": ["name__fr"], "verbose_name": "major project", "verbose_name_plural": "major projects"},
        ),
        migrations.AddConstraint(
            "person",
            models.CheckConstraint(
                condition=models.Q(("function", {}), ("name", ""), _negated=True),
                name="a_person_has_a_name_or_a_function",
            ),
        ),
        *(migrations.AddConstraint(model, required(*text)) for model, text in REQUIRED.items()),
        migrations.AddConstraint("majorproject", required("name", "project_has_a_name")),
        migrations.AddConstraint("majorproject", required("source", "project_has_sources")),
    ]
