from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('territory', '0003_values_of_figures'),
    ]

    operations = [
        migrations.RemoveField(model_name='figure', name=name)
        for name in ('value', 'approximate', 'dated_on', 'date_precision', 'source_fr', 'source_en', 'review_on')
    ]
