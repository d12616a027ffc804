"""The access log: who signed in, failed to, took a file out, and read which enquiry."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.models import AccessRecord
from implantation.enquiries.models import Opening
from implantation.enquiries.privacy import anonymise, note_opening
from implantation.routing.facts import Activity
from tests.concurrency import at_once
from tests.implantation.factories import submitted
from tests.territory.factories import PASSWORD, OfficerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(partnership):
    return partnership.cma_officer


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def read(client, enquiry):
    return client.get(reverse("enquiry:detail", args=[enquiry.pk]))


def log(reader, query=""):
    """The lines that a reader sees, each (person, kind, about)."""
    response = signed_in(reader).get(reverse("access_log") + query, headers={"accept-language": "en"})
    assert response.status_code == 200
    page = BeautifulSoup(response.content, "html.parser")
    rows = page.select("main tbody tr")
    return [tuple(" ".join(cell.get_text(" ", strip=True).split()) for cell in row.select("td")) for row in rows]


def test_an_opening_is_one_line_a_person_enquiry_and_day(partnership, officer):
    first, second = submitted(activity=Activity.CRAFT), submitted(activity=Activity.CRAFT)
    client = signed_in(officer)
    for enquiry in (first, first, second):
        assert read(client, enquiry).status_code == 200
    read(signed_in(partnership.coordinator), first)
    assert Opening.objects.count() == 3
    yesterday = timezone.now() - timedelta(days=1)
    Opening.objects.update(day=timezone.localdate(yesterday), at=yesterday)
    read(client, first)
    assert Opening.objects.filter(enquiry=first, user=officer).count() == 2


def test_an_enquiry_that_could_not_be_opened_was_not(partnership):
    enquiry = submitted(activity=Activity.CRAFT)
    assert read(signed_in(partnership.cci_officer), enquiry).status_code == 404
    assert read(Client(), enquiry).status_code == 302
    assert not Opening.objects.exists()


def test_an_action_that_is_refused_shows_the_enquiry_and_counts(officer):
    enquiry = submitted(activity=Activity.CRAFT)
    path = reverse("enquiry:act", args=[enquiry.pk, "note"])
    assert signed_in(officer).post(path, {"body": ""}).status_code == 422
    assert Opening.objects.filter(enquiry=enquiry, user=officer).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_windows_of_one_officer_at_once_are_one_opening():
    enquiry, user = submitted_alone()
    assert at_once(*[lambda: note_opening(enquiry=enquiry, user=user)] * 4) == [None] * 4
    assert Opening.objects.count() == 1


def submitted_alone():
    officer = OfficerFactory(partner__is_coordinator=True)
    return submitted(), officer.user


def test_openings_are_erased_with_the_enquiry_and_none_is_noted_after(partnership, officer):
    erased, kept = submitted(activity=Activity.CRAFT), submitted(activity=Activity.CRAFT)
    client = signed_in(officer)
    read(client, erased)
    read(client, kept)
    anonymise(enquiry=erased, at=timezone.now())
    assert read(client, erased).status_code == 200
    assert list(Opening.objects.values_list("enquiry", flat=True)) == [kept.pk]


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_an_export_of_enquiries_is_logged_with_its_lines(partnership, officer, file_format):
    for _ in range(3):
        submitted(activity=Activity.CRAFT)
    client = signed_in(officer)
    client.get(reverse("enquiry:index"))
    client.get(reverse("enquiry:index") + f"?export={file_format}")
    assert log(partnership.coordinator, "?kind=exported") == [
        (officer.get_full_name(), "Exported", f"Enquiries {file_format.upper()} 3 lines")
    ]


def test_any_file_that_the_admin_gives_is_an_export(partnership, officer):
    signed_in(officer).get(reverse("rules:export", args=[partnership.table.version]))
    assert log(partnership.coordinator, "?kind=exported") == [
        (officer.get_full_name(), "Exported", "Routing rules JSON")
    ]


def test_what_the_public_downloads_is_no_export(client, partnership):
    assert client.get("/api/v1/properties.csv").status_code == 200
    assert not AccessRecord.objects.exists()


def test_the_latest_comes_first_and_no_address_is_shown(partnership, officer):
    enquiry = submitted(activity=Activity.CRAFT)
    Client().post("/admin/login/", {"username": officer.username, "password": "wrong"})
    Client().post("/admin/login/", {"username": "who@example.org", "password": "wrong"})
    client = Client()
    client.post("/admin/login/", {"username": officer.username, "password": PASSWORD})
    read(client, enquiry)
    name = officer.get_full_name()
    lines = [line for line in log(partnership.coordinator) if line[0] != partnership.coordinator.get_full_name()]
    assert lines == [
        (name, "Opened an enquiry", enquiry.reference),
        (name, "Signed in", ""),
        ("Unknown user name", "Wrong password", ""),
        (name, "Wrong password", ""),
    ]
    page = signed_in(partnership.coordinator).get(reverse("access_log"))
    assert "@" not in BeautifulSoup(page.content, "html.parser").select_one("main").get_text()


def test_it_is_filtered_by_kind_person_and_day(partnership, officer):
    first = submitted(activity=Activity.CRAFT)
    read(signed_in(officer), first)
    read(signed_in(partnership.cma_deputy), first)
    AccessRecord.objects.all().delete()
    today = timezone.localdate()
    everything = [line[0] for line in log(partnership.coordinator, "?kind=opened")]
    assert sorted(everything) == sorted([officer.get_full_name(), partnership.cma_deputy.get_full_name()])
    assert [line[0] for line in log(partnership.coordinator, f"?person={officer.pk}")] == [officer.get_full_name()]
    assert len(log(partnership.coordinator, f"?kind=opened&day={today}")) == 2
    assert log(partnership.coordinator, f"?day={today - timedelta(days=1)}") == []
    assert log(partnership.coordinator, "?kind=failed") == []


@pytest.mark.parametrize("query", ["?kind=x", "?person=x", "?person=0", f"?person={10**20}", "?day=2026-02-30"])
def test_a_filter_that_cannot_be_read_is_said_and_filters_nothing(partnership, query):
    client = signed_in(partnership.coordinator)
    page = BeautifulSoup(client.get(reverse("access_log") + query).content, "html.parser")
    assert page.select("main form .desk-error")
    assert page.select("main tbody tr")


@pytest.mark.parametrize("query", ["?p=x", "?p=0", "?p=99", "?day=9999-12-31", "?day=0001-01-01"])
def test_a_page_or_day_without_lines_is_no_error(partnership, query):
    assert signed_in(partnership.coordinator).get(reverse("access_log") + query).status_code == 200


def test_it_has_pages(partnership, officer):
    AccessRecord.objects.bulk_create(AccessRecord(kind="signed-in", user=officer) for _ in range(120))
    query = f"?person={officer.pk}"
    pages = [log(partnership.coordinator, f"{query}&p={page}") for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [50, 50, 20]


def test_it_is_purged_with_the_personal_data_after_a_year(partnership, officer, settings):
    read(signed_in(officer), submitted(activity=Activity.CRAFT))
    old = timezone.now() - timedelta(days=settings.ACCESS_LOG_DAYS, minutes=1)
    AccessRecord.objects.update(at=old)
    Opening.objects.update(at=old)
    fresh = AccessRecord.objects.create(kind="signed-in", user=officer)
    call_command("purge_personal_data", dry_run=True)
    assert Opening.objects.exists()
    call_command("purge_personal_data")
    assert list(AccessRecord.objects.all()) == [fresh]
    assert not Opening.objects.exists()


def test_a_removed_account_leaves_its_lines(partnership, officer):
    deputy = partnership.cma_deputy
    read(signed_in(deputy), submitted(activity=Activity.CRAFT))
    deputy.officer.delete()
    deputy.delete()
    assert [line[0] for line in log(partnership.coordinator, "?kind=opened")] == ["Account since removed"]


def test_the_menu_leads_there_whom_it_concerns(partnership, officer):
    path = reverse("access_log")
    assert path in signed_in(partnership.coordinator).get(reverse("wagtailadmin_home")).content.decode()
    assert path not in signed_in(officer).get(reverse("wagtailadmin_home")).content.decode()
