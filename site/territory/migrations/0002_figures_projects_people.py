# What several apps speak of. The table of figures comes from `pages`, which has renamed it: keys and rows stay.

import django.core.validators
import django.db.models.deletion
import modelcluster.fields
import phonenumber_field.modelfields
from decimal import Decimal
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('territory', '0001_release_1'),
        ('pages', '0002_figures_leave'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='Figure',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.SlugField(unique=True, verbose_name='identifier')),
                        ('value', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='value')),
                        ('approximate', models.BooleanField(default=False, verbose_name='about')),
                        ('label_fr', models.CharField(max_length=120, verbose_name='label in French')),
                        ('label_en', models.CharField(max_length=120, verbose_name='label in English')),
                        ('unit_fr', models.CharField(blank=True, max_length=20, verbose_name='unit in French')),
                        ('unit_en', models.CharField(blank=True, max_length=20, verbose_name='unit in English')),
                        ('source_fr', models.CharField(max_length=160, verbose_name='source in French')),
                        ('source_en', models.CharField(max_length=160, verbose_name='source in English')),
                        ('dated_on', models.DateField(verbose_name='date of the figure')),
                        ('date_precision', models.CharField(choices=[('year', 'Year'), ('day', 'Day')], default='year', max_length=4, verbose_name='precision of the date')),
                        ('review_on', models.DateField(verbose_name='to be reviewed on')),
                        ('commune', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.commune', verbose_name='where')),
                    ],
                    options={
                        'verbose_name': 'key figure',
                        'verbose_name_plural': 'key figures',
                        'ordering': ['key'],
                    },
                ),
            ],
        ),
        migrations.CreateModel(
            name='MajorProject',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(unique=True, verbose_name='identifier')),
                ('name_fr', models.CharField(max_length=255, verbose_name='name in French')),
                ('name_en', models.CharField(max_length=255, verbose_name='name in English')),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('under_way', 'Under way'), ('partly_open', 'Partly open'), ('running', 'Running, and growing')], max_length=12, verbose_name='state')),
                ('latitude', models.FloatField(verbose_name='latitude')),
                ('longitude', models.FloatField(verbose_name='longitude')),
                ('area_ha', models.DecimalField(blank=True, decimal_places=1, max_digits=7, null=True, validators=[django.core.validators.MinValueValidator(Decimal('0.1'))], verbose_name='ground (ha)')),
                ('floor_m2', models.PositiveIntegerField(blank=True, null=True, verbose_name='planned floor area (m²)')),
                ('source_fr', models.CharField(max_length=240, verbose_name='sources in French')),
                ('source_en', models.CharField(max_length=240, verbose_name='sources in English')),
                ('review_on', models.DateField(verbose_name='to be reviewed on')),
                ('commune', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.commune', verbose_name='main commune')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.partner', verbose_name='partner to talk to')),
            ],
            options={
                'verbose_name': 'major project',
                'verbose_name_plural': 'major projects',
                'ordering': ['name_fr'],
            },
        ),
        migrations.CreateModel(
            name='FigureValue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='value')),
                ('approximate', models.BooleanField(default=False, verbose_name='about')),
                ('dated_on', models.DateField(verbose_name='date of the figure')),
                ('date_precision', models.CharField(choices=[('year', 'Year'), ('day', 'Day')], default='year', max_length=4, verbose_name='precision of the date')),
                ('source_fr', models.CharField(max_length=160, verbose_name='source in French')),
                ('source_en', models.CharField(max_length=160, verbose_name='source in English')),
                ('review_on', models.DateField(verbose_name='to be reviewed on')),
                ('figure', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='values', to='territory.figure')),
            ],
            options={
                'verbose_name': 'value of a figure',
                'verbose_name_plural': 'values of figures',
                'ordering': ['-dated_on'],
                'constraints': [models.UniqueConstraint(fields=('figure', 'dated_on'), name='one_value_of_a_figure_at_a_date')],
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('firms', 'Direct line for firms'), ('creation', 'Starting or taking over a firm'), ('premises', 'Land and premises'), ('abroad', 'Investors from elsewhere'), ('projects', 'Major projects'), ('press', 'Press')], max_length=12, verbose_name='called for')),
                ('name', models.CharField(blank=True, help_text='Leave it empty to publish the function alone.', max_length=120, verbose_name='name')),
                ('function_fr', models.CharField(blank=True, max_length=120, verbose_name='function in French')),
                ('function_en', models.CharField(blank=True, max_length=120, verbose_name='function in English')),
                ('phone', phonenumber_field.modelfields.PhoneNumberField(blank=True, max_length=128, region=None, verbose_name='telephone')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('languages', models.JSONField(default=list, help_text='List of codes, such as fr, en.', verbose_name='languages spoken')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='people', to='territory.partner', verbose_name='partner')),
            ],
            options={
                'verbose_name': 'person',
                'verbose_name_plural': 'people',
                'ordering': ['partner', 'role', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('function_en', ''), ('function_fr', ''), ('name', ''), _negated=True), name='a_person_has_a_name_or_a_function'), models.CheckConstraint(condition=models.Q(('email', ''), ('phone', ''), _negated=True), name='a_person_can_be_reached')],
            },
        ),
    ]
