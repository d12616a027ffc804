"""The demonstration's premises: the file is what the generator writes, and it is plausible from end to end."""

import csv

import pytest

from demo import buildings, premises
from demo.content.premises import RENTS
from demo.offering import offer
from properties.choices import Deal, Kind, Precision
from properties.models import Property
from properties.services import update_property
from territory.geography import contains
from territory.models import Commune


def table(path):
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_file_is_what_the_generator_writes(tmp_path):
    premises.write_csv(tmp_path / "again.csv")
    assert (tmp_path / "again.csv").read_bytes() == premises.CSV.read_bytes()


def test_another_seed_gives_other_premises_and_any_number(tmp_path):
    premises.write_csv(tmp_path / "other.csv", number=37, seed=7)
    rows = table(tmp_path / "other.csv")
    assert len(rows) == 37
    assert rows != table(premises.CSV)[:37]


def test_every_commune_kind_and_deal_is_there_and_nothing_stated_is_said_for_all():
    rows = table(premises.CSV)
    assert len(rows) == len({row["reference"] for row in rows}) == premises.NUMBER
    assert len({row["insee"] for row in rows}) == 24
    assert {row["type"] for row in rows} == set(Kind.values)
    assert {row["deal"] for row in rows} == set(Deal.values)
    assert {row["precision"] for row in rows} == set(Precision.values)
    assert {row["fibre"] for row in rows} == {"yes", "no", ""}
    assert any(row["lots"] for row in rows)
    assert {row["rent"] for row in rows if row["deal"] == "rent"} > {"", "NC"}


def test_the_record_of_each_type_is_that_of_a_professional_listing():
    rows = table(premises.CSV)
    for field in buildings.FIELDS:
        assert any(row[field] for row in rows), field
    for row in rows:
        assert not (row["type"] == "land" and (row["dpe"] or row["floors"] or row["floor_load"])), row["reference"]
        assert not row["dpe"] or (row["dpe_on"] and row["dpe_number"].startswith("DEMO")), row["reference"]


def test_no_two_offers_read_alike():
    rows = table(premises.CSV)
    assert len({row["description_fr"] for row in rows}) > 0.95 * len(rows)
    assert all("Annonce fictive." in row["description_fr"] for row in rows)
    assert all("Fictional offer." in row["description_en"] for row in rows)


def test_rents_are_those_of_the_southern_inner_ring():
    for row in table(premises.CSV):
        if row["rent"] not in ("", "NC"):
            low, high = RENTS[row["type"]]
            assert 0.9 * low <= float(row["rent"]) <= 1.3 * high, row["reference"]


@pytest.mark.django_db
@pytest.mark.usefixtures("territory")
def test_the_whole_file_enters_by_the_same_door_as_everybodys():
    report = offer(premises.CSV)
    assert not report.rejections
    assert len(report.created) == Property.objects.public().count() == premises.NUMBER
    assert not Property.objects.filter(is_demo=False).exists()
    boundaries = dict(Commune.objects.values_list("pk", "boundary"))
    for made in Property.objects.all():
        assert contains(boundaries[made.commune_id], made.public_latitude, made.public_longitude)


@pytest.mark.django_db
@pytest.mark.usefixtures("territory")
def test_what_the_site_knows_already_is_left_as_it_is(tmp_path):
    path = tmp_path / "premises.csv"
    premises.write_csv(path, 3, 1)
    offer(path)
    known = Property.objects.order_by("pk").first()
    update_property(instance=known, values={"title_en": "Ours"}, version=known.version)
    premises.write_csv(path, 5, 1)
    assert len(offer(path).created) == 2
    known.refresh_from_db()
    assert known.title["en"] == "Ours"
    assert offer(path).created == []
