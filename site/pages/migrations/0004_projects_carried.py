# Pages that are translations of each other share one row; where they differ, the original's word counts.

import json

from django.db import migrations

FACTS = ('state', 'commune_id', 'latitude', 'longitude', 'area_ha', 'floor_m2', 'partner_id', 'review_on')
GONE = ('state', 'commune', 'latitude', 'longitude', 'area_ha', 'floor_m2', 'partner', 'review_on', 'source')


def carry(apps, schema_editor):
    pages = apps.get_model('pages', 'ProjectPage').objects
    rows = list(pages.order_by('pk').values('pk', 'alias_of', 'translation_key', 'locale__language_code', 'title', 'slug', 'source', *FACTS))
    keys = {row['pk']: row['translation_key'] for row in rows}
    told = {}
    for row in rows:
        told.setdefault(keys.get(row['alias_of'], row['translation_key']), []).append(row)
    taken = set()
    for versions in told.values():
        project = _row(apps, versions, taken)
        pages.filter(pk__in=[row['pk'] for row in versions]).update(project=project)
        for key in {row['translation_key'] for row in versions}:
            _tell_translations(apps, key, project)


def _row(apps, versions, taken):
    """One row of what the pages of a project say, the original first."""
    original = versions[0]
    by_language = {row['locale__language_code']: row for row in reversed(versions)}
    slug = original['slug'][:46]
    key = next(key for key in (slug, *(f'{slug}-{number}' for number in range(2, 1000))) if key not in taken)
    taken.add(key)
    words = {}
    for code in ('fr', 'en'):
        row = by_language.get(code, original)
        words |= {f'name_{code}': row['title'], f'source_{code}': row['source']}
    facts = {name: original[name] for name in FACTS}
    return apps.get_model('territory', 'MajorProject').objects.create(key=key, **facts, **words)


def _tell_translations(apps, key, project):
    """wagtail-localize makes a translation from its copy of the original: it names the row, and no longer the fields."""
    get = lambda name: apps.get_model('wagtail_localize', name).objects
    for source in get('TranslationSource').filter(object=key):
        content = json.loads(source.content_json)
        content = {name: value for name, value in content.items() if name not in GONE} | {'project': project.pk}
        source.content_json = json.dumps(content)
        source.save(update_fields=['content_json'])
        for kind in ('StringSegment', 'OverridableSegment'):
            get(kind).filter(source=source, context__path__in=GONE).delete()


class Migration(migrations.Migration):

    dependencies = [
        ('pages', '0003_projects_named'),
        ('wagtail_localize', '0016_rename_page_revision_translationlog_revision'),
    ]

    operations = [
        migrations.RunPython(carry),
    ]
