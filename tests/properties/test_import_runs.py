"""Imports in the admin: checked before anything is written, applied whole, begun again after a crash."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from properties.importing import runs
from properties.models import Change, ImportRun, ImportSource, Property
from territory.models import Partner
from tests.properties.factories import write_csv
from tests.territory.factories import CoordinatorFactory, OfficerFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("territory")]
INDEX = "imports:index"


@pytest.fixture
def officer(client):
    made = OfficerFactory(partner=Partner.objects.get(slug="ept"))
    client.force_login(made.user)
    return made


@pytest.fixture
def source():
    return ImportSource.objects.create(slug="a", name="Agence A", partner=Partner.objects.get(slug="ept"))


@pytest.fixture
def send(client, source, tmp_path):
    """Send rows as a file of the source, let the worker check it, and give the run."""

    def sent(*rows, **data):
        content = write_csv(tmp_path / "a.csv", *rows).read_bytes()
        posted = client.post(
            reverse(INDEX), {"source": source.pk, "file": SimpleUploadedFile("a.csv", content)} | data, follow=False
        )
        assert posted.status_code == 302
        run = ImportRun.objects.latest("pk")
        runs.work(pk=run.pk)
        run.refresh_from_db()
        return run

    return sent


def do(client, run, what, **data):
    response = client.post(reverse("imports:run", args=[run.pk]), {"do": what, **data}, follow=True)
    runs.work(pk=run.pk)
    run.refresh_from_db()
    return response.content.decode()


def page(client, run):
    return client.get(reverse("imports:run", args=[run.pk])).content.decode()


def test_a_file_is_checked_then_applied(client, officer, send):
    run = send({}, {"reference": "A-2", "surface": "environ 300"})
    assert run.state == "checked"
    assert not Property.objects.exists()
    shown = page(client, run)
    assert "A-1" in shown
    assert "environ 300" in shown
    do(client, run, "apply")
    assert (run.state, run.content, run.applied_at is not None) == ("applied", None, True)
    assert Property.objects.get().source == "a"


def test_changes_are_shown_from_before_to_after_and_logged_as_the_officers(client, officer, send):
    do(client, send({}), "apply")
    run = send({"rent": "125"})
    shown = page(client, run)
    assert "118" in shown
    assert "125" in shown
    assert Property.objects.get().rent == 118
    do(client, run, "apply")
    assert Property.objects.get().rent == 125
    assert Change.objects.get().user == officer.user


def test_an_applied_file_is_not_applied_twice(client, officer, send):
    run = send({})
    do(client, run, "apply")
    Property.objects.update(rent=99)
    do(client, run, "apply")
    assert Property.objects.get().rent == 99


def test_rejected_lines_are_downloaded_with_their_reasons(client, officer, send):
    run = send({"surface": "environ 300"})
    answer = client.get(reverse("imports:rejected", args=[run.pk]))
    assert "environ 300" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def correct(client, run, content):
    """The run of the corrected lines, sent from the report and checked."""
    file = SimpleUploadedFile("corrected.csv", content)
    client.post(reverse("imports:run", args=[run.pk]), {"do": "correct", "file": file})
    made = ImportRun.objects.latest("pk")
    runs.work(pk=made.pk)
    made.refresh_from_db()
    return made


@pytest.mark.parametrize("language", ["fr", "en"])
def test_rejected_lines_are_corrected_and_sent_from_the_report(client, officer, source, send, language):
    UserProfile.objects.create(user=officer.user, preferred_language=language)
    do(client, send({}, {"reference": "A-2"}, {"reference": "A-3", "surface": "environ 300"}), "apply")
    ImportSource.objects.update(is_complete=True)
    report = client.get(reverse("imports:rejected", args=[ImportRun.objects.get().pk])).content.decode()
    still_wrong = correct(client, ImportRun.objects.get(), report.replace("A-3", "A-4").encode())
    assert [r["line"] for r in still_wrong.report["rejections"]] == [2]
    again = client.get(reverse("imports:rejected", args=[still_wrong.pk])).content.decode()
    assert again.splitlines()[0] == report.splitlines()[0]
    run = correct(client, still_wrong, report.replace("environ 300", "300", 1).encode())
    assert (run.report["unknown"], run.report["missing"], run.is_part) == ([], {}, True)
    do(client, run, "apply")
    assert run.state == "applied"
    assert Property.objects.get(reference="A-3").surface == 300
    assert Property.objects.filter(state="on_market").count() == 3


def test_without_a_file_the_report_asks_for_the_corrected_lines(client, officer, send):
    run = send({"surface": "?"})
    response = client.post(reverse("imports:run", args=[run.pk]), {"do": "correct"}, follow=True)
    assert "fichier" in " ".join(str(message) for message in response.context["messages"])
    assert ImportRun.objects.count() == 1


def test_a_part_of_a_complete_source_withdraws_nothing(client, officer, source, send):
    do(client, send({}, {"reference": "A-2"}), "apply")
    assert "is_part" not in client.get(reverse(INDEX)).content.decode()
    ImportSource.objects.update(is_complete=True)
    assert "is_part" in client.get(reverse(INDEX)).content.decode()
    run = send({"rent": "120"}, is_part="on")
    assert run.report["missing"] == {}
    do(client, run, "apply")
    assert set(Property.objects.values_list("reference", "state", "rent")) == {
        ("A-1", "on_market", 120),
        ("A-2", "on_market", 118),
    }


def test_progress_tells_how_many_lines_of_how_many_were_read(client, officer, send):
    run = send(*({"reference": f"A-{number}"} for number in range(30)))
    assert (run.read, run.lines) == (31, 31)
    ImportRun.objects.update(state="checking", read=7, beat_at=timezone.now())
    assert 'value="7"' in page(client, run)
    assert 'max="31"' in page(client, run)


def test_columns_are_named_once_for_the_source(client, officer, source, send):
    run = send({"zone": "700"})
    assert "zone" in page(client, run)
    do(client, run, "map", **{"column-0": "plu_zone"})
    source.refresh_from_db()
    assert (source.mapping, run.state) == ({"zone": "plu_zone"}, "checked")
    do(client, run, "apply")
    assert Property.objects.get().plu_zone == "700"


def test_a_file_without_a_needed_column_can_be_mapped(client, officer, source, tmp_path):
    write_csv(tmp_path / "a.csv", {})
    content = (tmp_path / "a.csv").read_text().replace("surface", "brut").encode()
    client.post(reverse(INDEX), {"source": source.pk, "file": SimpleUploadedFile("a.csv", content)})
    run = ImportRun.objects.get()
    runs.work(pk=run.pk)
    run.refresh_from_db()
    assert run.state == "failed"
    assert "surface" in run.message
    do(client, run, "map", **{"column-0": "surface"})
    assert run.state == "checked"


def test_a_file_that_cannot_be_read_says_so(client, officer, source):
    client.post(reverse(INDEX), {"source": source.pk, "file": SimpleUploadedFile("a.pdf", b"%PDF")})
    run = ImportRun.objects.get()
    runs.work(pk=run.pk)
    run.refresh_from_db()
    assert run.state == "failed"
    assert "XLSX" in page(client, run)


def test_what_is_not_ticked_stays_and_more_than_a_fifth_is_confirmed(client, officer, source, send):
    do(client, send({}, {"reference": "A-2"}, {"reference": "A-3"}), "apply")
    ImportSource.objects.update(is_complete=True)
    run = send({})
    do(client, run, "apply", withdraw=["A-2", "A-3"])
    assert run.state == "checked"
    assert not Property.objects.filter(state="withdrawn").exists()
    do(client, run, "apply", withdraw=["A-3"], allow_withdrawals="1")
    assert run.state == "applied"
    assert list(Property.objects.filter(state="withdrawn").values_list("reference", flat=True)) == ["A-3"]


def test_what_is_kept_does_not_count_among_what_would_be_withdrawn(client, officer, source, send):
    do(client, send(*({"reference": f"A-{number}"} for number in range(10))), "apply")
    ImportSource.objects.update(is_complete=True)
    run = send(*({"reference": f"A-{number}"} for number in range(7)))
    do(client, run, "apply", withdraw=["A-7", "A-8"])
    assert run.state == "applied"
    assert set(Property.objects.filter(state="withdrawn").values_list("reference", flat=True)) == {"A-7", "A-8"}


def test_a_report_that_grew_old_is_not_applied(client, officer, source, send):
    run = send({"rent": "120"})
    do(client, send({}), "apply")
    do(client, run, "apply")
    assert run.state == "failed"
    assert Property.objects.get().rent == 118
    do(client, run, "check")
    do(client, run, "apply")
    assert Property.objects.get().rent == 120


def test_work_that_goes_on_is_not_begun_again(client, officer, send):
    run = send({})
    ImportRun.objects.update(state="applying")
    with pytest.raises(runs.StepRefusedError):
        runs.check_again(run=ImportRun.objects.get())
    with pytest.raises(runs.StepRefusedError):
        runs.ask_to_apply(run=ImportRun.objects.get())
    assert not Property.objects.exists()
    runs.work(pk=run.pk)
    runs.work(pk=run.pk)
    assert Property.objects.count() == 1


def test_a_silent_worker_is_taken_for_dead(client, officer, send):
    run = send({})
    ImportRun.objects.update(state="applying", beat_at=timezone.now() - timedelta(hours=1))
    run.refresh_from_db()
    assert runs.stuck(run) == {"applying"}
    do(client, run, "apply")
    assert run.state == "applied"
    assert Property.objects.count() == 1


def test_another_partners_source_and_files_do_not_exist(client, officer, source, send):
    run = send({})
    other = OfficerFactory(partner=Partner.objects.get(slug="cci-94"))
    client.force_login(other.user)
    assert "Agence A" not in client.get(reverse(INDEX)).content.decode()
    for name in ("run", "rejected"):
        assert client.get(reverse(f"imports:{name}", args=[run.pk]), follow=True).status_code == 404
    assert client.post(reverse("imports:run", args=[run.pk]), {"do": "apply"}, follow=True).status_code == 404
    file = SimpleUploadedFile("a.csv", b"reference\n1")
    assert client.post(reverse(INDEX), {"source": source.pk, "file": file}).status_code == 422
    assert ImportRun.objects.get().state == "checked"


def test_only_a_coordinator_adds_a_source(client, officer):
    data = {"add_source": "1", "name": "B", "slug": "b", "partner": Partner.objects.get(slug="ept").pk}
    client.post(reverse(INDEX), data)
    assert not ImportSource.objects.exists()
    client.force_login(CoordinatorFactory().user)
    assert client.post(reverse(INDEX), data).status_code == 302
    assert ImportSource.objects.get().partner.slug == "ept"


def test_nobody_else_sees_imports(client):
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    assert client.get(reverse(INDEX)).status_code in (302, 403)
