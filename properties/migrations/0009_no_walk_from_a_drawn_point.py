"""Forget the walks that were reckoned from points drawn at random.

The index of the search is written anew after the migration (`search.receivers`); `search_index rebuild` does it for
Elasticsearch.
"""

from typing import Any

from django.db import migrations, models


def forget(apps: Any, schema_editor: Any) -> None:
    drawn = ~models.Q(property__precision="exact") | models.Q(property__latitude__isnull=True)
    apps.get_model("properties", "NearbyStation").objects.filter(drawn).delete()


class Migration(migrations.Migration):
    dependencies = [("properties", "0008_similar_premises")]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop, elidable=True)]
