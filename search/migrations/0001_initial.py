"""The text index: an FTS5 table on SQLite, a tsvector with a GIN index on PostgreSQL. No triggers: the code writes it."""

from django.db import migrations

SQL = {
    "sqlite": [
        "CREATE VIRTUAL TABLE search_text USING fts5(head, body, tokenize = 'ascii')",
    ],
    "postgresql": [
        "CREATE TABLE search_text (property_id bigint PRIMARY KEY, head text NOT NULL, body text NOT NULL,"
        " words tsvector NOT NULL)",
        "CREATE INDEX search_text_words ON search_text USING gin (words)",
    ],
}


def create(apps, schema_editor):
    for statement in SQL[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE search_text")


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [migrations.RunPython(create, drop)]
