import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pages', '0002_figures_leave'),
        ('territory', '0004_figures_without_values'),
    ]

    operations = [
        # The table that these keys point to was renamed: the database knows already.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name='pagefigure',
                    name='figure',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.figure', verbose_name='figure'),
                ),
                migrations.DeleteModel(name='Figure'),
            ],
        ),
        migrations.AlterModelOptions(
            name='projectpage',
            options={'verbose_name': 'page of a major project'},
        ),
        migrations.AddField(
            model_name='projectpage',
            name='project',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.majorproject', verbose_name='major project'),
        ),
    ]
