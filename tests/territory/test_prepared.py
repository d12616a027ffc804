"""Queries whose SQL is written once."""

import pytest
from django.db.models import Count
from hypothesis import given
from hypothesis import strategies as st

from foundation.prepared import Prepared
from territory.models import Commune, Partner

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def keys(territory):
    return list(Partner.objects.order_by("pk").values_list("pk", flat=True))


def test_any_number_of_keys_finds_what_the_queryset_finds(keys):
    prepared = Prepared(lambda: Partner.objects.filter(is_coordinator=False).order_by("slug"))

    @given(st.lists(st.sampled_from([*keys, max(keys) + 1]), max_size=40))
    def check(asked):
        expected = Partner.objects.filter(is_coordinator=False, pk__in=asked).order_by("slug")
        assert prepared.instances(keys=asked) == list(expected)

    check()


def test_keys_are_those_of_the_field_named(keys):
    prepared = Prepared(lambda: Partner.communes.through.objects.all(), key="partner")
    found = prepared.instances(keys=keys[:2])
    assert {link.partner_id for link in found} == set(keys[:2])
    assert len(found) == Partner.communes.through.objects.filter(partner__in=keys[:2]).count()


def test_arguments_are_each_their_own_and_the_sql_is_written_once_for_each(territory):
    made = []

    def of_department(department):
        made.append(department)
        return Commune.objects.filter(department=department).values_list("department").annotate(Count("pk"))

    prepared = Prepared(of_department)
    for _ in range(3):
        assert prepared.rows("94") == [("94", 18)]
        assert prepared.rows("91") == [("91", 6)]
    assert made == ["94", "91"]


def test_what_is_left_out_is_read_when_asked_for(keys, django_assert_num_queries):
    prepared = Prepared(lambda: Partner.objects.only("slug"))
    with django_assert_num_queries(1):
        found = prepared.instances(keys=keys[:1])[0]
        assert found.slug
    with django_assert_num_queries(1):
        assert "@" in found.email


def test_no_key_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert Prepared(Partner.objects.all).instances(keys=[]) == []
        assert Prepared(Partner.objects.all).rows(keys=[]) == []
