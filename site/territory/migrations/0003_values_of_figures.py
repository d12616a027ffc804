# The value of each figure becomes its first dated one. Permissions, history and references follow the content type.

from django.db import migrations

VALUE = ('value', 'approximate', 'dated_on', 'date_precision', 'source_fr', 'source_en', 'review_on')


def carry(apps, schema_editor):
    values = apps.get_model('territory', 'FigureValue').objects
    figures = apps.get_model('territory', 'Figure').objects.values('pk', *VALUE)
    values.bulk_create(values.model(figure_id=row.pop('pk'), **row) for row in figures)
    types = apps.get_model('contenttypes', 'ContentType').objects
    types.filter(app_label='pages', model='figure').update(app_label='territory')


class Migration(migrations.Migration):

    dependencies = [
        ('territory', '0002_figures_projects_people'),
        ('contenttypes', '0002_remove_content_type_name'),
    ]

    operations = [
        migrations.RunPython(carry),
    ]
