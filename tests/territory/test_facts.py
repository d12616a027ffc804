"""Figures, major projects and people: what pages show of them, what the admin takes and refuses."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from foundation.by_language import gathered, named
from pages.services import ensure_editors
from territory.models import Commune, Figure, FigureValue, MajorProject, Partner, Person
from tests.territory.factories import OfficerFactory, PartnerFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("territory")]

VALUE = {
    "value": "285000",
    "approximate": "",
    "dated_on": "2019-01-01",
    "date_precision": "year",
    "source_fr": "presse",
    "source_en": "press",
    "review_on": "2027-03-01",
}
PROJECT = {
    "key": "quartier-neuf",
    "name_fr": "Quartier neuf",
    "name_en": "New district",
    "state": "planned",
    "commune": "94081",
    "latitude": "48.785",
    "longitude": "2.408",
    "area_ha": "12",
    "floor_m2": "",
    "source_fr": "dossier",
    "source_en": "file",
    "review_on": "2027-03-01",
}
PERSON = {
    "role": "firms",
    "name": "",
    "function_fr": "Accueil",
    "function_en": "Desk",
    "phone": "01 99 00 00 01",
    "email": "",
    "languages": ["fr", "en"],
}


@pytest.fixture
def editor(client: Client) -> Client:
    user = UserFactory()
    user.groups.add(ensure_editors())
    client.force_login(user)
    return client


def value(figure: Figure, year: int, number: int, **columns: Any) -> FigureValue:
    facts = {"source_fr": "presse", "source_en": "press", "review_on": date(2099, 1, 1)} | columns
    return FigureValue.objects.create(
        figure=figure, value=number, dated_on=date(year, 1, 1), **gathered(FigureValue, facts)
    )


def figure(key: str = "jobs", **columns: Any) -> Figure:
    return Figure.objects.create(key=key, **gathered(Figure, {"label_fr": "emplois", "label_en": "jobs"} | columns))


def project(**columns: Any) -> MajorProject:
    facts = {**PROJECT, "floor_m2": None, "commune_id": "94081", "partner": Partner.objects.coordinator()}
    del facts["commune"]
    return MajorProject.objects.create(**gathered(MajorProject, facts | columns))


def person(partner: Partner) -> Person:
    return Person.objects.create(partner=partner, role="firms", name="X", email="a@b.example")


def typed(*values: dict[str, str], of: Figure | None = None, **columns: str) -> dict[str, Any]:
    """What the form of a figure sends."""
    held = list(of.values.all()) if of else []
    data = {"values-TOTAL_FORMS": len(values), "values-INITIAL_FORMS": len(held), "values-MIN_NUM_FORMS": 1}
    data |= {"values-MAX_NUM_FORMS": 1000, "key": "jobs", "label_fr": "emplois", "label_en": "jobs", "unit_fr": ""}
    data |= {"unit_en": "", "commune": ""}
    for number, row in enumerate(values):
        key = held[number].pk if number < len(held) else ""
        data |= {f"values-{number}-{name}": text for name, text in (VALUE | row | {"id": key}).items()}
    return data | columns


def errors_of_values(response: Any) -> list[dict[str, Any]]:
    return [dict(form.errors) for form in response.context["form"].formsets["values"].forms]


def test_the_newest_value_is_the_current_one_whatever_was_written_last() -> None:
    row = figure()
    value(row, 2024, 3)
    value(row, 2019, 1)
    assert (row.current.value, row.current.dated) == (3, "2024")
    [read] = Figure.objects.with_current()
    assert read.current == row.current


def test_current_values_take_one_query_however_many_figures(django_assert_num_queries) -> None:
    for number in range(12):
        row = figure(f"figure-{number}")
        for year in (2019, 2024):
            value(row, year, number + year)
    with django_assert_num_queries(2):
        assert {row.current.dated_on.year for row in Figure.objects.with_current()} == {2024}


def test_a_figure_without_a_value_is_current_of_nothing() -> None:
    figure()
    assert [row.current for row in Figure.objects.with_current()] == [None]


def test_a_figure_has_one_value_at_a_date_whoever_writes() -> None:
    row = figure()
    value(row, 2024, 3)
    with pytest.raises(IntegrityError), transaction.atomic():
        value(row, 2024, 4)
    assert row.values.count() == 1


@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_editor_opens_the_pages_of_each_kind_of_row(editor: Client, language: str) -> None:
    value(figure(), 2024, 3)
    project()
    Person.objects.create(
        partner=Partner.objects.coordinator(), role="press", function={"fr": "Presse"}, email="a@b.example"
    )
    for name, model, words in (
        ("figures", Figure, {"fr": "À jour", "en": "Up to date"}),
        ("projects", MajorProject, {"fr": "Quartier neuf", "en": "New district"}),
        ("people", Person, {"fr": "Appelée pour", "en": "Called for"}),
    ):
        listed = editor.get(reverse(f"{name}:index"), headers={"accept-language": language}).content.decode()
        assert words[language] in listed
        for address in (reverse(f"{name}:add"), reverse(f"{name}:edit", args=[model.objects.get().pk])):
            assert editor.get(address, headers={"accept-language": language}).status_code == 200


def test_the_figures_due_for_review_come_first_by_their_current_value(editor: Client) -> None:
    late, early = figure("late", label_fr="tard"), figure("early", label_fr="tôt")
    value(late, 2019, 1, review_on=date(2020, 1, 1))
    value(late, 2024, 2, review_on=date(2098, 1, 1))
    value(early, 2024, 3, review_on=date(2021, 1, 1))
    html = editor.get(reverse("figures:index"), headers={"accept-language": "fr"}).content.decode()
    [due], [later] = ([row for row in html.split("<tr") if label in row] for label in ("tôt", "tard"))
    assert ("À revoir" in due, "À jour" in later) == (True, True)
    assert html.index("tard") > html.index("tôt")
    for order in ("value", "-value", "review_on"):
        assert editor.get(reverse("figures:index"), {"ordering": order}).status_code == 200


def test_an_editor_adds_a_value_and_keeps_the_former_one(editor: Client) -> None:
    assert editor.post(reverse("figures:add"), typed({})).status_code == 302
    row = Figure.objects.get()
    later = {"value": "290000", "dated_on": "2024-01-01"}
    assert editor.post(reverse("figures:edit", args=[row.pk]), typed({}, later, of=row)).status_code == 302
    assert [held.value for held in row.values.all()] == [290_000, 285_000]
    form = editor.get(reverse("figures:edit", args=[row.pk])).context["form"]
    assert [held.instance.dated_on.year for held in form.formsets["values"].forms] == [2024, 2019]


@pytest.mark.parametrize(
    ("values", "errors"),
    [
        ([{"source_fr": ""}], [{"source": ["Champ requis."]}]),
        ([{"value": "beaucoup"}], [{"value": ["Saisissez un nombre."]}]),
        (
            [{"dated_on": "9999-12-31"}],
            [{"dated_on": ["Un chiffre n’a pas de date à venir : il serait affiché aujourd’hui."]}],
        ),
        (
            [{}, {"value": "2"}],
            [{}, {"dated_on": ["Ce chiffre a déjà une valeur à cette date\u00a0: corrigez celle-là."]}],
        ),
    ],
)
def test_a_value_is_refused_at_its_field_and_nothing_is_written(
    editor: Client, values: list[dict[str, str]], errors: list[dict[str, list[str]]]
) -> None:
    response = editor.post(reverse("figures:add"), typed(*values), headers={"accept-language": "fr"})
    assert errors_of_values(response) == errors
    assert all(words in response.content.decode() for found in errors for [words] in found.values())
    assert not Figure.objects.exists()


def test_a_figure_without_a_value_is_refused(editor: Client) -> None:
    response = editor.post(reverse("figures:add"), typed(), headers={"accept-language": "fr"})
    assert response.status_code == 200
    assert "values" in str(response.context["form"].formsets["values"].management_form)
    assert not Figure.objects.exists()


def test_a_value_that_is_removed_may_give_its_date_to_another(editor: Client) -> None:
    editor.post(reverse("figures:add"), typed({}))
    row = Figure.objects.get()
    data = typed({"DELETE": "on"}, {"value": "7"}, of=row)
    assert editor.post(reverse("figures:edit", args=[row.pk]), data).status_code == 302
    assert [held.value for held in FigureValue.objects.all()] == [7]


def test_an_editor_adds_a_project_named_in_both_languages(editor: Client) -> None:
    data = PROJECT | {"partner": Partner.objects.coordinator().pk}
    assert editor.post(reverse("projects:add"), data).status_code == 302
    row = MajorProject.objects.get()
    assert (row.area_ha, row.floor_m2, row.commune.name) == (Decimal(12), None, Commune.objects.get(pk="94081").name)
    with override("en"):
        assert str(row) == "New district"


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("latitude", "48.2", "Le territoire se trouve entre 48,"),
        ("longitude", "2.9", "Le territoire se trouve entre 2,"),
        ("latitude", "au nord", "Saisissez un nombre."),
        ("area_ha", "0", "supérieure ou égale à 0"),
        ("name_en", "", "requis"),
    ],
)
def test_a_project_is_refused_at_its_field_and_nothing_is_written(
    editor: Client, field: str, text: str, said: str
) -> None:
    data = PROJECT | {"partner": Partner.objects.coordinator().pk, field: text}
    response = editor.post(reverse("projects:add"), data, headers={"accept-language": "fr"})
    errors = named(ValidationError(response.context["form"].errors.as_data()))
    assert [said in words for words in errors[field]] == [True]
    assert not MajorProject.objects.exists()


def test_an_editor_adds_a_person_by_function_alone(editor: Client) -> None:
    partner = Partner.objects.coordinator()
    assert editor.post(reverse("people:add"), PERSON | {"partner": partner.pk}).status_code == 302
    with override("en"):
        [added] = partner.people.to_talk_to()
        assert (str(added), added.speaks, str(added.phone)) == ("Desk", ["French", "English"], "+33199000001")


@pytest.mark.parametrize(
    ("typed_in", "errors"),
    [
        ({"function_fr": "", "function_en": ""}, {"name": "Donnez un nom ou une fonction"}),
        ({"phone": ""}, {"phone": "Donnez un numéro de téléphone ou un e-mail."}),
        ({"phone": "12"}, {"phone": "téléphone"}),
        ({"email": "accueil"}, {"email": "valide"}),
        ({"languages": ["xx"]}, {"languages": "xx"}),
    ],
)
def test_a_person_is_refused_at_its_field_and_nothing_is_written(
    editor: Client, typed_in: dict[str, Any], errors: dict[str, str]
) -> None:
    data = PERSON | {"partner": Partner.objects.coordinator().pk} | typed_in
    response = editor.post(reverse("people:add"), data, headers={"accept-language": "fr"})
    found = response.context["form"].errors
    assert {name: errors.get(name, "") in " ".join(words) for name, words in found.items()} == dict.fromkeys(
        errors, True
    )
    assert not Person.objects.exists()


def test_a_row_that_nothing_shows_is_deleted(editor: Client) -> None:
    value(figure(), 2024, 3)
    assert editor.post(reverse("figures:delete", args=[Figure.objects.get().pk])).status_code == 302
    assert not Figure.objects.exists()
    assert not FigureValue.objects.exists()


def test_officers_and_strangers_reach_none_of_these_rows(client: Client) -> None:
    value(figure(), 2024, 3)
    row, somebody = project(), person(PartnerFactory())
    kept = [figure_row.pk for figure_row in Figure.objects.all()]
    addresses = [
        address
        for name, key in (("figures", kept[0]), ("projects", row.pk), ("people", somebody.pk))
        for address in (
            reverse(f"{name}:index"),
            reverse(f"{name}:add"),
            reverse(f"{name}:edit", args=[key]),
            reverse(f"{name}:delete", args=[key]),
        )
    ]
    for user in (OfficerFactory().user, None):
        client.logout()
        if user is not None:
            client.force_login(user)
        for address in addresses:
            assert client.get(address).status_code == 302
            assert client.post(address).status_code == 302
    assert [model.objects.count() for model in (Figure, MajorProject, Person)] == [1, 1, 1]


def test_a_partner_keeps_its_people() -> None:
    partner = PartnerFactory()
    person(partner)
    with pytest.raises(ProtectedError):
        partner.delete()


def test_a_project_past_its_review_day_is_due() -> None:
    assert MajorProject(review_on=date.today() - timedelta(days=1)).due_for_review
