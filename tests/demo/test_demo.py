"""The demonstration: idempotent, never over what an editor changed; plausible premises."""

from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import LazySettings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from demo import premises
from implantation.enquiries.models import Enquiry
from pages.models import AssetPage, HomePage
from properties.models import Property
from territory.models import Figure, FigureValue, Person

COUNTED = (HomePage, AssetPage, FigureValue, Person, Property, Enquiry, get_user_model())


@pytest.mark.django_db
def test_run_twice_it_changes_nothing_and_keeps_what_an_editor_changed(settings: LazySettings) -> None:
    settings.EMAIL_FILE_PATH = Path("var/mail").resolve()
    out = StringIO()
    call_command("demo", properties=12, enquiries=6, stdout=out)
    for words in ("redaction", "cci91.adjoint", "coordination", "/admin/", "var/mail  "):
        assert words in out.getvalue()
    for task in DBTaskResult.objects.filter(task_path="wagtail.tasks.update_reference_index_task"):
        app, model, key = task.args_kwargs["args"]
        assert apps.get_model(app, model).objects.filter(pk=key).exists(), "the worker would fail at it"
    page = AssetPage.objects.get(key="industry", locale__language_code="fr")
    page.title = "Un titre d’éditrice"
    page.save_revision().publish()
    FigureValue.objects.filter(figure__key="jobs").update(value=1)
    Property.objects.filter(reference="GOSB-0001").update(rent=None, title={"fr": "Un titre d’agent"})
    counts = [model.objects.count() for model in COUNTED]
    call_command("demo", properties=12, enquiries=6, stdout=StringIO())
    page.refresh_from_db()
    assert page.title == "Un titre d’éditrice"
    assert Figure.objects.get(key="jobs").current.value == 1
    assert Property.objects.get(reference="GOSB-0001").title["fr"] == "Un titre d’agent"
    assert [model.objects.count() for model in COUNTED] == counts


def test_the_committed_file_is_what_the_generator_writes(tmp_path: Path) -> None:
    premises.write_csv(tmp_path / "premises.csv")
    assert (tmp_path / "premises.csv").read_text() == premises.CSV.read_text()


def test_every_commune_and_every_type_has_premises() -> None:
    rows = list(premises.rows(premises.NUMBER, premises.SEED))
    assert len({row["insee"] for row in rows}) == 24
    assert {row["type"] for row in rows} == set(premises.WEIGHTS)
    assert all("fictive" in row["description_fr"] and "ictional" in row["description_en"] for row in rows)
