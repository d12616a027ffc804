import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pages', '0004_projects_carried'),
    ]

    operations = [
        migrations.AlterField(
            model_name='projectpage',
            name='project',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.majorproject', verbose_name='major project'),
        ),
        *(
            migrations.RemoveField(model_name='projectpage', name=name)
            for name in ('state', 'commune', 'latitude', 'longitude', 'area_ha', 'floor_m2', 'partner', 'review_on', 'source')
        ),
    ]
