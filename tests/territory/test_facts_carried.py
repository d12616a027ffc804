"""A database of the first release keeps its figures and its projects when their rows move to `territory`."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests import databases

START = """
import json, uuid
from datetime import UTC, date, datetime
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

call_command("migrate", "wagtail_localize", verbosity=0)
call_command("migrate", "pages", "0001_release_1", verbosity=0)
loader = MigrationExecutor(connection).loader
nodes = [node for node in loader.graph.leaf_nodes() if node in loader.applied_migrations]
state = loader.project_state([*nodes, ("pages", "0001_release_1"), ("territory", "0001_release_1")])
model = lambda label: state.apps.get_model(label).objects

commune = model("territory.Commune").create(
    insee="94081", name="Vitry", department="94", population=1, boundary={}, latitude=48.79, longitude=2.39
)
partner = model("territory.Partner").create(slug="ept", short_name="EPT", name="EPT", member_since=date(2018, 6, 25))
figure = model("pages.Figure").create(
    id=7, key="jobs", value="285000", approximate=True, label_fr="emplois", label_en="jobs", source_fr="presse",
    source_en="press", dated_on=date(2019, 1, 1), review_on=date(2027, 1, 1), commune=commune,
)
types = {
    name: model("contenttypes.ContentType").get_or_create(app_label="pages", model=name)[0]
    for name in ("figure", "projectpage")
}
group = model("auth.Group").create(name="Figures")
group.permissions.add(model("auth.Permission").get(content_type=types["figure"], codename="change_figure"))
french, _made = model("wagtailcore.Locale").get_or_create(language_code="fr")
english, _made = model("wagtailcore.Locale").get_or_create(language_code="en")
key = uuid.uuid4()
words = [{"type": "section", "value": {"heading": "Titre", "body": "<p>x</p>"}, "id": str(uuid.uuid4())}]
phases = [{"type": "phase", "value": {"when": "2027", "what": "x", "done": False}, "id": str(uuid.uuid4())}]

def page(number, locale, title, **facts):
    values = {
        "title": title, "draft_title": title, "slug": f"ardoines-{locale.language_code}", "summary": "x", "lede": "x",
        "place": "Vitry", "source": f"source {locale.language_code}", "state": "planned", "latitude": 48.78,
        "longitude": 2.4, "floor_m2": None, "scene": "works", "live": True, "url_path": f"/{title}/",
        "path": f"0001{number:04}", "depth": 2, "numchild": 0, "body": json.dumps(words),
        "phases": json.dumps(phases), **facts,
    }
    return model("pages.ProjectPage").create(
        content_type=types["projectpage"], locale=locale, translation_key=key, commune=commune, partner=partner,
        area_ha="300", review_on=date(2027, 1, 15), **values,
    ), values

original, values = page(2, french, "Les Ardoines")
page(3, english, "Ardoines", state="running", latitude=48.9)
model("pages.PageFigure").create(page_id=original.pk, figure=figure, sort_order=0)
content = values | {
    "pk": original.pk, "content_type": types["projectpage"].pk, "locale": french.pk, "translation_key": str(key),
    "commune": "94081", "partner": partner.pk, "area_ha": "300", "review_on": "2027-01-15", "alias_of": None,
    "page_figures": [{"pk": 1, "sort_order": 0, "page": original.pk, "figure": 7}], "lede": "Former words",
}
any_page = model("contenttypes.ContentType").get(app_label="wagtailcore", model="page")
model("wagtailcore.Revision").create(
    content_type=types["projectpage"], base_content_type=any_page, object_id=str(original.pk), object_str="x",
    created_at=datetime(2026, 1, 1, tzinfo=UTC), content=content,
)
thing = model("wagtail_localize.TranslatableObject").create(translation_key=key, content_type=types["projectpage"])
source = model("wagtail_localize.TranslationSource").create(
    object=thing, specific_content_type=types["projectpage"], locale=french, object_repr="x",
    content_json=json.dumps(content), last_updated_at=datetime(2026, 1, 1, tzinfo=UTC),
)
context = model("wagtail_localize.TranslationContext").create(object=thing, path="source", path_id=uuid.uuid4())
string = model("wagtail_localize.String").create(locale=french, data="source fr", data_hash=uuid.uuid4())
model("wagtail_localize.StringSegment").create(source=source, context=context, string=string, order=0)
model("wagtail_localize.Translation").create(source=source, target_locale=english)
"""
READ = """
import json
from django.contrib.auth.models import Group
from wagtail.models import Revision
from wagtail_localize.models import Translation
from pages.models import ProjectPage
from territory.models import Figure, MajorProject

group = Group.objects.get(name="Figures")
[project], [figure] = MajorProject.objects.all(), Figure.objects.all()
french, english = ProjectPage.objects.order_by("path")
said = {
    "names": [project.name["fr"], project.name["en"]], "key": project.key,
    "sources": [project.source["fr"], project.source["en"]],
    "facts": [project.state, project.latitude, str(project.area_ha), project.commune_id, project.partner.slug],
    "shared": [french.project_id == project.pk, english.project_id == project.pk],
    "figure": [figure.pk, figure.key, str(figure.current.value), figure.current.approximate, figure.current.dated],
    "shown": [shown.key for shown in french.figures],
    "granted": [permission.content_type.app_label for permission in group.permissions.all()],
}
Revision.objects.get().publish()
french.refresh_from_db()
said["published"] = [french.lede, french.project_id == project.pk, [shown.key for shown in french.figures]]
Translation.objects.get().save_target(publish=False)
draft = ProjectPage.objects.get(pk=english.pk).get_latest_revision_as_object()
said["translated"] = [english.latest_revision, draft.latest_revision is None, draft.project_id == project.pk]
print(json.dumps(said))
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


@pytest.mark.database
def test_a_database_of_the_first_release_keeps_what_it_says(address: str) -> None:
    _run(address, "shell", "--no-imports", f"--command={START}")
    _run(address, "migrate", "--verbosity=0")
    said = json.loads(_run(address, "shell", "--no-imports", "--verbosity=0", f"--command={READ}").splitlines()[-1])
    assert said == {
        "names": ["Les Ardoines", "Ardoines"],
        "sources": ["source fr", "source en"],
        "key": "ardoines-fr",
        "facts": ["planned", 48.78, "300.0", "94081", "ept"],
        "shared": [True, True],
        "figure": [7, "jobs", "285000.00", True, "2019"],
        "shown": ["jobs"],
        "granted": ["territory"],
        "published": ["Former words", True, ["jobs"]],
        "translated": [None, False, True],
    }
