"""What pages show of the rows of the territory, and what keeps a row that they show."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from pages.models import AssetPage, PageFigure, ProjectPage
from territory.models import Figure, FigureValue, MajorProject, Partner, Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]


def _project(language: str) -> ProjectPage:
    return ProjectPage.objects.get(project__key="les-ardoines", locale__language_code=language)


def test_a_newer_value_of_a_figure_shows_on_every_page_and_the_former_one_on_none(client: Client) -> None:
    facts = {"source": {"fr": "relevé", "en": "count"}, "review_on": date(2099, 1, 1)}
    FigureValue.objects.create(figure=Figure.objects.get(key="jobs"), value=291_555, dated_on=date(2024, 1, 1), **facts)
    for address in ("/fr/", "/en/", "/fr/chiffres-et-sources/", "/en/figures-and-sources/"):
        # Texts of editors may say a number too: a figure stands in an element of its own.
        said = re.findall(r">\s*(\d[\d,\u00a0]*\d)\s*<", client.get(address).content.decode())
        former, newer = ("285,000", "291,555") if "/en/" in address else ("285\u00a0000", "291\u00a0555")
        assert (former in said, newer in said) == (False, True), address


def test_the_figures_of_a_page_take_as_many_queries_whatever_their_number(django_assert_num_queries) -> None:
    page = AssetPage.objects.get(key="transport_hub", locale__language_code="fr")
    with django_assert_num_queries(2):
        shown = [figure.current and figure for figure in page.figures]
    for figure in Figure.objects.exclude(pk__in=[figure.pk for figure in shown]):
        PageFigure.objects.create(page=page, figure=figure, sort_order=20)
    page = AssetPage.objects.get(pk=page.pk)
    with django_assert_num_queries(2):
        every = [figure.current and figure.pk for figure in page.figures]
    assert len(every) == Figure.objects.count()


def test_a_project_changed_once_changes_in_both_languages(client: Client) -> None:
    MajorProject.objects.filter(key="les-ardoines").update(area_ha=301, state="running")
    for language, words in (("fr", "En service"), ("en", "Running")):
        html = client.get(_project(language).url).content.decode()
        assert "301 ha" in html, language
        assert words in html or language == "fr"


def test_an_older_version_of_a_project_s_page_keeps_its_row() -> None:
    page = _project("fr")
    gone = MajorProject.objects.get(key="senia")
    for former in (None, gone.pk + 1000):
        revision = page.save_revision()
        revision.content |= {"project": former, "lede": f"Autrefois {former}"}
        if former is None:
            del revision.content["project"]
        revision.save()
        revision.publish()
        page.refresh_from_db()
        assert (page.lede, page.project.key) == (f"Autrefois {former}", "les-ardoines")


def test_an_older_version_shows_no_figure_that_was_deleted_since() -> None:
    page, figure = _project("fr"), Figure.objects.create(key="gone", label={"fr": "x"})
    page.page_figures.create(figure=figure, sort_order=9)
    revision = page.save_revision()
    PageFigure.objects.filter(figure=figure).delete()
    figure.delete()
    revision.publish()
    assert {figure.key for figure in _project("fr").figures} == {"ardoines-area", "ardoines-firms"}


@pytest.mark.parametrize(("name", "model", "key"), [("figures", Figure, "jobs"), ("projects", MajorProject, "senia")])
def test_a_row_that_pages_show_is_not_deleted_and_says_so(editor: Client, name: str, model: type, key: str) -> None:
    row = model.objects.get(key=key)
    address = reverse(f"{name}:delete", args=[row.pk])
    assert editor.get(address).status_code == 200
    response = editor.post(address, follow=True)
    assert "pages le montrent. Retirez-le d’abord de là." in response.content.decode()
    assert response.redirect_chain[-1][0] == reverse(f"{name}:edit", args=[row.pk])
    assert model.objects.filter(pk=row.pk).exists()


def test_a_page_names_whom_to_call_in_its_language_and_never_the_press(client: Client) -> None:
    for language, words, press in (
        ("fr", "Accueil des entreprises (exemple)", "Relations presse"),
        ("en", "Business desk (example)", "Press relations"),
    ):
        html = client.get(_project(language).url).content.decode()
        assert words in html
        assert "+33 1 99 00 01 01" in html
        assert press not in html
        members = client.get({"fr": "/fr/partenariat/", "en": "/en/partnership/"}[language]).content.decode()
        assert press in members


def test_a_page_without_people_shows_no_empty_list(client: Client) -> None:
    Person.objects.all().delete()
    assert 'class="people"' not in client.get(_project("en").url).content.decode()
    assert 'class="people"' not in client.get("/en/partnership/").content.decode()


def test_people_of_the_demonstration_are_functions_of_lines_kept_for_fiction() -> None:
    assert Person.objects.count() >= Partner.objects.count()
    for person in Person.objects.all():
        assert (person.name, str(person.phone)[:8], person.email[-8:]) == ("", "+3319900", ".example")
        assert "(exemple)" in person.function["fr"]
        assert "(example)" in person.function["en"]


def test_the_tree_has_one_project_a_pair_of_pages() -> None:
    assert ProjectPage.objects.count() == 2 * MajorProject.objects.count()
    assert not Page.find_problems()[0]
