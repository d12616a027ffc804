"""Lots are written with their property: one version, one line of the log, all or nothing."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from properties import lots
from properties.models import Change, Lot, Property
from properties.services import StaleVersionError, create_property, update_property
from tests.properties.factories import make_property, offer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("territory")]

A = {"label": "A", "floor": "RDC", "surface": Decimal("310.50"), "rent": Decimal(118), "available_from": None}
B = {"label": "B", "floor": "", "surface": Decimal(400), "rent": None, "available_from": date(2027, 1, 4)}


def test_lots_come_with_a_new_property():
    made = create_property(values=offer(), lots=[B, A])
    assert [lot.label for lot in made.lots.all()] == ["A", "B"]


def test_a_change_of_lots_is_a_version_and_a_line_of_the_log(told):
    known = make_property()
    told.clear()
    changed = update_property(instance=known, values={"rent": Decimal(120)}, version=1, lots=[B, A])
    assert changed.version == 2
    assert Change.objects.get().fields == {
        "rent": ["118", "120"],
        "lots": ["", "A : RDC : 310.5 : 118 : \nB :  : 400 :  : 2027-01-04"],
    }
    assert told
    assert all(ids == [known.pk] for ids in told)


def test_the_same_lots_change_nothing_and_none_leaves_them():
    known = create_property(values=offer(), lots=[A])
    rows = list(Lot.objects.values_list())
    for same in ([A], None):
        assert update_property(instance=known, values={}, version=1, lots=same).version == 1
    assert update_property(instance=known, values={"rent": Decimal(1)}, version=1).version == 2
    assert list(Lot.objects.values_list()) == rows
    assert update_property(instance=known, values={}, version=2, lots=[]).lots.count() == 0


@pytest.mark.parametrize(
    "wrong",
    [
        [A, A],
        [A | {"surface": Decimal(0)}],
        [A | {"rent": Decimal(-1)}],
        [A | {"label": ""}],
        [A | {"label": "x" * 41}],
    ],
    ids=range(5),
)
def test_refused_lots_leave_the_property_as_it_was(wrong):
    known = create_property(values=offer(), lots=[B])
    with pytest.raises(ValidationError) as refused:
        update_property(instance=known, values={"rent": Decimal(1)}, version=1, lots=wrong)
    assert refused.value.message_dict.keys() == {"lots"}
    known = Property.objects.get()
    assert (known.version, known.rent, [lot.label for lot in known.lots.all()]) == (1, 118, ["B"])
    with pytest.raises(ValidationError):
        create_property(values=offer(), lots=wrong)
    assert Property.objects.count() == 1
    assert not Change.objects.exists()


def test_lots_of_a_stale_version_are_not_written():
    known = create_property(values=offer(), lots=[A])
    update_property(instance=known, values={"rent": Decimal(1)}, version=1)
    with pytest.raises(StaleVersionError):
        update_property(instance=known, values={}, version=1, lots=[])
    assert Lot.objects.count() == 1


def test_what_the_log_says_of_lots_is_read_back():
    known = create_property(values=offer(), lots=[A, B])
    told = lots.described(known.lots.all())
    assert lots.read(told) == [
        {"label": "A", "floor": "RDC", "surface": "310.5", "rent": "118", "available_from": ""},
        {"label": "B", "floor": "", "surface": "400", "rent": "", "available_from": "2027-01-04"},
    ]
    assert lots.read("") == []
