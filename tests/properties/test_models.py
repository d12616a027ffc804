"""What the database refuses, and who is told of what it takes."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from properties.models import Lot, Property
from tests.properties.factories import make_property

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("territory")]


@pytest.mark.parametrize(
    "wrong",
    [
        {"surface": Decimal(0)},
        {"surface": Decimal(-5), "divisible_from": None},
        {"divisible_from": Decimal(1241)},
        {"divisible_from": Decimal(0)},
        {"rent": Decimal(-1)},
        {"clear_height": Decimal(-1)},
        {"price": Decimal(100)},
        {"desk_price": Decimal(100)},
        {"deal": "sale"},
        {"deal": "sale", "rent": None, "price": Decimal(-1)},
        {"deal": "services"},
        {"deal": "services", "rent": None, "desk_price": Decimal(-1)},
        {"latitude": None},
        {"longitude": None},
    ],
    ids=str,
)
def test_the_database_refuses_what_must_never_be(wrong):
    known = make_property()
    with pytest.raises(IntegrityError), transaction.atomic():
        Property.objects.filter(pk=known.pk).update(**wrong)
    known.refresh_from_db()
    assert (known.surface, known.rent, known.deal) == (1240, 118, "rent")
    assert (known.price, known.desk_price) == (None, None)


def test_a_source_names_a_property_once():
    make_property(source="agence", source_reference="7")
    other = make_property(source="agence", source_reference="8")
    make_property(source="agence", source_reference="")
    make_property(source="agence", source_reference="")
    with pytest.raises(IntegrityError), transaction.atomic():
        Property.objects.filter(pk=other.pk).update(source_reference="7")


@pytest.mark.parametrize("wrong", [{"surface": 0}, {"surface": 10, "rent": -1}])
def test_a_lot_has_a_surface_and_no_negative_rent(wrong):
    known = make_property()
    with pytest.raises(IntegrityError), transaction.atomic():
        Lot.objects.create(property=known, label="A", **wrong)
    assert not known.lots.exists()


def test_a_label_names_one_lot():
    known = make_property()
    Lot.objects.create(property=known, label="A", surface=10)
    with pytest.raises(IntegrityError), transaction.atomic():
        Lot.objects.create(property=known, label="A", surface=20)
    assert known.lots.get().surface == 10


def test_every_way_to_write_is_told(told):
    first, second = make_property(), make_property()
    assert told == [[first.pk], [second.pk]]
    told.clear()
    first.rent = Decimal(120)
    first.save()
    Property.objects.filter(pk=second.pk).update(rent=Decimal(119))
    for changed in (first, second):
        changed.surface = Decimal(1300)
    Property.objects.bulk_update([first, second], ["surface"])
    both = [first.pk, second.pk]
    assert told == [[first.pk], [second.pk], both]
    told.clear()
    pk = first.pk
    first.delete()
    Property.objects.all().delete()
    assert told == [[pk], [second.pk]]


def test_bulk_creation_is_told(told):
    known = make_property()
    told.clear()
    copies = [Property(reference=f"COPY-{number}") for number in range(3)]
    for copy in copies:
        for field in Property._meta.concrete_fields:
            if field.name not in ("id", "reference"):
                setattr(copy, field.attname, getattr(known, field.attname))
    Property.objects.bulk_create(copies)
    assert told == [sorted(copy.pk for copy in copies)]


@transaction.atomic
def _change_then_fail(pk, told):
    Property.objects.filter(pk=pk).update(rent=Decimal(1))
    assert told == [[pk]]
    raise InterruptedError


def test_a_message_is_part_of_the_transaction(told):
    known = make_property()
    told.clear()
    with pytest.raises(InterruptedError):
        _change_then_fail(known.pk, told)
    known.refresh_from_db()
    assert known.rent == 118


def test_an_update_that_touches_nothing_says_nothing(told):
    assert Property.objects.filter(pk=0).update(rent=None) == 0
    assert told == []


def test_the_public_sees_what_is_on_the_market_or_under_offer():
    made = {state: make_property(state=state) for state in ("draft", "on_market", "under_offer", "closed", "withdrawn")}
    assert set(Property.objects.public()) == {made["on_market"], made["under_offer"]}
