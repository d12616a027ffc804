# The table of figures takes the name that `territory` gives it; its rows and keys stay, as revisions of pages hold them.

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('pages', '0001_release_1'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.AlterModelTable(name='figure', table='territory_figure')],
        ),
    ]
