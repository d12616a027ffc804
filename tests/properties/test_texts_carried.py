"""A database of the first release, with a column a language, keeps its texts when it is migrated, and back."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests import databases

FORMER = (("implantation", "0002_facts_of_the_registry"), ("properties", "0001_release_1"))
STATE = """
import json
from datetime import date
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

FORMER = {former}
loader = MigrationExecutor(connection).loader
nodes = [node for node in loader.graph.leaf_nodes() if node in loader.applied_migrations]
nodes = [node for node in nodes if node[0] not in dict(FORMER)]
apps = loader.project_state([*nodes, *FORMER]).apps
model = lambda label: apps.get_model(label).objects
"""
WRITE = """
commune = model("territory.Commune").create(
    insee="94081", name="Vitry", department="94", population=1, boundary={}, latitude=48.79, longitude=2.39
)
partner = model("territory.Partner").create(slug="ept", short_name="EPT", name="EPT", member_since=date(2018, 6, 25))
facts = {"kind": "activity", "deal": "rent", "surface": 100, "commune": commune, "partner": partner}
facts |= {"public_latitude": 48.79, "public_longitude": 2.39}
both = model("properties.Property").create(
    reference="A-1", title_fr="L’atelier « un »", title_en="Workshop", description_fr='Une\\n"cour"',
    incentives_en="Works", **facts,
)
model("properties.Property").create(reference="A-2", title_fr="Halle", **facts)
model("properties.Property").create(reference="A-3", title_en="Only English", **facts)
model("properties.Media").create(property=both, kind="photo", file="a.webp", alt_fr="La cour", alt_en="The yard")
model("properties.Media").create(property=both, kind="plan", file="b.pdf")
table = model("implantation.RoutingTable").create(version=1)
model("implantation.Rule").create(table=table, position=1, lead=partner, reason_fr="Parce que.", reason_en="Because.")
"""
READ = """
import json
from implantation.routing.models import Rule
from properties.models import Media, Property
texts = lambda row: [getattr(row, name).stored() for name in ("title", "description", "incentives")]
rows = {row.reference: texts(row) for row in Property.objects.all()}
found = Property.objects.filter(title__icontains="workshop").values_list("reference", flat=True)
print(json.dumps({
    "rows": rows, "alt": [medium.alt.stored() for medium in Media.objects.all()], "found": list(found),
    "reason": Rule.objects.get().reason.stored(),
    "equal": Property.objects.filter(title=Property.objects.get(reference="A-1").title).count(),
}))
"""
BACK = """
row = model("properties.Property").get(reference="A-1")
print(json.dumps([row.title_fr, row.title_en, row.description_fr, row.description_en, row.incentives_en]))
"""


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A database without a table, of the engine that is tested."""
    base = dict(settings.DATABASES["default"])
    if databases.is_sqlite(base):
        yield f"sqlite:///{tmp_path / 'former.sqlite3'}"
    else:
        with databases.empty(base) as name:
            yield databases.url_of(base, name)


def _run(address: str, *words: str) -> str:
    environment = {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    command = [sys.executable, "manage.py", *words]
    done = subprocess.run(command, cwd=databases.ROOT, env=os.environ | environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def _shell(address: str, code: str) -> str:
    return _run(address, "shell", "--no-imports", "--verbosity=0", f"--command={code}")


def _said(output: str) -> object:
    return json.loads(output.splitlines()[-1])


@pytest.mark.database
def test_texts_of_a_column_a_language_are_carried_and_go_back(address: str) -> None:
    state = STATE.replace("{former}", repr(FORMER))
    _run(address, "migrate", "--verbosity=0")
    for app, name in FORMER:
        _run(address, "migrate", app, name, "--verbosity=0")
    _shell(address, state + WRITE)
    _run(address, "migrate", "--verbosity=0")
    assert _said(_shell(address, READ)) == {
        "rows": {
            "A-1": [{"en": "Workshop", "fr": "L’atelier « un »"}, {"fr": 'Une\n"cour"'}, {"en": "Works"}],
            "A-2": [{"fr": "Halle"}, {}, {}],
            "A-3": [{"en": "Only English", "fr": "Only English"}, {}, {}],
        },
        "alt": [{"en": "The yard", "fr": "La cour"}, {}],
        "found": ["A-1"],
        "reason": {"en": "Because.", "fr": "Parce que."},
        "equal": 1,
    }
    for app, name in FORMER:
        _run(address, "migrate", app, name, "--verbosity=0")
    assert _said(_shell(address, state + BACK)) == ["L’atelier « un »", "Workshop", 'Une\n"cour"', "", "Works"]
